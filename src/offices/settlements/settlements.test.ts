import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { anOpenTill, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Answers } from '../../kernel/definition/index.ts'
import { newId } from '../../lib/ids.ts'
import type { Money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { type Effect, getRequest, papersOf, registerAccounts, requestNumber } from '../requests/index.ts'
import {
  accountFor,
  creditsOf,
  duesOf,
  listExemptions,
  paymentsOfRequest,
  plansOf,
  type Receipt,
  raiseCharge,
  reverseReceipt,
  takeReceipt,
  verifyTreasury,
} from '../treasury/index.ts'
import { depositToFees } from './effects/deposit-to-fees.ts'
import { exempt } from './effects/exempt.ts'
import { makeStatement } from './effects/make-statement.ts'
import { refund } from './effects/refund.ts'
import { returnDeposit } from './effects/return-deposit.ts'
import { transferDebtOfAccount } from './effects/transfer-debt.ts'

const db = await testDatabase()
const house = aHouse(db)
const today = '2026-03-01'
let bench: Bench
let mayor: BuiltStaff
let officer: BuiltStaff

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-05'])
  mayor = await aWorker(bench, 'mayor', 'mayor-office')
  officer = await aWorker(bench, 'officer', 'finance')
})

const someone = (): Promise<BuiltPerson> => aPerson({ house, town: bench.town.id })
const filed = async (person: BuiltPerson) => {
  const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  const request = await db.database.read(bench.town.id, tx => getRequest(tx, requestId))
  return { id: requestId, number: requestNumber(request) }
}

type Charged = { requestId?: string; dueKind?: string; refundable?: boolean; accountId?: string }

const charge = (person: BuiltPerson, amount: Money, of: Charged = {}): Promise<string> =>
  db.database.write(bench.town.id, async tx => {
    const { dueKind = 'service-fee', refundable = false } = of
    const account = await accountFor(tx, {
      objectKind: 'person',
      objectId: person.id,
      kind: dueKind,
      holderId: person.id,
    })
    return raiseCharge(tx, {
      accountId: of.accountId ?? account.id,
      debtorId: person.id,
      dueKind,
      amount,
      refundable,
      requestId: of.requestId,
      label: { ar: 'رسم', en: 'Fee' },
      reasons: {},
      dueOn: today,
      by: { kind: 'staff', id: officer.id },
    })
  })

const pay = (chargeId: string, amount: Money): Promise<Receipt> =>
  db.database.write(bench.town.id, async tx => {
    await anOpenTill(tx, officer.id)
    return takeReceipt(tx, house.events, {
      payer: { name: 'سمير' },
      collectorId: officer.id,
      lines: [{ chargeId, amount, paid: amount }],
      tenders: [{ kind: 'cash', received: [amount], change: [] }],
    })
  })

type Hands = { by?: string; approved?: boolean; filledAfter?: string }

/** The request and its service as they are when a decision step was approved, unless it was not, and this field was filled after it. */
async function decided(tx: Write, requestId: string, { approved = true, filledAfter }: Hands) {
  const request = await getRequest(tx, requestId, true)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const taskId = newId(tx.now)
  const act = (name: string, data: unknown) =>
    sql`insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, task_id, data)
        select ${tx.town}, ${requestId}, max(seq) + 1, ${newId(tx.now)}, ${name}, ${tx.now}, 'staff', ${mayor.id}, ${taskId}, ${JSON.stringify(data)}::jsonb
          from request_action where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(tx.q)
  if (approved) await act('approve', {})
  if (filledAfter) await act('forward', { fields: { [filledAfter]: 1 } })
  const [task] = request.projection.tasks
  if (!task) throw new Error('a filed request has a task')
  const tasks = [...request.projection.tasks, { ...task, id: taskId, step: 'decision' }]
  const step = { ...service.definition.steps[0], id: 'decision', kind: 'decision' }
  const definition = { ...service.definition, steps: [...service.definition.steps, step] }
  return {
    request: { ...request, projection: { ...request.projection, tasks } },
    service: { ...service, definition } as typeof service,
  }
}

/** Carries an effect out for a request whose steps said so. */
const carriedOut = (requestId: string, effect: Effect, fields: Answers, hands: Hands = {}): Promise<void> =>
  db.database.write(bench.town.id, async tx => {
    const { request, service } = await decided(tx, requestId, hands)
    const done = { ...request, projection: { ...request.projection, stepFields: fields } }
    await effect(tx, bench, { request: done, service, by: hands.by ?? mayor.id })
  })

const paymentsOf = (requestId: string) =>
  db.database.read(bench.town.id, tx => paymentsOfRequest(tx, requestId))
const dues = (person: BuiltPerson) => db.database.read(bench.town.id, tx => duesOf(tx, person.id, today))
const books = () => db.database.read(bench.town.id, verifyTreasury)

/** A request on which a deposit was paid. */
async function aDeposit(person: BuiltPerson, amount: Money) {
  const of = await filed(person)
  const chargeId = await charge(person, amount, {
    requestId: of.id,
    dueKind: 'building-deposit',
    refundable: true,
  })
  return { ...of, chargeId, receipt: await pay(chargeId, amount) }
}

describe('returning a deposit', () => {
  test('writes one payment voucher however often it is carried out, and keeps the receipt from going back a second time', async () => {
    const person = await someone()
    const deposit = await aDeposit(person, jod(500_000))
    const asking = await filed(person)
    const fields = { depositRequest: deposit.number, paymentReference: '100233', paymentBank: 'بنك فلسطين' }
    await carriedOut(asking.id, returnDeposit, fields)
    await carriedOut(asking.id, returnDeposit, fields)
    const [voucher, ...more] = await paymentsOf(asking.id)
    expect(more).toEqual([])
    expect(voucher).toMatchObject({
      amount: jod(500_000),
      way: 'cheque',
      reference: '100233',
      personId: person.id,
      year: 2026,
    })
    const again = await filed(person)
    await expect(carriedOut(again.id, returnDeposit, fields)).rejects.toMatchObject({
      code: 'nothing-to-return',
    })
    const by = { kind: 'staff', id: officer.id } as const
    await expect(
      db.database.write(bench.town.id, tx =>
        reverseReceipt(tx, house.events, deposit.receipt.id, { by, reason: 'خطأ', second: by }),
      ),
    ).rejects.toMatchObject({ code: expect.stringMatching(/charge-returned|second-person-needed/) })
    expect(await books()).toEqual([])
  })

  test('keeps for the town what it repaired, and never more than was left', async () => {
    const person = await someone()
    const deposit = await aDeposit(person, ils(100_000))
    const asking = await filed(person)
    await expect(
      carriedOut(asking.id, returnDeposit, { depositRequest: deposit.number, depositKept: ils(100_001) }),
    ).rejects.toMatchObject({ code: 'return-too-much' })
    await carriedOut(asking.id, returnDeposit, {
      depositRequest: deposit.number,
      depositKept: ils(30_000),
      paymentWay: 'transfer',
    })
    expect((await paymentsOf(asking.id)).map(each => each.amount)).toEqual([ils(70_000)])
    const [whole, all] = [await aDeposit(person, ils(500)), await filed(person)]
    await carriedOut(all.id, returnDeposit, { depositRequest: whole.number, depositKept: ils(500) })
    expect(await paymentsOf(all.id)).toEqual([])
    expect(await books()).toEqual([])
  })

  test('is refused where nothing was paid, of a number nobody has, and to whoever did not pay it', async () => {
    const [person, stranger] = [await someone(), await someone()]
    const deposit = await aDeposit(person, ils(5_000))
    const [asking, theirs] = [await filed(person), await filed(stranger)]
    for (const [id, depositRequest, code] of [
      [asking.id, asking.number, 'nothing-to-return'],
      [asking.id, '999999/2026', 'request-number-wrong'],
      [asking.id, 'الأول', 'request-number-wrong'],
      [theirs.id, deposit.number, 'nothing-to-return'],
    ] as const)
      await expect(carriedOut(id, returnDeposit, { depositRequest })).rejects.toMatchObject({ code })
    await expect(carriedOut(asking.id, returnDeposit, {})).rejects.toMatchObject({
      code: 'nothing-to-return',
    })
  })

  test('that was paid on the request itself goes back by it, without its number being asked', async () => {
    const person = await someone()
    const digging = await aDeposit(person, ils(80_000))
    await carriedOut(digging.id, returnDeposit, { depositKept: ils(10_000) })
    expect((await paymentsOf(digging.id)).map(each => each.amount)).toEqual([ils(70_000)])
    expect(await books()).toEqual([])
  })
})

describe('a deposit turned to fees', () => {
  test('pays what the named request waits for, and leaves the rest on account', async () => {
    const person = await someone()
    const deposit = await aDeposit(person, ils(50_000))
    const [fees, asking] = [await filed(person), await filed(person)]
    await charge(person, ils(20_000), { requestId: fees.id, dueKind: 'building-licence' })
    const fields = { depositRequest: deposit.number, feesRequest: fees.number }
    await carriedOut(asking.id, depositToFees, fields)
    await carriedOut(asking.id, depositToFees, fields)
    expect(await dues(person)).toEqual([])
    const left = await db.database.read(bench.town.id, tx => creditsOf(tx, person.id, today))
    expect(left.map(each => each.free)).toEqual([ils(30_000)])
    const again = await filed(person)
    await expect(carriedOut(again.id, depositToFees, fields)).rejects.toMatchObject({
      code: 'nothing-to-return',
    })
    expect(await books()).toEqual([])
  })

  test('is refused whole where nothing is owed', async () => {
    const person = await someone()
    const deposit = await aDeposit(person, ils(1_000))
    const asking = await filed(person)
    await expect(
      carriedOut(asking.id, depositToFees, { depositRequest: deposit.number }),
    ).rejects.toMatchObject({ code: 'nothing-owed' })
    expect(await db.database.read(bench.town.id, tx => creditsOf(tx, person.id, today))).toEqual([])
  })
})

describe('a refund', () => {
  test('gives a part of a receipt back, and never more than it brought', async () => {
    const person = await someone()
    const chargeId = await charge(person, ils(9_000))
    const { number: receipt } = await pay(chargeId, ils(9_000))
    const [first, second, third] = [await filed(person), await filed(person), await filed(person)]
    await carriedOut(first.id, refund, { receipt, refundAmount: ils(4_000) })
    await expect(carriedOut(second.id, refund, { receipt, refundAmount: ils(5_001) })).rejects.toMatchObject({
      code: 'return-too-much',
    })
    await carriedOut(second.id, refund, { receipt })
    expect((await paymentsOf(second.id)).map(each => each.amount)).toEqual([ils(5_000)])
    await expect(carriedOut(third.id, refund, { receipt })).rejects.toMatchObject({
      code: 'nothing-to-return',
    })
    await expect(carriedOut(third.id, refund, { receipt: 'A-9999/2026' })).rejects.toMatchObject({
      code: 'receipt-wrong',
    })
    expect(await books()).toEqual([])
  })

  test('of the request’s own fee names no receipt', async () => {
    const person = await someone()
    const asking = await filed(person)
    await pay(await charge(person, ils(3_000), { requestId: asking.id }), ils(3_000))
    await carriedOut(asking.id, refund, { paymentWay: 'cash' })
    await carriedOut(asking.id, refund, { paymentWay: 'cash' })
    expect(await paymentsOf(asking.id)).toMatchObject([{ amount: ils(3_000), way: 'cash' }])
    expect(await books()).toEqual([])
  })

  test('of a receipt rests on a decision that saw its amount, and is paid out by nobody but a person', async () => {
    const person = await someone()
    const { number: receipt } = await pay(await charge(person, ils(800)), ils(800))
    const asking = await filed(person)
    const fields = { receipt, refundAmount: ils(800) }
    for (const [hands, code] of [
      [{ approved: false }, 'not-decided'],
      [{ filledAfter: 'refundAmount' }, 'not-decided'],
      [{ by: 'system' }, 'paid-by-hand'],
    ] as const)
      await expect(carriedOut(asking.id, refund, fields, hands)).rejects.toMatchObject({ code })
    const deposit = await aDeposit(person, ils(100))
    await expect(carriedOut(deposit.id, returnDeposit, {}, { by: 'system' })).rejects.toMatchObject({
      code: 'paid-by-hand',
    })
    expect([...(await paymentsOf(asking.id)), ...(await paymentsOf(deposit.id))]).toEqual([])
  })

  test('of what another paid is refused', async () => {
    const [person, stranger] = [await someone(), await someone()]
    const { number: receipt } = await pay(await charge(person, ils(700)), ils(700))
    const theirs = await filed(stranger)
    await expect(carriedOut(theirs.id, refund, { receipt })).rejects.toMatchObject({
      code: 'nothing-to-return',
    })
  })
})

describe('a transfer of what is owed on a subscription', () => {
  test('makes whoever took it over the debtor, once, and refuses somebody the town does not know', async () => {
    const [from, to] = [await someone(), await someone()]
    const chargeId = await charge(from, ils(12_000), { dueKind: 'water' })
    await charge(from, ils(500), { dueKind: 'waste' })
    const [water] = (await dues(from)).filter(due => due.chargeId === chargeId)
    registerAccounts('water', async (_tx, personId) =>
      personId === from.id ? [{ number: '20001', label: '', accountId: water?.accountId ?? '' }] : [],
    )
    const asking = await filed(from)
    const service = { accountKind: 'water' }
    const fields = { subscription: '20001', newDebtor: to.idNumber, transferProof: 'تعهد 12/2026' }
    const move = (over: Answers = {}, hands: Hands = {}) =>
      db.database.write(bench.town.id, async tx => {
        const { request, service: compiled } = await decided(tx, asking.id, hands)
        const page = {
          ...compiled.pages[0],
          fields: [{ field: { id: 'subscription', kind: 'account', ...service } }],
        }
        await transferDebtOfAccount(tx, bench, {
          request: { ...request, projection: { ...request.projection, stepFields: { ...fields, ...over } } },
          service: { ...compiled, pages: [page] } as unknown as typeof compiled,
          by: mayor.id,
        })
      })
    await expect(move({ newDebtor: '000000018' })).rejects.toMatchObject({ code: 'new-debtor-unknown' })
    await expect(move({ newDebtor: from.idNumber })).rejects.toMatchObject({ code: 'transfer-to-self' })
    await expect(move({ subscription: '77777' })).rejects.toMatchObject({ code: 'not-the-holder' })
    await expect(move({}, { approved: false })).rejects.toMatchObject({ code: 'not-decided' })
    await expect(move({}, { filledAfter: 'newDebtor' })).rejects.toMatchObject({ code: 'not-decided' })
    await move()
    await move()
    expect((await dues(from)).map(due => due.dueKind)).toEqual(['waste'])
    expect(await dues(to)).toMatchObject([{ open: ils(12_000), dueKind: 'water' }])
    expect(await books()).toEqual([])
  })
})

describe('an exemption by decision', () => {
  test('lets off a share of what is owed of its kind, once', async () => {
    const person = await someone()
    await charge(person, ils(1_000), { dueKind: 'water' })
    await charge(person, ils(600), { dueKind: 'waste' })
    const asking = await filed(person)
    const fields = { dueKind: 'water', reliefPercent: 25, decisionNumber: 'ق 7/2026' }
    for (const hands of [{ approved: false }, { filledAfter: 'reliefPercent' }])
      await expect(carriedOut(asking.id, exempt, fields, hands)).rejects.toMatchObject({
        code: 'not-decided',
      })
    await carriedOut(asking.id, exempt, fields)
    await carriedOut(asking.id, exempt, fields)
    expect((await dues(person)).map(due => due.open.minor).sort()).toEqual([600, 750])
    const granted = await db.database.read(bench.town.id, tx => listExemptions(tx, { personId: person.id }))
    expect(granted).toMatchObject([{ decision: 'ق 7/2026', dueKind: 'water', relieved: { percent: 25 } }])
    const next = await filed(await someone())
    await expect(carriedOut(next.id, exempt, fields)).rejects.toMatchObject({ code: 'nothing-owed' })
    await expect(
      carriedOut((await filed(person)).id, exempt, { dueKind: 'all', reliefPercent: 0 }),
    ).rejects.toMatchObject({ code: 'percent-wrong' })
    expect(await db.database.read(bench.town.id, tx => plansOf(tx, person.id, today))).toEqual([])
    expect(await books()).toEqual([])
  })
})

describe('a statement', () => {
  test('of another is not made by the system before one of the staff had the request in hand', async () => {
    const [agent, owner] = [await someone(), await someone()]
    const { id } = await filed(agent)
    const make = (by: string) =>
      db.database.write(bench.town.id, async tx => {
        await sql`update request_party set capacity = 'agent'
                   where municipality_id = ${tx.town} and request_id = ${id} and person_id = ${agent.id}`.execute(
          tx.q,
        )
        await sql`insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
                  values (${tx.town}, ${id}, ${owner.id}, 'principal', ${tx.now}) on conflict do nothing`.execute(
          tx.q,
        )
        const { request, service } = await decided(tx, id, { approved: false })
        await makeStatement(tx, bench, { request: { ...request, capacity: 'agent' }, service, by })
      })
    await expect(make('system')).rejects.toMatchObject({ code: 'capacity-not-read' })
    await make(officer.id)
    const papers = await db.database.read(bench.town.id, tx => papersOf(tx, id))
    expect(papers.map(paper => paper.paperId)).toContain('statement')
  })
})
