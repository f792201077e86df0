import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { speechless, withoutReach } from './reach.ts'

const db = await testDatabase()

/** Tables of the installation, not of a town. */
const ofNoTown = ['migration']
/** Indexes a worker reads across towns, each inside a SECURITY DEFINER function of its own. */
const acrossTowns = ['message_outbox', 'message_claimed']
/** Found by its own name: the list of towns is public. */
const ofTheList = ['municipality_slug_key']

type Gap = { what: string; name: string }

async function gaps(): Promise<string[]> {
  const { rows } = await sql<Gap>`
    with town as (
      select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> all(${ofNoTown})
    )
    select 'no row-level security' as what, t.relname as name from town t join pg_class c on c.oid = t.oid where not c.relrowsecurity
    union all
    select 'no policy', t.relname from town t where not exists (select 1 from pg_policy p where p.polrelid = t.oid)
    union all
    select 'no primary key', t.relname from town t
     where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)
    union all
    select 'key does not begin with municipality_id', x.relname from town t
      join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
     where a.attname <> 'municipality_id' and x.relname <> all(${[...acrossTowns, ...ofTheList]})
    union all
    select 'foreign key without municipality_id', k.conname from town t
      join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
     where not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attnum = k.conkey[1] and a.attname = 'municipality_id')
    union all
    select 'records an act by the database''s clock', t.relname || '.' || a.attname from town t
      join pg_attrdef d on d.adrelid = t.oid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.adnum
     where pg_get_expr(d.adbin, d.adrelid) ~ 'now\\(\\)|CURRENT_|clock_timestamp'`.execute(db.owner)
  return rows.map(({ what, name }) => `${name}: ${what}`)
}

describe('the schema', () => {
  test('gives each table of a town its wall, and keys that begin with municipality_id', async () => {
    expect(await gaps()).toEqual([])
  })

  test('gives each table with people’s data its reach, and each function that sets a town a word as whom it asks', async () => {
    expect(await withoutReach(db.owner)).toEqual([])
    expect(await speechless(db.owner)).toEqual([])
  })

  test('is caught when a table with people’s data has no reach', async () => {
    await sql`create table planted_person (municipality_id uuid, person_id uuid, primary key (municipality_id, person_id))`.execute(
      db.owner,
    )
    expect(await withoutReach(db.owner)).toEqual(['planted_person: no reach'])
    await sql`call reach_by_person('planted_person')`.execute(db.owner)
    expect(await withoutReach(db.owner)).toEqual([])
    await sql`drop table planted_person`.execute(db.owner)
  })

  test('is caught when a table forgets them', async () => {
    await sql`create table planted (id uuid primary key, at timestamptz default now())`.execute(db.owner)
    expect(await gaps()).toEqual([
      'planted: no row-level security',
      'planted: no policy',
      'planted_pkey: key does not begin with municipality_id',
      "planted.at: records an act by the database's clock",
    ])
    await sql`drop table planted`.execute(db.owner)
  })
})
