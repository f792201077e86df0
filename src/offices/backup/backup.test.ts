import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { withClient } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { inKeyOrder } from './schema.ts'
import {
  contentOf,
  db,
  elsewhere,
  failureOf,
  filesOf,
  findings,
  first,
  flip,
  folder,
  house,
  manifestOf,
  oneTown,
  run,
  whole,
} from './testing/two-towns.ts'

describe('making a backup', () => {
  test('writes over nothing, and leaves no half-written folder behind', async () => {
    expect(await failureOf(house, 'backup', whole)).toBe(`! ${whole} is there already: name a new folder`)
    expect(readdirSync(folder).filter(name => name.endsWith('.partial'))).toEqual([])
  })

  test('gives nothing of the keys away', () => {
    const text = readFileSync(join(whole, 'manifest.json'), 'utf8')
    const secret = JSON.parse(readFileSync(house.config.secretFile, 'utf8'))
    for (const key of [secret.index, secret.keys[0].key]) {
      expect(text).not.toContain(key)
      expect(text).not.toContain(Buffer.from(key, 'base64url').toString('hex'))
    }
  })

  test('goes on past a file that was lost, says so, and can be restored', async () => {
    const { house: own, db: ownDb } = await elsewhere()
    await run(own, 'restore', oneTown)
    const [name = ''] = Object.keys(await filesOf(own, first.town))
    flip(join(own.config.dataDir, 'files', first.town.id, name.slice(0, 2), name.slice(2, 4), name))
    const path = join(folder, 'with-loss')
    const said = await run(own, 'backup', path)
    expect(said).toContain(`${first.town.id}/${name} is missing or damaged`)
    expect(said.at(-1)).toBe(`! Files that were missing or damaged already: 1; all else is in ${path}`)
    const there = await elsewhere()
    expect((await run(there.house, 'restore', path)).at(-1)).toContain('Next')
    expect(await contentOf(there.db)).toEqual(await contentOf(ownDb))
    expect(await findings(there.house, first.town)).toEqual(['file-missing'])
  })

  test('sees one instant: what is written meanwhile is in none of its tables', async () => {
    const path = join(folder, 'meanwhile')
    await withClient(db.ownerUrl, async holder => {
      await holder.query('begin; lock table appointment in access exclusive mode')
      const making = run(house, 'backup', path)
      const waits = () =>
        sql`select 1 from pg_locks where not granted and relation = 'appointment'::regclass
          and database = (select oid from pg_database where datname = current_database())`.execute(db.owner)
      await expect.poll(async () => (await waits()).rows.length, { timeout: 15_000 }).toBe(1)
      await sql`insert into series values (${first.town.id}, 'meanwhile', 2026, 1)`.execute(db.owner)
      await holder.query('commit')
      expect((await making).at(-1)).toContain('NOT in it')
    })
    await sql`delete from series where name = 'meanwhile'`.execute(db.owner)
    const text = gunzipSync(readFileSync(join(path, 'tables', 'series.jsonl.gz'))).toString('utf8')
    expect(text).not.toContain('meanwhile')
  })

  test('and bringing it back work as an owner who is no superuser', async () => {
    const there = await elsewhere()
    const root = new URL(there.db.ownerUrl)
    const name = root.pathname.slice(1)
    const plain = new URL(root)
    plain.username = plain.password = `plain_${name.slice(5, 13)}`
    await withClient(root.href, async client => {
      await client.query(`
        create role ${plain.username} login password '${plain.password}';
        grant shubbak_audit to ${plain.username};
        do $$ declare t record; begin
          for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'audit'
          loop execute format('alter table public.%I owner to ${plain.username}', t.relname); end loop;
        end $$`)
    })
    const own: House = { ...there.house, server: { ...there.house.server, ownerUrl: plain.href } }
    try {
      expect((await run(own, 'restore', whole)).at(-1)).toContain('Next')
      expect(await contentOf(there.db)).toEqual(await contentOf(db))
      expect((await run(own, 'backup', join(folder, 'plain'))).at(-1)).toContain('NOT in it')
      const counts = (path: string) => manifestOf(path).tables.map(({ name, rows }: never) => [name, rows])
      expect(counts(join(folder, 'plain'))).toEqual(counts(whole))
    } finally {
      await withClient(root.href, client =>
        client.query(`reassign owned by ${plain.username} to current_user; drop owned by ${plain.username};
          drop role ${plain.username}`),
      )
    }
  })
})

test('tables that point to each other are refused by name instead of for ever', async () => {
  const there = await testDatabase()
  await sql`create table egg (id int primary key, hen int)`.execute(there.owner)
  await sql`create table hen (id int primary key, egg int references egg)`.execute(there.owner)
  await sql`alter table egg add foreign key (hen) references hen`.execute(there.owner)
  await withClient(there.ownerUrl, async client => {
    await expect(inKeyOrder(client, ['person', 'egg', 'hen'])).rejects.toThrow('egg, hen point to each other')
    expect(await inKeyOrder(client, ['person', 'municipality'])).toEqual(['municipality', 'person'])
  })
})
