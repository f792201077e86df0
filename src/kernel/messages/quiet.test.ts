import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smsParts } from '../../lib/sms/index.ts'
import { messageKinds } from './kinds.ts'
import { neutralText } from './neutral.ts'
import { defaultQuiet, type QuietRules, quietUntil } from './quiet.ts'

const timeZone = 'Asia/Hebron'
const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  hourCycle: 'h23',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** What the town's clock shows: the day of the week, and the time. */
function shown(at: Date) {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: weekdays.indexOf(parts.weekday ?? ''), time: `${parts.hour}:${parts.minute}` }
}

const quietByClock = ({ groups }: QuietRules, at: Date) => {
  const { day, time } = shown(at)
  return groups
    .filter(({ days }) => days.includes(day))
    .some(({ from, to }) => (from < to ? from <= time && time < to : time < to || time >= from))
}

const nights: QuietRules = { groups: [{ days: [0, 1, 2, 3, 4, 5, 6], from: '21:00', to: '08:00' }] }
const at = (text: string) => new Date(text)

test('a message at night waits for the morning, a code does not', () => {
  // In November the town is two hours ahead of UTC.
  expect(quietUntil(nights, 'step', at('2026-11-22T20:30:00Z'), timeZone)).toEqual(at('2026-11-23T06:00:00Z'))
  expect(quietUntil(nights, 'step', at('2026-11-22T03:00:00Z'), timeZone)).toEqual(at('2026-11-22T06:00:00Z'))
  expect(quietUntil(nights, 'step', at('2026-11-22T09:00:00Z'), timeZone)).toBeUndefined()
  expect(quietUntil(nights, 'step', at('2026-11-22T06:00:00Z'), timeZone)).toBeUndefined()
  for (const kind of ['code', 'reply', 'turn'] as const)
    expect(quietUntil(nights, kind, at('2026-11-22T20:30:00Z'), timeZone)).toBeUndefined()
})

test('a holiday and the Friday prayer have hours of their own', () => {
  const friday = at('2026-11-27T10:00:00Z')
  expect(quietUntil(defaultQuiet, 'bill', friday, timeZone)).toEqual(at('2026-11-27T11:30:00Z'))
  expect(quietUntil(defaultQuiet, 'step', friday, timeZone)).toBeUndefined()
  const holiday = at('2026-11-25T07:00:00Z')
  expect(quietUntil(defaultQuiet, 'step', holiday, timeZone)).toBeUndefined()
  const closed = (date: string) => date === '2026-11-25'
  expect(quietUntil(defaultQuiet, 'step', holiday, timeZone, closed)).toEqual(at('2026-11-25T08:00:00Z'))
})

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`)
const group = fc
  .record({ days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }), from: time, to: time })
  .filter(({ from, to }) => from !== to)
const rules = fc.record({ groups: fc.array(group, { maxLength: 3 }) })
// The clock goes forward on 28 March 2026 and back on 24 October.
const instants = fc
  .tuple(
    fc.constantFrom(
      Date.parse('2026-03-26T20:00:00Z'),
      Date.parse('2026-10-22T20:00:00Z'),
      Date.parse('2026-07-01T00:00:00Z'),
    ),
    fc.integer({ min: 0, max: 4 * 24 * 60 }),
  )
  .map(([start, minutes]) => new Date(start + minutes * 60_000))

/** Whether the clock shows this time twice on this day. */
const ambiguous = (instant: Date) =>
  [-60, 60].some(shift => shown(new Date(instant.getTime() + shift * 60_000)).time === shown(instant).time)

test('quiet hours hold on every day, those on which the clock changes too', () => {
  fc.assert(
    fc.property(rules, instants, (quiet, instant) => {
      const until = quietUntil(quiet, 'step', instant, timeZone)
      if (quietByClock(quiet, instant)) expect(until).toBeDefined()
      else if (!ambiguous(instant)) expect(until).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})

test('when they are over a message may go, and no moment before', () => {
  fc.assert(
    fc.property(rules, instants, (quiet, instant) => {
      const until = quietUntil(quiet, 'step', instant, timeZone)
      if (!until || until.getTime() - instant.getTime() >= 7 * 86_400_000) return
      expect(quietUntil(quiet, 'step', until, timeZone)).toBeUndefined()
      expect(quietByClock(quiet, until)).toBe(false)
      const last = new Date(until.getTime() - 1)
      expect(quietUntil(quiet, 'step', last, timeZone)).toEqual(until)
    }),
    { numRuns: 1000 },
  )
})

test('rules that leave no hour at all hold a message back a week or so, not for ever', () => {
  const always: QuietRules = {
    groups: [
      { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '12:00' },
      { days: [0, 1, 2, 3, 4, 5, 6], from: '12:00', to: '00:00' },
    ],
  }
  const now = at('2026-11-22T09:00:00Z')
  const until = quietUntil(always, 'step', now, timeZone)?.getTime() ?? 0
  expect(until - now.getTime()).toBeLessThan(8.5 * 86_400_000)
})

test('every kind keeps quiet hours or does not, and the neutral words are one part', () => {
  for (const kind of messageKinds)
    expect(() => quietUntil(nights, kind, at('2026-11-22T20:30:00Z'), timeZone)).not.toThrow()
  expect(smsParts(neutralText('بلدية دورا')).parts).toBe(1)
})
