-- requests: parties with what proves them and until when; what the citizen confirmed before filing.
alter table request_party
  -- number, issuer and day of the paper that proves the capacity, as far as it has them
  add column proof jsonb not null default '{}',
  -- a share of the whole, exactly: share_of parts of share_in
  add column share_of integer,
  add column share_in integer,
  -- named to receive what the request ends in, whatever the capacity
  add column may_collect boolean not null default false,
  add column added_by_kind text,
  add column added_by text,
  add column ended_at timestamptz,
  add column ended_reason text,
  -- when the party was told that their term nears its end
  add column warned_at timestamptz,
  add check ((share_of is null) = (share_in is null)),
  add check (share_of > 0 and share_of <= share_in);
create index request_party_term on request_party (municipality_id, valid_until) where valid_until is not null and ended_at is null;

alter table draft
  -- who else is a party, and the term of whoever files for another: as request_party will have them
  add column parties jsonb not null default '[]',
  -- how the citizen confirmed what was typed: {how, at, by, of}, or a code under way {codeHash, sentAt, tries}
  add column confirmation jsonb;

-- How the citizen confirmed the answers that were filed for them at the counter.
create table request_confirmation (
  municipality_id uuid not null,
  request_id uuid not null,
  how text not null check (how in ('read-aloud', 'screen', 'sheet', 'code')),
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  -- SHA-256 of the answers as confirmed
  answers_sha256 bytea not null,
  primary key (municipality_id, request_id),
  foreign key (municipality_id, request_id) references request deferrable initially deferred
);
call wall('request_confirmation', 'select, insert');

-- counter: originals the town keeps for a while; where they lie, who took them in and who gave them back to whom.
create table paper_original (
  municipality_id uuid not null,
  original_id uuid not null,
  year integer not null,
  number integer not null,
  person_id uuid not null,
  request_id uuid,
  paper text not null check (paper <> ''),
  brought_by text not null,
  place text not null check (place <> ''),
  taken_at timestamptz not null,
  taken_by uuid not null,
  given_at timestamptz,
  given_by uuid,
  given_to text,
  primary key (municipality_id, original_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, request_id) references request,
  check ((given_at is null) = (given_by is null) and (given_at is null) = (given_to is null))
);
create unique index paper_original_number on paper_original (municipality_id, year, number);
create index paper_original_held on paper_original (municipality_id, taken_at desc) where given_at is null;
create index paper_original_person on paper_original (municipality_id, person_id, taken_at desc);
create index paper_original_request on paper_original (municipality_id, request_id) where request_id is not null;
call wall('paper_original', 'select, insert, update');

-- counter: pages that came out of a window's scanner and wait to be attached; each content once for a window.
create table scan (
  municipality_id uuid not null references municipality,
  scan_id uuid not null,
  window_name text not null,
  file_name text not null,
  sha256 bytea not null,
  size bigint not null,
  type text not null,
  pages integer,
  scanned_at timestamptz not null,
  attached_at timestamptz,
  attached_by uuid,
  document_id uuid,
  primary key (municipality_id, scan_id),
  foreign key (municipality_id, sha256) references file
);
create unique index scan_content on scan (municipality_id, window_name, sha256);
create index scan_waiting on scan (municipality_id, window_name, scanned_at desc) where attached_at is null;
call wall('scan', 'select, insert, update');
