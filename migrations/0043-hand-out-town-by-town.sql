-- messaging: the outbox town by town and channel by channel, so that what waits for a slow provider of one keeps nobody else's messages;
-- one process at a time sends for a town, and writes down what it is about to hand over.
drop index message_outbox;
create index message_outbox on message (municipality_id, channel, lane, not_before, message_id) where state = 'planned';
drop index message_claimed;
drop function claim_messages(timestamptz, integer, uuid[]);
drop function release_messages(timestamptz, uuid[]);
-- Whoever was sending is not any more, and nobody knows what became of what it had claimed.
update message set state = 'uncertain', failure = 'sender-died', sent_at = claimed_at where state = 'sending';
-- It failed because the number takes no messages: not the provider's fault.
alter table message add column hard boolean;

-- Which process sends for a town, and until when unless it says so again.
create table message_lease (
  municipality_id uuid not null references municipality,
  holder uuid not null,
  until timestamptz not null,
  primary key (municipality_id)
);
call wall('message_lease', 'select, insert, update');

-- Messages that are being handed over: written before the first of them leaves, gone once what became of all of them is written. What stands
-- here when its process is dead may have reached somebody, and is uncertain.
create table message_handing (
  municipality_id uuid not null references municipality,
  handing_id uuid not null,
  holder uuid not null,
  at timestamptz not null,
  message_ids uuid[] not null,
  primary key (municipality_id, handing_id)
);
call wall('message_handing', 'select, insert, delete');

alter table message_report
  -- whose telephone it was, as message.to_index: where the carrier tells it
  add column to_index bytea,
  add column hard boolean;
create index message_report_late on message_report (municipality_id, received_at) where not matched;

-- Of these towns those that have something to send, and by which channel: asked across towns by the sender.
create function due_towns(p_now timestamptz, p_towns uuid[]) returns table (municipality_id uuid, channel text)
  language sql stable security definer set search_path = public
  as $$
    select t.id, c.name
      from unnest(p_towns) t(id) cross join unnest('{sms,email,portal}'::text[]) c(name)
     where exists (select 1 from unnest('{0,1,2}'::smallint[]) l(lane) cross join lateral (
                     select 1 from message m
                      where m.municipality_id = t.id and m.channel = c.name and m.lane = l.lane and m.state = 'planned' and m.not_before <= p_now
                      limit 1) one)
  $$;
revoke all on function due_towns from public;
grant execute on function due_towns to shubbak_app;
