import { sql } from 'kysely'
import type { TestDatabase } from '../database.ts'

/** What an id is of, and the row it stands for, as text. */
type Known = { table: string; row: string }

export type Ids = {
  of(id: string): Known | undefined
  /** Another id of the same kind, whose row the other one does not name. */
  another(id: string, unlike?: Known): string | undefined
  /** An id of the same kind in other hands. */
  like(kind: Known): string | undefined
}

export const uuids = (text: string): string[] =>
  text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []

/** Every row of the town that is known by an id of its own. */
export async function idsOf(db: TestDatabase, town: string): Promise<Ids> {
  const known = new Map<string, Known>()
  const byTable = new Map<string, string[]>()
  for (const { table, column } of await idColumns(db)) {
    const { rows } = await sql<{ id: string; row: string }>`
      select ${sql.ref(column)}::text as id, to_jsonb(t)::text as row from ${sql.table(table)} t where municipality_id = ${town}`.execute(
      db.owner,
    )
    byTable.set(
      table,
      rows.map(({ id }) => id),
    )
    for (const { id, row } of rows) known.set(id, { table, row })
  }
  const all = (table: string) => byTable.get(table) ?? []
  return {
    of: id => known.get(id),
    another: (id, unlike) =>
      all(known.get(id)?.table ?? '').find(each => each !== id && !unlike?.row.includes(each)),
    like: ({ table }) => all(table).at(-1),
  }
}

/** Tables whose rows have one id of their own beside the town's. */
async function idColumns(db: TestDatabase): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, max(a.attname) filter (where a.attname <> 'municipality_id') as column
      from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where i.indisprimary and not c.relispartition group by c.relname
    having count(*) = 2 and bool_or(a.attname = 'municipality_id')
       and bool_and(a.attname = 'municipality_id' or a.atttypid = 'uuid'::regtype)`.execute(db.owner)
  return rows
}

/** What stands in each table of a town, but for those named. */
export async function standing(
  db: TestDatabase,
  town: string,
  besides: readonly string[] = [],
): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'municipality_id' and c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace = 'public'::regnamespace`.execute(db.owner)
  const stands: Record<string, string> = {}
  for (const { name } of tables.filter(each => !besides.includes(each.name))) {
    const { rows } = await sql<{ sum: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum
        from ${sql.table(name)} t where municipality_id = ${town}`.execute(db.owner)
    stands[name] = rows[0]?.sum ?? ''
  }
  return stands
}
