import { oneLine, toWesternDigits } from '../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import { Forbidden } from '../../../lib/errors.ts'
import { type Call, typedText } from '../../../web/call.ts'
import type { AuditActor } from '../../audit/index.ts'

/** Who of the staff is at this page. @throws Forbidden for anybody else */
export function staffIn(call: Call): AuditActor & { kind: 'staff' } {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office }
}

/** What was typed in a field, in one line. */
export const words = (call: Call, name: string, most = 300): string => oneLine(typedText(call, name), most)

/** A day typed as people write it, 9/11/2026, or as browsers do. */
export function dayIn(call: Call, name: string): CalendarDate | 'missing' | 'bad' {
  const typed = toWesternDigits(typedText(call, name)).trim()
  if (typed === '') return 'missing'
  if (isCalendarDate(typed)) return typed
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : 'bad'
}

/** A reason somebody else reads: some words, not a sign. */
export const isReason = (text: string): boolean => (text.match(/\p{L}/gu) ?? []).length >= 5
