import { renderPdf } from '../../certificates/index.ts'
import type { Names } from './names.ts'
import type { Entry, Section } from './registry/index.ts'
import { ar } from './strings.ar.ts'
import { dayOf, type Row, type Said } from './tell.ts'
import { columnWord, sectionWord, tableWord } from './words.ts'

/** Rows of one file: some forty pages. More become further parts, so that nobody's copy fills the memory. */
const mostRows = 800
/** Letters of one value on paper; the JSON has all of it. */
const mostLetters = 3000

type PaperRow = { day: string; pairs: [string, string][] }
type Table = { title: string; rows: PaperRow[] }
type Part = { title: string; tables: Table[] }

/** The copy for reading: rows are added in the order of the headings; every so many of them are a file of their own. */
export class Papers {
  readonly #head: Readonly<Record<string, unknown>>
  readonly #names: Names
  readonly #at: Date
  readonly #keep: (pdf: Buffer, part: number) => Promise<void>
  #sections: Part[] = []
  #rows = 0
  #parts = 0
  #section: Section | undefined
  #table: string | undefined

  constructor(of: {
    head: Readonly<Record<string, unknown>>
    holder: string
    names: Names
    at: Date
    keep: (pdf: Buffer, part: number) => Promise<void>
  }) {
    this.#head = { ...of.head, holder: of.holder }
    this.#names = of.names
    this.#at = of.at
    this.#keep = of.keep
  }

  async add(entry: Entry, row: Row, said: readonly Said[]): Promise<void> {
    const pairs = said.flatMap(({ column, paper }): [string, string][] =>
      paper === undefined || column === entry.at ? [] : [[columnWord(entry.as, column).ar, short(paper)]],
    )
    if (pairs.length === 0) return
    if (entry.section !== this.#section || this.#sections.length === 0)
      this.#sections.push({ title: sectionWord(entry.section).ar, tables: [] })
    const tables = this.#sections.at(-1)?.tables ?? []
    if (entry.as !== this.#table || entry.section !== this.#section || tables.length === 0)
      tables.push({ title: tableWord(entry.as).ar, rows: [] })
    this.#section = entry.section
    this.#table = entry.as
    tables.at(-1)?.rows.push({ day: dayOf(entry, row, this.#names), pairs })
    this.#rows += 1
    if (this.#rows >= mostRows) await this.#print(false)
  }

  /** Prints what is left; a copy of nothing at all is a paper that says so. Gives how many parts there are. */
  async end(): Promise<number> {
    if (this.#sections.length > 0 || this.#parts === 0) await this.#print(true)
    return this.#parts
  }

  async #print(last: boolean): Promise<void> {
    this.#parts += 1
    const only = last && this.#parts === 1
    const { pdf } = renderPdf(
      'data-copy',
      {
        ...this.#head,
        title: only ? ar['paper-title'] : `${ar['paper-title']} · ${ar['paper-part']} ${this.#parts}`,
        notes: this.#parts === 1 ? [ar['paper-what'], ar['paper-others'], ar['paper-wrong']] : [],
        words: { made: ar['paper-made'], end: last ? ar['paper-end'] : ar['paper-more'] },
        sections: this.#sections,
      },
      this.#at,
    )
    this.#sections = []
    this.#rows = 0
    await this.#keep(pdf, this.#parts)
  }
}

const short = (text: string): string => (text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text)
