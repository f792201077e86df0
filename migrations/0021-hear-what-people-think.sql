-- A request closed to somebody of the staff: wins over every grant.
create table request_closed (
  municipality_id uuid not null,
  request_id uuid not null,
  staff_id uuid not null,
  reason text not null,
  closed_at timestamptz not null,
  closed_by uuid not null,
  primary key (municipality_id, staff_id, request_id),
  foreign key (municipality_id, request_id) references request,
  foreign key (municipality_id, staff_id) references staff
);
create index request_closed_request on request_closed (municipality_id, request_id);
call wall('request_closed', 'select, insert, delete');

-- What was ended lately: overtaking, promises kept and the figures of a day are read from it.
create index request_ended_at on request (municipality_id, closed_at) where closed_at is not null;

-- Why a later request was served before an earlier one of its kind.
create table overtaking_reason (
  municipality_id uuid not null,
  request_id uuid not null,
  reason text not null,
  given_at timestamptz not null,
  given_by uuid not null,
  primary key (municipality_id, request_id),
  foreign key (municipality_id, request_id) references request
);
call wall('overtaking_reason', 'select, insert, update');

-- feedback: what the town is told of its work. One question a request, asked when it is delivered.
create table rating (
  municipality_id uuid not null,
  request_id uuid not null,
  person_id uuid not null,
  service_code text not null,
  -- whoever handed it over or did the last work on it
  staff_id uuid,
  asked_at timestamptz not null,
  -- the telephone that was asked; answers by SMS are matched with it
  phone_index bytea,
  stars smallint check (stars between 1 and 5),
  comment text not null default '',
  answered_at timestamptz,
  channel text check (channel in ('portal', 'sms', 'counter')),
  primary key (municipality_id, request_id),
  foreign key (municipality_id, request_id) references request,
  foreign key (municipality_id, person_id) references person,
  check ((stars is null) = (answered_at is null))
);
create index rating_phone on rating (municipality_id, phone_index, asked_at desc) where phone_index is not null;
create index rating_answered on rating (municipality_id, answered_at desc) where answered_at is not null;
create index rating_person on rating (municipality_id, person_id);
call wall('rating', 'select, insert, update');

-- A message to the management outside a request.
create table contact (
  municipality_id uuid not null references municipality,
  contact_id uuid not null,
  number integer not null,
  year integer not null,
  person_id uuid not null,
  subject text not null,
  state text not null check (state in ('open', 'answered', 'closed')),
  opened_at timestamptz not null,
  moved_at timestamptz not null,
  entered_by_kind text not null,
  entered_by text not null,
  primary key (municipality_id, contact_id),
  foreign key (municipality_id, person_id) references person
);
create unique index contact_number on contact (municipality_id, year, number);
create index contact_person on contact (municipality_id, person_id, moved_at desc);
create index contact_open on contact (municipality_id, moved_at) where state = 'open';
create index contact_all on contact (municipality_id, moved_at desc);
call wall('contact', 'select, insert, update');

create table contact_word (
  municipality_id uuid not null,
  contact_id uuid not null,
  seq integer not null,
  by_kind text not null,
  by_id text not null,
  words text not null,
  at timestamptz not null,
  primary key (municipality_id, contact_id, seq),
  foreign key (municipality_id, contact_id) references contact
);
call wall('contact_word', 'select, insert');

-- A complaint about the staff. Those it is about never see it, whatever they are.
create table complaint (
  municipality_id uuid not null references municipality,
  complaint_id uuid not null,
  number integer not null,
  year integer not null,
  person_id uuid not null,
  request_id uuid,
  words text not null,
  -- whom it is about, as the complainant says it
  about text not null,
  state text not null check (state in ('open', 'answered', 'closed')),
  filed_at timestamptz not null,
  entered_by_kind text not null,
  entered_by text not null,
  finding text,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  primary key (municipality_id, complaint_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, request_id) references request
);
create unique index complaint_number on complaint (municipality_id, year, number);
create index complaint_person on complaint (municipality_id, person_id, filed_at desc);
create index complaint_filed on complaint (municipality_id, filed_at desc, complaint_id desc);
create index complaint_request on complaint (municipality_id, request_id) where request_id is not null;
call wall('complaint', 'select, insert, update');

create table complaint_subject (
  municipality_id uuid not null,
  complaint_id uuid not null,
  staff_id uuid not null,
  primary key (municipality_id, complaint_id, staff_id),
  foreign key (municipality_id, complaint_id) references complaint,
  foreign key (municipality_id, staff_id) references staff
);
create index complaint_subject_staff on complaint_subject (municipality_id, staff_id);
call wall('complaint_subject', 'select, insert');
