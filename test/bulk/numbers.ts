import type pg from 'pg'

/** Says of every telephone of a filled town how it answers, as its owner: one in forty fails; and of every person that they were asked. */
export async function fillNumbers(client: pg.Client, { town }: { town: string }): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query(`
    insert into phone_health (municipality_id, phone_index, failures, failing_since, failed_at, reached_at, asleep_at)
    select municipality_id, phone_index, case when bad then 3 else 0 end, case when bad then at - interval '9 days' end,
           case when bad then at end, at - interval '10 days', case when bad then at end
      from (select municipality_id, phone_index, row_number() over (order by phone_index) % 40 = 0 as bad,
                   now() - row_number() over (order by phone_index) * interval '1 min' as at
              from person_phone where municipality_id = '${town}') of
    on conflict do nothing`)
  await client.query(`
    insert into phone_question (municipality_id, question_id, person_id, phone_index, answer, asked_at, asked_by)
    select municipality_id, person_id, person_id, phone_index, 'later', now() - interval '2 days', person_id
      from person_phone where municipality_id = '${town}'`)
  await client.query(`
    insert into contact_code (municipality_id, code_id, person_id, channel, to_index, to_sealed, label, code_hash, tries, sent_at,
                              sent_by_kind, sent_by, used_at)
    select municipality_id, person_id, person_id, 'sms', phone_index, phone_sealed, 'own', '\\x00', 1, now() - interval '2 days', 'citizen',
           person_id::text, now() - interval '2 days'
      from person_phone where municipality_id = '${town}'`)
  await client.query(`
    insert into message_opt_out (municipality_id, to_index, kind, since, way, by_kind, by_id)
    select municipality_id, phone_index, 'awareness', now() - interval '2 days', 'sms', 'anonymous', 'sms'
      from person_phone where municipality_id = '${town}'`)
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze phone_health, phone_question, contact_code, message_opt_out')
}
