import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type Entry, notTold, registry } from '../../src/offices/rights/copy/registry/index.ts'
import { isWorded } from '../../src/offices/rights/copy/words.ts'
import { testDatabase } from '../database.ts'
import { leading } from './reach.ts'

const db = await testDatabase()

/** Every table with people's data: a reach, or a column that leads to somebody; and its columns. */
async function tables(): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select c.relname as name,
           (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p')
       and (exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'reach' and not p.polpermissive)
            or exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
                          and (a.attname = any(${leading}) or a.attname like '%_sealed')))
     order by 1`.execute(db.owner)
  return new Map(rows.map(row => [row.name, row.columns]))
}

/** What a copy of somebody's data would leave out without a word. */
async function untold(entries: readonly Entry[], excused: Record<string, string>): Promise<string[]> {
  const known = await tables()
  const told = new Set(entries.map(each => each.table))
  const forgotten = [...known.keys()]
    .filter(name => !told.has(name) && !(name in excused))
    .map(name => `${name}: neither told nor excused`)
  const both = [...told].filter(name => name in excused).map(name => `${name}: told and excused`)
  const gone = [...told, ...Object.keys(excused)]
    .filter(name => !known.has(name))
    .map(name => `${name}: no such table with people's data`)
  return [...forgotten, ...both, ...gone, ...entries.flatMap(each => gaps(each, known.get(each.table) ?? []))]
}

/** Each column is told once or left out once, with its reason, and has a word where a reader meets it. */
function gaps(of: Entry, columns: readonly string[]): string[] {
  const said = [...of.tell.map(({ name }) => name), ...Object.values(of.left).flat()]
  if (of.at !== undefined && !said.includes(of.at)) said.push(of.at)
  const missing = columns.filter(name => name !== 'municipality_id' && !said.includes(name))
  const unknown = said.filter(name => !columns.includes(name))
  const twice = said.filter((name, at) => said.indexOf(name) !== at)
  const wordless = of.tell.filter(({ name, kind }) => kind.as !== 'raw' && !isWorded.column(name))
  return [
    ...missing.map(name => `${of.as}.${name}: neither told nor left out`),
    ...unknown.map(name => `${of.as}.${name}: no such column`),
    ...twice.map(name => `${of.as}.${name}: said twice`),
    ...wordless.map(({ name }) => `${of.as}.${name}: no word`),
    ...(isWorded.table(of.as) ? [] : [`${of.as}: no word`]),
  ]
}

describe('a copy of somebody’s data', () => {
  test('tells every table with people’s data and each of its columns, or says why not', async () => {
    expect(await untold(registry, notTold)).toEqual([])
  })

  test('is caught when it forgets a table, a column or a word', async () => {
    const without = registry.filter(each => each.table !== 'complaint')
    expect(await untold(without, notTold)).toEqual(['complaint: neither told nor excused'])
    const halved = registry.map(each =>
      each.table === 'rating' ? { ...each, tell: each.tell.filter(({ name }) => name !== 'comment') } : each,
    )
    expect(await untold(halved, notTold)).toEqual(['rating.comment: neither told nor left out'])
    expect(await untold(registry, { ...notTold, rating: 'x' })).toEqual(['rating: told and excused'])
  })
})
