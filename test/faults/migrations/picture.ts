import type pg from 'pg'

/** Everything a schema is made of, a line each, sorted: what two databases are compared by. Nothing here depends on the order of making. */
const questions = [
  `select 'table ' || c.oid::regclass || ' ' || c.relkind::text || ' rls=' || c.relrowsecurity || ',' || c.relforcerowsecurity || ' owner=' || pg_get_userbyid(c.relowner)
     from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relnamespace = 'public'::regnamespace`,
  `select 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' notnull=' || a.attnotnull
       || ' default=' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
     from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace`,
  `select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' valid=' || convalidated
     from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0`,
  `select 'index ' || indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) || ' valid=' || indisvalid
     from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace`,
  `select 'policy ' || polrelid::regclass || ' ' || polname || ' ' || polcmd::text || ' ' || coalesce(pg_get_expr(polqual, polrelid), '') || ' / '
       || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy`,
  `select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`,
  `select 'function ' || oid::regprocedure || ' owner=' || pg_get_userbyid(proowner) || ' ' || md5(pg_get_functiondef(oid)) || ' ' || coalesce(proacl::text, '')
     from pg_proc where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`,
  `select 'grant ' || table_name || ' ' || grantee || ' ' || privilege_type from information_schema.role_table_grants where table_schema = 'public'`,
  "select 'migration ' || name || ' ' || checksum from public.migration",
]

export async function pictureOfSchema(client: pg.Client): Promise<string[]> {
  const lines: string[] = []
  for (const question of questions) {
    const { rows } = await client.query({ text: question, rowMode: 'array' })
    lines.push(...rows.map(row => String((row as unknown[])[0])))
  }
  return lines.sort()
}

/** What one has and the other does not, each way. */
export function differences(one: readonly string[], other: readonly string[]): string[] {
  const [first, second] = [new Set(one), new Set(other)]
  return [
    ...one.filter(line => !second.has(line)).map(line => `too much: ${line}`),
    ...other.filter(line => !first.has(line)).map(line => `lacking: ${line}`),
  ]
}
