-- messaging: what kind of message it is, how it came about, what it cost, and what became of each of its parts.
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('sms', 'email', 'portal'));
alter table message drop constraint message_state_check;
-- waiting: its bulk has not let it go yet; held: a second person looks at the words first; the last three never left the house
alter table message add constraint message_state_check check (state in ('planned', 'waiting', 'held', 'sending', 'sent', 'delivered',
  'failed', 'uncertain', 'unaddressed', 'opted-out', 'expired', 'cancelled'));
alter table message
  add column kind text not null default 'step' check (kind in ('code', 'security', 'legal', 'step', 'thread', 'reply', 'turn', 'bill',
    'reminder', 'survey', 'awareness')),
  -- whose words it carries, and which version of them: 'ELE-01/received' of version 2, 'payments.plan' of version 1
  add column template text,
  add column template_version integer,
  -- words that are filled at the moment of sending: who fills them, and of what
  add column fill text,
  add column fill_id uuid,
  add column bulk_id uuid,
  -- free words of the staff
  add column written_by uuid,
  add column provider_id uuid,
  -- in thousandths of the minor unit, all parts together
  add column price_milli bigint,
  add column price_currency text,
  -- after which it is of no use and is not sent
  add column expires_at timestamptz,
  -- when it failed, expired or was taken back
  add column ended_at timestamptz,
  -- opened in the inbox of the portal
  add column read_at timestamptz,
  -- what the staff did about one that reached nobody, or may not have
  add column settled_how text check (settled_how in ('post', 'counter', 'called', 'sent-again', 'left')),
  add column settled_by uuid,
  add column settled_at timestamptz;
update message set kind = case
    when event in ('tracking-code', 'person-confirm', 'credential') or lane = 0 then 'code'
    when event like 'incoming.%' then 'reply'
    when event = 'feedback.asked' then 'survey'
    when event = 'payments.instalment' then 'reminder'
    when event in ('rejected', 'lapsed', 'letter') then 'legal'
    when event like 'visits.%' then 'turn'
    else 'step' end;
drop index message_provider_ref;
alter table message drop column provider_ref;
create index message_latest on message (municipality_id, planned_at desc, message_id desc);
create index message_trouble on message (municipality_id, state, planned_at desc, message_id desc)
  where state in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out');
create index message_bulk on message (municipality_id, bulk_id, state, message_id) where bulk_id is not null;
create index message_carried on message (municipality_id, provider_id, sent_at) where sent_at is not null;

-- Whoever carries messages: two or more at once, by weight.
create table message_provider (
  municipality_id uuid not null references municipality,
  provider_id uuid not null,
  name text not null,
  channel text not null check (channel in ('sms', 'email')),
  dialect text not null check (dialect in ('smpp', 'kannel', 'http', 'smtp')),
  -- address, sender's name, window, shape of the request …: by dialect
  settings jsonb not null,
  -- log-in and password, sealed
  secret_sealed bytea,
  weight smallint not null check (weight between 0 and 100),
  -- messages a second; null as many as it takes
  rate integer check (rate > 0),
  -- parts a day; null without end
  daily_parts integer check (daily_parts > 0),
  price_milli bigint not null check (price_milli >= 0),
  price_currency text not null check (price_currency in ('ILS', 'JOD', 'USD')),
  -- of the word in the address it reports to
  hook_hash bytea not null,
  is_on boolean not null,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (municipality_id, provider_id)
);
create unique index message_provider_name on message_provider (municipality_id, name);
create unique index message_provider_hook on message_provider (hook_hash);
call wall('message_provider', 'select, insert, update');

-- How a provider stands, as the senders see it.
create table message_provider_health (
  municipality_id uuid not null,
  provider_id uuid not null,
  state text not null check (state in ('up', 'slow', 'down')),
  -- the weight it has now: its own, or less while it is slow or down
  weight smallint not null,
  reason text,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (municipality_id, provider_id),
  foreign key (municipality_id, provider_id) references message_provider
);
call wall('message_provider_health', 'select, insert, update');

-- What a provider took in a day of the town.
create table message_provider_day (
  municipality_id uuid not null,
  provider_id uuid not null,
  day date not null,
  messages integer not null,
  parts integer not null,
  price_milli bigint not null,
  primary key (municipality_id, provider_id, day),
  foreign key (municipality_id, provider_id) references message_provider
);
call wall('message_provider_day', 'select, insert, update');

-- Each part as a provider took it: its own reference, and what was reported of it.
create table message_part (
  municipality_id uuid not null,
  message_id uuid not null,
  -- the first try is 1
  try smallint not null,
  part smallint not null,
  provider_id uuid,
  provider_ref text,
  state text not null check (state in ('submitted', 'delivered', 'failed', 'uncertain')),
  failure text,
  submitted_at timestamptz not null,
  reported_at timestamptz,
  primary key (municipality_id, message_id, try, part),
  foreign key (municipality_id, message_id) references message
);
create index message_part_ref on message_part (municipality_id, provider_id, provider_ref) where provider_ref is not null;
call wall('message_part', 'select, insert, update');

-- What befell a message besides the way from planned to delivered: put off till morning, refused by one provider, held, let go.
create table message_note (
  municipality_id uuid not null,
  message_id uuid not null,
  note_id uuid not null,
  at timestamptz not null,
  what text not null,
  detail text,
  by_staff uuid,
  primary key (municipality_id, message_id, note_id),
  foreign key (municipality_id, message_id) references message
);
call wall('message_note', 'select, insert');

-- Reports as they came in, also those whose message is not known (yet).
create table message_report (
  municipality_id uuid not null,
  provider_id uuid not null,
  report_id uuid not null,
  provider_ref text not null,
  message_id uuid,
  state text not null check (state in ('accepted', 'delivered', 'failed')),
  failure text,
  reported_at timestamptz not null,
  received_at timestamptz not null,
  matched boolean not null,
  primary key (municipality_id, provider_id, report_id),
  foreign key (municipality_id, provider_id) references message_provider
);
create index message_report_open on message_report (municipality_id, provider_id, provider_ref) where not matched;
create index message_report_message on message_report (municipality_id, message_id) where message_id is not null;
call wall('message_report', 'select, insert, update');

-- What is not sent for now: everything ('*'), a kind ('kind:bill'), or the words of one template ('template:ELE-01/received').
create table message_pause (
  municipality_id uuid not null references municipality,
  pause_id uuid not null,
  what text not null,
  reason text not null,
  paused_by uuid not null,
  paused_at timestamptz not null,
  resumed_by uuid,
  resumed_at timestamptz,
  primary key (municipality_id, pause_id)
);
create unique index message_pause_open on message_pause (municipality_id, what) where resumed_at is null;
call wall('message_pause', 'select, insert, update');
