import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { endEarlierDays } from './evening.ts'
import type { IdentityShown } from './model.ts'
import { settleUsual } from './setup.ts'
import { purposesOf } from './store.ts'
import { type Contact, trips } from './trips.ts'

/** What is done at a counter. */
export type CounterAct = {
  staffId: string
  /** A stable name: `request.filed`, `receipt.taken`. */
  act: string
  requestId?: string | undefined
  receiptId?: string | undefined
  personId?: string | undefined
  /** How they showed in this act who they are. */
  identity?: IdentityShown | undefined
}

/** Acts for one person that follow each other within this time belong to one contact. */
const oneContactMs = 20 * 60_000

/** What somebody served without a turn came for, by the first word of the act; the town's first purpose else. */
const purposeOfAct: readonly (readonly [prefix: string, purpose: string])[] = [
  ['receipt.', 'pay'],
  ['papers.', 'papers'],
  ['document.', 'receive'],
  ['request.', 'file'],
]

/**
 * Hangs an act of the counter on the visit in which it is done: the one its staff member serves. Whoever was called is served from then on.
 * Where nobody was called, somebody has come without a turn: a visit of its own is opened and closed for it, or the one of a moment ago with
 * the same person goes on. Gives the visit's id.
 */
export async function hangOn(tx: Write, of: CounterAct): Promise<string> {
  await endEarlierDays(tx)
  const visitId = (await serving(tx, of)) ?? (await justServed(tx, of)) ?? (await walkIn(tx, of))
  await sql`
    insert into visit_act (municipality_id, visit_id, act_id, at, act, request_id, receipt_id, person_id)
    values (${tx.town}, ${visitId}, ${newId(tx.now)}, ${tx.now}, ${of.act}, ${of.requestId ?? null}, ${of.receiptId ?? null},
            ${of.personId ?? null})`.execute(tx.q)
  if (of.identity)
    await sql`update visit set identity_shown = ${of.identity} where municipality_id = ${tx.town} and visit_id = ${visitId}`.execute(
      tx.q,
    )
  return visitId
}

async function serving(tx: Write, { staffId, personId }: CounterAct): Promise<string | undefined> {
  const { rows } = await sql<{ visit_id: string }>`
    update visit set state = 'serving', served_from = coalesce(served_from, ${tx.now}), person_id = coalesce(person_id, ${personId ?? null}::uuid)
     where municipality_id = ${tx.town} and staff_id = ${staffId} and state in ('called', 'serving')
    returning visit_id`.execute(tx.q)
  return rows[0]?.visit_id
}

async function justServed(tx: Write, { staffId, personId }: CounterAct): Promise<string | undefined> {
  if (personId === undefined) return undefined
  const since = new Date(tx.now.getTime() - oneContactMs)
  const { rows } = await sql<{ visit_id: string }>`
    update visit v set ended_at = greatest(v.ended_at, ${tx.now}::timestamptz)
      from (select visit_id from visit
             where municipality_id = ${tx.town} and staff_id = ${staffId} and ended_at >= ${since} and channel = 'walk-in'
               and person_id = ${personId} order by ended_at desc limit 1) last
     where v.municipality_id = ${tx.town} and v.visit_id = last.visit_id
    returning v.visit_id`.execute(tx.q)
  return rows[0]?.visit_id
}

async function walkIn(tx: Write, of: CounterAct): Promise<string> {
  await settleUsual(tx)
  const purposes = await purposesOf(tx)
  const wanted = purposeOfAct.find(([prefix]) => of.act.startsWith(prefix))?.[1] ?? 'ask'
  const purpose = purposes.find(each => each.code === wanted) ?? purposes[0]
  const id = newId(tx.now)
  await sql`
    insert into visit (municipality_id, visit_id, day, purpose_code, channel, taken_at, person_id, state, window_number, staff_id, called_at,
                       served_from, ended_at, identity_shown, result)
    select m.municipality_id, ${id}, (${tx.now}::timestamptz at time zone m.time_zone)::date, ${purpose?.code ?? wanted}, 'walk-in', ${tx.now},
           ${of.personId ?? null}::uuid, 'done',
           (select s.number from window_sitting s
             where s.municipality_id = m.municipality_id and s.staff_id = ${of.staffId} and s.closed_at is null),
           ${of.staffId}, ${tx.now}, ${tx.now}, ${tx.now}, 'none', 'done'
      from municipality m where m.municipality_id = ${tx.town}`.execute(tx.q)
  return id
}

export type RequestVisits = {
  /** How often somebody came for it: contacts within two hours are one way to the centre. */
  count: number
  /** When each began. */
  at: Date[]
}

/** What a request has cost in ways to the centre. */
export async function visitsOf(tx: Read, requestId: string): Promise<RequestVisits> {
  const { rows } = await sql<{ began: Date; ended: Date }>`
    select coalesce(v.called_at, v.taken_at) as began, coalesce(v.ended_at, max(a.at)) as ended
      from visit_act a
      join visit v on v.municipality_id = a.municipality_id and v.visit_id = a.visit_id
     where a.municipality_id = ${tx.town} and a.request_id = ${requestId}
     group by v.municipality_id, v.visit_id order by began`.execute(tx.q)
  const at = trips(rows.map((row): Contact => ({ from: row.began, until: row.ended })))
  return { count: at.length, at }
}

/** The same count for many requests at once; one that nobody came for is not in it. */
export async function visitsOfEach(tx: Read, requestIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; began: Date; ended: Date }>`
    select a.request_id as id, coalesce(v.called_at, v.taken_at) as began, coalesce(v.ended_at, max(a.at)) as ended
      from visit_act a
      join visit v on v.municipality_id = a.municipality_id and v.visit_id = a.visit_id
     where a.municipality_id = ${tx.town} and a.request_id = any(${[...requestIds]}::uuid[])
     group by a.request_id, v.municipality_id, v.visit_id order by began`.execute(tx.q)
  const contacts = Map.groupBy(rows, row => row.id)
  return new Map(
    [...contacts].map(([id, all]) => [
      id,
      trips(all.map((row): Contact => ({ from: row.began, until: row.ended }))).length,
    ]),
  )
}
