import type { WorkCalendar } from '../../lib/calendar.ts'

const hours = { from: '07:30', to: '14:30' }

/** The calendar examples are written against: Sunday to Thursday, half past seven to half past two, never closed. */
export const exampleCalendar: WorkCalendar = {
  timeZone: 'Asia/Hebron',
  week: [hours, hours, hours, hours, hours, null, null],
  closures: [],
}

/** A Sunday. */
export const exampleDay = '2026-02-01'
export const exampleHour = '08:00'
