-- messaging: a message changes its state without its indexes being written again. What waits to leave stands in a narrow table of its own, kept
-- by a trigger; the lists of what needs a look stand on a column that stays empty on the way from planned to delivered.
drop index message_outbox, message_of_state, message_trouble, message_post, message_bulk, message_carried;
-- Room in each page for all its rows as they become, at once: sent ones are longer. The new column writes the table anew.
alter table message set (fillfactor = 45);
alter table message add column undelivered text generated always as (
  case when state in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out', 'expired', 'cancelled') then state end) stored;
create index message_of_state on message (municipality_id, undelivered, planned_at desc, message_id desc) where undelivered is not null;
-- what nobody has settled: of what is said to many, the report of its bulletin tells; who wanted none got none, unless the law has it told
create index message_trouble on message (municipality_id, undelivered, planned_at desc, message_id desc)
  where lane = 1 and settled_how is null and undelivered in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out')
    and (undelivered <> 'opted-out' or kind = 'legal');
-- notices of law that reached nobody by telephone
create index message_post on message (municipality_id, planned_at, message_id)
  where kind = 'legal' and settled_how is null and undelivered in ('failed', 'unaddressed', 'opted-out');
create index message_bulk on message (municipality_id, bulk_id) where bulk_id is not null;

-- Messages that have not left, in the order in which they go. What its bulk has not let go yet is due at no time.
create table message_due (
  municipality_id uuid not null,
  channel text not null,
  lane smallint not null,
  not_before timestamptz not null,
  message_id uuid not null,
  bulk_id uuid,
  primary key (municipality_id, channel, lane, not_before, message_id)
);
create index message_due_bulk on message_due (municipality_id, bulk_id, not_before, message_id) where bulk_id is not null;
alter table message_due set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
call wall('message_due', 'select');

-- Whoever plans a message or changes its state keeps what is due by that: the rows of a statement at once. A plan kept from when there were
-- few must still do when there are many, hence by the key and no other way.
create function keep_message_due() returns trigger
  language plpgsql security definer set search_path = public
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  if tg_op <> 'INSERT' then
    delete from message_due d using was w
     where w.state in ('planned', 'waiting') and d.municipality_id = w.municipality_id and d.channel = w.channel and d.lane = w.lane
       and d.not_before = case w.state when 'waiting' then 'infinity' else w.not_before end and d.message_id = w.message_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into message_due (municipality_id, channel, lane, not_before, message_id, bulk_id)
    select municipality_id, channel, lane, case state when 'waiting' then 'infinity' else not_before end, message_id, bulk_id
      from became where state in ('planned', 'waiting');
  end if;
  return null;
end $$;
create trigger message_planned after insert on message
  referencing new table as became for each statement execute function keep_message_due();
create trigger message_changed after update on message
  referencing old table as was new table as became for each statement execute function keep_message_due();
create trigger message_gone after delete on message
  referencing old table as was for each statement execute function keep_message_due();
insert into message_due (municipality_id, channel, lane, not_before, message_id, bulk_id)
select municipality_id, channel, lane, case state when 'waiting' then 'infinity' else not_before end, message_id, bulk_id
  from message where state in ('planned', 'waiting') order by 1, 2, 3, 4, 5;

create or replace function due_towns(p_now timestamptz, p_towns uuid[]) returns table (municipality_id uuid, channel text)
  language sql stable security definer set search_path = public
  as $$
    select t.id, c.name
      from unnest(p_towns) t(id) cross join unnest('{sms,email,portal}'::text[]) c(name)
     where exists (select 1 from unnest('{0,1,2}'::smallint[]) l(lane) cross join lateral (
                     select 1 from message_due d
                      where d.municipality_id = t.id and d.channel = c.name and d.lane = l.lane and d.not_before <= p_now
                      limit 1) one)
  $$;

-- Parts are written in the transaction that says the message was handed over, and messages are never taken away: to look for the message of
-- each part once more, and to lock it, cost as much as writing it. `shubbak verify` compares them.
alter table message_part drop constraint message_part_municipality_id_message_id_fkey;
-- What a provider carried of late is found by when its parts went: they are written in that order.
create index message_part_submitted on message_part using brin (municipality_id, submitted_at) with (pages_per_range = 32);
