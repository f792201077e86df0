-- payments: paying online. An intent is what a citizen means to pay, its amount frozen; what the bank says of it are events, each kept.

create table payment_intent (
  municipality_id uuid not null references municipality,
  intent_id uuid not null,
  person_id uuid not null,
  -- the request whose fee it is, where it was begun there
  request_id uuid,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  -- open: nothing known yet · paid: settled · late: paid after it had expired or something else had paid · mismatch: another amount came
  state text not null check (state in ('open', 'paid', 'late', 'mismatch', 'failed', 'cancelled', 'expired', 'refunded')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- when the bank's answer came, and what the bank calls the payment
  answered_at timestamptz,
  bank_ref text,
  -- what the bank took, where it took any
  taken_currency text check (taken_currency in ('ILS', 'JOD', 'USD')),
  taken_minor bigint check (taken_minor > 0),
  receipt_id uuid,
  asked_at timestamptz,
  primary key (municipality_id, intent_id),
  foreign key (municipality_id, person_id) references person
);
create index payment_intent_person on payment_intent (municipality_id, person_id, created_at desc);
create index payment_intent_state on payment_intent (municipality_id, state, created_at desc);
create index payment_intent_created on payment_intent (municipality_id, created_at desc);
create unique index payment_intent_bank on payment_intent (municipality_id, bank_ref) where bank_ref is not null;
call wall('payment_intent', 'select, insert');
grant update (state, answered_at, bank_ref, taken_currency, taken_minor, receipt_id, asked_at) on payment_intent to shubbak_app;

create table payment_intent_line (
  municipality_id uuid not null,
  intent_id uuid not null,
  line integer not null,
  charge_id uuid not null,
  account_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (municipality_id, intent_id, line),
  foreign key (municipality_id, intent_id) references payment_intent,
  foreign key (municipality_id, charge_id) references charge
);
create index payment_intent_line_charge on payment_intent_line (municipality_id, charge_id);
call wall('payment_intent_line', 'select, insert');

create table payment_event (
  municipality_id uuid not null,
  event_id uuid not null,
  intent_id uuid not null,
  kind text not null,
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  -- of a signed call: the same one is heard once
  nonce text,
  facts jsonb not null,
  primary key (municipality_id, event_id),
  foreign key (municipality_id, intent_id) references payment_intent
);
create index payment_event_intent on payment_event (municipality_id, intent_id, at);
create unique index payment_event_nonce on payment_event (municipality_id, nonce) where nonce is not null;
call wall('payment_event', 'select, insert');

create table payment_refund (
  municipality_id uuid not null,
  refund_id uuid not null,
  intent_id uuid not null,
  -- whole: the receipt is taken back; credit: only what went on account
  scope text not null check (scope in ('whole', 'credit', 'untaken')),
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null,
  state text not null check (state in ('asked', 'refused', 'approved', 'done', 'failed')),
  asked_by_kind text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  bank_ref text,
  done_at timestamptz,
  check (decided_by is null or asked_by_kind <> 'staff' or decided_by <> asked_by),
  primary key (municipality_id, refund_id),
  foreign key (municipality_id, intent_id) references payment_intent
);
create index payment_refund_intent on payment_refund (municipality_id, intent_id);
-- One refund of a payment at a time.
create unique index payment_refund_living on payment_refund (municipality_id, intent_id) where state in ('asked', 'approved', 'done');
create index payment_refund_state on payment_refund (municipality_id, state, asked_at);
call wall('payment_refund', 'select, insert');
grant update (state, decided_by, decided_at, bank_ref, done_at) on payment_refund to shubbak_app;
