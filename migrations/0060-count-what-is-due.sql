-- messaging: how much waits to leave is counted where it stands, since 0046 in a table of its own.
create or replace function messages_waiting(p_now timestamptz, p_most integer) returns table (waiting bigint, since timestamptz)
  language sql stable security definer set search_path = public set app.reach = 'house'
  as $$
    select count(*), min(due.not_before)
      from (select m.not_before
              from unnest('{sms,email,portal}'::text[]) c(name) cross join unnest('{0,1,2}'::smallint[]) l(lane)
              cross join lateral (
                select not_before from message_due
                 where municipality_id = current_town() and channel = c.name and lane = l.lane and not_before <= p_now
                 order by not_before limit p_most) m
             limit p_most) due
  $$;
