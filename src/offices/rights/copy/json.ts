import { type Entry, registry } from './registry/index.ts'
import type { Said } from './tell.ts'
import { columnWord, sectionWord, tableWord } from './words.ts'

/** The shape of the file; docs/guide/rights.md describes it. A change that breaks a reader is another number. */
export const jsonVersion = 1

/** The beginning of the file: what it is, whose, of when, and what its names mean. */
export function jsonHead(of: { copyId: string; town: string; person: string; madeAt: Date }): string {
  const legend = Object.fromEntries(
    registry.map(entry => [
      entry.as,
      {
        section: sectionWord(entry.section),
        title: tableWord(entry.as),
        columns: Object.fromEntries(entry.tell.map(({ name }) => [name, columnWord(entry.as, name)])),
        leftOut: entry.left,
      },
    ]),
  )
  const head = {
    format: 'shubbak-data-copy',
    version: jsonVersion,
    copy: of.copyId,
    madeAt: of.madeAt.toISOString(),
    town: of.town,
    person: of.person,
    legend,
  }
  return `${JSON.stringify(head).slice(0, -1)},"data":{`
}

/** The rows, one a line; `before` is the entry of the row before. */
export function jsonRow(entry: Entry, said: readonly Said[], before: Entry | undefined): string {
  const row = JSON.stringify(Object.fromEntries(said.map(({ column, json }) => [column, json])))
  if (before === entry) return `,\n${row}`
  return `${before === undefined ? '' : ']'}${before === undefined ? '' : ','}\n${JSON.stringify(entry.as)}:[\n${row}`
}

export const jsonEnd = (last: Entry | undefined): string => `${last === undefined ? '' : ']'}\n}}\n`
