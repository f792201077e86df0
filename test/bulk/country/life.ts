import { hash } from 'node:crypto'
import { canonicalJson } from '../../../src/offices/audit/model.ts'
import { type Kind, leafLines, leafOf, registers } from '../../../src/offices/seal/model.ts'
import { cell, type Table, type TextRow } from './harvest.ts'
import { idTime } from './ids.ts'
import { escaped, fix, type Place, Places, type Reading, read, readDays, type Stencil } from './stencil.ts'

/** What is sealed of a row: its bytes, the id of its row, and the place of the bytes in the row itself (audit alone). */
export type Leaf = { kind: Kind; id: Stencil; bytes: Stencil; place: number | undefined }
/** Rows of a table in one text, a line each, and how many; `table` with its columns, as COPY wants it. */
export type Sheet = { table: string; text: Stencil; rows: number }
export type Sheets = { sheets: Sheet[]; leaves: Leaf[] }

/** A life ready to be stamped: its rows with places, and what the rows of the person's own accounts are, by kind. */
/** `ms` is when what stands at each place was, where it is of a time. */
export type LifeStencil = Sheets & { places: Places; ms: Float64Array; own: ReadonlyMap<string, Sheets> }

export type Shared = ReadonlyMap<
  string,
  { sha256: string; size: number; thumbnail: string; preview: string | null }
>

/** Reads the rows of one life. Papers are put onto the shared files: `shared` has one for each type of file. */
export function readLife(
  rows: readonly TextRow[],
  of: { personId: string; townIds: ReadonlyMap<string, number>; town: string; shared: Shared; year: number },
): LifeStencil {
  const own = new Map<string, string>()
  const given = new Map<string, string>()
  for (const row of rows) {
    const { name } = row.table
    if (name === 'account' && cell(row, 'object_kind') === 'person')
      own.set(cell(row, 'account_id') ?? '', cell(row, 'kind') ?? '')
    if (name === 'request') given.set(cell(row, 'number') ?? '', cell(row, 'filed_at') ?? '')
    if (name === 'certificate') given.set(cell(row, 'number') ?? '', cell(row, 'signed_at') ?? '')
    if (name === 'receipt') given.set(cell(row, 'serial') ?? '', cell(row, 'received_at') ?? '')
  }
  const reading: Reading = { places: new Places(), townIds: of.townIds, personId: of.personId, own, given }
  const isOwn = (row: TextRow): string | undefined =>
    ['account', 'account_holder'].includes(row.table.name)
      ? own.get(cell(row, 'account_id') ?? '')
      : row.table.name === 'audit' && cell(row, 'subject_kind') === 'account'
        ? own.get(cell(row, 'subject_id') ?? '')
        : undefined
  const onShelf = rows.map(row => shelve(row, of.shared))
  const sheetsOf = (some: readonly TextRow[]) => readSheets(some, onShelf, reading, of)
  const rest = sheetsOf(onShelf.filter(row => isOwn(row) === undefined))
  const ofOwn = new Map(
    [...new Set(own.values())].map(
      kind => [kind, sheetsOf(onShelf.filter(row => isOwn(row) === kind))] as const,
    ),
  )
  const { places } = reading
  return { ...rest, own: ofOwn, places, ms: Float64Array.from(places.all, timeOf) }
}

/** When what stands at a place was: an id says it itself. */
function timeOf(place: Place): number {
  if (place.is === 'id') return idTime(place.was)
  if ('at' in place) return Date.parse(place.at)
  return ['at', 'day', 'day-month', 'year', 'till'].includes(place.is) ? Date.parse(place.was) : Number.NaN
}

/** Every document lies on one file of its type. */
function shelve(row: TextRow, shared: Shared): TextRow {
  const { name, columns } = row.table
  if (name !== 'document' && name !== 'certificate') return row
  const file = shared.get(name === 'certificate' ? 'application/pdf' : (cell(row, 'type') ?? ''))
  if (!file) return row
  const put: Record<string, string | null> = {
    sha256: file.sha256,
    size: String(file.size),
    pdf_sha256: file.sha256,
    thumbnail_sha256: file.thumbnail,
    preview_sha256: file.preview,
  }
  return {
    table: row.table,
    cells: row.cells.map((text, at) => {
      const column = columns[at]?.name ?? ''
      return text !== null && Object.hasOwn(put, column) ? (put[column] ?? null) : text
    }),
  }
}

/** A table as COPY names it, with the columns its rows have. */
const columnsOf = ({ name, columns }: Table): string =>
  `${name} (${columns.map(column => `"${column.name}"`).join(', ')})`

type Of = { town: string; year: number }

/** Rows as texts by table, and what is sealed of them. */
export function readSheets(
  rows: readonly TextRow[],
  all: readonly TextRow[],
  reading: Reading,
  { town, year }: Of,
): Sheets {
  const sheets = new Map<string, { table: string; text: (string | number)[]; rows: number }>()
  const leaves: Leaf[] = []
  for (const row of rows) {
    const { table } = row
    const sheet = sheets.get(table.name) ?? { table: columnsOf(table), text: [], rows: 0 }
    sheets.set(table.name, sheet)
    sheet.rows += 1
    const leaf = leafOfRow(row, all, reading, town)
    if (leaf) leaves.push(leaf)
    for (const [at, { name }] of table.columns.entries()) {
      if (at > 0) sheet.text.push('\t')
      const text = row.cells[at] ?? null
      if (text === null) sheet.text.push('\\N')
      else if (table.name === 'audit' && name === 'canonical') sheet.text.push('\\\\x', leaf?.place ?? '')
      else sheet.text.push(...readCell(row, name, text, reading, year))
    }
    sheet.text.push('\n')
  }
  return { sheets: [...sheets.values()].map(sheet => ({ ...sheet, text: fix(sheet.text) })), leaves }
}

function readCell(row: TextRow, column: string, text: string, reading: Reading, year: number): Stencil {
  const { places } = reading
  switch (`${row.table.name}.${column}`) {
    case 'message.to_sealed':
      return [places.of({ is: 'phone', was: '' })]
    case 'message.to_index':
      return [places.of({ is: 'phone-index', was: '' })]
    case 'message.body':
      return escaped(readDays(read(text, reading), places, year))
    case 'request.tracking_hash':
      return [places.of({ is: 'hash', was: '' })]
    case 'request.year':
      return [places.of({ is: 'year', was: cell(row, 'filed_at') ?? '' })]
    case 'certificate.year':
      return [places.of({ is: 'year', was: cell(row, 'signed_at') ?? '' })]
    case 'outgoing.year':
      return [places.of({ is: 'year', was: reading.given.get(cell(row, 'number') ?? '') ?? '' })]
    case 'receipt.year':
      return [places.of({ is: 'year', was: cell(row, 'received_at') ?? '' })]
    case 'request.due_at':
    case 'request.paused_at':
      return [places.of({ is: 'due', was: column, at: text })]
    case 'task.due_at':
    case 'task.deferred_until':
      return [places.of({ is: 'due', was: `${cell(row, 'task_id')} ${column}`, at: text })]
    case 'receipt.session_id':
      return [places.of({ is: 'till', was: cell(row, 'received_at') ?? '' })]
    case 'voucher.session_id':
      return [places.of({ is: 'till', was: cell(row, 'at') ?? '' })]
    case 'subscription.number':
      return [places.of({ is: 'subscription', was: text })]
    default:
      return escaped(read(text, reading))
  }
}

let audits = 0

function leafOfRow(row: TextRow, all: readonly TextRow[], reading: Reading, town: string): Leaf | undefined {
  const { name } = row.table
  const { places } = reading
  if (name === 'audit') {
    const text = Buffer.from((cell(row, 'canonical') ?? '').slice(2), 'hex').toString('utf8')
    const bytes = read(text, reading)
    audits += 1
    const place = places.of({ is: 'leaf-bytes', was: String(audits) })
    return { kind: 'audit', id: read(cell(row, 'audit_id') ?? '', reading), bytes, place }
  }
  if (name !== 'document' && name !== 'receipt' && name !== 'certificate') return undefined
  const register = registers[name]
  const typed = typedRow(row)
  const id = cell(row, register.id) ?? ''
  const lines = all
    .filter(each => each.table.name === 'receipt_line' && cell(each, 'receipt_id') === id)
    .map(typedRow)
  const whole = name === 'receipt' ? { ...typed, lines: leafLines(lines) } : typed
  const further = new Map(reading.further)
  for (const [field, form] of Object.entries(register.fields)) {
    const value = typed[field]
    if (form !== 'digest' || value === null || value === undefined) continue
    const said = canonicalJson(value as never)
    const digest = hash('sha256', said, 'hex')
    further.set(digest, { is: 'digest', was: digest, of: read(said, reading) })
  }
  const text = leafOf(name, town, whole).toString('utf8')
  return {
    kind: name,
    id: read(id, reading),
    bytes: readLeaf(text, row, { ...reading, further }),
    place: undefined,
  }
}

/** A leaf says its year and its till by themselves: they stand after their names. */
function readLeaf(text: string, row: TextRow, reading: Reading): Stencil {
  const { places } = reading
  const at = cell(row, row.table.name === 'receipt' ? 'received_at' : 'signed_at') ?? ''
  const year = /"year":\d{4}/.exec(text)
  const till = /"session_id":"[^"]+"/.exec(text)
  const cuts = [
    ...(year
      ? [
          {
            from: year.index,
            to: year.index + year[0].length,
            put: ['"year":', places.of({ is: 'year', was: at })],
          },
        ]
      : []),
    ...(till
      ? [
          {
            from: till.index,
            to: till.index + till[0].length,
            put: ['"session_id":"', places.of({ is: 'till', was: at }), '"'],
          },
        ]
      : []),
  ].sort((a, b) => a.from - b.from)
  const stencil: (string | number)[] = []
  let from = 0
  for (const cut of cuts) {
    stencil.push(...read(text.slice(from, cut.from), reading), ...cut.put)
    from = cut.to
  }
  return [...stencil, ...read(text.slice(from), reading)]
}

const numbers = new Set(['int2', 'int4', 'int8'])

/** A row as PostgreSQL's driver gives it. */
function typedRow(row: TextRow): Record<string, unknown> {
  return Object.fromEntries(
    row.table.columns.map(({ name, type }, at) => {
      const text = row.cells[at] ?? null
      if (text === null) return [name, null]
      if (numbers.has(type)) return [name, Number(text)]
      if (type === 'timestamptz') return [name, new Date(text)]
      if (type === 'bytea') return [name, Buffer.from(text.slice(2), 'hex')]
      if (type === 'json' || type === 'jsonb') return [name, JSON.parse(text)]
      return [name, type === 'bool' ? text === 't' || text === 'true' : text]
    }),
  )
}

/** Of a till's rows: numbers that are its total. */
export const readTotal = (stencil: Stencil, places: Places, total: string): Stencil =>
  stencil.flatMap(piece => {
    if (typeof piece === 'number') return [piece]
    const parts = piece.split(new RegExp(`(?<!\\d)${total}(?!\\d)`))
    return parts.flatMap((part, at) => (at === 0 ? [part] : [places.of({ is: 'total', was: '' }), part]))
  })
