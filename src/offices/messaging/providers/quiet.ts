import { z } from 'zod'
import { kinds, messageKinds, type QuietRules } from '../../../kernel/messages/index.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'

/** The hours a town sets: each a pair of times, or none. */
export const spans = ['week', 'friday', 'prayer', 'holiday'] as const
export type Span = (typeof spans)[number]
export type QuietTimes = Record<Span, { from: string; to: string }>

const friday = 5
const otherDays = [0, 1, 2, 3, 4, 6]
/** What is said to many, which leaves people in peace during the Friday prayer too. */
const toMany = messageKinds.filter(kind => kinds[kind].lane === 'bulk')

/** The hours of a form, from rules as they are kept. */
export function timesOf({ groups, holidays }: QuietRules): QuietTimes {
  const none = { from: '', to: '' }
  const at = (day: number, some: boolean) => {
    const found = groups.find(group => group.days.includes(day) && (group.kinds !== undefined) === some)
    return found ? { from: found.from, to: found.to } : none
  }
  return {
    week: at(0, false),
    friday: at(friday, false),
    prayer: at(friday, true),
    holiday: holidays ?? none,
  }
}

/** The rules of a form's hours. */
export function rulesOf(times: QuietTimes): QuietRules {
  const set = ({ from }: { from: string }) => from !== ''
  return {
    groups: [
      ...(set(times.week) ? [{ days: otherDays, ...times.week }] : []),
      ...(set(times.friday) ? [{ days: [friday], ...times.friday }] : []),
      ...(set(times.prayer) ? [{ days: [friday], ...times.prayer, kinds: toMany }] : []),
    ],
    ...(set(times.holiday) && { holidays: times.holiday }),
  }
}

const time = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/)

/** Reads the form; both times of a pair or neither, and at least two hours of each day left to send in. */
export function readQuiet(typed: (name: string) => string): { times: QuietTimes } | { faults: Fault[] } {
  const faults: Fault[] = []
  const times = Object.fromEntries(
    spans.map(span => {
      const [from = '', to = ''] = (['from', 'to'] as const).map(edge => {
        const text = toWesternDigits(typed(`${span}-${edge}`)).trim()
        if (text === '') return ''
        if (time.safeParse(text).success) return text.padStart(5, '0')
        faults.push({ field: `${span}-${edge}`, code: 'quiet-time' })
        return ''
      })
      const wrong = faults.some(({ field }) => field.startsWith(span))
      if (!wrong && (from === '') !== (to === ''))
        faults.push({ field: `${span}-${from === '' ? 'from' : 'to'}`, code: 'quiet-pair' })
      else if (!wrong && from !== '' && quietMinutes(from, to) > longestMinutes)
        faults.push({ field: `${span}-from`, code: 'quiet-too-long' })
      return [span, { from, to }]
    }),
  ) as QuietTimes
  return faults.length > 0 ? { faults } : { times }
}

const longestMinutes = 16 * 60
const minutes = (at: string) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
const quietMinutes = (from: string, to: string) => (minutes(to) - minutes(from) + 1440) % 1440 || 1440
