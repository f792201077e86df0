-- The outbox is read across towns by the one who sends: two functions of the owner, callable by the application.

-- Claims the most urgent planned messages for sending; other senders pass over them.
create function claim_messages(p_now timestamptz, p_batch integer, p_towns uuid[])
  returns table (municipality_id uuid, message_id uuid, to_sealed bytea, body text, encoding text, parts integer, attempts integer)
  language sql volatile security definer set search_path = public
  as $$
    update message m set state = 'sending', claimed_at = p_now, attempts = m.attempts + 1
      from (select c.municipality_id, c.message_id from message c
             where c.state = 'planned' and c.not_before <= p_now and c.municipality_id = any(p_towns)
             order by c.lane, c.not_before, c.message_id limit p_batch for update skip locked) picked
     where m.municipality_id = picked.municipality_id and m.message_id = picked.message_id
    returning m.municipality_id, m.message_id, m.to_sealed, m.body, m.encoding, m.parts, m.attempts
  $$;
revoke all on function claim_messages from public;
grant execute on function claim_messages to shubbak_app;

-- What was claimed and never answered for: the sender died between handing over and hearing. With a provider that tells repetitions apart
-- it is planned again; with any other it is marked uncertain and never silently sent twice.
create function release_messages(p_before timestamptz, p_repeatable uuid[]) returns integer
  language sql volatile security definer set search_path = public
  as $$
    with released as (
      update message set state = case when municipality_id = any(p_repeatable) then 'planned' else 'uncertain' end
       where state = 'sending' and claimed_at < p_before
      returning 1)
    select count(*)::integer from released
  $$;
revoke all on function release_messages from public;
grant execute on function release_messages to shubbak_app;
