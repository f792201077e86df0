import { isPlausibleName } from '../../lib/arabic.ts'
import { isCalendarDate } from '../../lib/calendar.ts'
import { isCurrency, minorDigits } from '../../lib/money.ts'
import { parseNationalId } from '../../lib/national-id.ts'
import { parsePhone } from '../../lib/phone.ts'
import type { Answer, Answers, Field } from '../definition/model.ts'
import type { FaultCode, FormFault } from './model.ts'

/** Where what was found goes. */
export type Sink = {
  fault(field: string, code: FaultCode, values?: FormFault['values']): void
  warn(field: string, code: FaultCode, values?: FormFault['values']): void
}

export type Collected = Sink & { faults: FormFault[]; warnings: FormFault[] }

export function collect(): Collected {
  const faults: FormFault[] = []
  const warnings: FormFault[] = []
  const put = (list: FormFault[]) => (field: string, code: FaultCode, values?: FormFault['values']) => {
    list.push(values ? { field, code, values } : { field, code })
  }
  return { faults, warnings, fault: put(faults), warn: put(warnings) }
}

/** Longest texts by kind, where the definition says nothing. */
export const textLimits = { text: 200, 'long-text': 2_000, part: 120 } as const
/** Most rows of a group where the definition says nothing. */
export const rowLimit = 50

const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{20e3}/u
const controls = /\p{Cc}/u
const controlsBesidesLineEnds = /[^\P{Cc}\n]/u
const parcel = /^\d{1,9}([/-]\d{1,9})?$/
const reference = /^[A-Za-z0-9][\w./-]{0,63}$/

/** Whether something was answered at all: blanks and empty lists are no answer. */
export function isAnswered(answer: Answer | undefined): answer is Answer {
  if (answer === undefined || answer === null || answer === '') return false
  return !Array.isArray(answer) || answer.length > 0
}

type Inspect = (field: Field, answer: unknown, name: string, today: string, to: Sink) => void

function isRecord(answer: unknown): answer is Record<string, unknown> {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer)
}

const strings = (
  record: Record<string, unknown>,
  keys: readonly string[],
): Record<string, string> | undefined => {
  const out: Record<string, string> = {}
  for (const key of keys) {
    const value = record[key] ?? ''
    if (typeof value !== 'string') return undefined
    out[key] = value
  }
  return out
}

function inspectLine(text: string, name: string, max: number, to: Sink): boolean {
  if (text.length > max) to.fault(name, 'too-long', { max, length: text.length })
  else if (controls.test(text) || pictures.test(text)) {
    to.fault(name, 'unfit-characters', { found: (pictures.exec(text) ?? [' '])[0] })
  } else return true
  return false
}

const inspectText: Inspect = (field, answer, name, _today, to) => {
  if (typeof answer !== 'string') return to.fault(name, 'wrong-kind')
  const long = field.kind === 'long-text'
  const max = field.max ?? textLimits[long ? 'long-text' : 'text']
  if (long && answer.length > max) return to.fault(name, 'too-long', { max, length: answer.length })
  if (long && controlsBesidesLineEnds.test(answer)) return to.fault(name, 'unfit-characters', { found: ' ' })
  if (!long && !inspectLine(answer, name, max, to)) return
  if (field.min !== undefined && answer.length < field.min) to.fault(name, 'too-short', { min: field.min })
}

function inspectBounds(field: Field, value: number, name: string, to: Sink): void {
  if (field.min !== undefined && value < field.min) to.fault(name, 'too-small', { min: field.min })
  else if (field.max !== undefined && value > field.max) to.fault(name, 'too-large', { max: field.max })
}

const inspectNumber: Inspect = (field, answer, name, _today, to) => {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return to.fault(name, 'wrong-kind')
  if (field.kind === 'whole-number' && !Number.isSafeInteger(answer)) return to.fault(name, 'not-whole')
  inspectBounds(field, answer, name, to)
}

const inspectMoney: Inspect = (field, answer, name, _today, to) => {
  if (!isRecord(answer)) return to.fault(name, 'wrong-kind')
  const { minor, currency } = answer
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor) || typeof currency !== 'string') {
    return to.fault(name, 'wrong-kind')
  }
  if (!isCurrency(currency) || currency !== (field.currency ?? 'ILS')) return to.fault(name, 'wrong-kind')
  if (minor < 0) return to.fault(name, 'amount-negative')
  inspectBounds(field, minor / 10 ** minorDigits[currency], name, to)
}

const inspectDate: Inspect = (field, answer, name, today, to) => {
  if (typeof answer !== 'string') return to.fault(name, 'wrong-kind')
  if (!isCalendarDate(answer) || answer < '1850-01-01' || answer > '2200-12-31') {
    return to.fault(name, 'not-a-date')
  }
  if (field.range === 'past' && answer > today) to.fault(name, 'date-in-future', { today })
  if (field.range === 'future' && answer < today) to.fault(name, 'date-in-past', { today })
}

const hasOption = (field: Field, id: unknown) => field.options?.some(option => option.id === id) ?? false

const inspectChoice: Inspect = (field, answer, name, _today, to) => {
  if (!hasOption(field, answer)) to.fault(name, 'not-an-option')
}

const inspectMultiple: Inspect = (field, answer, name, _today, to) => {
  if (!Array.isArray(answer)) return to.fault(name, 'wrong-kind')
  if (new Set<unknown>(answer).size !== answer.length || !answer.every(id => hasOption(field, id))) {
    return to.fault(name, 'not-an-option')
  }
  inspectCount(field, answer.length, name, to)
}

export function inspectCount(field: Field, count: number, name: string, to: Sink): void {
  const max = field.max ?? rowLimit
  if (field.min !== undefined && count < field.min) to.fault(name, 'too-few', { min: field.min })
  else if (count > max) to.fault(name, 'too-many', { max })
}

function inspectId(digits: string, name: string, to: Sink): void {
  const read = parseNationalId(digits)
  if (!read.ok) to.fault(name, read.code as FaultCode)
  else if (!read.value.checkDigitOk) to.warn(name, 'national-id-check-digit')
}

const inspectNationalId: Inspect = (_field, answer, name, _today, to) =>
  typeof answer === 'string' ? inspectId(answer, name, to) : to.fault(name, 'wrong-kind')

const inspectPhone: Inspect = (_field, answer, name, _today, to) => {
  if (typeof answer !== 'string') return to.fault(name, 'wrong-kind')
  const read = parsePhone(answer)
  if (!read.ok) to.fault(name, read.code as FaultCode)
}

const inspectAddress: Inspect = (_field, answer, name, _today, to) => {
  const parts = isRecord(answer) && strings(answer, ['block', 'quarter', 'parcel', 'landmark'])
  if (!parts) return to.fault(name, 'wrong-kind')
  for (const key of ['block', 'parcel']) {
    const text = parts[key] ?? ''
    if (text.length > 20) to.fault(`${name}.${key}`, 'too-long', { max: 20, length: text.length })
    else if (text !== '' && !parcel.test(text)) {
      to.fault(`${name}.${key}`, 'digits-only', { found: /[^\d]/u.exec(text)?.[0] ?? text })
    }
  }
  for (const key of ['quarter', 'landmark'])
    inspectLine(parts[key] ?? '', `${name}.${key}`, textLimits.text, to)
  const onMap = parts.block !== '' && parts.parcel !== ''
  if (!onMap && parts.landmark === '') to.fault(name, 'address-incomplete')
}

const inspectPoint: Inspect = (_field, answer, name, _today, to) => {
  if (!isRecord(answer)) return to.fault(name, 'wrong-kind')
  const { lat, lon } = answer
  if (typeof lat !== 'number' || typeof lon !== 'number' || !Number.isFinite(lat + lon)) {
    return to.fault(name, 'not-a-place')
  }
  if (lat < 29 || lat > 34 || lon < 33.5 || lon > 36.5) to.fault(name, 'place-outside')
}

const inspectPerson: Inspect = (_field, answer, name, _today, to) => {
  const parts =
    isRecord(answer) && strings(answer, ['first', 'father', 'grandfather', 'family', 'nationalId'])
  if (!parts) return to.fault(name, 'wrong-kind')
  for (const key of ['first', 'father', 'grandfather', 'family']) {
    const part = parts[key] ?? ''
    if (part === '' && (key === 'first' || key === 'family')) to.fault(`${name}.${key}`, 'required')
    else if (part.length > textLimits.part) {
      to.fault(`${name}.${key}`, 'too-long', { max: textLimits.part, length: part.length })
    } else if (part !== '' && !isPlausibleName(part)) to.fault(`${name}.${key}`, 'not-a-name')
  }
  if (parts.nationalId) inspectId(parts.nationalId, `${name}.nationalId`, to)
}

const inspectReference: Inspect = (_field, answer, name, _today, to) => {
  if (typeof answer !== 'string' || !reference.test(answer)) to.fault(name, 'not-a-reference')
}

const inspectGroup: Inspect = (field, answer, name, today, to) => {
  if (!Array.isArray(answer) || !answer.every(isRecord)) return to.fault(name, 'wrong-kind')
  inspectCount(field, answer.length, name, to)
  const rows = answer as Answers[]
  for (let i = 0; i < Math.min(rows.length, rowLimit); i += 1) {
    for (const inner of field.fields ?? [])
      inspectField(inner, rows[i]?.[inner.id], `${name}.${i}.${inner.id}`, today, to)
  }
}

const byKind: Record<Field['kind'], Inspect> = {
  text: inspectText,
  'long-text': inspectText,
  'whole-number': inspectNumber,
  decimal: inspectNumber,
  money: inspectMoney,
  date: inspectDate,
  choice: inspectChoice,
  multiple: inspectMultiple,
  'yes-no': (_field, answer, name, _today, to) => {
    if (typeof answer !== 'boolean') to.fault(name, 'wrong-kind')
  },
  'national-id': inspectNationalId,
  phone: inspectPhone,
  address: inspectAddress,
  'map-point': inspectPoint,
  account: inspectReference,
  person: inspectPerson,
  file: inspectReference,
  group: inspectGroup,
}

/** Looks at one question's answer: whether it is there when it must be, and whether it is right. */
export function inspectField(
  field: Field,
  answer: Answer | undefined,
  name: string,
  today: string,
  to: Sink,
): void {
  if (isAnswered(answer)) byKind[field.kind](field, answer, name, today, to)
  else if (!field.optional) to.fault(name, 'required')
}
