import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ageOn,
  clockTime,
  dateTime,
  denseDate,
  hijriDate,
  longDate,
  plainDate,
  relativeDate,
  shortDate,
  timeOfDay,
} from './dates.ts'

const ar = { locale: 'ar', timeZone: 'Asia/Hebron' } as const
const en = { locale: 'en', timeZone: 'Asia/Hebron' } as const
const at = new Date('2026-11-09T08:31:00Z')

test('dates are written as they are read in Palestine', () => {
  expect(longDate(at, ar)).toBe('الاثنين، 9 تشرين الثاني 2026')
  expect(longDate('2026-11-09', en)).toBe('Monday, 9 November 2026')
  expect(plainDate(at, '2026-12-01', ar)).toBe('9 تشرين الثاني')
  expect(plainDate(at, '2027-01-01', ar)).toBe('9 تشرين الثاني 2026')
  expect(shortDate(at, ar)).toBe('9/11/2026')
  expect(denseDate(at, ar)).toBe('9 ت2')
  expect(dateTime(at, ar)).toBe('9 تشرين الثاني 2026، 10:31 ص')
  expect(hijriDate(at, ar)).toBe('29 جمادى الأولى 1448 هـ')
  expect(hijriDate(at, ar, -1)).toBe('28 جمادى الأولى 1448 هـ')
})

test('long dates agree with the platform for Palestine', () => {
  const platform = new Intl.DateTimeFormat('ar-PS-u-nu-latn', { dateStyle: 'full', timeZone: 'Asia/Hebron' })
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
      instant => {
        expect(longDate(instant, ar)).toBe(platform.format(instant))
      },
    ),
  )
})

test('the day is that of the town, not of the server', () => {
  expect(shortDate(new Date('2026-11-09T22:30:00Z'), ar)).toBe('10/11/2026')
})

test('within a week a day is called by its name', () => {
  const near = [
    '2026-11-09',
    '2026-11-08',
    '2026-11-10',
    '2026-11-04',
    '2026-11-15',
    '2026-11-02',
    '2025-11-09',
  ]
  expect(near.map(date => relativeDate(date, at, ar))).toEqual([
    'اليوم',
    'أمس',
    'غدًا',
    'الأربعاء',
    'الأحد',
    '2 تشرين الثاني',
    '9 تشرين الثاني 2025',
  ])
})

test('the clock has twelve hours', () => {
  expect(timeOfDay(at, ar)).toBe('10:31 ص')
  expect(['00:05', '12:00', '14:30', '07:30'].map(time => clockTime(time, 'ar'))).toEqual([
    '12:05 ص',
    '12:00 م',
    '2:30 م',
    '7:30 ص',
  ])
  expect(clockTime('14:30', 'en')).toBe('2:30 pm')
})

test('a year of life is completed on the birthday', () => {
  expect(ageOn('2010-11-09', '2026-11-08')).toBe(15)
  expect(ageOn('2010-11-09', '2026-11-09')).toBe(16)
  expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
  expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
})
