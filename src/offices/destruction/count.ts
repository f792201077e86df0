import { sql } from 'kysely'
import { startOfDay } from '../../lib/calendar.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { todayOf } from '../people/index.ts'
import { type Found, findOf, type Question } from './kinds/index.ts'
import { type Act, type Counts, ownRules } from './model.ts'
import { rulesInForce, rulesOf } from './rules.ts'
import { getAct, setAct } from './store.ts'

/** What a list of this act is made for, and the instant before which a record's time must have begun. */
export async function questionOf(tx: Read, act: Act): Promise<Question & { before: Date }> {
  const rule = (await rulesOf(tx)).find(each => each.id === act.ruleId)
  if (!rule) throw new Error('an act without its rule')
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return {
    town: tx.town,
    now: tx.now,
    today: await todayOf(tx),
    scope: act.scope,
    except: ownRules(rule, await rulesInForce(tx)),
    // The day itself is left out: what began its time before it has waited the whole term.
    before: startOfDay(act.until, rows[0]?.zone ?? 'UTC'),
  }
}

const slice = 1_000

/** Makes the list of an act, some hundred to a transaction; cut off anywhere it goes on there. */
export async function countAct(
  house: Pick<House, 'database'>,
  town: string,
  id: string,
  limit = slice,
): Promise<void> {
  while (await house.database.write(town, tx => countSome(tx, id, limit)));
}

/** One slice; false when there is no more to do. */
async function countSome(tx: Write, id: string, limit: number): Promise<boolean> {
  const act = await getAct(tx, id, true)
  if (act.state !== 'counting') return false
  const { before, ...question } = await questionOf(tx, act)
  const found = await findOf(tx, act.kind, question, { before, after: act.countedTo, limit })
  const last = found.at(-1)
  await keepItems(tx, id, found)
  const counts = addTo(act.counts, found)
  const isLast = found.length < limit
  await setAct(
    tx,
    id,
    sql`counts = ${JSON.stringify(counts)}::jsonb, counted_to = ${last?.id ?? act.countedTo ?? null}::uuid,
        state = ${isLast ? 'proposed' : 'counting'}, counted_at = ${isLast ? tx.now : null}`,
  )
  return !isLast
}

async function keepItems(tx: Write, actId: string, found: readonly Found[]): Promise<void> {
  await sql`
    insert into destruction_item (municipality_id, act_id, subject_id, label, at, bytes, state, why)
    select ${tx.town}, ${actId}, i.id, i.label, i.at, i.bytes, case when i.why is null then 'listed' else 'excluded' end, i.why
      from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as i(id uuid, label text, at timestamptz, bytes bigint, why text)
    on conflict do nothing`.execute(tx.q)
}

function addTo(counts: Counts, found: readonly Found[]): Counts {
  const now: Counts = { ...counts, why: { ...counts.why } }
  for (const { at, bytes, why } of found) {
    if (why !== null) {
      now.excluded += 1
      now.why[why] = (now.why[why] ?? 0) + 1
      continue
    }
    const day = at.toISOString()
    now.listed += 1
    now.bytes += bytes
    if (now.oldest === undefined || day < now.oldest) now.oldest = day
    if (now.newest === undefined || day > now.newest) now.newest = day
  }
  return now
}
