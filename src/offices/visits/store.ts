import { type RawBuilder, sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/index.ts'
import type {
  Channel,
  Ground,
  IdentityShown,
  Purpose,
  ServiceWindow,
  Visit,
  VisitResult,
  VisitState,
} from './model.ts'

/** What people may come for, in the town's order; the closed ones too. */
export async function purposesOf(tx: Read): Promise<Purpose[]> {
  const { rows } = await sql<{
    purpose_code: string
    letter: string
    name_ar: string
    name_en: string
    words: string[]
    promise_minutes: number
    position: number
    is_open: boolean
  }>`
    select purpose_code, letter, name_ar, name_en, words, promise_minutes, position, is_open from visit_purpose
     where municipality_id = ${tx.town} order by position, purpose_code`.execute(tx.q)
  return rows.map(row => ({
    code: row.purpose_code,
    letter: row.letter,
    name: { ar: row.name_ar, en: row.name_en },
    words: row.words,
    promiseMinutes: row.promise_minutes,
    position: row.position,
    open: row.is_open,
  }))
}

/** The grounds on which the town calls somebody before their turn; the closed ones too. */
export async function groundsOf(tx: Read): Promise<Ground[]> {
  const { rows } = await sql<{
    ground_code: string
    name_ar: string
    name_en: string
    position: number
    is_open: boolean
  }>`
    select ground_code, name_ar, name_en, position, is_open from visit_ground
     where municipality_id = ${tx.town} order by position, ground_code`.execute(tx.q)
  return rows.map(row => ({
    code: row.ground_code,
    name: { ar: row.name_ar, en: row.name_en },
    position: row.position,
    open: row.is_open,
  }))
}

export type Sitting = { id: string; staffId: string; openedAt: Date }
export type WindowNow = ServiceWindow & { sitting: Sitting | undefined }

/** The windows of the hall, and who sits at them now. */
export async function windowsOf(tx: Read): Promise<WindowNow[]> {
  const { rows } = await sql<{
    number: number
    name_ar: string
    name_en: string
    room_ar: string
    room_en: string
    purposes: string[]
    is_open: boolean
    sitting_id: string | null
    staff_id: string | null
    opened_at: Date | null
  }>`
    select w.number, w.name_ar, w.name_en, w.room_ar, w.room_en, w.purposes, w.is_open, s.sitting_id, s.staff_id, s.opened_at
      from service_window w
      left join window_sitting s
        on s.municipality_id = w.municipality_id and s.number = w.number and s.closed_at is null
     where w.municipality_id = ${tx.town} order by w.number`.execute(tx.q)
  return rows.map(row => ({
    number: row.number,
    name: { ar: row.name_ar, en: row.name_en },
    purposes: row.purposes,
    open: row.is_open,
    room: { ar: row.room_ar, en: row.room_en },
    sitting:
      row.sitting_id && row.staff_id && row.opened_at
        ? { id: row.sitting_id, staffId: row.staff_id, openedAt: row.opened_at }
        : undefined,
  }))
}

type VisitRow = {
  visit_id: string
  day: CalendarDate
  purpose_code: string
  letter: string
  number: number | null
  channel: Channel
  taken_at: Date
  person_id: string | null
  ground: string | null
  state: VisitState
  window_number: number | null
  staff_id: string | null
  called_at: Date | null
  jumped: boolean
  out_of_turn_reason: string | null
  returned_at: Date | null
  served_from: Date | null
  ended_at: Date | null
  identity_shown: IdentityShown | null
  result: VisitResult | null
  has_phone: boolean
}

/** Visits that fit, by when they began. */
export async function visitsWhere(tx: Read, which: RawBuilder<unknown>): Promise<Visit[]> {
  const { rows } = await sql<VisitRow>`
    select v.visit_id, v.day, v.purpose_code, p.letter, v.number, v.channel, v.taken_at, v.person_id, v.ground, v.state, v.window_number,
           v.staff_id, v.called_at, v.jumped, v.out_of_turn_reason, v.returned_at, v.served_from, v.ended_at, v.identity_shown, v.result,
           v.phone_index is not null as has_phone
      from visit v
      join visit_purpose p on p.municipality_id = v.municipality_id and p.purpose_code = v.purpose_code
     where v.municipality_id = ${tx.town} and ${which}
     order by v.taken_at, v.visit_id`.execute(tx.q)
  return rows.map(visitOf)
}

const visitOf = (row: VisitRow): Visit => ({
  id: row.visit_id,
  day: row.day,
  purpose: row.purpose_code,
  letter: row.letter,
  number: row.number ?? undefined,
  channel: row.channel,
  takenAt: row.taken_at,
  personId: row.person_id ?? undefined,
  ground: row.ground ?? undefined,
  state: row.state,
  window: row.window_number ?? undefined,
  staffId: row.staff_id ?? undefined,
  calledAt: row.called_at ?? undefined,
  jumped: row.jumped,
  outOfTurnReason: row.out_of_turn_reason ?? undefined,
  returnedAt: row.returned_at ?? undefined,
  servedFrom: row.served_from ?? undefined,
  endedAt: row.ended_at ?? undefined,
  identityShown: row.identity_shown ?? undefined,
  result: row.result ?? undefined,
  hasPhone: row.has_phone,
})

/** All visits of a day. */
export const visitsOn = (tx: Read, day: CalendarDate): Promise<Visit[]> =>
  visitsWhere(tx, sql`v.day = ${day}::date`)

/** Those who wait, the first to come first. */
export const waitingOn = (tx: Read, day: CalendarDate): Promise<Visit[]> =>
  visitsWhere(tx, sql`v.day = ${day}::date and v.state = 'waiting'`)

/** How many wait for each purpose. */
export async function waitingCounts(tx: Read, day: CalendarDate): Promise<Map<string, number>> {
  const { rows } = await sql<{ purpose_code: string; n: number }>`
    select purpose_code, count(*)::int as n from visit
     where municipality_id = ${tx.town} and day = ${day}::date and state = 'waiting' group by purpose_code`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.purpose_code, row.n]))
}

export async function findVisit(tx: Read, id: string): Promise<Visit | undefined> {
  const [visit] = await visitsWhere(tx, sql`v.visit_id = ${id}`)
  return visit
}

export async function getVisit(tx: Read, id: string): Promise<Visit> {
  const visit = await findVisit(tx, id)
  if (!visit) throw new NotFound('no-such-visit')
  return visit
}

/** Whom one of the staff has called or is serving now. */
export async function currentVisit(tx: Read, staffId: string): Promise<Visit | undefined> {
  const [visit] = await visitsWhere(tx, sql`v.staff_id = ${staffId} and v.state in ('called', 'serving')`)
  return visit
}

/** The day it is in the town. */
export const today = (tx: Read, of: { town: { timeZone: string } }): CalendarDate =>
  dateIn(tx.now, of.town.timeZone)
