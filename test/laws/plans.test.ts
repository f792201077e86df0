import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealTown } from '../../src/offices/seal/index.ts'
import { openPool, withClient } from '../../src/platform/database/pool.ts'
import { aHouse } from '../builders/house.ts'
import { aPerson, aTown } from '../builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../builders/requests.ts'
import { fillTown } from '../bulk/fill.ts'
import { fillImport } from '../bulk/imports.ts'
import { fillProof, fillWaiting } from '../bulk/messages.ts'
import { fillNumbers } from '../bulk/numbers.ts'
import { fillVisits } from '../bulk/visits.ts'
import { testDatabase } from '../database.ts'
import { bulletinsLists } from './plans/bulletins.ts'
import { centreLists } from './plans/centre.ts'
import { counterLists } from './plans/counter.ts'
import { destructionLists } from './plans/destruction.ts'
import { feedbackLists } from './plans/feedback.ts'
import { figuresLists } from './plans/figures.ts'
import { importsLists } from './plans/imports.ts'
import { judge, type Limits } from './plans/judge.ts'
import { lookLists } from './plans/looks.ts'
import { messagesLists } from './plans/messages.ts'
import { papersLists } from './plans/papers.ts'
import { partnersLists } from './plans/partners.ts'
import { paymentsLists } from './plans/payments.ts'
import { peopleLists } from './plans/people.ts'
import { requestsLists } from './plans/requests.ts'
import { rightsLists } from './plans/rights.ts'
import { sealLists } from './plans/seal.ts'
import { servicesLists } from './plans/services.ts'
import { staffLists } from './plans/staff.ts'
import { type BigTown, bigTown, type List, partner } from './plans/town.ts'
import { treasuryLists } from './plans/treasury.ts'
import { utilitiesLists } from './plans/utilities.ts'
import { verifyLists } from './plans/verify.ts'
import { visitsLists } from './plans/visits.ts'

const size = 20_000
/** A list shows 50 lines; to find them it may go through some more, and through all open tasks of an office. */
const most = 1_500

const db = await testDatabase()
const house = aHouse(db)
const pool = openPool(db.ownerUrl, { max: 1 })
let client: pg.PoolClient
let limits: Limits
let town: BigTown

beforeAll(async () => {
  const bench: Bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  const builtPerson = await aPerson({ house, town: bench.town.id })
  const { requestId } = await aFiledRequest(bench, builtPerson.id)
  const worker = await aWorker(bench, 'officer', 'finance')
  const filled = await withClient(db.ownerUrl, owner =>
    fillTown(owner, {
      town: bench.town.id,
      like: requestId,
      persons: size,
      requests: size,
      whole: false,
      partner: partner.keyId,
      desks: [
        { office: 'finance', role: 'officer', open: 30 },
        { office: 'service-centre', role: 'clerk', open: 300 },
        { office: 'planning', role: 'officer', open: 170 },
      ],
    }),
  )
  // An officer passes thousands of steps in three months, and sends on few of them.
  await withClient(db.ownerUrl, owner =>
    owner.query(
      `update task set from_kind = 'staff', from_id = '${worker.id}', opened_at = now() where task_id in
         (select task_id from task where closed_at is not null limit ${size / 4})`,
    ),
  )
  const imported = await withClient(db.ownerUrl, owner =>
    fillImport(owner, { town: bench.town.id, rows: size }),
  )
  await withClient(db.ownerUrl, owner => fillVisits(owner, { town: bench.town.id, visits: size }))
  await withClient(db.ownerUrl, owner => fillProof(owner, { town: bench.town.id }))
  await withClient(db.ownerUrl, owner => fillWaiting(owner, { town: bench.town.id, waiting: size / 4 }))
  await withClient(db.ownerUrl, owner => fillNumbers(owner, { town: bench.town.id }))
  await sealTown(house, bench.town.id)
  await withClient(db.ownerUrl, owner => owner.query('vacuum analyze seal_leaf, seal_node'))
  client = await pool.connect()
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= ${size / 5}`,
  )
  const now = (await client.query<{ now: Date }>('select now() as now')).rows[0]?.now ?? new Date(0)
  limits = { town: bench.town.id, now, big: new Set(rows.map(row => row.name)), most }
  town = bigTown({
    house,
    bench,
    imported,
    now,
    officerId: worker.id,
    person: filled.personIds[7] ?? '',
    request: filled.requestIds[40] ?? '',
  })
}, 240_000)
afterAll(async () => {
  client?.release()
  await pool.end()
})

/** The lists of every office, by what each is. */
const lists = (): [string, List][] =>
  [
    bulletinsLists,
    centreLists,
    counterLists,
    feedbackLists,
    figuresLists,
    rightsLists,
    importsLists,
    messagesLists,
    papersLists,
    partnersLists,
    paymentsLists,
    peopleLists,
    requestsLists,
    sealLists,
    destructionLists,
    servicesLists,
    lookLists,
    staffLists,
    treasuryLists,
    utilitiesLists,
    verifyLists,
    visitsLists,
  ].flatMap(listsOf => Object.entries(listsOf(town)))

describe('every list of a town with twenty thousand of each', () => {
  test('answers from an index, and goes through few rows', async () => {
    const found: string[] = []
    let statements = 0
    for (const [name, list] of lists()) {
      const { wrong, asked } = await judge(client, limits, list)
      expect(asked.length, `${name} asks the database`).toBeGreaterThan(0)
      statements += asked.length
      found.push(...wrong.map(each => `${name}: ${each}`))
    }
    expect(found).toEqual([])
    expect(statements).toBeGreaterThan(100)
  })

  test('is measured on tables that are big', () => {
    expect([...limits.big].sort()).toEqual(
      expect.arrayContaining([
        'audit',
        'charge',
        'document',
        'file',
        'message',
        'person',
        'person_token',
        'receipt',
        'request',
        'request_action',
        'request_office',
        'request_paper',
        'request_party',
        'task',
        'voucher_line',
        'incoming_message',
        'visit',
        'visit_act',
      ]),
    )
  })

  test.each<[string, List]>([
    [
      'looks with LIKE, which row-level security keeps from the index',
      tx =>
        sql`select person_id from person where municipality_id = ${tx.town} and sort_name like 'سامي محمد سليم قطب%' limit 20`.execute(
          tx.q,
        ),
    ],
    [
      'hides what it reads in one statement of the database',
      (_tx, database) =>
        database.once('hidden', "select person_id from person where sort_name || '' = $1", ['سامي']),
    ],
    [
      'looks for a text inside an answer',
      tx =>
        sql`select request_id from request where municipality_id = ${tx.town} and answers @> '{"purpose": "bank"}'`.execute(
          tx.q,
        ),
    ],
    [
      'counts a whole town',
      tx => sql`select count(*) from task where municipality_id = ${tx.town}`.execute(tx.q),
    ],
  ])('is caught when it %s', async (_why, list) => {
    expect((await judge(client, limits, list)).wrong).not.toEqual([])
  })
})
