import type pg from 'pg'

/** Fills a town with visits and what was done in them, some hundreds a day, and with texts people sent, as its owner. */
export async function fillVisits(client: pg.Client, of: { town: string; visits: number }): Promise<void> {
  const { town, visits } = of
  await client.query('set session_replication_role = replica')
  await client.query(`
    insert into visit_purpose (municipality_id, purpose_code, letter, name_ar, name_en, words, promise_minutes, position, is_open)
    select '${town}', code, code, code, code, '{}', 20, 0, true from unnest(array['file', 'pay', 'ask']) code
    on conflict do nothing`)
  await client.query(`
    create temp table bulk_visit as
      select i, uuidv7('-1100 days'::interval + i * '1 min'::interval) as id, now() - (${visits} - i) * interval '4 min' as at,
             (array['file', 'pay', 'ask'])[1 + i % 3] as purpose, i > ${visits} - 40 as waits
        from generate_series(1, ${visits}) i`)
  await client.query(`
    insert into visit (municipality_id, visit_id, day, purpose_code, number, channel, taken_at, phone_index, phone_sealed, person_id, state,
                       window_number, staff_id, called_at, served_from, ended_at, identity_shown)
    select '${town}', id, at::date, purpose, i, 'door', at, decode(lpad(to_hex(i), 64, '0'), 'hex'), '\\x00', id,
           case when waits then 'waiting' else 'done' end, case when waits then null else 1 + i % 4 end, case when waits then null else id end,
           case when waits then null else at end, case when waits then null else at end, case when waits then null else at end,
           case when waits then null else 'id-card' end
      from bulk_visit`)
  await client.query(`
    insert into visit_act (municipality_id, visit_id, act_id, at, act, request_id)
    select '${town}', id, id, at, 'request.filed', id from bulk_visit`)
  await client.query(`
    insert into incoming_message (municipality_id, incoming_id, provider, provider_ref, from_sealed, from_index, to_number, text, sent_at,
                                  received_at, handled_by)
    select '${town}', id, 'bulk', i::text, '\\x00', decode(lpad(to_hex(i), 64, '0'), 'hex'), '1', 'دور', at, at,
           case when waits then null else 'visits' end
      from bulk_visit`)
  await client.query('set session_replication_role = origin')
  await client.query('drop table bulk_visit')
  await client.query('vacuum analyze visit, visit_act, incoming_message')
}
