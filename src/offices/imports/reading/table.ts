import { normaliseForSearch, stripControls } from '../../../lib/arabic.ts'
import { guessField } from './guess.ts'

/** A row under its headings, with its number as the file counts (the first line is 1). */
export type TableRow = { rowNo: number; cells: readonly string[] }

/** `printed` is the row of headings as it stands in the file: it comes again where a page of print begins. */
export type Table = { headings: string[]; printed: readonly string[]; rows: AsyncIterable<TableRow> }

/** Headings stand within these rows; what is above them is a title. */
const deepestHeading = 20

const clean = (cell: string) => stripControls(cell).replace(/\s+/g, ' ').trim()

/** Finds the headings of a table, over one row or two, and gives the rows under them. */
export async function openTable(records: AsyncIterable<readonly string[]>): Promise<Table> {
  const iterator = records[Symbol.asyncIterator]()
  const top: string[][] = []
  while (top.length < deepestHeading) {
    const next = await iterator.next()
    if (next.done) break
    top.push(next.value.map(clean))
  }
  const at = headingRow(top)
  const headings = headingsAt(top, at)
  async function* rows(): AsyncIterable<TableRow> {
    let rowNo = at + 1
    try {
      for (const cells of top.slice(at + 1)) {
        rowNo += 1
        yield { rowNo, cells }
      }
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        rowNo += 1
        yield { rowNo, cells: next.value }
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { headings, printed: top[at] ?? [], rows: rows() }
}

/** The row most of whose cells are headings we know; the first row with two texts where none is. */
function headingRow(top: readonly string[][]): number {
  let best = { at: -1, score: 0 }
  top.forEach((cells, at) => {
    const score = cells.filter(cell => cell !== '' && !/\d{3}/.test(cell) && guessField(cell)).length
    // Under merged headings stand the headings themselves.
    if (score > best.score || (score === best.score && score > 0 && at === best.at + 1)) best = { at, score }
  })
  if (best.score >= 2) return best.at
  const first = top.findIndex(cells => cells.filter(cell => cell !== '').length >= 2)
  return Math.max(best.at, first, 0)
}

/**
 * The headings at a row. Where the row above is of merged headings («الاشتراك» over «رقم» and «عداد»), a heading is both; a title over
 * the whole table is none.
 */
function headingsAt(top: readonly string[][], at: number): string[] {
  const own = top[at] ?? []
  const above = top[at - 1] ?? []
  const isHeading = above.filter(cell => cell !== '' && !/\d/.test(cell)).length >= 2
  let spread = ''
  const headings = Array.from({ length: Math.max(own.length, isHeading ? above.length : 0) }, (_, column) => {
    if (isHeading && above[column]) spread = above[column]
    const heading = own[column] ?? ''
    if (!isHeading || spread === '') return heading
    if (heading === '') return above[column] ?? ''
    return guessField(heading) && !isVague(heading) ? heading : `${spread} ${heading}`
  })
  return distinct(headings)
}

/** «رقم» alone says nothing without what stands above it. */
const isVague = (heading: string) =>
  ['رقم', 'نوع', 'اسم', 'no', 'number', 'type'].includes(normaliseForSearch(heading))

/** Two columns of one heading are told apart by a number. */
function distinct(headings: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return headings.map(heading => {
    const times = (seen.get(heading) ?? 0) + 1
    seen.set(heading, times)
    return heading === '' || times === 1 ? heading : `${heading} (${times})`
  })
}

const totalsWord = /^(?:ال)?(?:مجموع|اجمالي|جمله)|^(?:grand )?total|^sum\b/

/** Whether a row is no row: empty, a sum at the end, or the headings once more (a page of print began). */
export function skipReason(cells: readonly string[], printed: readonly string[]): string | undefined {
  const texts = cells.filter(cell => cell !== '')
  if (texts.length === 0) return 'empty'
  const first = normaliseForSearch(texts.find(text => /\p{L}/u.test(text)) ?? '')
  if (totalsWord.test(first)) return 'total'
  const repeated = cells.filter((cell, column) => cell !== '' && cell === printed[column]).length
  if (repeated >= 2 && repeated === texts.length) return 'heading'
  return undefined
}
