import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { verifyTown } from '../../../src/offices/verify/index.ts'
import { openOffices } from '../../../src/offices.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import type { House } from '../../../src/platform/house.ts'
import { openTownDirectory, type Town } from '../../../src/web/town.ts'
import { aDoor } from '../../builders/door.ts'
import { aHouse } from '../../builders/house.ts'
import { logInAs } from '../../builders/people.ts'
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
async function digestOf({ db }: Country): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const [table, columns] of [
    ['request', '*'],
    ['task', '*'],
    ['audit', 'audit_id, at, act, subject_id, person_id, canonical'],
    ['message', 'message_id, person_id, to_index, body, planned_at'],
    ['receipt', 'receipt_id, book, year, serial, payer_name, tender, received_at, session_id'],
    ['person', 'person_id, display_name, sort_name, id_index, offices'],
    ['seal_leaf', 'leaf_index, subject_id, hash'],
  ] as const) {
    const { rows } = await sql<{ digest: string }>`
      select md5(string_agg(t::text, ',' order by t::text)) as digest
        from (select municipality_id, ${sql.raw(columns)} from ${sql.table(table)}) t`.execute(db.owner)
    digests[table] = rows[0]?.digest ?? ''
  }
  return digests
}

describe('a country', () => {
  let country: Country
  let digest: Record<string, string>
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
      expect(await digestOf(await aCountry(7))).toEqual(digest)
      expect(await digestOf(await aCountry(8))).not.toEqual(digest)
    },
    patience,
  )

  test(
    'opens to a clerk of each town: the inbox, and a request that lay there',
    async () => {
      const { db, house, towns } = country
      const { knock } = aDoor(house, openOffices(house).routes)
      for (const town of towns) {
        const { rows } = await sql<{ staff: string; request: string; number: number; year: number }>`
        select a.staff_id as staff, r.request_id as request, r.number, r.year from appointment a
          join task t on t.municipality_id = a.municipality_id and t.office_code = a.office_code and t.role = a.role
          join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
         where a.municipality_id = ${town.id} and a.office_code = 'service-centre' and a.role = 'clerk'
         order by t.opened_at desc limit 1`.execute(db.owner)
        const [row] = rows
        if (!row) throw new Error(`nothing ever lay at the centre of ${town.slug}`)
        const cookie = await logInAs({ house, town: town.id }, { staffId: row.staff })
        const open = (path: string) => knock(`/~${town.slug}${path}`, { cookie })
        expect((await open(fillAddress(addresses.inbox, {}))).status).toBe(200)
        const page = await open(fillAddress(addresses.officeRequest, { id: row.request }))
        expect(page.status).toBe(200)
        expect(await page.text()).toContain(`${row.number}/${row.year}`)
      }
    },
    patience,
  )
})
