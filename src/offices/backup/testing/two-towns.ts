import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { aWorkingTown, type Bench, completeAnswers } from '../../../../test/builders/requests.ts'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { withClient } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { openTownDirectory, type Town } from '../../../web/town.ts'
import { addDocument } from '../../archive/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { fileRequest, registerRequests } from '../../requests/index.ts'
import { verifyTown } from '../../verify/index.ts'
import { backupCommands } from '../index.ts'
import { townTables } from '../schema.ts'

// An installation of two towns that was backed up whole, and of which one town was exported: one for each test file.
export const folder = mkdtempSync(join(tmpdir(), 'shubbak-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
export const db = await testDatabase()
export const house = aHouse(db)
export const whole = join(folder, 'whole')
export const oneTown = join(folder, 'one')
const odd = 'سطر\u2028\nآخر "\\" 👩🏽\u0085'
export let first: Bench
export let second: Bench

/** The secret file of a test's house; `key` makes it another installation's. */
export function writeSecret(of: House, key = 'key') {
  const secret = { index: Buffer.alloc(32, 'index'), keys: [{ id: 1, key: Buffer.alloc(32, key) }] }
  const text = JSON.stringify(secret, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value,
  )
  writeFileSync(of.config.secretFile, text, { mode: 0o600 })
}

export async function elsewhere(key?: string): Promise<{ db: TestDatabase; house: House }> {
  const there = await testDatabase()
  const other = aHouse(there)
  writeSecret(other, key)
  return { db: there, house: other }
}

/** What a command said; its last line begins with ! when it ended with an error. */
export async function run(at: House, ...words: string[]): Promise<string[]> {
  const said: string[] = []
  const program = new Command().exitOverride()
  backupCommands(program, { config: at.config, inHouse: work => work(at), say: line => said.push(line) })
  await program.parseAsync(words, { from: 'user' }).catch(error => said.push(`! ${error.message}`))
  return said
}
export const failureOf = async (at: House, ...words: string[]) => (await run(at, ...words)).at(-1)

async function file({ house: at, town }: Bench, paper: string): Promise<void> {
  const person = await aPerson({ house: at, town: town.id })
  const stored = await at.files.put(town.id, Buffer.from(paper))
  await at.database.write(town.id, async tx => {
    const serviceVersion = (await catalogueOf(tx)).find('ADM-01')?.version ?? 0
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      kind: 'identity-card',
      title: odd,
      source: 'upload',
      by: builder,
      ownerId: person.id,
    })
    await fileRequest(
      tx,
      { house: at, town },
      {
        serviceCode: 'ADM-01',
        serviceVersion,
        channel: 'web',
        capacity: 'principal',
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
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = 'person'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(
    db.owner,
  )
  const columns = sql.join(rows.map(({ name }) => sql.ref(name)))
  await sql`
    insert into person (${columns}) select ${columns} from generate_series(1, 1200) n,
      (select to_jsonb(person) as row from person where municipality_id = ${first.town.id} limit 1) p,
      jsonb_populate_record(null::person, row || jsonb_build_object(
        'person_id', md5(n::text)::uuid, 'id_kind', 'none', 'id_sealed', null, 'id_index', null, 'offices', '[]'::jsonb,
        'merged_into', case n when 1 then md5('1200')::uuid end, 'survivor_id', case n when 1 then md5('1200')::uuid end)) made`.execute(
    db.owner,
  )
  expect((await run(house, 'backup', whole)).at(-1)).toContain('NOT in it')
  await run(house, 'export', first.town.slug, oneTown)
})

/** Each table with its number of rows and a hash of them, in order. */
export async function contentOf(of: TestDatabase, town?: Town): Promise<Record<string, string>> {
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

export async function filesOf(of: House, { id }: Town): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const name of of.files.list(id)) {
    const hash = createHash('sha256')
    for await (const chunk of await of.files.get(id, name)) hash.update(chunk)
    found[name.toString('hex')] = hash.digest('hex')
  }
  return found
}

export async function findings(of: House, town: Town): Promise<string[]> {
  const found: string[] = []
  await verifyTown(of, town, { deep: true, found: finding => found.push(finding.code) })
  return found
}

export const towns = () => [first.town, second.town]
export const manifestOf = (path: string) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))

/** A copy of a backup, to spoil. */
export async function copyOf(path: string): Promise<string> {
  const copy = mkdtempSync(join(folder, 'copy-'))
  await cp(path, copy, { recursive: true })
  return copy
}
export function flip(path: string) {
  const bytes = readFileSync(path)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
