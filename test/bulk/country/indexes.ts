import type pg from 'pg'

/** An index that is built anew after the rows are there: its name, and the statement PostgreSQL itself says of it. */
export type Index = { name: string; table: string; definition: string }

/** Secondary indexes of the tables of towns, as the database has them now: those no key or constraint stands on. */
export async function secondaryIndexes(client: pg.Client, tables: readonly string[]): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `select i.relname as name, t.relname as table, pg_get_indexdef(i.oid) as definition
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where t.relnamespace = 'public'::regnamespace and t.relname = any ($1)
        and not exists (select 1 from pg_constraint c where c.conindid = i.oid)
      order by pg_relation_size(i.oid) desc, 1`,
    [tables],
  )
  return rows
}

export async function dropIndexes(client: pg.Client, indexes: readonly Index[]): Promise<void> {
  for (const { name } of indexes) await client.query(`drop index public."${name}"`)
}

/** Builds indexes over several connections at once, the tables with most rows first. */
export async function buildIndexes(
  clients: readonly pg.Client[],
  indexes: readonly Index[],
  onBuilt: (name: string) => void,
): Promise<void> {
  const left = [...indexes]
  await Promise.all(
    clients.map(async client => {
      await client.query("set maintenance_work_mem = '512MB'")
      for (let next = left.shift(); next; next = left.shift()) {
        await client.query(next.definition)
        onBuilt(next.name)
      }
    }),
  )
}

/** A foreign key of which some rows point nowhere. */
export type Dangling = { key: string; table: string; rows: number }

/** Asks of every foreign key of these tables whether a row of the town points nowhere. The load writes past the triggers that would have said so. */
export async function danglingKeys(client: pg.Client, town: string): Promise<Dangling[]> {
  const { rows: keys } = await client.query<{
    key: string
    table: string
    other: string
    own: string[]
    theirs: string[]
  }>(
    `select c.conname as key, t.relname as table, f.relname as other,
            array(select a.attname::text from unnest(c.conkey) with ordinality k(n, o) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by o) as own,
            array(select a.attname::text from unnest(c.confkey) with ordinality k(n, o) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by o) as theirs
       from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
      where c.contype = 'f' and t.relnamespace = 'public'::regnamespace
        and exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'municipality_id')`,
  )
  const dangling: Dangling[] = []
  for (const { key, table, other, own, theirs } of keys) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from public."${table}" a where a.municipality_id = $1
          and ${own.map(column => `a."${column}" is not null`).join(' and ')}
          and not exists (select 1 from public."${other}" b where ${own.map((column, at) => `b."${theirs[at]}" = a."${column}"`).join(' and ')})`,
      [town],
    )
    if (rows[0] && rows[0].n > 0) dangling.push({ key, table, rows: rows[0].n })
  }
  return dangling
}
