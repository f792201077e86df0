-- messaging: the message row is its own outbox, written in the act's transaction and claimed in batches.
create table message (
  municipality_id uuid not null references municipality,
  message_id uuid not null,
  request_id uuid,
  person_id uuid,
  event text not null,
  channel text not null check (channel in ('sms')),
  -- codes first (0), then steps (1), then bulk (2)
  lane smallint not null,
  to_sealed bytea,
  to_index bytea,
  body text not null,
  encoding text not null,
  parts integer not null,
  state text not null check (state in ('planned', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'unaddressed')),
  planned_at timestamptz not null,
  not_before timestamptz not null,
  claimed_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  attempts integer not null default 0,
  failure text,
  provider text,
  provider_ref text,
  primary key (municipality_id, message_id)
);
create index message_outbox on message (lane, not_before, message_id) where state = 'planned';
create index message_claimed on message (claimed_at) where state = 'sending';
create index message_request on message (municipality_id, request_id, planned_at) where request_id is not null;
create index message_person on message (municipality_id, person_id, planned_at desc) where person_id is not null;
create index message_phone on message (municipality_id, to_index, planned_at desc) where to_index is not null;
create index message_provider_ref on message (municipality_id, provider, provider_ref) where provider_ref is not null;
call wall('message', 'select, insert, update');

-- certificates: what the town signs and anyone can verify.
create table certificate (
  municipality_id uuid not null,
  certificate_id uuid not null,
  output_id text not null,
  kind text not null,
  -- outgoing number (صادر) of its year
  year integer not null,
  number integer not null,
  -- on the paper and in its QR; at least 80 random bits
  code text not null,
  request_id uuid not null,
  person_id uuid not null,
  template text not null,
  data jsonb not null,
  document_id uuid not null,
  pdf_sha256 bytea not null,
  signed_by uuid not null,
  signed_office text not null,
  signed_at timestamptz not null,
  valid_until date,
  state text not null check (state in ('valid', 'revoked', 'replaced')),
  state_reason text,
  state_at timestamptz,
  replaced_by uuid,
  primary key (municipality_id, certificate_id),
  foreign key (municipality_id, request_id) references request,
  foreign key (municipality_id, document_id) references document
);
create unique index certificate_number on certificate (municipality_id, year, number);
create unique index certificate_code on certificate (municipality_id, code);
create index certificate_request on certificate (municipality_id, request_id);
create index certificate_person on certificate (municipality_id, person_id, signed_at desc);
create index certificate_pdf on certificate (municipality_id, pdf_sha256);
call wall('certificate', 'select, insert');
grant update (state, state_reason, state_at, replaced_by) on certificate to shubbak_app;

-- utilities: subscriptions with dated holders.
create table subscription (
  municipality_id uuid not null references municipality,
  subscription_id uuid not null,
  number text not null,
  utility text not null check (utility in ('electricity', 'water')),
  phases smallint,
  amperes smallint,
  billing text not null check (billing in ('prepaid', 'billed')),
  meter_number text not null,
  address jsonb not null,
  account_id uuid not null,
  opened_at timestamptz not null,
  opened_by_request uuid,
  closed_at timestamptz,
  primary key (municipality_id, subscription_id),
  foreign key (municipality_id, account_id) references account
);
create unique index subscription_number on subscription (municipality_id, utility, number);
create index subscription_meter on subscription (municipality_id, meter_number);
call wall('subscription', 'select, insert, update');

create table subscription_holder (
  municipality_id uuid not null,
  subscription_id uuid not null,
  person_id uuid not null,
  capacity text not null,
  valid_from date not null,
  valid_until date,
  request_id uuid,
  primary key (municipality_id, subscription_id, person_id, valid_from),
  foreign key (municipality_id, subscription_id) references subscription,
  foreign key (municipality_id, person_id) references person
);
create index subscription_holder_person on subscription_holder (municipality_id, person_id);
call wall('subscription_holder', 'select, insert, update');

create table subscription_event (
  municipality_id uuid not null,
  subscription_id uuid not null,
  event_id uuid not null,
  kind text not null,
  at timestamptz not null,
  request_id uuid,
  data jsonb not null,
  primary key (municipality_id, subscription_id, event_id),
  foreign key (municipality_id, subscription_id) references subscription
);
create unique index subscription_event_request on subscription_event (municipality_id, request_id, kind) where request_id is not null;
call wall('subscription_event', 'select, insert');
