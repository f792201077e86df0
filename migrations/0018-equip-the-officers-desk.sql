-- The officer's desk: referrals in chains and read or not, ready phrases, absences with a deputy, notes on pages, the thread with the citizen.

-- A referral answers to the task it came from; once somebody has read it, it is not called back any more.
alter table task add column parent_id uuid, add column seen_at timestamptz, add column seen_by uuid;

-- What happened last, and which side has something to read: an inbox tells both without looking anything up.
alter table request
  add column last_act text not null default 'file',
  add column unread_by_town boolean not null default false,
  add column unread_by_citizen boolean not null default false;

-- Ready phrases for notes: an office's or somebody's own. Taken off, they stay for whoever asks who put them there.
create table phrase (
  municipality_id uuid not null references municipality,
  phrase_id uuid not null,
  -- the office's code or the person's id
  owner text not null,
  owner_kind text not null check (owner_kind in ('office', 'staff')),
  position integer not null,
  text text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  removed_at timestamptz,
  primary key (municipality_id, phrase_id)
);
create index phrase_owner on phrase (municipality_id, owner, position, phrase_id) where removed_at is null;
call wall('phrase', 'select, insert, update');

-- Somebody is away, and who stands in: dated as an appointment is, in force on its days and over by itself.
create table absence (
  municipality_id uuid not null,
  absence_id uuid not null,
  staff_id uuid not null,
  deputy_id uuid not null,
  valid_from date not null,
  valid_until date not null,
  reason text not null,
  set_at timestamptz not null,
  set_by uuid not null,
  -- taken back: the last day it was in force is told by the day
  ended_at timestamptz,
  ended_by uuid,
  primary key (municipality_id, absence_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, deputy_id) references staff,
  check (valid_until >= valid_from and deputy_id <> staff_id)
);
create index absence_staff on absence (municipality_id, staff_id, valid_until) where ended_at is null;
create index absence_deputy on absence (municipality_id, deputy_id, valid_until) where ended_at is null;
call wall('absence', 'select, insert, update');

-- A note on a page of a paper: at a point, in thousandths of the page from its top left corner.
create table page_note (
  municipality_id uuid not null,
  note_id uuid not null,
  request_id uuid not null,
  document_id uuid not null,
  page integer not null check (page between 1 and 999),
  x integer not null check (x between 0 and 1000),
  y integer not null check (y between 0 and 1000),
  text text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_office text,
  removed_at timestamptz,
  removed_by uuid,
  primary key (municipality_id, note_id),
  foreign key (municipality_id, request_id) references request,
  foreign key (municipality_id, document_id) references document
);
create index page_note_request on page_note (municipality_id, request_id, at, note_id) where removed_at is null;
call wall('page_note', 'select, insert, update');

-- What the town and the citizen write each other in a request; the telephone carries only word of it.
create table letter (
  municipality_id uuid not null,
  letter_id uuid not null,
  request_id uuid not null,
  from_kind text not null check (from_kind in ('staff', 'citizen')),
  from_id uuid not null,
  from_office text,
  text text not null,
  document_id uuid,
  at timestamptz not null,
  -- when the other side first opened it, and who of the town
  read_at timestamptz,
  read_by uuid,
  primary key (municipality_id, letter_id),
  foreign key (municipality_id, request_id) references request,
  foreign key (municipality_id, document_id) references document
);
create index letter_request on letter (municipality_id, request_id, at, letter_id);
call wall('letter', 'select, insert, update');

update request r set last_act = a.name
  from request_action a
 where a.municipality_id = r.municipality_id and a.request_id = r.request_id and a.seq = r.last_seq and a.name <> 'file';
update task t set parent_id = a.task_id
  from request_action a
 where a.municipality_id = t.municipality_id and a.request_id = t.request_id and a.name = 'refer' and a.data -> 'opens' ? t.task_id::text;
