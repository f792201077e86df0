import { composed, normaliseForSearch, toWesternDigits } from '../../../lib/arabic.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { parseNationalId } from '../../../lib/national-id.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Content, Field, Reading, ReadPerson, ReadRow, ReadSubscription } from '../model.ts'
import { readBalances } from './balances.ts'
import { readDay } from './day.ts'
import { comparable, isOrganisation, nameFault, splitName, wholeName } from './name.ts'
import type { TableRow } from './table.ts'

export type RowReading = { ok: true; row: ReadRow } | { ok: false; reason: string; notes: string[] }

/** The text of a row's column; '' where the file has none. */
export type CellOf = (field: Field) => string

/** Reads rows of one file: where each field stands is found once. */
export function rowReader(reading: Reading, headings: readonly string[], today: CalendarDate) {
  const places = new Map<Field, number>()
  headings.forEach((heading, column) => {
    const field = reading.columns[heading]
    if (field && !places.has(field)) places.set(field, column)
  })
  return (row: TableRow, cells: readonly string[]): RowReading => {
    const cell: CellOf = field => {
      const column = places.get(field)
      return column === undefined ? '' : composed(cells[column] ?? '')
    }
    return readRow(row.rowNo, cell, reading, today, field => places.has(field))
  }
}

function readRow(
  rowNo: number,
  cell: CellOf,
  reading: Reading,
  today: CalendarDate,
  has: (field: Field) => boolean,
): RowReading {
  const notes: string[] = []
  const refuse = (reason: string): RowReading => ({ ok: false, reason, notes })
  const key = reading.keys.map(field => keyText(cell(field))).join(' ')
  if (key.trim() === '') return refuse('key-missing')
  const balances = readBalances(cell, reading, has, notes)
  if (!balances.ok) return refuse(balances.reason)
  const content: Content = { balances: balances.value }
  const namesSomebody = has('name') || has('first')
  if (namesSomebody) {
    const person = readPerson(cell, reading, today, notes)
    if (typeof person === 'string') return refuse(person)
    content.person = person
  }
  if (has('subscription')) {
    const subscription = readSubscription(cell, reading)
    if (typeof subscription === 'string') return refuse(subscription)
    if (subscription) content.subscription = subscription
  }
  const account = keyText(cell('account'))
  if (account !== '') content.account = account
  return { ok: true, row: { rowNo, key, content, ident: identOf(cell, content.person, key), notes } }
}

/** Numbers are compared without what parts them; «١٢-٣٤» is 12-34, and Excel's 1234.0 is 1234. */
const keyText = (text: string): string =>
  toWesternDigits(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(\d+)\.0+$/, '$1')
    .toLowerCase()

/** By what a source knows somebody: the number, else their code in its program, else the row itself. */
function identOf(cell: CellOf, person: ReadPerson | undefined, key: string): string {
  if (person?.id) return `id:${person.idKind}:${person.id}`
  const code = keyText(cell('person-code'))
  return code === '' ? `row:${key}` : `code:${code}`
}

function readPerson(
  cell: CellOf,
  reading: Reading,
  today: CalendarDate,
  notes: string[],
): ReadPerson | string {
  const whole = cell('name')
  const organisation = isOrganisation(whole || cell('first'))
  const apart = {
    first: cell('first'),
    father: cell('father'),
    grandfather: cell('grandfather'),
    family: cell('family'),
  }
  const name = organisation
    ? { first: whole || wholeName(apart), father: '', grandfather: '', family: '' }
    : apart.first === ''
      ? splitName(whole)
      : apart
  const fault = nameFault(name, organisation)
  if (fault) return fault
  if (!organisation && name.family === '') notes.push('name-of-one-word')
  const person: ReadPerson = { ...name }
  if (organisation) person.organisation = true
  readIdNumber(cell('id'), person, notes)
  const mother = cell('mother')
  if (mother !== '' && nameFault({ ...name, first: mother }, false) === undefined) person.mother = mother
  const birthText = cell('birth')
  if (birthText !== '' && !/^(?:0+|00\/00\/0000|null|-)$/i.test(birthText)) {
    const birth = readDay(birthText, reading.dates, today)
    if (birth) person.birth = birth
    else notes.push('date-unreadable')
  }
  const sex = normaliseForSearch(cell('sex'))
  if (/^(?:ذكر|male)/.test(sex)) person.sex = 'male'
  else if (/^(?:انثي|female)/.test(sex)) person.sex = 'female'
  readTelephone(cell('phone'), person, notes)
  for (const place of ['block', 'quarter', 'parcel', 'landmark'] as const) {
    const text = cell(place).slice(0, 120)
    if (text !== '') person[place] = text
  }
  return person
}

/** A wrong check digit warns and the number stays; what is no number is left out, and told. */
function readIdNumber(text: string, person: ReadPerson, notes: string[]): void {
  const typed = keyText(text)
  if (/^[-0.]*$/.test(typed)) {
    if (!person.organisation) notes.push('id-missing')
    return
  }
  const read = parseNationalId(typed)
  if (read.ok && !person.organisation) {
    person.idKind = 'palestinian-id'
    person.id = read.value.digits
    if (!read.value.checkDigitOk) notes.push('id-check-digit')
  } else if (/^(?=.*\p{L})(?=.*\d)[\p{L}\d]{6,12}$/u.test(typed) && !person.organisation) {
    person.idKind = 'passport'
    person.id = typed.toUpperCase()
  } else notes.push('id-unreadable')
}

/** Of several telephones in a cell the first that is one. */
function readTelephone(text: string, person: ReadPerson, notes: string[]): void {
  if (/^[-0.]*$/.test(keyText(text))) {
    notes.push('phone-missing')
    return
  }
  const whole = parsePhone(withZero(text))
  const found = whole.ok
    ? whole
    : text
        .split(/[/,;،]| - /)
        .map(each => parsePhone(withZero(each)))
        .find(each => each.ok)
  if (found?.ok) person.phone = found.value.e164
  else notes.push('phone-unreadable')
}

/** Excel drops the zero that a telephone begins with. */
const withZero = (text: string): string => {
  const typed = keyText(text)
  return /^5[69]\d{7}$/.test(typed) ? `0${typed}` : typed
}

function readSubscription(cell: CellOf, reading: Reading): ReadSubscription | string | undefined {
  const number = keyText(cell('subscription'))
  if (number === '') return undefined
  const utilityText = normaliseForSearch(cell('utility'))
  const utility =
    utilityText === ''
      ? reading.utility
      : /كهربا|electr|^e/.test(utilityText)
        ? 'electricity'
        : /مياه|ماء|ما$|water|^w/.test(utilityText)
          ? 'water'
          : undefined
  if (!utility) return 'utility-unknown'
  const billingText = comparable(cell('billing'))
  const billing = /مسبق|دفع مسبق|كرت|prepaid/.test(billingText)
    ? 'prepaid'
    : /فاتور|عادي|billed|post/.test(billingText)
      ? 'billed'
      : reading.billing
  const amperes = Number(/^\d{1,4}/.exec(keyText(cell('amperes')))?.[0] ?? 0)
  return {
    utility,
    number,
    billing,
    meter: keyText(cell('meter')).toUpperCase(),
    ...(amperes > 0 && amperes < 5000 && { amperes }),
  }
}
