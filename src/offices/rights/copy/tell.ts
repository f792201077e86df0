import { dateTime, shortDate } from '../../../lib/dates.ts'
import type { Localized } from '../../../lib/localized.ts'
import { formatMoney, isCurrency, money, toDecimal } from '../../../lib/money.ts'
import { actWord } from '../../requests/index.ts'
import type { Names } from './names.ts'
import type { Column, Entry } from './registry/index.ts'
import { valueWord, who } from './words.ts'

/** A row as the database gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A column of a row: what the JSON says, and what the paper says; undefined where it says nothing there. */
export type Said = { column: string; json: unknown; paper: string | undefined }

/** The instant or day a row is shown under. */
export function dayOf(entry: Entry, row: Row, names: Names): string {
  const at = entry.at === undefined ? undefined : row[entry.at]
  if (at instanceof Date || typeof at === 'string')
    return shortDate(at, { locale: 'ar', timeZone: names.timeZone })
  return ''
}

/** Tells a row: every column of its entry, opened where it is sealed, with others named as others. */
export function tellRow(entry: Entry, row: Row, names: Names): Said[] {
  return entry.tell.map(column => {
    const value = row[column.name]
    const { json, paper } =
      value === null || value === undefined
        ? { json: null, paper: undefined }
        : tell(column, value, row, names)
    return { column: column.name, json, paper: paper === '' ? undefined : paper }
  })
}

type Told = { json: unknown; paper?: string | undefined }

function tell({ name, kind }: Column, value: unknown, row: Row, names: Names): Told {
  switch (kind.as) {
    case 'raw':
      return { json: plain(value) }
    case 'text':
      return { json: plain(value), paper: written(value, names) }
    case 'code':
      return { json: plain(value), paper: listed(value, each => valueWord(name, each)) }
    case 'act':
      return { json: value, paper: actWord('ar', String(value)) }
    case 'read':
      return { json: value, paper: answersOf(value) }
    case 'sealed': {
      const text = names.open(kind.purposes, value as Buffer)
      return text === undefined ? { json: null } : { json: parsed(text), paper: written(parsed(text), names) }
    }
    case 'money':
      return amount(value, row[kind.currency])
    case 'person':
      return whom(names.isSelf(String(value)) ? 'self' : 'other')
    case 'staff':
      return named(names.staff(String(value)) ?? who.staff)
    case 'office':
      return { json: value, paper: names.office(String(value))?.ar ?? String(value) }
    case 'service':
      return { json: value, paper: names.service(String(value))?.ar ?? String(value) }
    case 'by':
      return actor(String(row[kind.kind]), String(value), names)
  }
}

function actor(kind: string, id: string, names: Names): Told {
  if (names.isSelf(id)) return whom('self')
  if (kind === 'citizen') return whom('other')
  if (kind === 'staff') return named(names.staff(id) ?? who.staff)
  if (kind === 'partner') {
    const partner = names.partner(id)
    return partner === undefined ? whom('other') : { json: partner, paper: partner }
  }
  return whom('system')
}

const whom = (which: keyof typeof who): Told => named(who[which])
const named = (name: Localized): Told => ({ json: name.en, paper: name.ar })

function amount(value: unknown, currency: unknown): Told {
  if (typeof value !== 'number' || typeof currency !== 'string' || !isCurrency(currency))
    return { json: plain(value) }
  const sum = money(value, currency)
  return { json: { amount: toDecimal(sum), currency }, paper: formatMoney(sum, 'ar') }
}

/** Instants as ISO 8601, bytes as hex, the rest as it is. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('hex')
  return value
}

function parsed(text: string): unknown {
  if (!/^[[{"]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const listed = (value: unknown, word: (each: string) => string): string =>
  (Array.isArray(value) ? value : [value]).map(each => word(String(each))).join('، ')

/** What a reader reads: dates of the town's clock, yes and no, lists and fields in a line. */
function written(value: unknown, names: Names): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateTime(value, { locale: 'ar', timeZone: names.timeZone })
  if (typeof value === 'boolean') return value ? who.yes.ar : who.no.ar
  if (typeof value === 'string')
    return /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? shortDate(value, { locale: 'ar', timeZone: names.timeZone })
      : value
  if (Array.isArray(value))
    return value
      .map(each => written(each, names))
      .filter(each => each !== '')
      .join('، ')
  if (typeof value === 'object')
    return Object.values(value)
      .map(each => written(each, names))
      .filter(each => each !== '')
      .join(' · ')
  return String(value)
}

/** Questions and answers as they were read when the request was filed. */
function answersOf(value: unknown): string {
  const pages = (value as { ar?: { items?: { label: string; value: string }[] }[] })?.ar
  if (!Array.isArray(pages)) return ''
  return pages
    .flatMap(page => page.items ?? [])
    .filter(each => each.value !== '')
    .map(each => `${each.label}: ${each.value}`)
    .join('\n')
}
