import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../test/builders/people.ts'
import {
  aFiledRequest,
  aWorker,
  aWorkingTown,
  type Bench,
  completeAnswers,
  type FilingOverrides,
} from '../../../test/builders/requests.ts'
import { anOpenTill, ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../kernel/access/index.ts'
import type { ActName, Answers } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { messagesOfRequest } from '../messaging/index.ts'
import {
  accountsOnOffer,
  attachPaper,
  getRequest,
  performAct,
  type Request,
  registerRequests,
} from '../requests/index.ts'
import { accountFor, chargesOfRequest, raiseCharge, takeReceipt, verifyTreasury } from '../treasury/index.ts'
import { eventsOf, registerUtilities, subscriptionsOf } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let staff: Record<
  'clerk' | 'biller' | 'accountant' | 'planner' | 'technician' | 'head' | 'mayor' | 'collector' | 'manager',
  BuiltStaff
>

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  registerUtilities()
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    biller: await aWorker(bench, 'officer', 'billing'),
    accountant: await aWorker(bench, 'officer', 'finance'),
    planner: await aWorker(bench, 'officer', 'planning'),
    technician: await aWorker(bench, 'officer', 'water'),
    head: await aWorker(bench, 'head', 'water'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    collector: await aWorker(bench, 'collector', 'treasury'),
    manager: await aWorker(bench, 'manager', 'service-centre'),
  }
})

const as = (who: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})
const state = (id: string): Promise<Request> => db.database.read(bench.town.id, tx => getRequest(tx, id))
const said = (id: string) =>
  db.database.read(bench.town.id, async tx => (await messagesOfRequest(tx, id)).reverse())
const chargesOf = (id: string) => db.database.read(bench.town.id, tx => chargesOfRequest(tx, id))

async function act(id: string, who: BuiltStaff, name: ActName, data: ActData = {}, note?: string) {
  const { projection } = await state(id)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  const done = await db.database.write(bench.town.id, tx =>
    performAct(tx, bench, {
      requestId: id,
      name,
      actor: as(who),
      taskId: task?.id,
      data,
      ...(note !== undefined && { note }),
    }),
  )
  return done.request
}

/** The technician is there from now on, for an hour. */
const appoint = (id: string) => {
  const from = db.clock.now()
  return act(id, staff.technician, 'appoint', {
    appointment: { from, to: new Date(from.getTime() + 3_600_000) },
  })
}

async function pay(id: string): Promise<void> {
  await db.database.write(bench.town.id, async tx => {
    const open = (await chargesOfRequest(tx, id)).filter(each => !each.cancelled && each.open.minor > 0)
    await anOpenTill(tx, staff.collector.id)
    await takeReceipt(tx, house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: staff.collector.id,
      requestId: id,
      lines: open.map(each => ({ chargeId: each.id, amount: each.open, paid: each.open })),
      tenders: [{ kind: 'cash', received: open.map(each => each.open), change: [] }],
    })
  })
}

const ask = async (over: FilingOverrides = {}): Promise<string> =>
  (await aFiledRequest(bench, person.id, { serviceCode: 'WAT-01', channel: 'counter', ...over })).requestId

const measured = {
  pipeMetres: 12.5,
  pipeDiameter: 'three-quarters',
  asphaltMetres: 4,
  pressure: 'enough',
} satisfies Answers

/** Up to the technician's visit. */
async function untilVisit(id: string): Promise<void> {
  await pay(id)
  await act(id, staff.clerk, 'approve')
  await act(id, staff.biller, 'approve', { fields: { duesState: 'none' } })
  await act(id, staff.planner, 'approve', { fields: { planningState: 'licensed' } })
  await appoint(id)
}

/** Up to the cashier. */
async function untilTill(id: string, fields: Answers = measured): Promise<Request> {
  await untilVisit(id)
  await act(id, staff.technician, 'approve', { fields })
  await act(id, staff.head, 'approve')
  await act(id, staff.accountant, 'approve')
  return act(id, staff.mayor, 'sign')
}

describe('a water connection', () => {
  test('goes from the counter to the meter and back: measured, paid at the till, installed, shown and handed over', async () => {
    const id = await ask()
    expect((await state(id)).projection.state).toBe('awaiting-fee')
    const signed = await untilTill(id)
    expect(signed.projection).toMatchObject({ state: 'awaiting-fee', step: 'payment' })
    expect(signed.projection.pausedAt).toBeDefined()

    const lines = (await chargesOf(id)).filter(each => each.feePoint === 'before-execution')
    expect(Object.fromEntries(lines.map(each => [each.feeId, each.amount.minor]))).toEqual({
      subscription: 250_00,
      pipe: 12.5 * 24_00,
      asphalt: 4 * 60_00,
      meter: 150_00,
      deposit: 200_00,
    })
    expect(lines.filter(each => each.refundable).map(each => each.feeId)).toEqual(['deposit'])
    // One sum is asked for; what it is made of stands on the page.
    expect((await said(id)).at(-1)?.body).toContain('1,140.00 شيكل')
    const promise = signed.projection.dueAt?.getTime() ?? 0
    db.clock.advance(3 * 86_400_000)
    await pay(id)
    const paid = await state(id)
    expect(paid.projection).toMatchObject({ state: 'in-process', step: 'execution', pausedAt: undefined })
    expect(paid.projection.dueAt?.getTime()).toBeGreaterThan(promise)

    const fields = { meterNumber: 'W-5512', initialReading: 3 }
    await expect(act(id, staff.technician, 'run-effect', { fields })).rejects.toMatchObject({
      code: 'proof-required',
    })
    const documentId = await db.database.write(bench.town.id, async tx => {
      const photo = await aDocument(tx, { kind: 'proof' })
      const paper = { paperId: 'meter-photo', documentId: photo, state: 'supplied' as const }
      await attachPaper(tx, id, paper, { kind: 'staff', id: staff.technician.id })
      return photo
    })
    await act(id, staff.technician, 'run-effect', { fields, proofs: [{ id: 'meter-photo', documentId }] })

    const today = '2026-03-05'
    const [held, ...others] = await db.database.read(bench.town.id, tx =>
      subscriptionsOf(tx, person.id, today),
    )
    expect(others).toEqual([])
    expect(held).toMatchObject({
      utility: 'water',
      billing: 'billed',
      meterNumber: 'W-5512',
      phases: undefined,
    })
    const [opened] = await db.database.read(bench.town.id, tx => eventsOf(tx, held?.id ?? ''))
    expect(opened).toMatchObject({ kind: 'opened', data: { pipeDiameter: 'three-quarters' } })
    const offered = (kind: string) =>
      db.database.read(bench.town.id, tx => accountsOnOffer(tx, person.id, kind))
    expect(await offered('water')).toHaveLength(1)
    expect(await offered('electricity')).toEqual([])

    const atCentre = await state(id)
    expect(atCentre.projection.tasks.find(each => each.state === 'open')?.office).toBe('service-centre')
    await expect(act(id, staff.clerk, 'hand-over')).rejects.toThrow()
    await act(id, staff.manager, 'approve')
    expect((await act(id, staff.clerk, 'hand-over')).projection.state).toBe('done')
    const messages = await said(id)
    expect(messages.map(each => each.event)).toEqual([
      'fee-due',
      'paid',
      'received',
      'appointment',
      'approved',
      'fee-due',
      'paid',
      'ready',
      'completed',
    ])
    expect(messages.find(each => each.event === 'ready')?.body).toContain('رُكّب')
    expect(await db.database.read(bench.town.id, tx => verifyTreasury(tx))).toEqual([])
  })

  test('is not carried out before it is paid, and asks for what was measured alone', async () => {
    const id = await ask({
      answers: { ...completeAnswers['WAT-01'], use: 'business', homes: undefined, billing: 'prepaid' },
    })
    await untilTill(id, { ...measured, pipeMetres: 0, asphaltMetres: 0 })
    const lines = (await chargesOf(id)).filter(each => each.feePoint === 'before-execution')
    expect(Object.fromEntries(lines.map(each => [each.feeId, each.amount.minor]))).toEqual({
      subscription: 250_00,
      meter: 450_00,
      deposit: 400_00,
    })
    const fields = { meterNumber: 'W-1', initialReading: 0 }
    await expect(act(id, staff.technician, 'run-effect', { fields })).rejects.toMatchObject({
      code: 'not-available',
    })
  })

  test('is refused on a decided ground, and what was paid for the asking stays paid', async () => {
    const id = await ask()
    await untilVisit(id)
    await expect(act(id, staff.technician, 'reject', {}, 'لا شبكة')).rejects.toMatchObject({
      code: 'ground-required',
    })
    await act(id, staff.technician, 'approve', { fields: measured })
    const refused = await act(id, staff.head, 'reject', { ground: 'no-network' })
    expect(refused.projection.state).toBe('rejected')
    expect((await said(id)).at(-1)?.body).toContain('لا تصل شبكة المياه إلى المكان')
    expect((await chargesOf(id)).map(each => [each.feeId, each.open.minor])).toEqual([['application', 0]])
  })

  test('waits for the paper the technician lacks, and goes on when it comes', async () => {
    const id = await ask()
    await untilVisit(id)
    const asked = await act(id, staff.technician, 'ask-papers', {
      papers: [{ id: 'owner-consent', words: 'المكان باسم غيرك' }],
    })
    expect(asked.projection).toMatchObject({ state: 'awaiting-papers' })
    expect((await said(id)).at(-1)?.body).toContain('موافقة المالك الخطية')
    await db.database.write(bench.town.id, async tx => {
      const documentId = await aDocument(tx, { ownerId: person.id, kind: 'owner-consent' })
      const paper = { paperId: 'owner-consent', documentId, state: 'supplied' as const }
      await attachPaper(tx, id, paper, { kind: 'citizen', id: person.id })
      await performAct(tx, bench, {
        requestId: id,
        name: 'supply-papers',
        actor: { kind: 'citizen', personId: person.id, level: 'verified' },
        data: { supplied: ['owner-consent'] },
      })
    })
    expect((await state(id)).projection).toMatchObject({ state: 'in-process', step: 'inspection' })
  })

  test('is held by what is owed for water, and by nothing else', async () => {
    const debtor = await aPerson({ house, town: bench.town.id })
    const file = () => aFiledRequest(bench, debtor.id, { serviceCode: 'WAT-01' })
    const owes = (kind: string) =>
      db.database.write(bench.town.id, async tx => {
        const { id } = await accountFor(tx, {
          objectKind: 'person',
          objectId: debtor.id,
          kind,
          holderId: debtor.id,
        })
        await raiseCharge(tx, {
          accountId: id,
          debtorId: debtor.id,
          dueKind: kind,
          amount: ils(10_000),
          refundable: false,
          label: { ar: 'فاتورة', en: 'Bill' },
          reasons: {},
          dueOn: '2026-03-01',
          by: { kind: 'staff', id: staff.collector.id },
        })
      })
    await owes('electricity')
    await file()
    await owes('water')
    await expect(file()).rejects.toMatchObject({ code: 'dues-hold' })
  })

  test('goes back to the technician when the amount is not approved, and is measured again', async () => {
    const id = await ask()
    await untilVisit(id)
    await act(id, staff.technician, 'approve', { fields: measured })
    await act(id, staff.head, 'approve')
    await act(id, staff.accountant, 'return', { toStep: 'inspection' }, 'طول الخط أكثر من المعتاد')
    await appoint(id)
    await act(id, staff.technician, 'approve', { fields: { ...measured, pipeMetres: 10 } })
    await act(id, staff.head, 'approve')
    await act(id, staff.accountant, 'approve')
    await act(id, staff.mayor, 'sign')
    const pipe = (await chargesOf(id)).find(each => each.feeId === 'pipe')
    expect(pipe?.amount.minor).toBe(10 * 24_00)
  })
})
