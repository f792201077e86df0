-- Who follows a request without an account gets a code on the telephone it was filed with; the code opens a view of its state for a day.
-- A row is also written where nothing matched, so that the answer is the same whether the request exists or not.
create table tracking_code (
  municipality_id uuid not null references municipality,
  code_id uuid not null,
  request_id uuid,
  code_hash bytea not null,
  -- of the link that the right code gives
  view_hash bytea,
  tries integer not null default 0,
  created_at timestamptz not null,
  primary key (municipality_id, code_id),
  foreign key (municipality_id, request_id) references request
);
create index tracking_code_request on tracking_code (municipality_id, request_id, created_at) where request_id is not null;
create unique index tracking_code_view on tracking_code (municipality_id, view_hash) where view_hash is not null;
call wall('tracking_code', 'select, insert, update, delete');
