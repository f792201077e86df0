import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { gather, recordsOf } from './gather.ts'
import { namesFor } from './names.ts'
import { type Entry, type Finder, registry } from './registry/index.ts'
import { tellRow } from './tell.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }

/** Rows of any shape go in here: what is asked is whom they are told to, not whether an office would write them so. */
async function forgetRules(): Promise<void> {
  const { rows } = await sql<{ it: string }>`
    select format('alter table %I drop constraint if exists %I cascade', c.relname, k.conname) as it
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and k.contype in ('f', 'c', 'u', 'x', 'p')
    union all
    select format('drop trigger %I on %I cascade', g.tgname, c.relname) from pg_trigger g join pg_class c on c.oid = g.tgrelid
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and not g.tgisinternal
    union all
    select format('drop index %I', x.relname) from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and i.indisunique
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`.execute(db.owner)
  for (const { it } of rows) await sql.raw(it).execute(db.owner)
}

type Of = { name: string; type: string; generated: boolean; filled: boolean }

async function columnsOf(table: string): Promise<Of[]> {
  const { rows } = await sql<Of>`
    select a.attname as name, format_type(a.atttypid, null) as type, a.attgenerated <> '' as generated, a.atttypid = 'xid8'::regtype as filled
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relname = ${table} and a.attnum > 0 and not a.attisdropped`.execute(
    db.owner,
  )
  return rows.filter(each => !each.generated && !each.filled)
}

/** Who a row is of: the ids of theirs, and the word that marks everything they said. */
type Whose = { id: string; mark: string }
type Fixed = Record<string, unknown>

let count = 0
const marks = new Set<string>()

/** A value for a column: marked wherever it can hold a word. */
function aValue({ name, type }: Of, entry: Entry, whose: Whose, stranger: Whose): unknown {
  count += 1
  const told = entry.tell.find(each => each.name === name)?.kind
  // What is not told, and whoever else is named, is somebody else's: none of it may come out.
  const theirs = told !== undefined && !['person', 'by', 'staff'].includes(told.as)
  const mark = `${theirs ? whose.mark : stranger.mark}-${entry.as}-${name}-${count}`
  switch (type) {
    case 'uuid':
      return told?.as === 'raw' || name.endsWith('_id') ? randomUUID() : stranger.id
    case 'text':
    case 'character varying':
      if (told?.as === 'by') return stranger.id
      if (/_kind$/.test(name)) return 'citizen'
      if (/currency$/.test(name)) return 'ILS'
      if (theirs) marks.add(mark)
      return mark
    case 'text[]':
      return sql`array[${mark}]`
    case 'uuid[]':
      return sql`array[]::uuid[]`
    case 'jsonb':
      if (told?.as === 'read')
        return JSON.stringify({ ar: [{ page: 'p', items: [{ label: 'l', value: mark }] }] })
      return JSON.stringify({ said: mark })
    case 'bytea':
      if (told?.as !== 'sealed') return Buffer.from(mark)
      marks.add(mark)
      return house.crypto.seal(town.id, told.purposes[0] ?? '', mark)
    case 'boolean':
      return false
    case 'date':
      return '2026-01-02'
    case 'timestamp with time zone':
      return db.clock.now()
    default:
      return 7
  }
}

async function plant(entry: Entry, whose: Whose, stranger: Whose, fixed: Fixed): Promise<Fixed> {
  const row: Fixed = {}
  for (const column of await columnsOf(entry.table)) row[column.name] = aValue(column, entry, whose, stranger)
  Object.assign(row, { municipality_id: town.id }, fixed)
  const names = Object.keys(row)
  await sql`insert into ${sql.table(entry.table)} (${sql.join(names.map(name => sql.ref(name)))})
            values (${sql.join(names.map(name => row[name]))})`.execute(db.owner)
  return row
}

/** The columns that make a row somebody's, by one way of finding it; rows it is found through are planted first. */
async function makeTheirs(finder: Finder, whose: Whose, stranger: Whose): Promise<Fixed> {
  if ('person' in finder) return { [finder.person]: whose.id }
  if ('actor' in finder)
    return { [finder.actor]: whose.id, [finder.kind]: 'citizen', ...(finder.and && { owner_id: null }) }
  const parent = registry.find(each => each.table === finder.through)
  if (!parent?.mine[0]) throw new Error(finder.through)
  const key = finder.key.endsWith('_index')
    ? Buffer.from(`${whose.mark}${finder.through}${count++}`)
    : randomUUID()
  const through = await makeTheirs(parent.mine[0], whose, stranger)
  const open = { ended_at: null, added_at: new Date(0), valid_until: null }
  const known = new Set((await columnsOf(parent.table)).map(({ name }) => name))
  const kept = Object.fromEntries(Object.entries(open).filter(([name]) => known.has(name)))
  await plant(parent, whose, stranger, { ...kept, ...through, [finder.key]: key })
  return { [finder.on]: key }
}

/** Both papers of somebody's copy as one text. */
async function copyOf(personId: string): Promise<string> {
  return db.database.read(town.id, async tx => {
    const ids = await recordsOf(tx, personId)
    const names = await namesFor(tx, house.crypto, ids, 'Asia/Hebron')
    const said: unknown[] = []
    for await (const { entry, rows } of gather(tx, ids))
      for (const row of rows) said.push(tellRow(entry, row, names))
    return JSON.stringify(said)
  })
}

describe('a copy of somebody’s data', () => {
  test('tells every word of theirs in every table and by every way it is found, and no word of anybody else’s', async () => {
    const me: Whose = { id: (await aPerson(place)).id, mark: 'mine' }
    const other: Whose = { id: (await aPerson(place)).id, mark: 'theirs' }
    const third: Whose = { id: (await aPerson(place)).id, mark: 'theirs-of-a-third' }
    await forgetRules()
    for (const entry of registry)
      for (const finder of entry.mine) {
        const [mine, theirs] = [await makeTheirs(finder, me, other), await makeTheirs(finder, other, third)]
        if (entry.table === 'person') continue
        await plant(entry, me, other, mine)
        await plant(entry, other, third, theirs)
      }
    const mine = await copyOf(me.id)
    expect(mine.match(/theirs-[a-z_-]+\d*/g) ?? []).toEqual([])
    expect(mine).not.toContain(other.id)
    const expected = [...marks].filter(mark => mark.startsWith('mine-'))
    expect(expected.length).toBeGreaterThan(200)
    expect(expected.filter(mark => !mine.includes(mark))).toEqual([])
  })
})
