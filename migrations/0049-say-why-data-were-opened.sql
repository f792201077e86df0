-- looks: why somebody's data were opened, reasons given for a while, questions about looks, files that need a second person, the privacy policy.

-- One row beside each audit row that is a look: whereby it was allowed.
create table look (
  municipality_id uuid not null references municipality,
  audit_id uuid not null,
  at timestamptz not null,
  -- whose data
  person_id uuid not null,
  -- who looked, as audit rows name them
  actor_kind text not null check (actor_kind in ('staff', 'partner', 'system')),
  actor_id text not null,
  office_code text,
  cause_kind text not null check (cause_kind in ('task', 'visit', 'inspection', 'reason', 'partner', 'release')),
  -- the reason given, the visit, or the release it was allowed by
  grant_id uuid,
  visit_id uuid,
  release_id uuid,
  -- a part that stands masked was shown
  is_sensitive boolean not null,
  primary key (municipality_id, audit_id)
);
create index look_person on look (municipality_id, person_id, at desc, audit_id desc);
create index look_at on look (municipality_id, at);
create index look_actor on look (municipality_id, actor_id, at desc, audit_id desc);
call wall('look', 'select, insert');

-- A reason given to open a file that no task, visit or inspection opens: holds for some minutes, and is told to the person.
create table look_grant (
  municipality_id uuid not null references municipality,
  grant_id uuid not null,
  staff_id uuid not null,
  office_code text,
  person_id uuid not null,
  -- a ready reason by its code, or 'other'; in words as it stood
  reason text not null,
  words text not null,
  at timestamptz not null,
  until timestamptz not null,
  -- what the page was that was asked for
  address text not null,
  -- the part that stands masked: empty for the file itself
  part text not null,
  primary key (municipality_id, grant_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, person_id) references person,
  check (until > at)
);
create index look_grant_open on look_grant (municipality_id, staff_id, person_id, until desc);
create index look_grant_at on look_grant (municipality_id, at desc, grant_id desc);
call wall('look_grant', 'select, insert');

-- «لماذا اطّلعتم؟»: the person asks of a look, the supervisor answers by a day.
create table look_question (
  municipality_id uuid not null references municipality,
  question_id uuid not null,
  audit_id uuid not null,
  person_id uuid not null,
  -- who looked: never the one who answers
  looker_id text not null,
  looker_office text,
  asked_at timestamptz not null,
  due_on date not null,
  answered_at timestamptz,
  answered_by uuid,
  -- whether the look had its ground, as the town found
  found text check (found in ('justified', 'unjustified')),
  late_told_at timestamptz,
  primary key (municipality_id, question_id),
  foreign key (municipality_id, person_id) references person,
  check ((answered_at is null) = (answered_by is null)),
  check ((answered_at is null) = (found is null))
);
create unique index look_question_audit on look_question (municipality_id, audit_id, person_id);
create index look_question_person on look_question (municipality_id, person_id, asked_at desc);
create index look_question_open on look_question (municipality_id, due_on, question_id) where answered_at is null;
create index look_question_asked on look_question (municipality_id, asked_at desc, question_id desc);
call wall('look_question', 'select, insert, update');

create table look_question_word (
  municipality_id uuid not null,
  question_id uuid not null,
  word_id uuid not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('citizen', 'staff')),
  by_id uuid not null,
  words text not null,
  primary key (municipality_id, question_id, word_id),
  foreign key (municipality_id, question_id) references look_question
);
call wall('look_question_word', 'select, insert');

-- A file of many people's data: asked for by one, released by another, taken once.
create table look_release (
  municipality_id uuid not null references municipality,
  release_id uuid not null,
  -- what it is: messages, arrears, receipts, imports
  kind text not null,
  title_ar text not null,
  title_en text not null,
  -- where it is taken, inside the town
  address text not null,
  -- how many people are in it, where that is known before it is made
  people integer,
  why text not null,
  asked_by uuid not null,
  asked_office text,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  is_granted boolean,
  refusal text,
  until timestamptz,
  taken_at timestamptz,
  primary key (municipality_id, release_id),
  foreign key (municipality_id, asked_by) references staff,
  foreign key (municipality_id, decided_by) references staff,
  check (decided_by is null or decided_by <> asked_by),
  check ((decided_at is null) = (is_granted is null)),
  check ((decided_at is null) = (decided_by is null)),
  check (taken_at is null or is_granted)
);
create index look_release_open on look_release (municipality_id, asked_at desc, release_id desc) where decided_at is null;
create index look_release_asked on look_release (municipality_id, asked_by, asked_at desc, release_id desc);
create index look_release_at on look_release (municipality_id, asked_at desc, release_id desc);
call wall('look_release', 'select, insert, update');

-- What was looked at in a month, counted anew while it runs.
create table look_month (
  municipality_id uuid not null references municipality,
  -- its first day
  month date not null,
  office_code text not null,
  cause_kind text not null,
  looks integer not null,
  people integer not null,
  counted_at timestamptz not null,
  primary key (municipality_id, month, office_code, cause_kind)
);
call wall('look_month', 'select, insert, update, delete');

-- The town's word on whose data it keeps and why: versions, each by a decision, reviewed by another than its writer.
create table privacy_policy (
  municipality_id uuid not null references municipality,
  version integer not null,
  body_ar text not null,
  body_en text not null,
  decision text not null,
  valid_from date not null,
  written_by uuid not null,
  written_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  is_accepted boolean,
  review_note text,
  primary key (municipality_id, version),
  foreign key (municipality_id, written_by) references staff,
  foreign key (municipality_id, reviewed_by) references staff,
  check (reviewed_by is null or reviewed_by <> written_by),
  check ((reviewed_at is null) = (is_accepted is null)),
  check ((reviewed_at is null) = (reviewed_by is null))
);
create index privacy_policy_from on privacy_policy (municipality_id, valid_from desc, version desc) where is_accepted;
call wall('privacy_policy', 'select, insert, update');

