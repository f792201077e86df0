import { isRole, type Role } from '../../../kernel/access/index.ts'
import { stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { normaliseLogin } from '../staff.ts'

/** A post as a form gives it. */
export type TypedPost = {
  office: string
  role: Role
  from: CalendarDate
  until?: CalendarDate | undefined
  decision?: string | undefined
}

type Typed = (name: string) => string
type Reading<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

const clean = (text: string, most: number) => stripControls(text).replace(/\s+/g, ' ').trim().slice(0, most)

/** A day typed as people write it, 9/11/2026. */
function readDay(text: string): CalendarDate | 'missing' | 'bad' {
  const typed = toWesternDigits(text).trim()
  if (typed === '') return 'missing'
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : 'bad'
}

/** Reads an appointment: office and post of this town, days in their order. */
export function readPost(
  typed: Typed,
  { offices, today }: { offices: readonly string[]; today: CalendarDate },
): Reading<TypedPost> {
  const office = typed('office')
  const role = typed('role')
  const from = readDay(typed('from'))
  const until = readDay(typed('until'))
  const faults: Fault[] = []
  if (!offices.includes(office))
    faults.push({ field: 'office', code: office === '' ? 'office-missing' : 'not-an-option' })
  if (!isRole(role)) faults.push({ field: 'role', code: role === '' ? 'post-missing' : 'not-an-option' })
  if (from === 'bad') faults.push({ field: 'from', code: 'not-a-date' })
  if (until === 'bad') faults.push({ field: 'until', code: 'not-a-date' })
  const first = from === 'missing' ? today : from
  if (until !== 'bad' && until !== 'missing' && until < (first === 'bad' ? today : first))
    faults.push({ field: 'until', code: 'ends-before-it-begins' })
  if (faults.length > 0 || !isRole(role) || first === 'bad' || until === 'bad') return { ok: false, faults }
  const decision = clean(typed('decision'), 60)
  return {
    ok: true,
    value: {
      office,
      role,
      from: first,
      ...(until !== 'missing' && { until }),
      ...(decision !== '' && { decision }),
    },
  }
}

export type TypedHuman = {
  login: string
  name: string
  nameEn: string
  title: string
  email?: string | undefined
  idNumber: string
}

/** Reads who somebody is: a name, a login nobody misreads, an e-mail address where there is one. */
export function readHuman(typed: Typed): Reading<TypedHuman> {
  const login = normaliseLogin(typed('login'))
  const name = clean(typed('name'), 100)
  const email = clean(typed('email'), 200).toLowerCase()
  const faults: Fault[] = []
  if (name === '') faults.push({ field: 'name', code: 'staff-name-missing' })
  if (login === '') faults.push({ field: 'login', code: 'login-missing' })
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}.-]{1,60}$/u.test(login))
    faults.push({ field: 'login', code: 'login-malformed' })
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    faults.push({ field: 'email', code: 'work-email-malformed' })
  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    value: {
      login,
      name,
      nameEn: clean(typed('nameEn'), 100),
      title: clean(typed('title'), 100),
      idNumber: clean(typed('idNumber'), 40),
      ...(email !== '' && { email }),
    },
  }
}

/** A reason somebody else reads: some words, not a sign. */
export function readReason(typed: Typed): Reading<string> {
  const reason = clean(typed('reason'), 300)
  return (reason.match(/\p{L}/gu) ?? []).length >= 5
    ? { ok: true, value: reason }
    : { ok: false, faults: [{ field: 'reason', code: 'reason-missing' }] }
}
