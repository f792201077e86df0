import type pg from 'pg'

/**
 * Gives the messages of a filled town their kinds, words and fates: most arrived, some wait, a few failed for each of the reasons there are,
 * and of those most are settled. Run as the owner.
 */
export async function fillProof(client: pg.Client, { town }: { town: string }): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query(`
    update message m
       set kind = case when n % 50 = 0 then 'legal' when n % 3 = 0 then 'bill' else 'step' end,
           lane = case when n % 50 <> 0 and n % 3 = 0 then 2 else 1 end,
           template = case when n % 200 = 1 then 'ELE-04/received' else 'ADM-01/' || event end, template_version = 1,
           state = case n % 100 when 1 then 'failed' when 2 then 'uncertain' when 3 then 'unaddressed' when 4 then 'opted-out'
                                when 5 then 'expired' when 50 then 'failed' else 'delivered' end,
           settled_how = case when n % 100 in (1, 2, 3, 50) and n % 700 > 60 then 'called' end,
           settled_at = case when n % 100 in (1, 2, 3, 50) and n % 700 > 60 then planned_at end
      from (select message_id, row_number() over (order by message_id) as n from message where municipality_id = '${town}') numbered
     where m.municipality_id = '${town}' and m.message_id = numbered.message_id`)
  await client.query(`
    insert into message_day (municipality_id, day, channel, kind, service, provider, state, cause, currency, messages, parts, price_milli, counted_at)
    select '${town}', current_date - d, 'sms', k, s, 'one', 'delivered', '', 'ILS', 5, 7, 31500, now()
      from generate_series(0, 400) d, unnest('{step,bill,legal}'::text[]) k, unnest('{ADM-01,ELE-01,ELE-04,WAT-01}'::text[]) s`)
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze message, message_day')
}

/** Leaves so many messages of a filled town waiting on one channel, as while its provider is down. Run as the owner. */
export async function fillWaiting(
  client: pg.Client,
  { town, waiting }: { town: string; waiting: number },
): Promise<void> {
  await client.query(`
    update message set state = 'planned', sent_at = null
     where municipality_id = '${town}' and message_id in (
       select message_id from message where municipality_id = '${town}' and lane = 1 order by message_id limit ${waiting})`)
  await client.query('vacuum analyze message, message_due')
}
