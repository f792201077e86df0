-- imports: what the town's present programs bring, how it is read, what came of each time, and what people decided about it.

-- A program or file the town has. What comes from it says 'import:CODE' wherever it is kept.
create table import_source (
  municipality_id uuid not null references municipality,
  source_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  kind text not null check (kind in ('file', 'postgresql', 'sql-server')),
  -- how it is read: encoding, separator, heading row, which column is what, keys, habits of dates and amounts
  reading jsonb not null,
  -- address, log-in and statement of a link, sealed
  link_sealed bytea,
  -- fetched and checked each night
  daily boolean not null,
  added_at timestamptz not null,
  added_by uuid,
  changed_at timestamptz not null,
  primary key (municipality_id, source_id)
);
create unique index import_source_code on import_source (municipality_id, code);
call wall('import_source', 'select, insert, update');

-- One time that a source was read: checked, told, and applied when somebody says so.
create table import_run (
  municipality_id uuid not null,
  run_id uuid not null,
  source_id uuid not null,
  -- the day the balances hold for
  as_of timestamptz not null,
  started_at timestamptz not null,
  started_by_kind text not null,
  started_by text not null,
  file_name text not null,
  sha256 bytea not null,
  -- as it was read this time
  reading jsonb not null,
  state text not null check (state in ('waiting', 'checking', 'checked', 'applying', 'applied', 'failed', 'dropped')),
  rows_done integer not null default 0,
  rows_total integer not null default 0,
  -- rows by verdict and by reason, as they were when the check ended
  counts jsonb not null default '{}',
  failure text,
  checked_at timestamptz,
  applied_at timestamptz,
  primary key (municipality_id, run_id),
  foreign key (municipality_id, source_id) references import_source
);
create index import_run_source on import_run (municipality_id, source_id, started_at desc);
call wall('import_run', 'select, insert, update');

-- A row as it was read, until it is written or left.
create table import_row (
  municipality_id uuid not null,
  run_id uuid not null,
  row_no integer not null,
  verdict text not null check (verdict in ('new', 'changed', 'same', 'refused', 'undecided', 'skipped')),
  reason text not null default '',
  -- what does not stop it but should be known
  notes text[] not null default '{}',
  key_index bytea,
  -- whom it is about, blind
  ident bytea,
  -- what was read, and what it was before; sealed, for it holds numbers and names
  content_sealed bytea,
  applied_at timestamptz,
  primary key (municipality_id, run_id, row_no),
  foreign key (municipality_id, run_id) references import_run
);
create index import_row_verdict on import_row (municipality_id, run_id, verdict, reason, row_no);
create index import_row_ident on import_row (municipality_id, run_id, ident) where ident is not null;
create index import_row_waiting on import_row (municipality_id, run_id, row_no) where applied_at is null and verdict in ('new', 'changed', 'undecided');
call wall('import_row', 'select, insert, update, delete');

-- What a row of a source is here, and what it said when it was last written: the next time only what differs is.
create table import_record (
  municipality_id uuid not null,
  source_id uuid not null,
  key_index bytea not null,
  fingerprint bytea not null,
  content_sealed bytea not null,
  person_id uuid,
  subscription_id uuid,
  -- [{kind, currency, minor, accountId, voucherId, chargeId, creditId}]
  balances jsonb not null,
  run_id uuid not null,
  written_at timestamptz not null,
  primary key (municipality_id, source_id, key_index),
  foreign key (municipality_id, source_id) references import_source
);
create index import_record_person on import_record (municipality_id, person_id) where person_id is not null;
call wall('import_record', 'select, insert, update');

-- Who somebody of a source is here.
create table import_person (
  municipality_id uuid not null,
  source_id uuid not null,
  ident bytea not null,
  person_id uuid not null,
  -- same-id: the number said so; new: entered by the import; decided: somebody said so
  how text not null check (how in ('same-id', 'new', 'decided')),
  at timestamptz not null,
  primary key (municipality_id, source_id, ident),
  foreign key (municipality_id, source_id) references import_source,
  foreign key (municipality_id, person_id) references person
);
create index import_person_person on import_person (municipality_id, person_id);
call wall('import_person', 'select, insert, update');

-- What somebody must decide; what was decided is not asked again.
create table import_question (
  municipality_id uuid not null,
  question_id uuid not null,
  source_id uuid not null,
  kind text not null check (kind in ('person', 'paid-here')),
  -- the ident, or the key of the row
  subject bytea not null,
  reason text not null,
  -- [{personId | ident, reason}]
  candidates jsonb not null,
  -- what the source says, for who decides; sealed
  told_sealed bytea not null,
  run_id uuid not null,
  asked_at timestamptz not null,
  choice text check (choice in ('person', 'new', 'leave', 'includes', 'excludes')),
  person_id uuid,
  other_ident bytea,
  decided_by uuid,
  decided_at timestamptz,
  primary key (municipality_id, question_id),
  foreign key (municipality_id, source_id) references import_source,
  check ((choice is null) = (decided_at is null)),
  check ((choice = 'person') = (person_id is not null or other_ident is not null))
);
create unique index import_question_subject on import_question (municipality_id, source_id, kind, subject);
create index import_question_open on import_question (municipality_id, source_id, reason, asked_at, question_id) where choice is null;
call wall('import_question', 'select, insert, update');
