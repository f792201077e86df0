-- messaging: the outbox town by town and channel by channel, so that what waits for a slow provider of one keeps nobody else's messages.
alter table message
  -- which process claimed it last
  add column claimed_by uuid,
  -- it failed because the number takes no messages: not the provider's fault
  add column hard boolean;
drop index message_outbox;
create index message_outbox on message (municipality_id, channel, lane, not_before, message_id) where state = 'planned';
drop index message_claimed;
create index message_claimed on message (municipality_id, claimed_at) where state = 'sending';
create index message_report_late on message_report (municipality_id, received_at) where not matched;

drop function claim_messages(timestamptz, integer, uuid[]);
drop function release_messages(timestamptz, uuid[]);

-- Of these towns those that have something to send by a channel, and those where a claim has grown old: asked across towns by the sender.
create function due_towns(p_now timestamptz, p_claimed_before timestamptz, p_towns uuid[])
  returns table (municipality_id uuid, channel text, due boolean, orphans boolean)
  language sql stable security definer set search_path = public
  as $$
    select t.id, c.name,
           exists (select 1 from unnest('{0,1,2}'::smallint[]) l(lane) cross join lateral (
                     select 1 from message m
                      where m.municipality_id = t.id and m.channel = c.name and m.lane = l.lane and m.state = 'planned' and m.not_before <= p_now
                      limit 1) one),
           exists (select 1 from message m
                    where m.municipality_id = t.id and m.state = 'sending' and m.claimed_at < p_claimed_before)
      from unnest(p_towns) t(id) cross join unnest('{sms,email,portal}'::text[]) c(name)
  $$;
revoke all on function due_towns from public;
grant execute on function due_towns to shubbak_app;

-- Claims the most urgent messages of the town that are due by a channel; other senders pass over them. p_bulk: no more than so many of those
-- that are said to many. Runs as whoever calls it, within the wall of the town.
create function claim_messages(p_town uuid, p_now timestamptz, p_sender uuid, p_channel text, p_most integer, p_bulk integer)
  returns table (message_id uuid, lane smallint, kind text, event text, template text, request_id uuid, person_id uuid, to_sealed bytea,
                 to_index bytea, body text, parts integer, attempts integer, fill text, fill_id uuid, not_before timestamptz,
                 expires_at timestamptz)
  language plpgsql volatile as $$
#variable_conflict use_column
declare
  room integer := p_most;
  got integer;
begin
  for l in 0..2 loop
    if l = 2 then
      room := least(room, p_bulk);
    end if;
    exit when room <= 0;
    return query
      update message m set state = 'sending', claimed_at = p_now, claimed_by = p_sender, attempts = m.attempts + 1
        from (select c.message_id from message c
               where c.municipality_id = p_town and c.channel = p_channel and c.lane = l::smallint and c.state = 'planned'
                 and c.not_before <= p_now
               order by c.not_before, c.message_id limit room for update skip locked) picked
       where m.municipality_id = p_town and m.message_id = picked.message_id
      returning m.message_id, m.lane, m.kind, m.event, m.template, m.request_id, m.person_id, m.to_sealed, m.to_index, m.body, m.parts,
                m.attempts, m.fill, m.fill_id, m.not_before, m.expires_at;
    get diagnostics got = row_count;
    room := room - got;
  end loop;
end $$;
revoke all on function claim_messages from public;
grant execute on function claim_messages to shubbak_app;

alter table message_report
  -- whose telephone it was, as message.to_index: where the carrier tells it
  add column to_index bytea,
  add column hard boolean;
