-- catalogue: each published version of a service, whole, as its YAML text.
create table service_version (
  municipality_id uuid not null references municipality,
  service_code text not null,
  version integer not null,
  hash text not null,
  source text not null,
  published_at timestamptz not null,
  retired_at timestamptz,
  primary key (municipality_id, service_code, version)
);
call wall('service_version', 'select, insert, update');

-- archive: content once (file), what it is in the town's eyes (document).
create table file (
  municipality_id uuid not null references municipality,
  sha256 bytea not null,
  size bigint not null,
  type text not null,
  stored_at timestamptz not null,
  primary key (municipality_id, sha256)
);
call wall('file', 'select, insert');

create table document (
  municipality_id uuid not null,
  document_id uuid not null,
  sha256 bytea not null,
  -- a picture of the first page and a safe copy to show, made by a job
  thumbnail_sha256 bytea,
  preview_sha256 bytea,
  file_name text not null,
  type text not null,
  size bigint not null,
  pages integer,
  -- the archive's kind: id-copy, property-tax-clearance, lease … or certificate
  kind text not null,
  title text not null,
  owner_id uuid,
  issued_on date,
  valid_until date,
  source text not null check (source in ('upload', 'scan', 'issued', 'import')),
  added_by_kind text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (municipality_id, document_id),
  foreign key (municipality_id, sha256) references file
);
create index document_owner on document (municipality_id, owner_id, kind, added_at desc);
create index document_sha256 on document (municipality_id, sha256);
call wall('document', 'select, insert, update');

create table upload (
  municipality_id uuid not null references municipality,
  upload_id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  file_name text not null,
  size bigint not null,
  -- what it is for: draft or request, and the paper's id
  purpose jsonb not null,
  created_at timestamptz not null,
  document_id uuid,
  primary key (municipality_id, upload_id)
);
create index upload_created on upload (municipality_id, created_at);
call wall('upload', 'select, insert, update, delete');

-- requests: the row is a projection of its append-only actions, written in the same transaction.
create table request (
  municipality_id uuid not null references municipality,
  request_id uuid not null,
  year integer not null,
  number integer not null,
  service_code text not null,
  service_version integer not null,
  channel text not null check (channel in ('web', 'counter', 'api')),
  capacity text not null,
  applicant_id uuid not null,
  filed_by_kind text not null,
  filed_by text not null,
  state text not null,
  step text,
  answers jsonb not null,
  -- the questions and answers as they were read on submission
  frozen jsonb not null,
  step_fields jsonb not null default '{}',
  missing_papers jsonb not null default '[]',
  settled_fee_points text[] not null default '{}',
  -- steps whose effect ran or whose output was signed: such a request is not withdrawn, no effect runs twice
  executed_steps text[] not null default '{}',
  filed_at timestamptz not null,
  due_at timestamptz,
  paused_at timestamptz,
  paused_ms bigint not null default 0,
  closed_at timestamptz,
  last_seq integer not null,
  tracking_hash bytea not null,
  primary key (municipality_id, request_id),
  foreign key (municipality_id, applicant_id) references person,
  foreign key (municipality_id, service_code, service_version) references service_version
);
create unique index request_number on request (municipality_id, year, number);
create unique index request_tracking on request (municipality_id, tracking_hash);
create index request_applicant on request (municipality_id, applicant_id, filed_at desc);
-- The open ones are few, and lists of them are in the order of filing; without the state in it an act leaves this index alone.
create index request_open on request (municipality_id, filed_at desc, request_id desc) where closed_at is null;
-- A list of one way of ending, such as the rejected: few among many.
create index request_ended on request (municipality_id, state, filed_at desc, request_id desc) where closed_at is not null;
-- What a partner's program filed is listed to it by its own name.
create index request_partner on request (municipality_id, filed_by, filed_at desc, request_id desc) where filed_by_kind = 'partner';
create index request_filed on request (municipality_id, filed_at desc);
create index request_service on request (municipality_id, service_code, filed_at desc);
call wall('request', 'select, insert, update');

-- Children point at their request by deferred keys: filing writes them first and the request last, with its number, so that the
-- counter of numbers is held for the shortest time.
create table request_action (
  municipality_id uuid not null,
  request_id uuid not null,
  seq integer not null,
  action_id uuid not null,
  name text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_office text,
  task_id uuid,
  note text,
  data jsonb not null,
  primary key (municipality_id, request_id, seq),
  foreign key (municipality_id, request_id) references request deferrable initially deferred
);
call wall('request_action', 'select, insert');

create table request_party (
  municipality_id uuid not null,
  request_id uuid not null,
  person_id uuid not null,
  capacity text not null,
  -- the paper that proves the capacity, and its term
  proof_document_id uuid,
  valid_until date,
  added_at timestamptz not null,
  primary key (municipality_id, request_id, person_id, capacity),
  foreign key (municipality_id, request_id) references request deferrable initially deferred,
  foreign key (municipality_id, person_id) references person
);
create index request_party_person on request_party (municipality_id, person_id, request_id);
call wall('request_party', 'select, insert, update');

-- Offices a request has ever been with: the relation "office concerned" of the access predicate.
create table request_office (
  municipality_id uuid not null,
  office_code text not null,
  request_id uuid not null,
  since timestamptz not null,
  primary key (municipality_id, office_code, request_id),
  foreign key (municipality_id, request_id) references request deferrable initially deferred
);
create index request_office_request on request_office (municipality_id, request_id);
call wall('request_office', 'select, insert');

create table task (
  municipality_id uuid not null,
  task_id uuid not null,
  request_id uuid not null,
  step text not null,
  purpose text not null check (purpose in ('step', 'opinion', 'information')),
  office_code text not null,
  role text not null,
  assignee uuid,
  state text not null check (state in ('open', 'deferred', 'referred', 'waiting', 'closed')),
  opened_at timestamptz not null,
  due_at timestamptz,
  deferred_until timestamptz,
  closed_at timestamptz,
  from_kind text,
  from_id text,
  from_office text,
  note text,
  primary key (municipality_id, task_id),
  foreign key (municipality_id, request_id) references request deferrable initially deferred
);
create index task_request on task (municipality_id, request_id);
create index task_office on task (municipality_id, office_code, state, due_at, task_id) where closed_at is null;
create index task_assignee on task (municipality_id, assignee, state, due_at, task_id) where closed_at is null;
create index task_forwarded on task (municipality_id, from_id, opened_at desc) where from_id is not null;
call wall('task', 'select, insert, update');

create table request_paper (
  municipality_id uuid not null,
  request_id uuid not null,
  paper_id text not null,
  document_id uuid not null,
  state text not null check (state in ('supplied', 'offered', 'accepted', 'refused')),
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  primary key (municipality_id, request_id, paper_id, document_id),
  foreign key (municipality_id, request_id) references request deferrable initially deferred,
  foreign key (municipality_id, document_id) references document
);
create index request_paper_document on request_paper (municipality_id, document_id);
call wall('request_paper', 'select, insert, update');

-- A form begun and not yet filed: answers that parsed, and the text as typed where it did not.
create table draft (
  municipality_id uuid not null references municipality,
  draft_id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  -- whom it is for: the owner, or the person at the counter
  person_id uuid,
  service_code text not null,
  service_version integer not null,
  channel text not null,
  capacity text not null,
  answers jsonb not null,
  typed jsonb not null default '{}',
  -- paper id → list of document ids
  papers jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  request_id uuid,
  primary key (municipality_id, draft_id)
);
create index draft_owner on draft (municipality_id, owner_id, updated_at desc);
call wall('draft', 'select, insert, update, delete');
