-- designer: services while they are being written, each step of the writing, and what was said and decided about them.

create table service_draft (
  municipality_id uuid not null references municipality,
  draft_id uuid not null,
  service_code text not null,
  name_ar text not null,
  name_en text not null,
  -- the published version it was begun from; none for one begun empty or from a file
  based_on integer,
  -- the national text it was brought up to, where it was; what it is published over
  base_version integer,
  base_source text,
  base_commons jsonb,
  -- as the newest revision left it
  source text not null,
  -- texts of the common parts it may use, by name
  commons jsonb not null,
  revision integer not null,
  state text not null check (state in ('draft', 'in-review', 'returned', 'approved', 'published', 'dropped')),
  author_id uuid not null,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  -- in-review, returned, approved: who asked; the version it became
  asked_by uuid,
  published_version integer,
  primary key (municipality_id, draft_id)
);
-- One text of a service is written at a time, by as many as like.
create unique index service_draft_open on service_draft (municipality_id, service_code)
  where state in ('draft', 'in-review', 'returned', 'approved');
create index service_draft_changed on service_draft (municipality_id, changed_at desc, draft_id desc);
call wall('service_draft', 'select, insert, update');

-- Every text a draft has had. `back` and `forth` are the revisions whose text undoing and redoing bring again.
create table service_draft_revision (
  municipality_id uuid not null,
  draft_id uuid not null,
  revision integer not null,
  source text not null,
  back integer,
  forth integer,
  changed_ar text not null,
  changed_en text not null,
  by_id uuid not null,
  -- whose change the text ends with: where undoing has led back to, that of who made it first
  change_by uuid not null,
  at timestamptz not null,
  primary key (municipality_id, draft_id, revision),
  foreign key (municipality_id, draft_id) references service_draft
);
call wall('service_draft_revision', 'select, insert');

-- What was asked, said and decided about a draft.
create table service_draft_word (
  municipality_id uuid not null,
  draft_id uuid not null,
  word_id uuid not null,
  kind text not null check (kind in ('asked', 'taken-back', 'returned', 'approved', 'published', 'dropped')),
  revision integer not null,
  note text,
  -- published: the day from which it holds
  from_day date,
  by_id uuid not null,
  at timestamptz not null,
  primary key (municipality_id, draft_id, word_id),
  foreign key (municipality_id, draft_id) references service_draft
);
call wall('service_draft_word', 'select, insert');

-- A version may begin to hold on a day to come, and says which national text it is a town's version of. Who takes a service off the shelf
-- says so beforehand, in words people read.
alter table service_version
  add column base_version integer,
  add column base_source text,
  add column base_commons jsonb,
  add column retire_notice jsonb;

-- The national text of a service as it came with the product, newest of each service: what a town's version is held against.
create table national_service (
  municipality_id uuid not null references municipality,
  service_code text not null,
  version integer not null,
  source text not null,
  commons jsonb not null,
  came_at timestamptz not null,
  primary key (municipality_id, service_code, version)
);
call wall('national_service', 'select, insert');

-- An amount that by decision holds for a request filed before it: only for what was not raised yet.
create table tariff_for_request (
  municipality_id uuid not null,
  request_id uuid not null,
  key text not null,
  as_of date not null,
  decision text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (municipality_id, request_id, key, as_of),
  foreign key (municipality_id, request_id) references request
);
call wall('tariff_for_request', 'select, insert');
