import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyTown } from '../../../src/offices/verify/index.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import type { House } from '../../../src/platform/house.ts'
import { openTownDirectory, type Town } from '../../../src/web/town.ts'
import { aHouse } from '../../builders/house.ts'
import { type TestDatabase, testDatabase } from '../../database.ts'
import { type Filled, fillCountry } from './country.ts'
import { danglingKeys } from './indexes.ts'

const requests = 1_000
const lives = 24
/** A country is laid out by the whole product: on a busy machine that takes its time. */
const patience = 500_000

type Country = { db: TestDatabase; house: House; filled: Filled; towns: Town[] }

async function aCountry(seed: number): Promise<Country> {
  const db = await testDatabase()
  const house = aHouse(db)
  const filled = await fillCountry(house, { requests, towns: 6, lives, seed })
  const towns = await openTownDirectory(db.database, () => 0).all()
  return { db, house, filled, towns }
}

/** What must be the same for the same seed: ids, times, texts, proofs; not what is sealed with random nonces. */
async function digestOf({ db }: Country): Promise<string> {
  const digest = createHash('sha256')
  for (const [table, columns, key] of [
    ['request', '*', 'request_id'],
    ['task', '*', 'task_id'],
    ['audit', 'audit_id, at, act, subject_id, person_id, canonical', 'audit_id'],
    ['message', 'message_id, person_id, to_index, body, planned_at', 'message_id'],
    ['receipt', 'receipt_id, book, year, serial, payer_name, tender, received_at, session_id', 'receipt_id'],
    ['person', 'person_id, display_name, sort_name, id_index, offices', 'person_id'],
    ['seal_leaf', 'leaf_index, subject_id', 'leaf_index'],
  ]) {
    const { rows } = await sql<{ digest: string }>`
      select md5(string_agg(t::text, ',' order by ${sql.ref(`${key}`)})) as digest
        from (select ${sql.raw(`municipality_id, ${columns}`)} from ${sql.table(`${table}`)} order by municipality_id) t`.execute(
      db.owner,
    )
    digest.update(rows[0]?.digest ?? '')
  }
  return digest.digest('hex')
}

describe('a country', () => {
  let country: Country
  let digest: string
  beforeAll(async () => {
    country = await aCountry(7)
    digest = await digestOf(country)
  }, patience)

  test('has the requests that were asked for, divided by the size of its towns', async () => {
    const { db, filled } = country
    const { rows } = await sql<{ slug: string; n: number }>`
      select m.slug, count(*)::int as n from request join municipality m using (municipality_id) group by 1 order by n desc`.execute(
      db.owner,
    )
    expect(rows).toEqual(filled.towns.map(town => ({ slug: town.slug, n: town.requests })))
    expect(filled.towns.reduce((sum, town) => sum + town.requests, 0)).toBe(requests)
  })

  test(
    'is proved: verify finds nothing in any of its towns, and something once a row is bent',
    async () => {
      const { db, house, towns } = country
      const findings: unknown[] = []
      for (const town of towns)
        await verifyTown(house, town, { deep: true, found: each => findings.push(each) })
      expect(findings).toEqual([])
      const [town] = towns
      if (!town) throw new Error('no town')
      await sql`update audit set act = 'request.bent' where ctid = (
      select ctid from audit where municipality_id = ${town.id} and act = 'request.file' limit 1)`.execute(
        db.owner,
      )
      expect((await verifyTown(house, town)).findings).toBeGreaterThan(0)
    },
    patience,
  )

  test('has no row that points nowhere, though it is written past the triggers', async () => {
    const { db, towns } = country
    await withClient(db.ownerUrl, async client => {
      for (const town of towns) expect(await danglingKeys(client, town.id)).toEqual([])
    })
  })

  test('has every index it had before', async () => {
    const { db } = country
    const untouched = await testDatabase()
    const indexes = async (of: TestDatabase) =>
      (
        await sql<{ definition: string }>`
          select indexdef as definition from pg_indexes where schemaname = 'public' order by 1`.execute(
          of.owner,
        )
      ).rows
    expect(await indexes(db)).toEqual(await indexes(untouched))
  })

  test('leaves nothing to be done, and nothing of the town its lives were lived in', async () => {
    const { db } = country
    const { rows } = await sql<Record<string, number>>`
      select (select count(*)::int from graphile_worker._private_jobs) as jobs, (select count(*)::int from message_due) as due,
             (select count(*)::int from municipality where slug like 'pattern%') as patterns,
             (select count(*)::int from audit where convert_from(canonical, 'UTF8') like '%قبلسط%') as marks,
             (select count(*)::int from message where body ~ '731[0-9]{4}' or body like '%قبلسط%') as numbers`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ jobs: 0, due: 0, patterns: 0, marks: 0, numbers: 0 }])
  })

  test('has nobody who lives in two towns', async () => {
    const { db } = country
    const { rows } = await sql<{ people: number; ids: number; indexes: number }>`
      select count(*)::int as people, count(distinct person_id)::int as ids, count(distinct id_index)::int as indexes from person`.execute(
      db.owner,
    )
    expect(rows[0]?.people).toBeGreaterThan(300)
    expect(new Set(Object.values(rows[0] ?? {})).size).toBe(1)
  })

  test(
    'has the same rows for the same seed, and others for another',
    async () => {
      expect(await digestOf(await aCountry(7))).toBe(digest)
      expect(await digestOf(await aCountry(8))).not.toBe(digest)
    },
    patience,
  )
})
