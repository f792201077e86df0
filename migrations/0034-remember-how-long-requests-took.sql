-- requests: how long each took that was done, in the town's opening hours, without what it waited for the citizen. What people are told of
-- how long such a request takes is read off the latest ones.
create table request_pace (
  municipality_id uuid not null,
  request_id uuid not null,
  service_code text not null,
  minutes integer not null check (minutes >= 0),
  closed_at timestamptz not null,
  primary key (municipality_id, request_id),
  foreign key (municipality_id, request_id) references request deferrable initially deferred
);
create index request_pace_latest on request_pace (municipality_id, service_code, closed_at desc) include (minutes);
call wall('request_pace', 'select, insert, update, delete');
