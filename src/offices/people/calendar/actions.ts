import { sql } from 'kysely'
import type { CalendarDate, WorkCalendar } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { calendarOf, type TownProfile } from '../../../web/town.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { type Change, type KeptCalendar, withChange, withoutChange } from './model.ts'

declare module '../../../platform/events.ts' {
  interface EventPayloads {
    /** The town's opening hours changed: from which day, and why. Deadlines are counted in them. */
    'calendar.changed': { since: CalendarDate; reason: string }
  }
}

/** The town's calendar at this instant; the copy a process keeps of its towns may be some seconds old. */
export async function calendarNow(tx: Read, timeZone: string): Promise<WorkCalendar> {
  const { rows } = await sql<{ profile: TownProfile }>`
    select profile from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error(`no town ${tx.town}`)
  return calendarOf(row.profile, timeZone)
}

/** The town's calendar, held until the transaction ends. */
async function lockCalendar(tx: Write): Promise<KeptCalendar> {
  const { rows } = await sql<{ calendar: KeptCalendar }>`
    select profile -> 'calendar' as calendar from municipality where municipality_id = ${tx.town} for no key update`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new Error(`no town ${tx.town}`)
  return row.calendar
}

async function keep(tx: Write, calendar: KeptCalendar): Promise<void> {
  await sql`update municipality set profile = jsonb_set(profile, '{calendar}', ${JSON.stringify(calendar)}::jsonb)
             where municipality_id = ${tx.town}`.execute(tx.q)
}

/** Announces a closure or other hours. Whoever counts deadlines hears of it in the same transaction. */
export async function announceChange(tx: Write, house: House, change: Change, by: AuditActor): Promise<void> {
  const before = await lockCalendar(tx)
  await keep(tx, withChange(before, change, tx.now))
  await record(tx, {
    actor: by,
    act: `calendar.${change.kind}`,
    subjectKind: 'calendar',
    subjectId: change.from === change.to ? change.from : `${change.from}/${change.to}`,
  })
  await house.events.publish(tx, 'calendar.changed', { since: change.from, reason: change.reason })
}

/** Takes back a closed day, or hours announced. Throws `Conflict('no-such-change')` when it was taken back already, or has passed. */
export async function withdrawChange(
  tx: Write,
  house: House,
  { kind, from, today }: { kind: Change['kind']; from: CalendarDate; today: CalendarDate },
  by: AuditActor,
): Promise<void> {
  const before = await lockCalendar(tx)
  const after = from > today ? withoutChange(before, kind, from, tx.now) : undefined
  if (!after) throw new Conflict('no-such-change')
  await keep(tx, after)
  await record(tx, { actor: by, act: 'calendar.withdraw', subjectKind: 'calendar', subjectId: from })
  const entry = before.closures.find(({ date }) => date === from)
  await house.events.publish(tx, 'calendar.changed', {
    since: from,
    reason: entry?.reason ?? '',
  })
}
