import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDue, lastMoment } from './moments.ts'

const at = (text: string) => new Date(text)

describe('the time of nightly work', () => {
  test('is that of the town, summer and winter', () => {
    expect(lastMoment(at('2026-01-10T12:00:00Z'), '01:30', 'Asia/Hebron')).toEqual(at('2026-01-09T23:30:00Z'))
    expect(lastMoment(at('2026-07-10T12:00:00Z'), '01:30', 'Asia/Hebron')).toEqual(at('2026-07-09T22:30:00Z'))
    expect(lastMoment(at('2026-01-09T23:29:59Z'), '01:30', 'Asia/Hebron')).toEqual(at('2026-01-08T23:30:00Z'))
  })

  test('was never more than a day (and an hour, when clocks change) ago, and never lies ahead', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-01'), max: at('2030-01-01'), noInvalidDate: true }),
        fc.nat(23),
        fc.nat(59),
        (now, hour, minute) => {
          const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
          const ago = now.getTime() - lastMoment(now, time, 'Asia/Hebron').getTime()
          expect(ago).toBeGreaterThanOrEqual(0)
          expect(ago).toBeLessThanOrEqual(25 * 3_600_000)
        },
      ),
    )
  })
})

describe('nightly work', () => {
  const moment = at('2026-01-10T01:30:00Z')
  const now = at('2026-01-10T05:00:00Z')
  test('is due when nothing was tried since it was time, and not when that was good', () => {
    expect(isDue(now, moment, undefined)).toBe(true)
    expect(isDue(now, moment, { beganAt: at('2026-01-09T01:30:00Z'), good: true })).toBe(true)
    expect(isDue(now, moment, { beganAt: at('2026-01-10T01:31:00Z'), good: true })).toBe(false)
  })
  test('is tried again an hour after it failed or died, not sooner', () => {
    for (const good of [false, undefined]) {
      expect(isDue(now, moment, { beganAt: at('2026-01-10T04:01:00Z'), good })).toBe(false)
      expect(isDue(now, moment, { beganAt: at('2026-01-10T04:00:00Z'), good })).toBe(true)
    }
  })
})
