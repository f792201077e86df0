import type { Session } from '../../../../kernel/workflow/index.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { dateIn, instantOn, isCalendarDate } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Town } from '../../../../web/town.ts'
import type { ReadAct } from './read-act.ts'
import { readDay, typedOne } from './typed.ts'

/** Names of the fields of a visit and of a committee's session. */
export const kindField = {
  day: 'act.day',
  from: 'act.from',
  to: 'act.to',
  number: 'act.number',
  sessionDay: 'act.session-day',
  decision: 'act.decision',
} as const

/** Half hours of a day as they are offered, '07:00' to '18:00'. */
export const halfHours: readonly string[] = Array.from({ length: 23 }, (_, place) => {
  const minutes = 7 * 60 + place * 30
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`
})

type Of = { typed: Typed; now: Date; town: Town }

/** When somebody comes: a day, and from which hour to which. */
export function readAppointment({ typed, now, town }: Of): Pick<ReadAct, 'faults' | 'data'> {
  const faults: Fault[] = []
  const day = readDay(typedOne(typed, kindField.day))
  const [from, to] = [kindField.from, kindField.to].map(name => {
    const time = typedOne(typed, name)
    if (!halfHours.includes(time)) faults.push({ field: name, code: 'required' })
    return time
  })
  if (!isCalendarDate(day)) {
    faults.unshift({ field: kindField.day, code: day === 'missing' ? 'required' : 'not-a-date' })
  }
  if (faults.length > 0 || !isCalendarDate(day) || !from || !to) return { faults, data: {} }
  const appointment = {
    from: instantOn(day, from, town.timeZone),
    to: instantOn(day, to, town.timeZone),
  }
  if (appointment.from < now) faults.push({ field: kindField.day, code: 'date-in-past' })
  else if (appointment.to <= appointment.from) faults.push({ field: kindField.to, code: 'ends-before-start' })
  return { faults, data: faults.length > 0 ? {} : { appointment } }
}

const longest = { number: 40, decision: 2000 } as const

/** The session that decided: its number, its day, and the decision in its own words. */
export function readSession({ typed, now, town }: Of): { faults: Fault[]; session: Session | undefined } {
  const words = (name: string, max: number) => stripControls(typedOne(typed, name)).trim().slice(0, max)
  const number = words(kindField.number, longest.number)
  const decision = words(kindField.decision, longest.decision)
  const date = readDay(typedOne(typed, kindField.sessionDay))
  const faults: Fault[] = []
  if (number === '') faults.push({ field: kindField.number, code: 'required' })
  if (!isCalendarDate(date)) {
    faults.push({ field: kindField.sessionDay, code: date === 'missing' ? 'required' : 'not-a-date' })
  } else if (date > dateIn(now, town.timeZone)) {
    faults.push({ field: kindField.sessionDay, code: 'date-in-future' })
  }
  if (decision === '') faults.push({ field: kindField.decision, code: 'required' })
  return { faults, session: faults.length > 0 ? undefined : { number, date, decision } }
}
