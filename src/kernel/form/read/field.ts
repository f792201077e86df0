import { toWesternDigits } from '../../../lib/arabic.ts'
import { parseAmount } from '../../../lib/money.ts'
import { parseNationalId } from '../../../lib/national-id.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Answer, Answers, Field } from '../../definition/model.ts'
import { type Collected, inspectCount, inspectField, isAnswered, rowLimit, type Sink } from '../inspect.ts'
import type { FaultCode, RawForm } from '../model.ts'
import { all, figures, isoDate, line, lines, one } from './parts.ts'

/** What reading gives: an answer, nothing (left blank), or null when a fault was told. */
type Read = Answer | undefined | null
type Reader = (field: Field, raw: RawForm, name: string, to: Collected, today: string) => Read

/** Longer texts than this are not looked at: a number, a telephone or a day is never so long. */
const longestFigures = 100

function short(raw: RawForm, name: string, to: Sink): string | null {
  const text = one(raw, name)
  if (text.length <= longestFigures) return line(text)
  to.fault(name, 'too-long', { max: longestFigures, length: text.length })
  return null
}

/** Reads a short text by a rule of its own; blank is no answer. */
function reading(read: (text: string, field: Field, fault: (code: FaultCode) => null) => Read): Reader {
  return (field, raw, name, to) => {
    const text = short(raw, name, to)
    if (text === null || text === '') return text === '' ? undefined : null
    return read(text, field, code => {
      to.fault(name, code)
      return null
    })
  }
}

const readNumber = reading((text, field, fault) => {
  const typed = figures(text)
  if (!/^[-−+]?(\d+(\.\d*)?|\.\d+)$/.test(typed)) return fault('not-a-number')
  const places = typed.split('.')[1]?.replace(/(?<!0)0+$/, '').length ?? 0
  if (field.kind === 'whole-number' && places > 0) return fault('not-whole')
  if (places > 6) return fault('too-precise')
  const value = Number(typed.replace('−', '-'))
  if (Math.abs(value) > 999_999_999_999) return fault('too-large')
  return value === 0 ? 0 : value
})

const readMoney = reading((text, field, fault) => {
  const read = parseAmount(text, field.currency ?? 'ILS')
  return read.ok ? { minor: read.value.minor, currency: read.value.currency } : fault(read.code as FaultCode)
})

const readDate: Reader = (field, raw, name, to, today) => {
  const split = ['day', 'month', 'year'].map(part => one(raw, `${name}.${part}`))
  if (split.every(part => part.trim() === '')) return readDay(field, raw, name, to, today)
  return readDay(field, { [name]: split.join('/') }, name, to, today)
}
const readDay = reading((text, _field, fault) => isoDate(text) ?? fault('not-a-date'))

const readNationalId = reading((text, _field, fault) => {
  const read = parseNationalId(text)
  return read.ok ? read.value.digits : fault(read.code as FaultCode)
})

const readPhone = reading((text, _field, fault) => {
  const read = parsePhone(text)
  return read.ok ? read.value.e164 : fault(read.code as FaultCode)
})

const readYesNo = reading((text, _field, fault) => {
  if (['yes', 'true', 'on', '1'].includes(text)) return true
  return ['no', 'false', 'off', '0'].includes(text) ? false : fault('not-an-option')
})

/** Blank parts together are no answer. */
function parts<Key extends string>(
  raw: RawForm,
  name: string,
  keys: readonly Key[],
): Record<Key, string> | undefined {
  const entries = keys.map(key => [key, line(one(raw, `${name}.${key}`).slice(0, 10_000))] as const)
  if (entries.every(([, text]) => text === '')) return undefined
  return Object.fromEntries(entries) as Record<Key, string>
}

const parcelForm = (text: string) => toWesternDigits(text).replace(/ ?([/-]) ?/g, '$1')

const readAddress: Reader = (_field, raw, name) => {
  const read = parts(raw, name, ['block', 'quarter', 'parcel', 'landmark'])
  return read && { ...read, block: parcelForm(read.block), parcel: parcelForm(read.parcel) }
}

const readPoint: Reader = (_field, raw, name, to) => {
  const whole = short(raw, name, to)
  const [lat, lon] = whole
    ? toWesternDigits(whole).split(/[,،;\s]+/)
    : [figures(one(raw, `${name}.lat`).slice(0, 40)), figures(one(raw, `${name}.lon`).slice(0, 40))]
  if (!lat && !lon) return whole === null ? null : undefined
  const number = /^-?\d{1,3}(\.\d+)?$/
  if (lat && lon && number.test(lat) && number.test(lon)) return { lat: Number(lat), lon: Number(lon) }
  to.fault(name, 'not-a-place')
  return null
}

const readPerson: Reader = (_field, raw, name, to) => {
  const read = parts(raw, name, ['first', 'father', 'grandfather', 'family', 'nationalId'])
  if (!read || read.nationalId === '') return read
  const id = parseNationalId(read.nationalId.slice(0, longestFigures))
  if (id.ok) return { ...read, nationalId: id.value.digits }
  to.fault(`${name}.nationalId`, id.code as FaultCode)
  return null
}

/** Rows are numbered by the form; gaps close, rows left blank fall away. */
const readGroup: Reader = (field, raw, name, to, today) => {
  const max = field.max ?? rowLimit
  const rows: Answers[] = []
  let failed = false
  for (const row of rowNumbers(raw, name)) {
    if (rows.length > max) break
    if (isBlankRow(raw, `${name}.${row}.`)) continue
    const answers: Answers = {}
    for (const inner of field.fields ?? []) {
      const read = readField(inner, raw, `${name}.${row}.${inner.id}`, today, to)
      if (read.failed) failed = true
      else if (read.answer !== undefined) answers[inner.id] = read.answer
    }
    rows.push(answers)
  }
  return failed ? null : rows
}

function isBlankRow(raw: RawForm, prefix: string): boolean {
  return Object.keys(raw).every(
    key => !key.startsWith(prefix) || all(raw, key).every(text => line(text) === ''),
  )
}

function rowNumbers(raw: RawForm, name: string): number[] {
  const found = new Set<number>()
  for (const key of Object.keys(raw)) {
    if (!key.startsWith(`${name}.`)) continue
    const number = /^(\d{1,3})\./.exec(key.slice(name.length + 1))?.[1]
    if (number !== undefined) found.add(Number(number))
  }
  return [...found].sort((a, b) => a - b)
}

const readReference = reading(text => text)

const byKind: Record<Field['kind'], Reader> = {
  'yes-no': readYesNo,
  text: (_field, raw, name) => line(one(raw, name)) || undefined,
  'long-text': (_field, raw, name) => lines(one(raw, name)) || undefined,
  'whole-number': readNumber,
  decimal: readNumber,
  money: readMoney,
  date: readDate,
  choice: readReference,
  multiple: (_field, raw, name) => [...new Set(all(raw, name))],
  'national-id': readNationalId,
  phone: readPhone,
  address: readAddress,
  'map-point': readPoint,
  account: readReference,
  person: readPerson,
  file: readReference,
  group: readGroup,
}

/** One question of a posted form. Absent without a fault means that it was left blank and may be. */
export function readField(
  field: Field,
  raw: RawForm,
  name: string,
  today: string,
  to: Collected,
): { answer?: Answer; failed: boolean } {
  const before = to.faults.length
  const answer = byKind[field.kind](field, raw, name, to, today)
  if (answer === null) return { failed: true }
  // The rows of a group were inspected one by one under the numbers of the form.
  if (field.kind === 'group' && isAnswered(answer))
    inspectCount(field, (answer as Answers[]).length, name, to)
  else inspectField(field, answer, name, today, to)
  if (to.faults.length > before) return { failed: true }
  return isAnswered(answer) ? { answer, failed: false } : { failed: false }
}
