import type { Link } from './settings.ts'

/** What a link gives: headings and rows as text, as a file would have them. */
export type LinkRows = { headings: string[]; rows: AsyncIterable<readonly unknown[]> }

export type LinkLimits = { rows: number; milliseconds: number }

/** How one kind of database is asked. A test puts another in its place. */
export type OpenLink = (link: Link, limits: LinkLimits) => Promise<LinkRows & { close(): Promise<void> }>

/** More than a town's present program holds; what takes longer is asked too much. */
export const linkLimits: LinkLimits = { rows: 500_000, milliseconds: 10 * 60_000 }

/** A value of a database as a cell of a table. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The rows as the bytes of a CSV file: from there on a link is a file like any other. */
export async function* asCsv({ headings, rows }: LinkRows): AsyncIterable<Uint8Array> {
  const line = (cells: readonly unknown[]) =>
    `${cells.map(cell => quoted(cellOf(cell).replaceAll('\u0000', ''))).join(',')}\n`
  let piece = line(headings)
  for await (const row of rows) {
    piece += line(row)
    if (piece.length < 64 * 1024) continue
    yield Buffer.from(piece)
    piece = ''
  }
  yield Buffer.from(piece)
}
