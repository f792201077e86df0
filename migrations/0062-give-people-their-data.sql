-- rights: a copy of everything kept about somebody, and corrections they ask for.

-- A copy somebody asked for: gathered by a job, opened for some days, then destroyed. One at a time.
create table data_copy (
  municipality_id uuid not null references municipality,
  copy_id uuid not null,
  -- whose data
  person_id uuid not null,
  asked_at timestamptz not null,
  -- the person, somebody in their place, or a clerk before whom they stood
  asked_by_kind text not null check (asked_by_kind in ('citizen', 'staff')),
  asked_by uuid not null,
  way text not null check (way in ('portal', 'counter')),
  state text not null check (state in ('waiting', 'making', 'ready', 'failed', 'destroyed')),
  rows_done integer not null check (rows_done >= 0),
  rows_total integer,
  made_at timestamptz,
  -- until when it may be taken
  until timestamptz,
  destroyed_at timestamptz,
  -- whose log-in (its hash) the PIN opened it to, and until when
  opened_by bytea,
  opened_until timestamptz,
  primary key (municipality_id, copy_id),
  foreign key (municipality_id, person_id) references person,
  check ((state = 'ready') <= (made_at is not null and until is not null)),
  check ((opened_by is null) = (opened_until is null))
);
create index data_copy_person on data_copy (municipality_id, person_id, asked_at desc, copy_id desc);
create unique index data_copy_under_way on data_copy (municipality_id, person_id) where state in ('waiting', 'making');
create index data_copy_until on data_copy (municipality_id, until) where state = 'ready';
call wall('data_copy', 'select, insert, update');
call reach_by_person('data_copy');

-- Its files, each locked by a key of its own; the row goes when the file does, and with it the key.
create table data_copy_file (
  municipality_id uuid not null,
  copy_id uuid not null,
  file_no smallint not null,
  kind text not null check (kind in ('pdf', 'json', 'files')),
  file_name text not null,
  -- what it has when it is opened
  size bigint not null,
  -- as it lies on the shelf
  sha256 bytea not null,
  key_sealed bytea not null,
  downloads integer not null check (downloads >= 0),
  downloaded_at timestamptz,
  primary key (municipality_id, copy_id, file_no),
  foreign key (municipality_id, copy_id) references data_copy
);
call wall('data_copy_file', 'select, insert, update, delete');
call reach('data_copy_file', 'people', by_parent => 'data_copy');

-- What somebody says is wrong in what is kept about them, and what became of it.
create table correction (
  municipality_id uuid not null references municipality,
  correction_id uuid not null,
  number integer not null,
  year integer not null,
  person_id uuid not null,
  fact text not null check (fact in ('name', 'birth', 'identity', 'family', 'address', 'phone', 'answer', 'amount', 'other')),
  -- the number of the request or receipt it stands in, as it was typed
  stands_in text not null,
  wrong text not null,
  correct text not null,
  filed_at timestamptz not null,
  entered_by_kind text not null check (entered_by_kind in ('citizen', 'staff')),
  entered_by uuid not null,
  state text not null check (state in ('open', 'proof-asked', 'proposed', 'accepted', 'refused')),
  -- the working day by which it is decided; it waits while a proof is asked for
  due_on date not null,
  -- the record as one would write it, until another agrees: sealed
  proposed_by uuid,
  proposed_at timestamptz,
  proposed_sealed bytea,
  decided_by uuid,
  decided_at timestamptz,
  -- why it was refused: a ready reason's code, or 'other'
  refusal text,
  answer text,
  primary key (municipality_id, correction_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, proposed_by) references staff,
  foreign key (municipality_id, decided_by) references staff,
  check ((state = 'proposed') = (proposed_sealed is not null)),
  check ((proposed_by is null) = (proposed_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state in ('accepted', 'refused')) = (decided_at is not null)),
  check ((state = 'refused') = (refusal is not null))
);
create unique index correction_number on correction (municipality_id, year, number);
create index correction_person on correction (municipality_id, person_id, filed_at desc, correction_id desc);
create index correction_open on correction (municipality_id, due_on, correction_id) where decided_at is null;
create index correction_decided on correction (municipality_id, decided_at desc, correction_id desc) where decided_at is not null;
call wall('correction', 'select, insert, update');
call reach_by_person('correction');

create table correction_word (
  municipality_id uuid not null,
  correction_id uuid not null,
  word_id uuid not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('citizen', 'staff')),
  by_id uuid not null,
  words text not null,
  primary key (municipality_id, correction_id, word_id),
  foreign key (municipality_id, correction_id) references correction
);
call wall('correction_word', 'select, insert');
call reach('correction_word', 'people', by_parent => 'correction');

create table correction_paper (
  municipality_id uuid not null,
  correction_id uuid not null,
  document_id uuid not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('citizen', 'staff')),
  by_id uuid not null,
  primary key (municipality_id, correction_id, document_id),
  foreign key (municipality_id, correction_id) references correction,
  foreign key (municipality_id, document_id) references document
);
call wall('correction_paper', 'select, insert');
call reach('correction_paper', 'people', by_parent => 'correction');

-- Whoever stands at the counter for a copy shows who they are, as for a PIN.
alter table identity_check drop constraint identity_check_purpose_check;
alter table identity_check add constraint identity_check_purpose_check check (purpose in ('first', 'recovery', 'upgrade', 'copy'));

-- A mandate may cover the data themselves; none does unless it says so.
alter table mandate drop constraint mandate_acts_check;
alter table mandate add constraint mandate_acts_check
  check (cardinality(acts) > 0 and acts <@ array['requests', 'file', 'dues', 'pay', 'collect', 'data']);
