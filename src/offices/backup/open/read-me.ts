import { type OpenTable, openTables } from './tables.ts'
import { ar, columnsAr } from './words.ar.ts'
import { columnsEn, en } from './words.en.ts'

const layout = [
  ['manifest.json', 'layout-manifest'],
  ['tables/NAME.jsonl.gz', 'layout-tables'],
  ['files/TOWN/SHA256', 'layout-files'],
  ['open/NAME.csv', 'layout-csv'],
  ['open/columns.csv', 'layout-columns'],
  ['open/checkpoints/', 'layout-checkpoints'],
] as const

/** What a column is called in words, by its table where that matters. */
export const aboutColumn = (
  words: Record<string, string>,
  table: string,
  column: string,
): string | undefined => words[`${table}.${column}`] ?? words[column]

/** What an exported town says of itself to whoever opens it, in Arabic and then in English. */
export function readMe(town: { slug: string; name: string }, sealed: boolean): string {
  const part = (words: Record<keyof typeof ar, string>, columns: Record<string, string>): string[] => [
    `# ${words.title}: ${town.name} (${town.slug})`,
    words.intro,
    ...(sealed ? [words.sealed] : []),
    layout.map(([path, key]) => `- \`${path}\`: ${words[key]}`).join('\n'),
    words.times,
    ...openTables.map(
      table =>
        `## ${table.name}.csv: ${words[table.name as keyof typeof ar]}\n\n${lines(table, columns).join('\n')}`,
    ),
  ]
  return `${[...part(ar, columnsAr), ...part(en, columnsEn)].join('\n\n')}\n`
}

const lines = ({ name, columns }: OpenTable, words: Record<string, string>): string[] =>
  columns.map(column => `- \`${column}\`: ${aboutColumn(words, name, column) ?? ''}`)
