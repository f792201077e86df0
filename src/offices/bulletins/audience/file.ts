import { sql } from 'kysely'
import { normaliseForSearch, stripControls } from '../../../lib/arabic.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { detectDelimiter, detectEncoding, peek, readCsv } from '../../../platform/text-tables/index.ts'
import { indexPhone, sealPhone } from '../../people/index.ts'
import { mostBadLines, mostLines } from '../model.ts'

/** Lines that are kept in one transaction. */
const slice = 2_000
/** Lines that are looked at to tell which column holds the numbers. */
const looked = 200

export type FileLook = {
  /** The headings; of a file without any, the number of each column. */
  columns: string[]
  /** The column most of whose cells are telephones; undefined where none is. */
  column: string | undefined
}

type Lines = { headed: boolean; columns: string[]; lines: AsyncIterable<{ line: number; cells: string[] }> }

/** Opens a file of numbers: with headings, or without where its first line holds a number already. */
async function openLines(bytes: AsyncIterable<Uint8Array>): Promise<Lines> {
  const { start, all } = await peek(bytes)
  const encoding = detectEncoding(start)
  const sample = new TextDecoder(encoding).decode(start, { stream: true })
  const rows = readCsv(all, { encoding, delimiter: detectDelimiter(sample) })[Symbol.asyncIterator]()
  const first = await rows.next()
  const head = first.done ? [] : first.value.map(clean)
  const headed = !head.some(cell => parsePhone(cell).ok)
  const columns = head.map((cell, at) => (headed && cell !== '' ? cell : `${at + 1}`))
  async function* lines() {
    let line = 1
    try {
      if (!headed && !first.done) yield { line, cells: head }
      for (let next = await rows.next(); !next.done; next = await rows.next()) {
        line += 1
        yield { line, cells: next.value.map(clean) }
      }
    } finally {
      await rows.return?.(undefined)
    }
  }
  return { headed, columns: distinct(columns), lines: lines() }
}

const clean = (cell: string) => stripControls(cell).trim()

/** Two columns of one heading are told apart by a number. */
function distinct(columns: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return columns.map(column => {
    const times = (seen.get(column) ?? 0) + 1
    seen.set(column, times)
    return times === 1 ? column : `${column} (${times})`
  })
}

const isCalledNumber = (heading: string) =>
  /هاتف|جوال|موبايل|محمول|تلفون|phone|mobile|tel/.test(normaliseForSearch(heading))

/** Looks at a file: which columns it has, and which of them holds telephones. A name that says so counts where two hold as many. */
export async function lookAtNumbers(bytes: AsyncIterable<Uint8Array>): Promise<FileLook> {
  const { columns, lines } = await openLines(bytes)
  const found = columns.map(() => 0)
  let seen = 0
  for await (const { cells } of lines) {
    if (++seen > looked) break
    for (const [at, cell] of cells.entries())
      if (at < found.length && parsePhone(cell).ok) found[at] = (found[at] ?? 0) + 1
  }
  const score = (at: number) => (found[at] ?? 0) * 2 + (isCalledNumber(columns[at] ?? '') ? 1 : 0)
  const best = columns.reduce((best, _, at) => (score(at) > score(best) ? at : best), 0)
  return { columns, column: (found[best] ?? 0) > 0 ? columns[best] : undefined }
}

/** Whether a file is no table of text, or stops being one: a quote that never ends. */
export const isNoTable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

export type ReadNumbers = { lines: number; numbers: number; doubled: number; bad: number }

/**
 * Reads the numbers of a file, some thousand lines to a transaction, and keeps each once; lines that hold none are kept with the reason,
 * the first of them. `keep` is given each slice and writes it with how far it is, so that a second reading goes on there; false from it ends
 * the reading. Where the table breaks off, or is longer than is read, the line from which on nothing was read is kept among the bad ones.
 * Gives whether all of the file was read.
 */
export async function readNumbers(
  house: House,
  town: string,
  { bytes, column, after }: { bytes: AsyncIterable<Uint8Array>; column: string; after: number },
  keep: (lines: Line[], last: number) => Promise<boolean>,
): Promise<boolean> {
  const { columns, lines } = await openLines(bytes)
  const at = Math.max(0, columns.indexOf(column))
  const keys = { tx: { town }, crypto: house.crypto }
  let batch: Line[] = []
  let last = after
  let read = 0
  let isWhole = true
  try {
    for await (const { line, cells } of lines) {
      if (line > mostLines + 1) {
        isWhole = false
        break
      }
      read = line
      if (line <= after) continue
      last = line
      const cell = cells[at] ?? ''
      if (cells.every(each => each === '')) continue
      const phone = parsePhone(cell)
      batch.push(
        phone.ok
          ? { line, index: indexPhone(keys, phone.value.e164), sealed: sealPhone(keys, phone.value.e164) }
          : { line, reason: phone.code, told: cell.slice(0, 40).toWellFormed() },
      )
      if (batch.length < slice) continue
      if (!(await keep(batch, last))) return false
      batch = []
    }
  } catch (error) {
    if (!isNoTable(error)) throw error
    isWhole = false
  }
  if (!isWhole && read >= after) {
    last = read + 1
    batch.push({ line: last, reason: 'rest-unread', told: '' })
  }
  return keep(batch, last)
}

export type Line = { line: number } & ({ index: Buffer; sealed: Buffer } | { reason: string; told: string })

/** Writes lines of a file down: numbers once each, and those that hold none while there are few. Gives what came of them. */
export async function keepLines(
  tx: Write,
  bulletinId: string,
  lines: readonly Line[],
  badBefore: number,
): Promise<Pick<ReadNumbers, 'numbers' | 'doubled' | 'bad'>> {
  const good = lines.filter(line => 'index' in line)
  const bad = lines.filter(line => 'reason' in line)
  const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`
  const given = good.map(({ line, index, sealed }) => ({ line, index: hex(index), sealed: hex(sealed) }))
  const kept = await sql`
    insert into bulletin_number (municipality_id, bulletin_id, line_no, phone_index, phone_sealed)
    select ${tx.town}::uuid, ${bulletinId}::uuid, line, index, sealed
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(line integer, index bytea, sealed bytea) order by line
    on conflict do nothing`.execute(tx.q)
  const shown = bad.slice(0, Math.max(0, mostBadLines - badBefore))
  if (shown.length > 0)
    await sql`
      insert into bulletin_bad_line (municipality_id, bulletin_id, line_no, reason, told)
      select ${tx.town}::uuid, ${bulletinId}::uuid, line, reason, told
        from jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) as g(line integer, reason text, told text)
      on conflict do nothing`.execute(tx.q)
  const numbers = Number(kept.numAffectedRows ?? 0n)
  return { numbers, doubled: good.length - numbers, bad: bad.length }
}
