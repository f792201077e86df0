import { Temporal } from 'temporal-polyfill'
import { addDays, type CalendarDate, dateIn } from '../../lib/calendar.ts'
import { kinds, type MessageKind } from './kinds.ts'

/**
 * When a town leaves its people in peace, by its own clock, 'HH:MM'. `from` later than `to` is a night: nothing goes out on that day before
 * `to`, nor from `from` on; `from` before `to` is an hour of the day, such as the Friday prayer.
 */
export type QuietHours = { readonly from: string; readonly to: string }

export type QuietRules = {
  /** Days are 0 for Sunday to 6; what names no kinds is of all that keep quiet hours. */
  readonly groups: readonly (QuietHours & {
    readonly days: readonly number[]
    readonly kinds?: readonly MessageKind[] | undefined
  })[]
  /** What holds on a day the office is closed by decision, beside the groups. */
  readonly holidays?: QuietHours | undefined
}

const toMany: readonly MessageKind[] = ['bill', 'reminder', 'survey', 'awareness']

/** Until a town says otherwise: nights, longer before Friday's morning and on holidays, and nothing to many during the Friday prayer. */
export const defaultQuiet: QuietRules = {
  groups: [
    { days: [0, 1, 2, 3, 4, 6], from: '21:00', to: '08:00' },
    { days: [5], from: '21:00', to: '09:00' },
    { days: [5], from: '11:30', to: '13:30', kinds: toMany },
  ],
  holidays: { from: '20:00', to: '10:00' },
}

/**
 * The instant the quiet hours that hold for a kind of message are over, or undefined when it may go now. `closed` says of a date whether the
 * town has closed on it by decision. An hour the clock goes through twice is quiet as long as one of its passes is.
 */
export function quietUntil(
  rules: QuietRules,
  kind: MessageKind,
  at: Date,
  timeZone: string,
  closed: (date: CalendarDate) => boolean = () => false,
): Date | undefined {
  if (!kinds[kind].quiet) return undefined
  let until = at.getTime()
  for (let moved = true; moved; ) {
    const span = spansOf(rules, kind, dateIn(new Date(until), timeZone), closed)
      .map(([from, to]) => [edge(from, timeZone, 'earlier'), edge(to, timeZone, 'later')] as const)
      .find(([from, to]) => from <= until && until < to)
    moved = span !== undefined && until - at.getTime() < longest
    if (span) until = span[1]
  }
  return until > at.getTime() ? new Date(until) : undefined
}

/** Rules that leave no hour to send in are a mistake, and hold a message back a week, not for ever. */
const longest = 7 * 86_400_000

type Edge = { date: CalendarDate; time: string }

function spansOf(
  { groups, holidays }: QuietRules,
  kind: MessageKind,
  date: CalendarDate,
  closed: (date: CalendarDate) => boolean,
): [Edge, Edge][] {
  const day = new Date(Date.parse(date)).getUTCDay()
  const held = groups.filter(group => group.days.includes(day) && (group.kinds?.includes(kind) ?? true))
  const midnight = { date: addDays(date, 1), time: '00:00' }
  return [...held, ...(holidays && closed(date) ? [holidays] : [])].flatMap(({ from, to }): [Edge, Edge][] =>
    from < to
      ? [
          [
            { date, time: from },
            { date, time: to },
          ],
        ]
      : [
          [
            { date, time: '00:00' },
            { date, time: to },
          ],
          [{ date, time: from }, midnight],
        ],
  )
}

/** The instant a clock shows a time; of two the one asked for, and of none the instant at which the clock leaps over it. */
function edge({ date, time }: Edge, timeZone: string, disambiguation: 'earlier' | 'later'): number {
  const shown = Temporal.PlainDateTime.from(`${date}T${time}`)
  const found = shown.toZonedDateTime(timeZone, { disambiguation })
  if (found.toPlainDateTime().equals(shown)) return found.epochMilliseconds
  const before = shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return (before.getTimeZoneTransition('next') ?? found).epochMilliseconds
}
