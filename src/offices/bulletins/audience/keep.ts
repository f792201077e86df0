import { type RawBuilder, sql } from 'kysely'
import { kinds } from '../../../kernel/messages/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { mayTell } from '../../rights/index.ts'
import type { Bulletin, Counts } from '../model.ts'

/** What a slice came to. */
export type Found = Pick<
  Counts,
  'people' | 'noPhone' | 'optedOut' | 'asleep' | 'folded' | 'portal' | 'recipients'
> & { lastNo: number }

type Slice = {
  /** Queries of a `with` that end in `reach (root, channels, phone_index, phone_sealed, verified_at)`, each person or number once. */
  people: RawBuilder<unknown>
  /** What must hold of `reach` besides. */
  where: RawBuilder<unknown>
}

/**
 * Keeps the next recipients: each telephone once, without those that asked for no such messages and those asleep; people who are told on
 * the portal alone without a telephone. What the law has the town tell goes to the telephone of these too, and becomes a message for post or
 * counter where somebody has none, who is else left out and counted. One statement.
 */
export async function keepFound(tx: Write, bulletin: Bulletin, { people, where }: Slice): Promise<Found> {
  const { id, kind, audience, lastNo } = bulletin
  const { optOut } = kinds[kind]
  const legal = !optOut
  const inFile = sql`exists (select 1 from bulletin_number n
    where n.municipality_id = ${tx.town} and n.bulletin_id = ${id} and n.phone_index = r.phone_index)`
  const chosen =
    audience.numbers === 'only' ? inFile : audience.numbers === 'except' ? sql`not ${inFile}` : sql`true`
  // What no law asks for goes only to those who agreed, once the town asks for that.
  const agreed = await mayTell(tx, kind, sql`r.root`)
  const { rows } = await sql<Record<Exclude<keyof Found, 'folded' | 'lastNo'> | 'last_no', number>>`
    with ${people},
    judged as materialized (
      select r.root, r.phone_index, r.phone_sealed,
             case when ${agreed ? sql`not ${agreed}` : sql`false`} then 'opted-out'
                  when ${optOut} and r.root is not null and r.channels = 'portal' then 'portal'
                  when r.phone_index is null then ${legal ? 'sms' : 'no-phone'}
                  when ${optOut ? sql`o.to_index is not null` : sql`false`} then 'opted-out'
                  when h.asleep_at is not null and not ${legal} then 'asleep'
                  else 'sms' end as fate
        from reach r
        left join phone_health h on h.municipality_id = ${tx.town} and h.phone_index = r.phone_index and h.asleep_at is not null
        left join message_opt_out o on o.municipality_id = ${tx.town} and o.to_index = r.phone_index and o.kind = ${kind}
             and o.ended_at is null
       where ${where} and ${chosen}),
    one as (
      select distinct on (key) root, fate, case when fate = 'sms' then phone_index end as phone_index,
             case when fate = 'sms' then phone_sealed end as phone_sealed
        from (select *, case when fate = 'sms' and phone_index is not null then phone_index else uuid_send(root) end as key
                from judged where fate in ('sms', 'portal')) j
       order by key, root),
    numbered as materialized (
      select row_number() over (order by root, phone_index) + ${lastNo}::integer as no, fate, root, phone_index, phone_sealed
        from one),
    kept as (
      insert into bulletin_recipient (municipality_id, bulletin_id, recipient_no, channel, person_id, phone_index, phone_sealed)
      select ${tx.town}::uuid, ${id}::uuid, no, fate, root, phone_index, phone_sealed from numbered order by no
      on conflict do nothing returning channel)
    select count(*)::integer as people,
           count(*) filter (where fate = 'no-phone')::integer as "noPhone",
           count(*) filter (where fate = 'opted-out')::integer as "optedOut",
           count(*) filter (where fate = 'asleep')::integer as asleep,
           (select count(*)::integer from kept where channel = 'portal') as portal,
           (select count(*)::integer from kept) as recipients,
           (select coalesce(max(no), ${lastNo}::integer)::integer from numbered) as last_no
      from judged`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('an aggregate without a row')
  const { last_no: reached, ...found } = row
  const left = found.noPhone + found.optedOut + found.asleep
  return { ...found, folded: found.people - left - found.recipients, lastNo: reached }
}
