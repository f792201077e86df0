import { SaxesParser } from 'saxes'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { PlainError } from '../../../platform/plain-error.ts'
import { rowsOfSheet } from './xlsx-sheet.ts'

const mb = 1024 * 1024
/** A sheet unpacked to more than this is no table of a town; it is read in pieces. */
const mostOfSheet = 400 * mb
/** The parts around it are held whole: texts, styles, names. */
const mostAround = 64 * mb
const mostTexts = 1_000_000
/** Parts a workbook has; an archive of a million empty ones is none. */
const mostEntries = 2_000
/** How often a part may be longer than it is packed: rows of a table come to some forty, a bomb to a thousand. */
const mostRatio = 250

const tooLarge = () => new PlainError('The Excel workbook is too large')

/** What the parts around a sheet say: its texts, and which styles are dates. */
export type Workbook = { texts: string[]; dateStyles: ReadonlySet<number>; from1904: boolean }

/** The rows of the first sheet that is shown, cells as text, dates as YYYY-MM-DD. The sheet is read in pieces. */
export async function* readXlsx(file: Buffer): AsyncIterable<string[]> {
  const zip = await fromBufferPromise(file, { lazyEntries: true, autoClose: false }).catch(cause => {
    throw new PlainError('The file is no Excel workbook', { cause })
  })
  try {
    const entries = await entriesOf(zip)
    const part = (name: string) => {
      const entry = entries.get(name)
      return entry ? textOf(zip, entry, mostAround) : empty()
    }
    const { sheet, from1904 } = await firstSheet(part)
    const entry = entries.get(sheet)
    if (!entry) throw new PlainError('The Excel workbook has no sheet')
    const texts = await sharedTexts(part('xl/sharedStrings.xml'))
    const dateStyles = await datesAmongStyles(part('xl/styles.xml'))
    yield* rowsOfSheet(textOf(zip, entry, mostOfSheet), { texts, dateStyles, from1904 })
  } finally {
    zip.close()
  }
}

async function* empty(): AsyncIterable<string> {}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= mostEntries) return reject(tooLarge())
      entries.set(entry.fileName.replace(/^\//, ''), entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', reject)
    zip.readEntry()
  })
}

async function* textOf(zip: ZipFile, entry: Entry, most: number): AsyncIterable<string> {
  const { uncompressedSize, compressedSize } = entry
  // The zip reader stops a part that turns out longer than it says.
  if (uncompressedSize > most) throw tooLarge()
  if (uncompressedSize > mb && uncompressedSize > compressedSize * mostRatio) throw tooLarge()
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of stream) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

type Attributes = Record<string, string>

/** Reads a part by its tags. */
async function readTags(
  text: AsyncIterable<string>,
  open: (name: string, attributes: Attributes) => void,
  words: (text: string) => void = () => {},
  close: (name: string) => void = () => {},
): Promise<void> {
  const parser = new SaxesParser()
  parser.on('opentag', tag => open(localName(tag.name), tag.attributes as Attributes))
  parser.on('text', words)
  parser.on('closetag', tag => close(localName(tag.name)))
  let any = false
  for await (const piece of text) {
    parser.write(piece)
    any ||= piece !== ''
  }
  // A part that a workbook does without, such as shared texts, says nothing.
  if (any) parser.close()
}

export const localName = (name: string): string => name.replace(/^.*:/, '')

/** The path of the first sheet that is shown. */
async function firstSheet(
  part: (name: string) => AsyncIterable<string>,
): Promise<{ sheet: string; from1904: boolean }> {
  const targets = new Map<string, string>()
  await readTags(part('xl/_rels/workbook.xml.rels'), (name, { Id, Target }) => {
    if (name === 'Relationship' && Id && Target) targets.set(Id, Target)
  })
  let first: string | undefined
  let from1904 = false
  await readTags(part('xl/workbook.xml'), (name, attributes) => {
    if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible') first ??= attributes['r:id']
  })
  const target = (first && targets.get(first)) ?? 'worksheets/sheet1.xml'
  return { sheet: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 }
}

/** The texts that cells point at; the spoken form of a text (rPh) is no part of it. */
async function sharedTexts(text: AsyncIterable<string>): Promise<string[]> {
  const texts: string[] = []
  let now = ''
  let inside = 0
  let spoken = 0
  await readTags(
    text,
    name => {
      if (name === 'si') now = ''
      if (name === 't') inside += 1
      if (name === 'rPh') spoken += 1
    },
    words => {
      if (inside > 0 && spoken === 0) now += words
    },
    name => {
      if (name === 't') inside -= 1
      if (name === 'rPh') spoken -= 1
      if (name !== 'si') return
      if (texts.length >= mostTexts) throw tooLarge()
      texts.push(now)
    },
  )
  return texts
}

const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

/** Which styles of cells show a number as a date. */
/** What Excel itself allows. */
const longestFormat = 255

async function datesAmongStyles(text: AsyncIterable<string>): Promise<Set<number>> {
  const dates = new Set(builtInDates)
  const styles = new Set<number>()
  let inCells = false
  let style = 0
  await readTags(
    text,
    (name, attributes) => {
      if (name === 'numFmt') {
        const code = (attributes.formatCode ?? '')
          .slice(0, longestFormat)
          .replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
        if (/[dy]/i.test(code)) dates.add(Number(attributes.numFmtId))
      }
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        if (dates.has(Number(attributes.numFmtId))) styles.add(style)
        style += 1
      }
    },
    undefined,
    name => {
      if (name === 'cellXfs') inCells = false
    },
  )
  return styles
}
