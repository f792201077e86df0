import { isoDate } from '../../../kernel/form/index.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { currencies, type Money, parseAmount } from '../../../lib/money.ts'
import type { NewAuthority, NewDeputy } from './actions.ts'
import { type DocumentKind, documentKinds } from './authority.ts'

type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }
type TypedOne = (name: string) => string

const longestDecision = 60

/** Reads the form of a deputy: who, by which decision, from when until when. */
export function readDeputy(typed: TypedOne): Read<NewDeputy> {
  const faults: Fault[] = []
  const staffId = typed('staff')
  if (!isId(staffId)) faults.push({ field: 'staff', code: 'staff-missing' })
  const decision = typed('decision').replace(/\s+/g, ' ').trim()
  if (decision === '') faults.push({ field: 'decision', code: 'decision-number-missing' })
  else if (decision.length > longestDecision)
    faults.push({ field: 'decision', code: 'too-long', values: { max: longestDecision } })
  const from = dayOf(typed('from'))
  if (from === undefined) faults.push({ field: 'from', code: 'not-a-date' })
  const until = typed('until').trim() === '' ? undefined : dayOf(typed('until'))
  if (typed('until').trim() !== '' && until === undefined) faults.push({ field: 'until', code: 'not-a-date' })
  if (from !== undefined && until !== undefined && until < from)
    faults.push({ field: 'until', code: 'ends-before-it-begins' })
  if (faults.length > 0 || from === undefined) return { ok: false, faults }
  return { ok: true, value: { staffId, decision, from, until } }
}

/** Reads the form of an authority; `signers` are the roles that documents name. */
export function readAuthority(typed: TypedOne, signers: readonly string[]): Read<NewAuthority> {
  const who = readDeputy(typed)
  const faults = who.ok ? [] : [...who.faults]
  const role = typed('role') || (signers.length === 1 ? (signers[0] ?? '') : '')
  if (!signers.includes(role)) faults.push({ field: 'role', code: 'required' })
  const kind = documentKinds.find(each => each === typed('kind'))
  if (!kind) faults.push({ field: 'kind', code: 'required' })
  const ceilings: Money[] = []
  for (const currency of currencies) {
    const text = typed(`ceiling.${currency}`).trim()
    if (text === '') continue
    const amount = parseAmount(text, currency)
    if (amount.ok) ceilings.push(amount.value)
    else faults.push({ field: `ceiling.${currency}`, code: amount.code })
  }
  if (!who.ok || faults.length > 0) return { ok: false, faults }
  return { ok: true, value: { ...who.value, role, kind: kind as DocumentKind, ceilings } }
}

/** The last day of an authority that is ended. */
export function readLastDay(text: string): Read<CalendarDate> {
  const day = dayOf(text)
  return day ? { ok: true, value: day } : { ok: false, faults: [{ field: 'until', code: 'not-a-date' }] }
}

function dayOf(text: string): CalendarDate | undefined {
  const day = isoDate(text)
  return day && isCalendarDate(day) ? day : undefined
}
