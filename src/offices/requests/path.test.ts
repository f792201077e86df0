import { beforeAll, describe, expect, test, vi } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { anOpenTill } from '../../../test/builders/treasury.ts'
import { lockWaits, testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../kernel/access/index.ts'
import type { ActName } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { chargesOfRequest, takeReceipt } from '../treasury/index.ts'
import {
  actionsOf,
  attachPaper,
  getRequest,
  performAct,
  type Request,
  registerEffect,
  registerRequests,
} from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let staff: Record<'clerk' | 'planner' | 'engineer' | 'head' | 'mayor' | 'collector', BuiltStaff>
const executed: string[] = []

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  registerEffect('utilities.open-subscription', async (_tx, _desk, { request }) => {
    executed.push(request.id)
  })
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    planner: await aWorker(bench, 'officer', 'planning'),
    engineer: await aWorker(bench, 'officer', 'electricity'),
    head: await aWorker(bench, 'head', 'electricity'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    collector: await aWorker(bench, 'collector', 'treasury'),
  }
})

const as = (who: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})

const state = (requestId: string): Promise<Request> =>
  db.database.read(bench.town.id, tx => getRequest(tx, requestId))

type Word = { note?: string; data?: ActData }

async function act(requestId: string, who: BuiltStaff, name: ActName, word: Word = {}): Promise<Request> {
  const { projection } = await state(requestId)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  const done = await db.database.write(bench.town.id, tx =>
    performAct(tx, bench, { requestId, name, actor: as(who), taskId: task?.id, ...word }),
  )
  return done.request
}

/** The photo of the installed meter, on the request. */
const aMeterPhoto = (requestId: string) =>
  db.database.write(bench.town.id, async tx => {
    const documentId = await aDocument(tx, { kind: 'proof' })
    const paper = { paperId: 'meter-photo', documentId, state: 'supplied' as const }
    await attachPaper(tx, requestId, paper, { kind: 'staff', id: staff.engineer.id })
    return { id: 'meter-photo', documentId }
  })

async function payAll(requestId: string): Promise<void> {
  await db.database.write(bench.town.id, async tx => {
    const open = (await chargesOfRequest(tx, requestId)).filter(charge => charge.open.minor > 0)
    await anOpenTill(tx, staff.collector.id)
    await takeReceipt(tx, house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

describe('a new electricity subscription', () => {
  test('goes from filing to handing over, with a paper missing on the way and an opinion asked', async () => {
    const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ELE-01' })
    expect((await state(requestId)).projection.state).toBe('awaiting-fee')

    await payAll(requestId)
    expect((await state(requestId)).projection).toMatchObject({ state: 'submitted', step: 'desk-review' })

    await act(requestId, staff.clerk, 'approve')
    await act(requestId, staff.planner, 'take')
    const asked = await act(requestId, staff.planner, 'ask-papers', {
      data: { papers: [{ id: 'property-tax-clearance', words: 'البراءة باسم المالك السابق' }] },
    })
    expect(asked.projection).toMatchObject({
      state: 'awaiting-papers',
      missingPapers: [{ id: 'property-tax-clearance' }],
    })

    await db.database.write(bench.town.id, async tx => {
      const documentId = await aDocument(tx, { ownerId: person.id, kind: 'property-tax-clearance' })
      const paper = { paperId: 'property-tax-clearance', documentId, state: 'supplied' as const }
      await attachPaper(tx, requestId, paper, { kind: 'citizen', id: person.id })
      await performAct(tx, bench, {
        requestId,
        name: 'supply-papers',
        actor: { kind: 'citizen', personId: person.id, level: 'verified' },
        data: { supplied: ['property-tax-clearance'] },
      })
    })
    const resumed = await state(requestId)
    expect(resumed.projection.state).toBe('in-process')
    expect(resumed.projection.tasks.find(task => task.state === 'open')?.assignee).toBe(staff.planner.id)

    await act(requestId, staff.planner, 'approve', { data: { fields: { planningState: 'licensed' } } })
    await act(requestId, staff.engineer, 'refer', {
      note: 'هل الشارع معتمد؟',
      data: { to: { office: 'planning', purpose: 'opinion' } },
    })
    await act(requestId, staff.planner, 'refer-back', { note: 'معتمد' })
    await act(requestId, staff.engineer, 'approve', { data: { fields: { amperes: 40, poleDistance: 12 } } })
    await act(requestId, staff.head, 'approve')
    const signed = await act(requestId, staff.mayor, 'sign')
    expect(signed.projection).toMatchObject({ state: 'awaiting-fee', step: 'payment' })

    await payAll(requestId)
    await act(requestId, staff.engineer, 'run-effect', {
      data: { fields: { meterNumber: 'M-778', initialReading: 0 }, proofs: [await aMeterPhoto(requestId)] },
    })
    expect(executed).toEqual([requestId])
    const done = await act(requestId, staff.clerk, 'hand-over')
    expect(done.projection).toMatchObject({ state: 'done', missingPapers: [] })
    expect(done.projection.tasks.every(task => task.state === 'closed')).toBe(true)

    const names = (await db.database.read(bench.town.id, tx => actionsOf(tx, requestId))).map(
      action => action.name,
    )
    expect(names).toEqual([
      'file',
      'pay',
      'approve',
      'take',
      'ask-papers',
      'supply-papers',
      'approve',
      'refer',
      'refer-back',
      'approve',
      'approve',
      'sign',
      'pay',
      'run-effect',
      'hand-over',
    ])
  })
})

test('who waited for an act of somebody else decides by what is then, not by what was', async () => {
  const { requestId: id } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  const { projection } = await state(id)
  const [task] = projection.tasks
  const actor: Actor = {
    kind: 'staff',
    staffId: staff.clerk.id,
    appointments: [{ role: 'clerk', office: 'service-centre' }],
  }
  const approving = { requestId: id, name: 'approve' as const, actor, taskId: task?.id }
  let second: Promise<unknown> | undefined
  await db.database.write(bench.town.id, async tx => {
    await performAct(tx, bench, approving)
    second = db.database
      .write(bench.town.id, other => performAct(other, bench, approving))
      .then(
        () => 'done',
        error => error.code,
      )
    await vi.waitUntil(() => lockWaits(db.owner))
  })
  expect(await second).toBe('not-available')
  expect((await db.database.read(bench.town.id, tx => actionsOf(tx, id))).map(({ name }) => name)).toEqual([
    'file',
    'approve',
  ])
})
