import type pg from 'pg'

/** A row as text, by its columns in the order of its table: what COPY takes back. `null` is none. */
export type TextRow = { table: Table; cells: (string | null)[] }
export type Table = { name: string; columns: readonly Column[] }
export type Column = { name: string; type: string }

/** What was harvested: rows of each life, in the order of the lives; rows of the town itself; rows of its tills. */
export type Harvest = { lives: TextRow[][]; base: TextRow[]; till: TextRow[]; tables: readonly Table[] }

export const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Made for each person and each town anew, and so not taken along: numbers counted, people, files. */
const madeAnew = new Set(['series', 'person', 'person_token', 'person_phone', 'file', 'municipality'])
const madeAnewLeaves = ['people.registered', 'people.phone-added']

export const cell = (row: TextRow, column: string): string | null =>
  row.cells[row.table.columns.findIndex(each => each.name === column)] ?? null

/**
 * Reads every row of a town and says of whose life each is: a row that names somebody or something of a life is of that life, and so are the
 * things it names for the first time. `known` are the ids that were there before the lives began.
 */
export async function harvest(
  client: pg.Client,
  town: string,
  people: readonly string[],
  known: ReadonlySet<string>,
): Promise<Harvest> {
  const tables = await tablesOfTown(client)
  const rows: TextRow[] = []
  for (const table of tables)
    if (!madeAnew.has(table.name)) rows.push(...(await readRows(client, table, town)))
  const tills = new Set(
    rows.filter(row => row.table.name === 'till_session').map(row => cell(row, 'session_id') ?? ''),
  )
  const owner = new Map(people.map((id, life) => [id, life]))
  const ids = rows.map(row => [...new Set(row.cells.flatMap(text => text?.match(uuids) ?? []))])
  const of = new Array<number | undefined>(rows.length).fill(undefined)
  for (let grown = true; grown; ) {
    grown = false
    for (const [at, named] of ids.entries()) {
      if (of[at] !== undefined) continue
      const life = named.map(id => owner.get(id)).find(each => each !== undefined)
      if (life === undefined) continue
      of[at] = life
      grown = true
      for (const id of named) if (!known.has(id) && !tills.has(id) && !owner.has(id)) owner.set(id, life)
    }
  }
  const found: Harvest = { lives: people.map(() => []), base: [], till: [], tables }
  for (const [at, row] of rows.entries()) {
    const life = of[at]
    if (row.table.name === 'audit' && madeAnewLeaves.includes(cell(row, 'act') ?? '')) continue
    if (life !== undefined) found.lives[life]?.push(row)
    else if (ids[at]?.some(id => tills.has(id)) || isOfTill(rows, ids[at] ?? [], tills)) found.till.push(row)
    else found.base.push(row)
  }
  return found
}

/** Lines of vouchers name no session: they are of a till by their voucher. */
function isOfTill(rows: readonly TextRow[], named: readonly string[], tills: ReadonlySet<string>): boolean {
  const vouchers = rows.filter(
    row =>
      row.table.name === 'voucher' &&
      tills.has(cell(row, 'session_id') ?? '') &&
      cell(row, 'request_id') === null,
  )
  return vouchers.some(row => named.includes(cell(row, 'voucher_id') ?? ''))
}

async function readRows(client: pg.Client, table: Table, town: string): Promise<TextRow[]> {
  const columns = table.columns.map(({ name }) => `"${name}"::text`).join(', ')
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${columns} from "${table.name}" where municipality_id = $1 order by ctid`,
    values: [town],
    rowMode: 'array',
  })
  return rows.map(cells => ({
    table,
    cells: cells.map((text, at) =>
      text !== null && table.columns[at]?.type === 'timestamptz' ? new Date(text).toISOString() : text,
    ),
  }))
}

/** Every table with rows of towns, and its columns but those the database gives by itself. */
export async function tablesOfTown(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(`
    select c.table_name as name,
           json_agg(json_build_object('name', c.column_name, 'type', c.udt_name) order by c.ordinal_position)
             filter (where c.is_generated = 'NEVER' and c.udt_name <> 'xid8') as columns
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
     group by 1 having bool_or(c.column_name = 'municipality_id') order by 1`)
  return rows
}

/** Every id that stands in a row of the town now. */
export async function idsOfTown(client: pg.Client, town: string): Promise<Set<string>> {
  const ids = new Set<string>([town])
  for (const table of await tablesOfTown(client))
    for (const row of await readRows(client, table, town))
      for (const text of row.cells) for (const id of text?.match(uuids) ?? []) ids.add(id)
  return ids
}
