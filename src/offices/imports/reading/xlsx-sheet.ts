import { SaxesParser } from 'saxes'
import { dayOfSerial } from './day.ts'
import { localName, type Workbook } from './xlsx.ts'

/** A sheet has at most this many columns that are read. */
const mostColumns = 200

/** The rows of a sheet as its text comes; rows that are left out in the file come as empty ones. */
export async function* rowsOfSheet(text: AsyncIterable<string>, workbook: Workbook): AsyncIterable<string[]> {
  const parser = new SaxesParser()
  const ready: string[][] = []
  let row: string[] = []
  let last = 0
  let cell = { column: 0, type: '', style: 0 }
  let words = ''
  let reading = false
  parser.on('opentag', tag => {
    const attributes = tag.attributes as Record<string, string>
    const name = localName(tag.name)
    if (name === 'row') {
      const number = Number(attributes.r ?? last + 1)
      // A gap is told by empty rows, but not a million of them.
      for (let gap = last + 1; gap < number && gap < last + 100; gap += 1) ready.push([])
      last = number
      row = []
    } else if (name === 'c') {
      const column = attributes.r ? columnOf(attributes.r) : cell.column + 1
      cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? -1) }
      words = ''
    } else if (name === 'v' || name === 't') reading = true
  })
  parser.on('text', piece => {
    if (reading) words += piece
  })
  parser.on('closetag', tag => {
    const name = localName(tag.name)
    if (name === 'v' || name === 't') reading = false
    else if (name === 'c' && cell.column < mostColumns) {
      while (row.length < cell.column) row.push('')
      row[cell.column] = shownText(words, cell, workbook)
    } else if (name === 'row') ready.push(row)
  })
  for await (const piece of text) {
    parser.write(piece)
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready.splice(0)
}

/** The day after the last one Excel knows, in the year 9999. */
const lastSerial = 2_958_466

/** BC12 is column 54. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.replace(/\d/g, '')) column = column * 26 + (letter.charCodeAt(0) - 64)
  return column - 1
}

function shownText(words: string, cell: { type: string; style: number }, workbook: Workbook): string {
  if (cell.type === 's') return workbook.texts[Number(words)] ?? ''
  if (cell.type === 'e') return ''
  if (cell.type !== 'n') return words
  if (workbook.dateStyles.has(cell.style) && /^\d{1,7}(\.\d+)?$/.test(words) && Number(words) < lastSerial)
    return dayOfSerial(Math.floor(Number(words)), workbook.from1904)
  // 9.04567123E8 is how some programs write an identity number.
  return /e/i.test(words) && Number.isFinite(Number(words)) ? String(Number(words)) : words
}
