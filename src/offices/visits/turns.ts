import { sql } from 'kysely'
import { isOpen } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { indexPhone, sealPhone } from '../people/index.ts'
import { endEarlierDays } from './evening.ts'
import type { Channel, Desk, Visit } from './model.ts'
import type { Foreseen } from './next.ts'
import { expectations, readDay } from './queue.ts'
import { tellSoon } from './soon.ts'
import { getVisit, purposesOf, today, visitsWhere } from './store.ts'

export type TurnInput = {
  purpose: string
  channel: Exclude<Channel, 'walk-in'>
  /** E.164; told when few are left. */
  phone?: string | undefined
  personId?: string | undefined
  ground?: string | undefined
}

export type TakenTurn = Foreseen & {
  visit: Visit /** The telephone had one already: it is that one. */
  again: boolean
}

/** So many turns a day may be asked for from afar with one telephone. */
const mostAday = 3
/** And at the doors so many in a minute: no crowd presses faster. */
const mostAminute = 60

/**
 * Gives a turn for a purpose: the next number of its purpose and day, without a gap. Refused outside the town's opening hours
 * (`centre-closed`), for a purpose that is closed (`purpose-closed`), and when one telephone asks too often (`too-many-turns`). A telephone
 * that waits for this purpose already gets its own turn again.
 */
export async function takeTurn(tx: Write, desk: Desk, input: TurnInput, by: AuditActor): Promise<TakenTurn> {
  if (!isOpen(desk.town.calendar, tx.now)) throw new Conflict('centre-closed')
  const purpose = (await purposesOf(tx)).find(each => each.code === input.purpose)
  if (!purpose?.open) throw new Conflict('purpose-closed')
  await endEarlierDays(tx)
  const day = today(tx, desk)
  const keys = { tx, crypto: desk.house.crypto }
  const index = input.phone === undefined ? null : indexPhone(keys, input.phone)
  const had = await earlierTurn(tx, day, input, index)
  if (had) return { visit: had, again: true, ...(await foreseenOf(tx, desk, had.id)) }
  await refuseFlood(tx, day, input.channel, index)
  const id = newId(tx.now)
  await sql`
    insert into visit (municipality_id, visit_id, day, purpose_code, number, channel, taken_at, phone_sealed, phone_index, person_id, ground, state)
    values (${tx.town}, ${id}, ${day}::date, ${purpose.code}, next_number(${`turn:${purpose.code}:${day}`}, ${Number(day.slice(0, 4))}),
            ${input.channel}, ${tx.now}, ${input.phone === undefined ? null : sealPhone(keys, input.phone)}, ${index},
            ${input.personId ?? null}, ${input.ground ?? null}, 'waiting')`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'visits.turn-taken',
    subjectKind: 'visit',
    subjectId: id,
    personId: input.personId,
    cause: input.ground,
  })
  await moved(tx, desk, id, 'waiting')
  const foreseen = await foreseenOf(tx, desk, id)
  // Who is among the next already has been told by the answer itself.
  const { soonAt } = (await readDay(tx, day)).rules
  if (foreseen.ahead <= soonAt)
    await sql`update visit set soon_at = ${tx.now} where municipality_id = ${tx.town} and visit_id = ${id}`.execute(
      tx.q,
    )
  return { visit: await getVisit(tx, id), again: false, ...foreseen }
}

async function earlierTurn(
  tx: Write,
  day: string,
  { purpose, personId }: TurnInput,
  phone: Buffer | null,
): Promise<Visit | undefined> {
  if (phone === null && personId === undefined) return undefined
  // Two askings of one telephone at once wait for each other.
  const who = phone?.toString('hex') ?? personId
  await sql`select pg_advisory_xact_lock(hashtextextended(${`turn ${who}`}, 14))`.execute(tx.q)
  const [had] = await visitsWhere(
    tx,
    sql`v.day = ${day}::date and v.state = 'waiting' and v.purpose_code = ${purpose}
        and (v.phone_index = ${phone} or v.person_id = ${personId ?? null})`,
  )
  return had
}

async function refuseFlood(tx: Write, day: string, channel: Channel, phone: Buffer | null): Promise<void> {
  if (channel !== 'door' && phone === null) return
  const { rows } =
    channel === 'door'
      ? await sql<{ n: number }>`
          select count(*)::int as n from visit where municipality_id = ${tx.town} and day = ${day}::date
             and taken_at > ${tx.now}::timestamptz - interval '1 minute' and channel = 'door'`.execute(tx.q)
      : await sql<{ n: number }>`
          select count(*)::int as n from visit
           where municipality_id = ${tx.town} and day = ${day}::date and phone_index = ${phone}`.execute(tx.q)
  if ((rows[0]?.n ?? 0) >= (channel === 'door' ? mostAminute : mostAday)) throw new Conflict('too-many-turns')
}

/** How many are called before a turn, and after how many minutes it is likely called. */
export async function foreseenOf(tx: Read, desk: Desk, visitId: string): Promise<Foreseen> {
  const day = await readDay(tx, today(tx, desk))
  return expectations(day, tx.now).get(visitId) ?? { ahead: 0, minutes: undefined }
}

/** Gives a turn back before it is called. One that no longer waits is left as it is (`turn-gone`). */
export async function leaveTurn(tx: Write, desk: Desk, visitId: string, by: AuditActor): Promise<void> {
  const done = await sql`
    update visit set state = 'left', ended_at = ${tx.now}
     where municipality_id = ${tx.town} and visit_id = ${visitId} and state = 'waiting'`.execute(tx.q)
  if (done.numAffectedRows === 0n) throw new Conflict('turn-gone')
  await record(tx, { actor: by, act: 'visits.turn-left', subjectKind: 'visit', subjectId: visitId })
  await moved(tx, desk, visitId, 'left')
}

/** The queue has moved: whoever is next is told, and open pages too. */
export async function moved(tx: Write, desk: Desk, visitId: string, state: Visit['state']): Promise<void> {
  const day = today(tx, desk)
  if (state !== 'waiting') await tellSoon(tx, desk, day)
  await desk.house.events.publish(tx, 'visits.moved', { day, visitId, state })
}
