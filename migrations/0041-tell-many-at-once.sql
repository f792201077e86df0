-- bulletins: what the town tells many at once. Whom it is for is gathered first and kept; the messages are planned from that in slices, wait,
-- and are let into the outbox in slices too.
create table bulletin (
  municipality_id uuid not null references municipality,
  bulletin_id uuid not null,
  -- what the staff calls it
  title text not null,
  kind text not null check (kind in ('bill', 'reminder', 'awareness', 'legal')),
  -- the words as written; those of a bill are filled when each message is handed over
  body text not null,
  -- whose words they are, where they were taken over unchanged
  template text,
  template_version integer,
  template_from text check (template_from in ('given', 'town')),
  -- {quarters, feeders, accountKinds, verified, debt: {currency, minor, overdue}, numbers: 'add' | 'only' | 'except'}
  audience jsonb not null,
  -- a message not sent within so many days of being let go is of no use
  expires_days smallint not null check (expires_days between 1 and 30),
  -- parts a day of this bulletin at most; null as many as the providers take
  daily_parts integer check (daily_parts > 0),
  -- everyone who wrote in it: none of them lets it go
  writers uuid[] not null,
  state text not null check (state in ('counting', 'counted', 'review', 'sending', 'done', 'stopped')),
  -- a file of telephone numbers, which column they stand in, and which columns there are
  file_sha256 bytea,
  file_name text,
  file_column text,
  file_columns text[],
  -- how far the gathering is: {phase, after}; and what it found: {people, noPhone, optedOut, asleep, folded, recipients, …}
  gathered jsonb not null,
  counts jsonb not null,
  -- the last number given to a recipient, and the last one whose message is planned
  last_no integer not null,
  planned_no integer not null,
  -- which recipients the second person sees, and how many parts a message has on the average of them
  sample integer[] not null,
  parts_each numeric(6, 2),
  -- messages by state and failure, parts and price, as of an instant
  progress jsonb not null,
  progress_at timestamptz,
  -- parts let into the outbox on a day of the town
  released_on date,
  released_parts integer not null,
  paused_by uuid,
  paused_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  asked_by uuid,
  asked_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  returned_why text,
  ended_by uuid,
  ended_at timestamptz,
  primary key (municipality_id, bulletin_id),
  check ((state in ('done', 'stopped')) = (ended_at is not null)),
  check (state <> 'sending' or decided_by is not null)
);
create index bulletin_latest on bulletin (municipality_id, created_at desc, bulletin_id desc);
create index bulletin_at_work on bulletin (municipality_id, state, bulletin_id) where state in ('counting', 'sending');
create index bulletin_ended on bulletin (municipality_id, ended_at) where ended_at is not null;
call wall('bulletin', 'select, insert, update');

-- Whom it goes to: each telephone once. Without a telephone those who read the town's messages on the portal alone, and those whom the law
-- has the town tell otherwise.
create table bulletin_recipient (
  municipality_id uuid not null,
  bulletin_id uuid not null,
  recipient_no integer not null,
  channel text not null check (channel in ('sms', 'portal')),
  person_id uuid,
  phone_index bytea,
  phone_sealed bytea,
  primary key (municipality_id, bulletin_id, recipient_no),
  foreign key (municipality_id, bulletin_id) references bulletin,
  check (person_id is not null or phone_index is not null),
  check ((phone_index is null) = (phone_sealed is null))
);
create unique index bulletin_recipient_phone on bulletin_recipient (municipality_id, bulletin_id, phone_index) where phone_index is not null;
call wall('bulletin_recipient', 'select, insert, delete');

-- The numbers of its file, each once, and the lines that are none.
create table bulletin_number (
  municipality_id uuid not null,
  bulletin_id uuid not null,
  line_no integer not null,
  phone_index bytea not null,
  phone_sealed bytea not null,
  primary key (municipality_id, bulletin_id, line_no),
  foreign key (municipality_id, bulletin_id) references bulletin
);
create unique index bulletin_number_phone on bulletin_number (municipality_id, bulletin_id, phone_index);
call wall('bulletin_number', 'select, insert, delete');

create table bulletin_bad_line (
  municipality_id uuid not null,
  bulletin_id uuid not null,
  line_no integer not null,
  reason text not null,
  told text not null,
  primary key (municipality_id, bulletin_id, line_no),
  foreign key (municipality_id, bulletin_id) references bulletin
);
call wall('bulletin_bad_line', 'select, insert, delete');

-- The line of the grid a connection hangs on (مغذي): whoever is on it hears of a cut.
alter table subscription add column feeder text;
create index subscription_feeder on subscription (municipality_id, feeder) where feeder is not null;
