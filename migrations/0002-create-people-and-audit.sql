-- people: persons, their phones and log-ins; offices, staff, appointments, sessions.

create table person (
  municipality_id uuid not null references municipality,
  person_id uuid not null,
  kind text not null check (kind in ('natural', 'organisation')),
  -- four parts for a natural person; an organisation has its trade name in first_name
  first_name text not null,
  father_name text not null default '',
  grandfather_name text not null default '',
  family_name text not null default '',
  display_name text not null,
  -- normalised, for order and prefix search
  sort_name text not null,
  mother_name text not null default '',
  birth_date date,
  sex text check (sex in ('female', 'male')),
  id_kind text not null check (id_kind in ('palestinian-id', 'jerusalem-id', 'passport', 'company', 'other', 'none')),
  id_sealed bytea,
  id_index bytea,
  -- {block, quarter, parcel, landmark}
  address jsonb not null default '{}',
  registered_at timestamptz not null,
  registered_by uuid,
  -- counter, self, import:NAME; as_of says how old an imported record is
  source text not null,
  as_of timestamptz,
  primary key (municipality_id, person_id),
  check ((id_kind = 'none') = (id_index is null))
);
create unique index person_id_index on person (municipality_id, id_index) where id_index is not null;
create index person_sort_name on person (municipality_id, sort_name collate "C");
call wall('person', 'select, insert, update');

-- Name search under row-level security: LIKE and trigram are not leakproof, equality and prefix ranges over tokens are.
create table person_token (
  municipality_id uuid not null,
  token text collate "C" not null,
  person_id uuid not null,
  primary key (municipality_id, token, person_id),
  foreign key (municipality_id, person_id) references person
);
create index person_token_person on person_token (municipality_id, person_id);
call wall('person_token', 'select, insert, delete');

create table person_phone (
  municipality_id uuid not null,
  person_id uuid not null,
  phone_index bytea not null,
  phone_sealed bytea not null,
  is_primary boolean not null,
  -- a phone several people share gets no private content, no log-in, no recovery
  is_shared boolean not null,
  verified_at timestamptz,
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (municipality_id, person_id, phone_index),
  foreign key (municipality_id, person_id) references person
);
create index person_phone_index on person_phone (municipality_id, phone_index);
call wall('person_phone', 'select, insert, update');

create table citizen_login (
  municipality_id uuid not null,
  person_id uuid not null,
  pin_hash text not null,
  must_change boolean not null,
  failures integer not null,
  locked_until timestamptz,
  set_at timestamptz not null,
  set_by uuid,
  primary key (municipality_id, person_id),
  foreign key (municipality_id, person_id) references person
);
call wall('citizen_login', 'select, insert, update');

create table office (
  municipality_id uuid not null references municipality,
  office_code text not null,
  name_ar text not null,
  name_en text not null,
  parent_code text,
  position integer not null,
  primary key (municipality_id, office_code)
);
call wall('office', 'select, insert, update');

create table staff (
  municipality_id uuid not null references municipality,
  staff_id uuid not null,
  login text not null,
  name_ar text not null,
  name_en text not null,
  title_ar text not null,
  title_en text not null,
  password_hash text not null,
  totp_sealed bytea not null,
  -- the last counter a code was accepted for: a code works once
  totp_counter bigint not null default 0,
  failures integer not null,
  locked_until timestamptz,
  left_at timestamptz,
  created_at timestamptz not null,
  primary key (municipality_id, staff_id)
);
create unique index staff_login on staff (municipality_id, login);
call wall('staff', 'select, insert, update');

create table appointment (
  municipality_id uuid not null,
  appointment_id uuid not null,
  staff_id uuid not null,
  office_code text not null,
  role text not null,
  valid_from date not null,
  valid_until date,
  decision text,
  primary key (municipality_id, appointment_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, office_code) references office
);
create index appointment_staff on appointment (municipality_id, staff_id);
create index appointment_office on appointment (municipality_id, office_code, role);
call wall('appointment', 'select, insert, update');

create table session (
  municipality_id uuid not null references municipality,
  token_hash bytea not null,
  subject_kind text not null check (subject_kind in ('citizen', 'staff')),
  subject_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- when the person last proved who they are; signing asks again
  confirmed_at timestamptz not null,
  ended_at timestamptz,
  device text not null default '',
  primary key (municipality_id, token_hash)
);
create index session_subject on session (municipality_id, subject_id);
call wall('session', 'select, insert, update, delete');

-- audit: who did or looked at what, and why. Insert and read only; owned by a role of its own.
create table audit (
  municipality_id uuid not null references municipality,
  audit_id uuid not null,
  -- orders entries for the seal without a lock: a row is sealed once its transaction is older than every open one
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_office text,
  act text not null,
  subject_kind text not null,
  subject_id text not null,
  -- whose data it is, where it is somebody's: the citizen's page lists looks by it
  person_id uuid,
  request_id uuid,
  cause text,
  -- personal fields in clear with their salt; canonical holds only their salted hashes, so that they can lawfully be erased
  personal jsonb,
  canonical bytea not null,
  primary key (municipality_id, audit_id)
);
create index audit_person on audit (municipality_id, person_id, at desc) where person_id is not null;
create index audit_request on audit (municipality_id, request_id, at) where request_id is not null;
create index audit_xid on audit (municipality_id, xid, audit_id);
call wall('audit', 'select, insert');
alter table audit owner to shubbak_audit;
