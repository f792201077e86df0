-- serves: 0085
-- What was done on a day that is over is counted once. A day counts only while nothing of it changed since: whatever changes a request that is done
-- says so in its own transaction, in a row of its own that nobody waits for, and the day is counted from its requests until it is folded anew.
-- Follows from the requests; days older than those shown are taken away by the job that folds.
create table done_day (
  municipality_id uuid not null,
  day date not null,
  -- The zone in which the day began and ended.
  time_zone text not null,
  -- By service how much was done, and how much of that in time: {"ADM-01": [12, 11]}.
  services jsonb not null,
  -- How long it took, in hours, and how often: {"5": 2, "48": 10}; from a day on in whole days.
  took jsonb not null,
  counted_at timestamptz not null,
  primary key (municipality_id, day)
);
call wall('done_day', 'select, insert, update, delete');

-- When what changed had ended: its day is no longer as it was counted. Taken away once it is counted anew.
create table done_day_changed (
  municipality_id uuid not null,
  closed_at timestamptz not null,
  change_id uuid not null,
  primary key (municipality_id, closed_at, change_id)
);
call wall('done_day_changed', 'select, delete');

create function done_day_changes() returns trigger language plpgsql security definer as $$
begin
  if tg_op <> 'INSERT' and old.closed_at is not null then
    insert into public.done_day_changed (municipality_id, closed_at, change_id)
      values (old.municipality_id, old.closed_at, pg_catalog.gen_random_uuid());
  end if;
  if tg_op <> 'DELETE' and new.closed_at is not null and (tg_op = 'INSERT' or new.closed_at is distinct from old.closed_at) then
    insert into public.done_day_changed (municipality_id, closed_at, change_id)
      values (new.municipality_id, new.closed_at, pg_catalog.gen_random_uuid());
  end if;
  return null;
end $$;
create trigger done_day_gains after insert on request for each row
  when (new.closed_at is not null) execute function done_day_changes();
create trigger done_day_changes after update of state, service_code, filed_at, due_at, closed_at on request for each row
  when ((old.closed_at is not null or new.closed_at is not null)
        and (old.state, old.service_code, old.filed_at, old.due_at, old.closed_at)
            is distinct from (new.state, new.service_code, new.filed_at, new.due_at, new.closed_at))
  execute function done_day_changes();
create trigger done_day_loses after delete on request for each row
  when (old.closed_at is not null) execute function done_day_changes();
