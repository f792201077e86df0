-- Presence that was only claimed, and long lists on screen: what nobody stands behind is told, counted and listed.

-- A number typed whole at a window where nobody was called opened a file: whoever it is of is told, and what came of it is looked at afterwards.
create table look_presence (
  municipality_id uuid not null references municipality,
  visit_id uuid not null,
  staff_id uuid not null,
  office_code text,
  person_id uuid not null,
  at timestamptz not null,
  -- the day on the town's clock
  day date not null,
  -- how they showed that they are there: read out what came to their telephone; null where only their number was typed
  proof text check (proof in ('code')),
  settled_at timestamptz,
  -- nothing was done for them in it
  is_idle boolean,
  primary key (municipality_id, visit_id),
  foreign key (municipality_id, visit_id) references visit,
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, person_id) references person,
  check ((settled_at is null) = (is_idle is null))
);
create index look_presence_open on look_presence (municipality_id, at) where settled_at is null;
create index look_presence_idle on look_presence (municipality_id, at desc, visit_id desc) where is_idle;
create index look_presence_staff on look_presence (municipality_id, staff_id, at desc, visit_id desc) where is_idle;
call wall('look_presence', 'select, insert, update');
call reach('look_presence', 'looks', by_person => 'person_id', by_rule => 'staff_id = (select reach_staff())');

alter table log_in_code drop constraint log_in_code_purpose_check;
alter table log_in_code add constraint log_in_code_purpose_check
  check (purpose in ('device', 'known', 'register', 'mandate', 'presence'));

-- How many people's rows one of the staff had on screen in a day, beyond their tasks.
create table look_rows (
  municipality_id uuid not null references municipality,
  staff_id uuid not null,
  day date not null,
  rows integer not null,
  primary key (municipality_id, staff_id, day),
  foreign key (municipality_id, staff_id) references staff
);
call wall('look_rows', 'select, insert, update');

-- Why they went on beyond the town's limit: a reason opens as many rows again.
create table look_rows_reason (
  municipality_id uuid not null references municipality,
  reason_id uuid not null,
  staff_id uuid not null,
  office_code text,
  day date not null,
  at timestamptz not null,
  -- how many they had seen by then
  rows integer not null,
  words text not null,
  -- what the page was that was asked for
  address text not null,
  primary key (municipality_id, reason_id),
  foreign key (municipality_id, staff_id) references staff
);
create index look_rows_reason_day on look_rows_reason (municipality_id, staff_id, day);
create index look_rows_reason_at on look_rows_reason (municipality_id, at desc, reason_id desc);
call wall('look_rows_reason', 'select, insert');
