import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Seal } from '../../../platform/backup/index.ts'
import type { House } from '../../../platform/house.ts'
import type { MakeOptions } from '../make.ts'
import { syncFolder, writeMeasured } from '../packed.ts'
import { csvLine } from './csv.ts'
import { readMe } from './read-me.ts'
import { type OpenTable, openTables } from './tables.ts'

type Row = Record<string, string | null>

/** Rows read at a time. */
const batch = 1000

/**
 * Adds to an export what people read without the program: the tables as CSV with what is sealed in the database opened, every column of
 * every table, the signed checkpoints, and what it all means in Arabic and English.
 */
export function openExport(house: Pick<House, 'crypto'>): NonNullable<MakeOptions['open']> {
  return async (client, town, place, seal) => {
    const folder = join(place.folder, 'open')
    await mkdir(join(folder, 'checkpoints'), { recursive: true, mode: 0o700 })
    const write = (name: string, bytes: AsyncIterable<Buffer>) =>
      writeMeasured(join(folder, `${name}${seal.ending}`), bytes, seal)
    for (const table of openTables) {
      const open = (purpose: string, hex: string) => opened(house, town.id, purpose, hex)
      await write(`${table.name}.csv`, csvOf(table, rowsOf(client, table.sql, town.id), open))
    }
    await write('columns.csv', columnsOf(client))
    await writeCheckpoints(client, town.id, write)
    await writeReadMe(join(place.folder, 'README.md'), readMe(town, place.sealed))
    for (const path of [join(folder, 'checkpoints'), folder]) await syncFolder(path)
  }
}

const plain: Seal = { ending: '', bytes: async bytes => bytes, stream: async bytes => bytes }

/** What it is stays readable for whoever finds it, sealed or not; it names no person. */
const writeReadMe = (path: string, text: string) => writeMeasured(path, once(text), plain)

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

function opened({ crypto }: Pick<House, 'crypto'>, town: string, purpose: string, hex: string): string {
  try {
    return crypto.open(town, purpose, Buffer.from(hex, 'hex'))
  } catch {
    // Its key is not in the secret file: it goes out as it is rather than not at all.
    return `sealed:${hex}`
  }
}

async function* rowsOf(client: pg.Client, sql: string, town?: string): AsyncGenerator<Row[]> {
  await client.query({ text: `declare open_export no scroll cursor for ${sql}`, values: town ? [town] : [] })
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${batch} from open_export`)
    if (rows.length === 0) break
    yield rows
  }
  await client.query('close open_export')
}

/** With the mark by which spreadsheets know UTF-8. */
async function* csvOf(
  { columns, sealed }: OpenTable,
  batches: AsyncIterable<Row[]>,
  open: (purpose: string, hex: string) => string,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${csvLine(columns)}`)
  for await (const rows of batches) {
    const lines = rows.map(row =>
      csvLine(
        columns.map(column => {
          const value = row[column] ?? ''
          const purpose = sealed[column]
          return purpose === undefined || value === '' ? value : open(purpose, value)
        }),
      ),
    )
    yield Buffer.from(lines.join(''))
  }
}

/** The dictionary of the tables as they are: for whoever reads them without this program. */
async function* columnsOf(client: pg.Client): AsyncGenerator<Buffer> {
  const columns = ['table', 'column', 'type', 'may_be_empty', 'in_key', 'points_to'] as const
  yield Buffer.from(csvLine(columns))
  const sql = `
    select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
           case when a.attnotnull then 'no' else 'yes' end as may_be_empty,
           case when exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)) then 'yes' else 'no' end as in_key,
           (select string_agg(distinct p.relname, ' ') from pg_constraint k join pg_class p on p.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey) and a.attname <> 'municipality_id') as points_to
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
     order by c.relname collate "C", a.attnum`
  for await (const rows of rowsOf(client, sql))
    yield Buffer.from(rows.map(row => csvLine(columns.map(column => row[column] ?? ''))).join(''))
}

/** The last signed checkpoint of each day under its date, as its own text, and the keys they are verified with; all of them are in the table. */
async function writeCheckpoints(
  client: pg.Client,
  town: string,
  write: (name: string, bytes: AsyncIterable<Buffer>) => Promise<unknown>,
): Promise<void> {
  const notes = await client.query<{ day: string; note: string }>(
    `select distinct on (1) to_char(c.sealed_at at time zone m.time_zone, 'YYYY-MM-DD') as day, c.note
       from public.seal_checkpoint c join public.municipality m on m.municipality_id = c.municipality_id
      where c.municipality_id = $1 order by 1, c.size desc`,
    [town],
  )
  for (const { day, note } of notes.rows) await write(`checkpoints/${day}.txt`, once(note))
  const keys = await client.query<{ verifier: string }>(
    'select verifier from public.seal_key where municipality_id = $1 order by known_since',
    [town],
  )
  await write('checkpoints/keys.txt', once(keys.rows.map(row => `${row.verifier}\n`).join('')))
}
