import { type RawBuilder, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { type Source, sources, withoutComments } from './sources.ts'

/*
 * The schema can be spread over several machines by `municipality_id` (docs/guide/scale.md): all rows of a town stay together, so each key
 * that is held, and each statement, must stay within a town. What does not is named here.
 */

const db = await testDatabase()

/** Not of a town: kept whole on the first machine. */
const ofNoTown = ['migration']
/** The list of towns itself, which every machine holds: its names are unique over all towns. */
const ofTheList = ['municipality_slug_key']

type Named = { name: string }
const names = async (query: RawBuilder<Named>) => (await query.execute(db.owner)).rows.map(({ name }) => name)

/** Tables of towns: those of the schema but the few of no town. */
const townTable = sql`select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> all(${ofNoTown})`

const withoutTown = () =>
  names(sql<Named>`
    with town as (${townTable})
    select relname as name from town where not exists (
      select 1 from pg_attribute a where a.attrelid = town.oid and a.attname = 'municipality_id' and not a.attisdropped
         and a.attnotnull)`)

/** Unique keys and exclusions that a machine with some of the towns could not hold alone. */
const keysAcross = () =>
  names(sql<Named>`
    with town as (${townTable})
    select x.relname as name from town join pg_index i on i.indrelid = town.oid join pg_class x on x.oid = i.indexrelid
     where (i.indisunique or i.indisexclusion) and x.relname <> all(${ofTheList})
       and not exists (select 1 from pg_attribute a
          where a.attrelid = town.oid and a.attname = 'municipality_id' and a.attnum = any(i.indkey[0:i.indnkeyatts - 1]))
     order by 1`)

/** Keys between tables of towns that do not say that both rows are of the same town. */
const referencesAcross = () =>
  names(sql<Named>`
    with town as (${townTable})
    select k.conname as name from town join pg_constraint k on k.conrelid = town.oid and k.contype = 'f'
     where not exists (
       select 1 from unnest(k.conkey, k.confkey) as pair(mine, theirs)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.mine and a.attname = 'municipality_id'
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs and b.attname = 'municipality_id')
     order by 1`)

/** Functions that ask past the wall, as their owner, and say no town: each would be asked of every machine. */
const functionsAcross = () =>
  names(sql<Named>`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and p.prosecdef
       and pg_get_functiondef(p.oid) !~ 'set_config\\(''app.municipality''|municipality_id = |current_town\\(\\)'
     order by 1`)

/** Such functions, and why. */
const mayAskAcross: Record<string, string> = {
  done_day_changes: 'a trigger: writes down the town of its row',
  job_again: 'the queue stays on the first machine; a job names its town',
  merging_tells: 'a trigger: hands on the town of its row',
  plan_job: 'the queue stays on the first machine; a job names its town',
  plan_last_job: 'the same',
  request_tells: 'a trigger: hands on the town of its row',
  schema_history: 'which migrations have run',
  undone_jobs: 'the queue stays on the first machine; a job names its town',
}

/** Statements that are sent without a town: which files may, and why. Every other goes through `read` or `write`, which set one. */
const mayCross: Record<string, string> = {
  'src/offices/backup/': 'all towns are kept at one instant, as the owner of the tables',
  'src/offices/demo/': 'a town that is laid out or thrown away whole, as the owner',
  'src/offices/imports/command.ts': 'finds the town a command names',
  'src/offices/imports/links/postgresql.ts': 'another program’s database',
  'src/offices/keys/': 'a key is every town’s: rows are sealed anew town by town',
  'src/offices/people/commands.ts': 'finds the town a command names',
  'src/offices/seal/command.ts': 'seals town by town, those there are',
  'src/platform/backup/': 'the log of the database, of all towns',
  'src/platform/database/': 'opens the database, migrates it, asks how far its log is',
  'src/platform/house.ts': 'whether the database answers',
  'src/platform/jobs/': 'the queue stays on the first machine',
  'src/platform/keyring.ts': 'which layer of keys each town is at',
  'src/platform/live/relay.ts': 'listens to news, which name their town',
  'src/platform/telemetry/ground-figures.ts': 'figures of the server itself',
  'src/program/': 'which towns there are; whether the queue is set up',
  'src/web/town.ts': 'which towns there are',
}

/** Words that open the database without a town, or past the application's role. */
const without = /\.directory\(|\bwithClient\(|\bopenPool\(|new pg\.(Client|Pool)\(/
const crossing = (files: readonly Source[]): string[] =>
  files.filter(({ text }) => without.test(withoutComments(text))).map(({ path }) => path)

describe('spread over machines by town', () => {
  test('every table of a town says whose each row is, and every key stays within a town', async () => {
    expect(await withoutTown()).toEqual([])
    expect(await keysAcross()).toEqual([])
    expect(await referencesAcross()).toEqual([])
  })

  test('a function that asks past the wall says which town, but for those that are named', async () => {
    expect(await functionsAcross()).toEqual(Object.keys(mayAskAcross).sort())
  })

  test('every statement is sent within a town, but for those of files that are named', () => {
    const files = crossing(sources('src/**/*.{ts,tsx}'))
    const named = Object.keys(mayCross)
    expect(files.filter(path => !named.some(each => path.startsWith(each)))).toEqual([])
    expect(named.filter(each => !files.some(path => path.startsWith(each)))).toEqual([])
  })

  test('is caught when a table, a key or a function forgets the town', async () => {
    await sql`create table planted (id uuid primary key, municipality_id uuid, request_id uuid, unique (municipality_id, id))`.execute(
      db.owner,
    )
    await sql`create table planted_line (municipality_id uuid not null, id uuid, planted_id uuid references planted (id),
      primary key (id, municipality_id))`.execute(db.owner)
    await sql`create function planted_count() returns bigint language sql security definer as 'select count(*) from planted'`.execute(
      db.owner,
    )
    expect(await withoutTown()).toEqual(['planted'])
    expect(await keysAcross()).toEqual(['planted_pkey'])
    expect(await referencesAcross()).toEqual(['planted_line_planted_id_fkey'])
    expect(await functionsAcross()).toContain('planted_count')
    await sql`drop function planted_count; drop table planted_line, planted`.execute(db.owner)
  })

  test('is caught when a file asks without a town', () => {
    const planted = (text: string) => [{ path: 'src/offices/x/store.ts', text }]
    expect(crossing(planted('house.database.directory(q => all(q))'))).toHaveLength(1)
    expect(crossing(planted('await withClient(house.server.ownerUrl, all)'))).toHaveLength(1)
    expect(crossing(planted('house.database.read(town, tx => all(tx))'))).toEqual([])
  })
})
