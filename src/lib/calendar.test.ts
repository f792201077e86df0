import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  addDays,
  addWorkingDays,
  addWorkingMinutes,
  calendarAsOf,
  closureOn,
  dateIn,
  hoursOn,
  isCalendarDate,
  isOpen,
  type WorkCalendar,
  workingDaysBetween,
  workingMinutesBetween,
} from './calendar.ts'

const day = { from: '07:30', to: '14:30' }
const short = { from: '09:00', to: '13:00' }
const calendar: WorkCalendar = {
  timeZone: 'Asia/Hebron',
  week: [day, day, day, day, day, null, null],
  closures: [{ date: '2026-11-15', reason: 'عيد الاستقلال' }],
  special: [{ from: '2026-02-18', to: '2026-03-19', week: [short, short, short, short, short, null, null] }],
}
const local = (text: string) => new Date(`${text}+02:00`)
const instants = fc.date({ min: new Date('2025-06-01'), max: new Date('2027-06-01'), noInvalidDate: true })
const minutes = fc.integer({ min: 0, max: 20_000 })

test('minutes run only while the office is open', () => {
  expect(addWorkingMinutes(calendar, local('2026-11-09T10:00'), 60)).toEqual(local('2026-11-09T11:00'))
  expect(addWorkingMinutes(calendar, local('2026-11-12T14:00'), 60)).toEqual(local('2026-11-16T08:00'))
  expect(addWorkingMinutes(calendar, local('2026-11-13T10:00'), 0)).toEqual(local('2026-11-16T07:30'))
  expect(workingMinutesBetween(calendar, local('2026-11-12T14:00'), local('2026-11-16T08:00'))).toBe(60)
})

test('a working day is counted from the day after, over weekends and closures', () => {
  const filed = local('2026-11-11T10:00')
  expect(addWorkingDays(calendar, filed, 1)).toEqual(local('2026-11-12T14:30'))
  expect(addWorkingDays(calendar, filed, 2)).toEqual(local('2026-11-16T14:30'))
  expect(addWorkingDays(calendar, filed, 0)).toEqual(local('2026-11-11T14:30'))
  expect(addWorkingDays(calendar, local('2026-11-11T14:30'), 0)).toEqual(local('2026-11-12T14:30'))
  expect(workingDaysBetween(calendar, filed, local('2026-11-16T08:00'))).toBe(2)
  expect(workingDaysBetween(calendar, local('2026-11-16T08:00'), filed)).toBe(-2)
})

test('special hours stand in for the week', () => {
  expect(isOpen(calendar, local('2026-02-18T08:00'))).toBe(false)
  expect(isOpen(calendar, local('2026-02-18T09:00'))).toBe(true)
  expect(isOpen(calendar, local('2026-02-18T13:00'))).toBe(false)
})

test('a day keeps its hours when the clock is moved', () => {
  const morning = (date: string) => addWorkingMinutes(calendar, new Date(`${date}T00:00Z`), 0)
  expect(morning('2026-07-01').toISOString()).toBe('2026-07-01T04:30:00.000Z')
  expect(morning('2026-12-01').toISOString()).toBe('2026-12-01T05:30:00.000Z')
})

test('where the minutes land the office is open, or has just closed, and they can be counted back', () => {
  fc.assert(
    fc.property(instants, minutes, (from, count) => {
      const end = addWorkingMinutes(calendar, from, count)
      expect(end >= from).toBe(true)
      expect(workingMinutesBetween(calendar, from, end)).toBe(count)
      const within = count === 0 ? end : new Date(end.getTime() - 1)
      expect(isOpen(calendar, within)).toBe(true)
    }),
  )
})

test('a later start or more minutes never end earlier', () => {
  fc.assert(
    fc.property(instants, instants, minutes, minutes, (a, b, m, n) => {
      const [first, second] = a < b ? [a, b] : [b, a]
      const [fewer, more] = m < n ? [m, n] : [n, m]
      expect(addWorkingMinutes(calendar, first, fewer) <= addWorkingMinutes(calendar, second, more)).toBe(
        true,
      )
    }),
  )
})

test('working days counted forward are counted back', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 200 }), (from, days) => {
      const end = addWorkingDays(calendar, from, days)
      expect(workingDaysBetween(calendar, from, end)).toBe(days)
      expect(isOpen(calendar, new Date(end.getTime() - 1))).toBe(true)
    }),
  )
})

test('a span is the sum of its parts', () => {
  fc.assert(
    fc.property(instants, instants, instants, (a, b, c) => {
      const whole = workingMinutesBetween(calendar, a, c)
      const parts = workingMinutesBetween(calendar, a, b) + workingMinutesBetween(calendar, b, c)
      expect(parts).toBeCloseTo(whole, 6)
    }),
    { numRuns: 50 },
  )
})

test('a calendar that never opens says so', () => {
  const never = { ...calendar, week: [null, null, null, null, null, null, null], special: [] }
  expect(() => addWorkingMinutes(never, local('2026-11-09T10:00'), 1)).toThrow(RangeError)
})

test('dates are those that exist', () => {
  expect(isCalendarDate('2028-02-29')).toBe(true)
  for (const text of ['2026-02-29', '2026-2-1', '', '2026-13-01']) expect(isCalendarDate(text)).toBe(false)
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(dateIn(new Date('2026-11-09T22:30:00Z'), 'Asia/Hebron')).toBe('2026-11-10')
})

describe('a calendar as it was known', () => {
  const announced = new Date('2026-11-08T12:00:00Z')
  const late: WorkCalendar = {
    timeZone: 'Asia/Hebron',
    week: Array.from({ length: 7 }, () => ({ from: '08:00', to: '15:00' })),
    closures: [
      { date: '2026-11-15', reason: 'عيد' },
      { date: '2026-11-10', reason: 'عاصفة', announcedAt: announced },
    ],
    special: [
      {
        from: '2026-11-20',
        to: '2026-11-25',
        week: Array.from({ length: 7 }, () => null),
        announcedAt: announced,
      },
    ],
  }

  it('leaves out what was announced later, and is itself from then on', () => {
    const before = calendarAsOf(late, new Date(announced.getTime() - 1))
    expect(closureOn(before, '2026-11-10')).toBeUndefined()
    expect(closureOn(before, '2026-11-15')).toBe('عيد')
    expect(hoursOn(before, '2026-11-21')).not.toBeNull()
    expect(calendarAsOf(late, announced)).toBe(late)
    expect(closureOn(late, '2026-11-10')).toBe('عاصفة')
  })

  it('is one object for one knowledge, so that its days are counted once', () => {
    const at = (hours: number) => calendarAsOf(late, new Date(announced.getTime() - hours * 3_600_000))
    expect(at(1)).toBe(at(500))
  })

  it('forgets what was taken back, and remembers it for the time before', () => {
    const takenBack = new Date('2026-11-09T09:00:00Z')
    const moved: WorkCalendar = {
      ...late,
      closures: [
        { date: '2026-11-10', reason: 'العيد', withdrawnAt: takenBack },
        { date: '2026-11-11', reason: 'العيد', announcedAt: takenBack },
      ],
    }
    expect([closureOn(moved, '2026-11-10'), closureOn(moved, '2026-11-11')]).toEqual([undefined, 'العيد'])
    const before = calendarAsOf(moved, new Date(takenBack.getTime() - 1))
    expect([closureOn(before, '2026-11-10'), closureOn(before, '2026-11-11')]).toEqual(['العيد', undefined])
    expect(calendarAsOf(moved, takenBack)).toBe(moved)
  })

  it('lets hours that begin later stand over those that began before', () => {
    const short = { from: '09:00', to: '13:00' }
    const long = { from: '07:00', to: '16:00' }
    const everyDay = (hours: typeof short) => Array.from({ length: 7 }, () => hours)
    const changed: WorkCalendar = {
      ...late,
      special: [
        { from: '2027-02-08', to: '2027-03-09', week: everyDay(short) },
        { from: '2026-12-01', to: '2999-12-31', week: everyDay(long) },
      ],
    }
    const hours = ['2026-11-29', '2026-12-02', '2027-02-10', '2027-03-10'].map(
      date => hoursOn(changed, date)?.to,
    )
    expect(hours).toEqual([hoursOn(late, '2026-11-29')?.to, '16:00', '13:00', '16:00'])
  })
})
