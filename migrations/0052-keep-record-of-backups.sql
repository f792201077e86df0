-- backup: what was kept a second time, and whether it could be brought back. What the status page says stands here.
create table backup_run (
  municipality_id uuid not null references municipality,
  run_id uuid not null,
  -- physical: the whole cluster; logical: rows and files of all towns; drill: this town taken out, brought back elsewhere and compared
  kind text not null check (kind in ('physical', 'logical', 'drill')),
  began_at timestamptz not null,
  ended_at timestamptz,
  -- null while it runs, and for one that died
  good boolean,
  rows bigint not null,
  files bigint not null,
  bytes bigint not null,
  -- the last migration of the database it was made of
  schema text not null,
  -- what was found wrong, in the words of the program; no personal data
  trouble text,
  primary key (municipality_id, run_id),
  check ((ended_at is null) = (good is null))
);
create index backup_run_newest on backup_run (municipality_id, kind, began_at);
call wall('backup_run', 'select, insert, update');

-- Until when everything that was written lies in the second place too; one row a town, written anew each minute.
create table backup_stream (
  municipality_id uuid not null references municipality,
  kept_until timestamptz not null,
  -- what keeps it from going on, if anything
  trouble text,
  primary key (municipality_id)
);
call wall('backup_stream', 'select, insert, update');

-- How many messages are due and not gone, counted to a bound, and since when the oldest: for the public page of the system's state, which
-- reaches no message.
create function messages_waiting(p_now timestamptz, p_most integer) returns table (waiting bigint, since timestamptz)
  language sql stable security definer set search_path = public set app.reach = 'house'
  as $$
    select count(*), min(due.not_before)
      from (select m.not_before
              from unnest('{sms,email,portal}'::text[]) c(name) cross join unnest('{0,1,2}'::smallint[]) l(lane)
              cross join lateral (
                select not_before from message
                 where municipality_id = current_town() and channel = c.name and lane = l.lane and state = 'planned' and not_before <= p_now
                 order by not_before limit p_most) m
             limit p_most) due
  $$;
revoke all on function messages_waiting from public;
grant execute on function messages_waiting to shubbak_app;
