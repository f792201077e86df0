import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Command } from 'commander'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../test/builders/people.ts'
import { aWorkingTown, type Bench, completeAnswers } from '../../../test/builders/requests.ts'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { withClient } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { addDocument } from '../archive/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { fileRequest, registerRequests } from '../requests/index.ts'
import { verifyTown } from '../verify/index.ts'
import { backupCommands } from './index.ts'
import { inKeyOrder, townTables } from './schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const db = await testDatabase()
const house = aHouse(db)
const whole = join(folder, 'whole')
const oneTown = join(folder, 'one')
const odd = 'سطر\u2028\nآخر "\\" 👩🏽\u0085'
let first: Bench
let second: Bench

/** The secret file of a test's house; `key` makes it another installation's. */
function writeSecret(of: House, key = 'key') {
  const secret = { index: Buffer.alloc(32, 'index'), keys: [{ id: 1, key: Buffer.alloc(32, key) }] }
  const text = JSON.stringify(secret, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value,
  )
  writeFileSync(of.config.secretFile, text, { mode: 0o600 })
}

async function elsewhere(key?: string): Promise<{ db: TestDatabase; house: House }> {
  const there = await testDatabase()
  const other = aHouse(there)
  writeSecret(other, key)
  return { db: there, house: other }
}

/** What a command said; its last line begins with ! when it ended with an error. */
async function run(at: House, ...words: string[]): Promise<string[]> {
  const said: string[] = []
  const program = new Command().exitOverride()
  backupCommands(program, { inHouse: work => work(at), say: line => said.push(line) })
  await program.parseAsync(words, { from: 'user' }).catch(error => said.push(`! ${error.message}`))
  return said
}
const failureOf = async (at: House, ...words: string[]) => (await run(at, ...words)).at(-1)

async function file({ house: at, town }: Bench, paper: string): Promise<void> {
  const person = await aPerson({ house: at, town: town.id })
  const stored = await at.files.put(town.id, Buffer.from(paper))
  await at.database.write(town.id, async tx => {
    const serviceVersion = (await catalogueOf(tx)).find('ADM-01')?.version ?? 0
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      ...{ kind: 'identity-card', title: odd, source: 'upload', by: builder, ownerId: person.id },
    })
    await fileRequest(
      tx,
      { house: at, town },
      {
        ...{ serviceCode: 'ADM-01', serviceVersion, channel: 'web', capacity: 'principal' },
        applicantId: person.id,
        answers: completeAnswers['ADM-01'] ?? {},
        papers: [{ paperId: 'id-copy', documentId, state: 'supplied' }],
        by: { kind: 'citizen', personId: person.id, relation: 'party' },
      },
    )
  })
}

beforeAll(async () => {
  writeSecret(house)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  first = { house, town: await aTown(db) }
  second = { house, town: await aTown(db) }
  for (const bench of [first, second]) await aWorkingTown(bench)
  for (const paper of ['%PDF one', '%PDF two']) await file(first, paper)
  for (const paper of ['%PDF one', '%PDF three']) await file(second, paper)
  const set = (key: string, value: string) =>
    sql`
    insert into setting values (${first.town.id}, ${key}, '2026-01-01', gen_random_uuid(), ${value}::jsonb, ${odd}, false, null,
      '2026-01-01 10:11:12.123456+00')`.execute(db.owner)
  await set('null', 'null')
  await set('odd', JSON.stringify({ odd, none: null, small: 1e-7, list: [] }))
  await sql`insert into tariff values (${first.town.id}, 'big', '0044-01-01 BC', gen_random_uuid(), 'JOD', 9007199254740993, null,
    false, null, 'infinity')`.execute(db.owner)
  await sql`insert into exchange_rate values (${first.town.id}, 'JOD', now(), 5.100000, gen_random_uuid())`.execute(
    db.owner,
  )
  await sql`insert into parked_form values (${first.town.id}, '\\x00ff0a5c'::bytea, ${odd}, ''::bytea, now())`.execute(
    db.owner,
  )
  await sql`insert into api_key values (${first.town.id}, '\\x01', gen_random_uuid(), 'x', ${[odd, 'null', '', '{}']}, now(), null)`.execute(
    db.owner,
  )
  // More than goes in one batch, and in one fetch.
  await sql`insert into idempotency select ${first.town.id}, 'x', n::text, 'r', sha256(n::text::bytea), 200, null, null, now()
    from generate_series(1, 2345) n`.execute(db.owner)
  // A record that was merged comes more than a batch before the one that stands for it.
  await sql`
    insert into person select made.* from generate_series(1, 1200) n,
      (select to_jsonb(person) as row from person where municipality_id = ${first.town.id} limit 1) p,
      jsonb_populate_record(null::person, row || jsonb_build_object(
        'person_id', md5(n::text)::uuid, 'id_kind', 'none', 'id_sealed', null, 'id_index', null,
        'merged_into', case n when 1 then md5('1200')::uuid end, 'survivor_id', case n when 1 then md5('1200')::uuid end)) made`.execute(
    db.owner,
  )
  expect((await run(house, 'backup', whole)).at(-1)).toContain('NOT in it')
  await run(house, 'export', first.town.slug, oneTown)
})

/** Each table with its number of rows and a hash of them, in order. */
async function contentOf(of: TestDatabase, town?: Town): Promise<Record<string, string>> {
  return withClient(of.ownerUrl, async client => {
    const content: Record<string, string> = {}
    for (const table of await townTables(client)) {
      const { rows } = await client.query(
        `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as content from "${table}" t
          where $1::uuid is null or municipality_id = $1`,
        [town?.id ?? null],
      )
      content[table] = rows[0].content
    }
    return content
  })
}

async function filesOf(of: House, { id }: Town): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const name of of.files.list(id)) {
    const hash = createHash('sha256')
    for await (const chunk of await of.files.get(id, name)) hash.update(chunk)
    found[name.toString('hex')] = hash.digest('hex')
  }
  return found
}

async function findings(of: House, town: Town): Promise<string[]> {
  const found: string[] = []
  await verifyTown(of, town, { deep: true, found: finding => found.push(finding.code) })
  return found
}

const towns = () => [first.town, second.town]
const manifestOf = (path: string) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))

/** A copy of a backup, to spoil. */
async function copyOf(path: string): Promise<string> {
  const copy = mkdtempSync(join(folder, 'copy-'))
  await cp(path, copy, { recursive: true })
  return copy
}
function flip(path: string) {
  const bytes = readFileSync(path)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

describe('a backup that was restored', () => {
  let there: Awaited<ReturnType<typeof elsewhere>>
  let said: string[]
  beforeAll(async () => {
    there = await elsewhere()
    said = await run(there.house, 'restore', whole)
  })

  test('holds every row of every table as it was', async () => {
    expect(said.at(-1)).toContain('Next: shubbak verify --deep')
    const content = await contentOf(db)
    expect(content.idempotency).toMatch(/^2345 /)
    expect(await contentOf(there.db)).toEqual(content)
  })

  test('holds every file as it was, and verify finds nothing', async () => {
    for (const town of towns()) {
      const files = await filesOf(house, town)
      expect(Object.keys(files)).toHaveLength(2)
      expect(await filesOf(there.house, town)).toEqual(files)
      expect(await findings(there.house, town)).toEqual(await findings(house, town))
      expect(await findings(there.house, town)).toEqual([])
    }
  })

  test('draws the pictures that were still waiting to be drawn', async () => {
    const waiting = await sql<{ n: number }>`
      select count(*) as n from graphile_worker.jobs where task_identifier = 'archive.pictures'`.execute(
      there.db.owner,
    )
    expect(waiting.rows[0]?.n).toBe(4)
  })

  test('is not restored over it again, nor imported beside itself', async () => {
    expect(await failureOf(there.house, 'restore', whole)).toBe(
      `! Here is the town ${first.town.slug} already: restore needs an empty installation`,
    )
    expect(await failureOf(there.house, 'import', oneTown)).toMatch(/^! Here is the town .* already, with/)
    expect(await failureOf(there.house, 'import', whole)).toBe(
      '! It holds 2 towns: import takes one, as shubbak export made it',
    )
  })
})

describe('one town', () => {
  test('that was exported has nothing of another in it', () => {
    const names = readdirSync(join(oneTown, 'tables'))
    expect(names).toHaveLength(manifestOf(oneTown).tables.length)
    for (const name of names) {
      const text = gunzipSync(readFileSync(join(oneTown, 'tables', name))).toString('utf8')
      expect(text).not.toContain(second.town.id)
      expect(text).not.toContain(second.town.slug)
    }
    expect(readdirSync(join(oneTown, 'files'))).toEqual([first.town.id])
    expect(readdirSync(join(oneTown, 'files', first.town.id))).toHaveLength(2)
    expect(manifestOf(oneTown).towns).toMatchObject([{ slug: first.town.slug }])
  })

  test('is imported beside another, which stays as it is', async () => {
    const there = await elsewhere()
    const neighbour = await aTown(there.house, { slug: 'neighbour', hosts: ['one.example'] })
    await aWorkingTown({ house: there.house, town: neighbour })
    const before = await contentOf(there.db, neighbour)
    expect((await run(there.house, 'import', oneTown)).at(-1)).toContain('Next')
    expect(await contentOf(there.db, first.town)).toEqual(await contentOf(db, first.town))
    expect(await contentOf(there.db, neighbour)).toEqual(before)
    expect(await findings(there.house, first.town)).toEqual([])
  })

  test('that is not there is said', async () => {
    expect(await failureOf(house, 'export', 'nowhere', join(folder, 'n'))).toBe('! There is no town nowhere')
    expect(readdirSync(folder).filter(name => name.startsWith('n'))).toEqual([])
  })
})

describe('nothing is written', () => {
  let there: Awaited<ReturnType<typeof elsewhere>>
  beforeAll(async () => {
    there = await elsewhere()
  })
  const refusal = async (path: string) => {
    const line = await failureOf(there.house, 'restore', path)
    expect((await contentOf(there.db)).municipality).toMatch(/^0 /)
    return line
  }

  test('of a backup with a flipped byte in a table, which is named', async () => {
    const copy = await copyOf(whole)
    flip(join(copy, 'tables', 'request.jsonl.gz'))
    expect(await refusal(copy)).toBe(`! ${copy}/tables/request.jsonl.gz is damaged; nothing was written`)
  })

  test('of a backup with a flipped byte in a file, or without it', async () => {
    const copy = await copyOf(whole)
    const home = join(copy, 'files', second.town.id)
    const path = join(home, readdirSync(home)[0] ?? '')
    flip(path)
    expect(await refusal(copy)).toBe(`! ${path} is damaged; nothing was written`)
    rmSync(path)
    expect(await refusal(copy)).toBe(`! ${path} is missing; nothing was written`)
    expect(await filesOf(there.house, second.town)).toEqual({})
  })

  test.each([
    [{ schema: '9999-later' }, /Shubbak 0\.1\.0 with the schema 9999-later, which is newer than/],
    [
      { schema: '0001-raise' },
      /Shubbak 0\.1\.0 with the schema 0001-raise, which is older than .* that version/,
    ],
    [{ format: 2, more: true }, /is in format 2, made by Shubbak 0\.1\.0; this program reads 1/],
    [{ towns: [] }, /manifest.json is damaged: towns/],
    [{ files: { count: 1, bytes: 1, lost: [] } }, /it counts 1 files, there are 4/],
  ])('of a manifest with %j', async (change, line) => {
    const copy = await copyOf(whole)
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifestOf(copy), ...change }))
    expect(await refusal(copy)).toMatch(line)
  })

  test('where the rows do not add up, though all of them went in', async () => {
    const copy = await copyOf(whole)
    const manifest = manifestOf(copy)
    for (const table of manifest.tables) if (table.name === 'person') table.rows += 1
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest))
    expect(await refusal(copy)).toBe('! person got 1204 rows instead of 1205; everything was undone')
  })

  test('of what is no finished backup', async () => {
    expect(await refusal(folder)).toBe(`! ${folder} is no finished backup: it has no manifest.json`)
  })

  test('under another secret, though its key has the same number', async () => {
    writeSecret(there.house, 'another')
    expect(await refusal(whole)).toMatch(/is not the one .* \(key 1 differs\): put that one in its place/)
    writeSecret(there.house)
  })

  test('and what was refused can be restored afterwards', async () => {
    expect((await run(there.house, 'restore', whole)).at(-1)).toContain('Next')
    expect(await contentOf(there.db)).toEqual(await contentOf(db))
  })
})

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
        sql`select 1 from pg_locks where not granted and relation = 'appointment'::regclass`.execute(db.owner)
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
