-- visits: every contact at the counter. Somebody takes a turn for a purpose, is called to a window, served and done; what was done hangs on it.

create table visit_purpose (
  municipality_id uuid not null references municipality,
  purpose_code text not null,
  -- stands before the number: «ب 041»
  letter text not null,
  name_ar text not null,
  name_en text not null,
  -- the words it is asked for by in an SMS, normalised
  words text[] not null,
  -- how long somebody with this purpose should wait at most, in minutes: waiting is weighed against it
  promise_minutes integer not null check (promise_minutes between 1 and 600),
  position integer not null,
  is_open boolean not null,
  primary key (municipality_id, purpose_code)
);
create unique index visit_purpose_letter on visit_purpose (municipality_id, letter);
call wall('visit_purpose', 'select, insert, update');

-- On what ground somebody may be called before their turn; the town's own list.
create table visit_ground (
  municipality_id uuid not null references municipality,
  ground_code text not null,
  name_ar text not null,
  name_en text not null,
  position integer not null,
  is_open boolean not null,
  primary key (municipality_id, ground_code)
);
call wall('visit_ground', 'select, insert, update');

create table service_window (
  municipality_id uuid not null references municipality,
  number integer not null check (number between 1 and 99),
  name_ar text not null,
  name_en text not null,
  room_ar text not null default '',
  room_en text not null default '',
  purposes text[] not null,
  is_open boolean not null,
  primary key (municipality_id, number)
);
call wall('service_window', 'select, insert, update');

-- Who sits at which window, from when until when.
create table window_sitting (
  municipality_id uuid not null,
  sitting_id uuid not null,
  number integer not null,
  staff_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (municipality_id, sitting_id),
  foreign key (municipality_id, number) references service_window,
  foreign key (municipality_id, staff_id) references staff,
  check (closed_at >= opened_at)
);
create unique index window_sitting_window on window_sitting (municipality_id, number) where closed_at is null;
create unique index window_sitting_staff on window_sitting (municipality_id, staff_id) where closed_at is null;
call wall('window_sitting', 'select, insert, update');

create table visit (
  municipality_id uuid not null references municipality,
  visit_id uuid not null,
  -- the day on the town's clock
  day date not null,
  purpose_code text not null,
  -- of its purpose and day; none for somebody who was served without a turn
  number integer,
  channel text not null check (channel in ('door', 'portal', 'sms', 'clerk', 'walk-in')),
  taken_at timestamptz not null,
  phone_sealed bytea,
  phone_index bytea,
  person_id uuid,
  ground text,
  state text not null check (state in ('waiting', 'called', 'serving', 'done', 'left', 'no-show')),
  window_number integer,
  staff_id uuid,
  called_at timestamptz,
  -- called before others because of its ground: counted, so that the others do not starve
  jumped boolean not null default false,
  out_of_turn_reason text,
  -- whoever comes back after a call they missed waits on, once
  returned_at timestamptz,
  served_from timestamptz,
  ended_at timestamptz,
  identity_shown text check (identity_shown in ('id-card', 'passport', 'known-code', 'pin', 'proxy', 'none')),
  result text check (result in ('done', 'referred', 'papers-missing', 'answered')),
  soon_at timestamptz,
  primary key (municipality_id, visit_id),
  foreign key (municipality_id, purpose_code) references visit_purpose,
  foreign key (municipality_id, ground) references visit_ground,
  foreign key (municipality_id, window_number) references service_window,
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, person_id) references person,
  check ((number is null) = (channel = 'walk-in')),
  check ((phone_sealed is null) = (phone_index is null)),
  check (state not in ('called', 'serving') or (staff_id is not null and called_at is not null)),
  check ((state in ('done', 'left', 'no-show')) = (ended_at is not null)),
  check (state not in ('serving', 'done') or served_from is not null),
  check (state <> 'done' or identity_shown is not null)
);
create unique index visit_number on visit (municipality_id, day, purpose_code, number) where number is not null;
-- One at a window, and one with a clerk.
create unique index visit_staff_open on visit (municipality_id, staff_id) where state in ('called', 'serving');
create unique index visit_window_open on visit (municipality_id, window_number) where state in ('called', 'serving') and window_number is not null;
-- One turn a telephone and purpose at a time.
create unique index visit_phone_waiting on visit (municipality_id, phone_index, purpose_code) where state = 'waiting' and phone_index is not null;
create index visit_day on visit (municipality_id, day, taken_at);
create index visit_waiting on visit (municipality_id, day, taken_at) where state = 'waiting';
create index visit_staff_day on visit (municipality_id, staff_id, ended_at desc) where staff_id is not null;
create index visit_person on visit (municipality_id, person_id, taken_at desc) where person_id is not null;
call wall('visit', 'select, insert, update');

create table visit_act (
  municipality_id uuid not null,
  visit_id uuid not null,
  act_id uuid not null,
  at timestamptz not null,
  act text not null,
  request_id uuid,
  receipt_id uuid,
  person_id uuid,
  primary key (municipality_id, visit_id, act_id),
  foreign key (municipality_id, visit_id) references visit
);
create index visit_act_request on visit_act (municipality_id, request_id, at) where request_id is not null;
call wall('visit_act', 'select, insert');
