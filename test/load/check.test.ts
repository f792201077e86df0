import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { money } from '../../src/lib/money.ts'
import { type Filed, getRequest, performAct } from '../../src/offices/requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../../src/offices/treasury/index.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { aHouse } from '../builders/house.ts'
import { aPerson, aTown, type BuiltStaff } from '../builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench, completeAnswers } from '../builders/requests.ts'
import { testDatabase } from '../database.ts'
import { isSound, judge } from './check.ts'
import type { Told } from './shape.ts'
import { readThere } from './there.ts'

const db = await testDatabase()
const house = aHouse(db)
const since = new Date(db.clock.now().getTime() - 1000)
let bench: Bench
let clerk: BuiltStaff

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  clerk = await aWorker(bench, 'clerk', 'service-centre')
})

/** Statements as the owner, past what the program would refuse. */
const bend = (text: string, values: unknown[]) =>
  withClient(db.ownerUrl, async client => {
    await client.query('set session_replication_role = replica')
    await client.query(text, values)
  })

const judged = (told: Told[], begun: string[]) =>
  withClient(db.ownerUrl, async client =>
    judge(
      told,
      begun,
      await readThere(
        async <T>(text: string, values: unknown[]) => (await client.query(text, values)).rows as T[],
        bench.town.id,
        since,
        told,
      ),
    ),
  )

/** Everything clients were told so far, in one town that each test adds to. */
const told: Told[] = []
const begun: string[] = []

async function aComplaint(): Promise<Filed> {
  const mark = randomUUID()
  const person = await aPerson({ house, town: bench.town.id })
  const answers = { ...completeAnswers['ADM-05'], words: mark }
  const filed = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05', answers })
  begun.push(mark)
  told.push({ kind: 'request', mark, id: filed.requestId, number: `${filed.number}/${filed.year}` })
  return filed
}

/** A residence certificate with its fee paid; gives the receipt. */
async function aPayment(): Promise<{ receipt: string; request: string }> {
  const person = await aPerson({ house, town: bench.town.id })
  const mark = String(7_000_000 + begun.length)
  const residence = { block: '3', quarter: 'حي السوق', parcel: mark, landmark: '' }
  const filed = await aFiledRequest(bench, person.id, {
    answers: { ...completeAnswers['ADM-01'], residence },
  })
  begun.push(mark)
  told.push({ kind: 'request', mark, id: filed.requestId, number: `${filed.number}/${filed.year}` })
  const receipt = await house.database.write(bench.town.id, async tx => {
    const [charge] = await chargesOfRequest(tx, filed.requestId)
    const fee = money(1000, 'ILS')
    return takeReceipt(tx, house.events, {
      book: 'E',
      payer: { personId: person.id, name: person.displayName },
      requestId: filed.requestId,
      by: { kind: 'system', id: 'test' },
      lines: [{ chargeId: charge?.id ?? '', amount: fee, paid: fee }],
      tenders: [{ kind: 'online', amount: fee, provider: 'test', reference: mark }],
    })
  })
  told.push({ kind: 'receipt', id: receipt.id, request: filed.requestId })
  return { receipt: receipt.id, request: filed.requestId }
}

describe('what clients were told, against what is there', () => {
  test('agrees where nothing went wrong', async () => {
    const { requestId } = await aComplaint()
    await house.database.write(bench.town.id, async tx =>
      performAct(tx, bench, {
        requestId,
        name: 'approve',
        taskId: (await getRequest(tx, requestId)).projection.tasks[0]?.id,
        actor: {
          kind: 'staff',
          staffId: clerk.id,
          appointments: [{ role: 'clerk', office: 'service-centre' }],
        },
      }),
    )
    told.push({ kind: 'act', request: requestId, name: 'approve', times: 1 })
    await aPayment()
    expect(await judged(told, begun)).toEqual({ lost: [], doubled: [], wrong: [] })
  })

  test('finds a receipt that is gone', async () => {
    const { receipt } = await aPayment()
    await bend('delete from receipt where receipt_id = $1', [receipt])
    const verdict = await judged(told, begun)
    expect(verdict.lost).toEqual([expect.stringContaining(receipt)])
    expect(isSound(verdict)).toBe(false)
    told.splice(
      told.findIndex(each => each.kind === 'receipt' && each.id === receipt),
      1,
    )
  })

  test('finds one charge that two receipts settled', async () => {
    const { receipt } = await aPayment()
    const other = randomUUID()
    await bend(
      `insert into receipt select (jsonb_populate_record(r, jsonb_build_object('receipt_id', $2::text, 'serial', 4711))).*
         from receipt r where receipt_id = $1`,
      [receipt, other],
    )
    await bend(
      `insert into receipt_line select (jsonb_populate_record(l, jsonb_build_object('receipt_id', $2::text))).*
         from receipt_line l where receipt_id = $1`,
      [receipt, other],
    )
    expect((await judged(told, begun)).doubled).toHaveLength(1)
    await bend('delete from receipt_line where receipt_id = $1', [other])
    await bend('delete from receipt where receipt_id = $1', [other])
  })

  test('finds a request that nobody sent, one under another number, and an act done again', async () => {
    const person = await aPerson({ house, town: bench.town.id })
    await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
    const { requestId } = await aComplaint()
    told.push({ kind: 'act', request: requestId, name: 'file', times: 0 })
    await bend('update request set number = 999 where request_id = $1', [requestId])
    const { lost, doubled, wrong } = await judged(told, begun)
    expect(lost).toEqual([])
    expect(doubled).toEqual([expect.stringContaining(requestId)])
    expect(wrong).toHaveLength(2)
  })
})
