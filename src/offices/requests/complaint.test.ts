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
} from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../kernel/access/index.ts'
import type { ActName, Answers } from '../../kernel/definition/index.ts'
import { type ActData, timesSentBack } from '../../kernel/workflow/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { messagesOfRequest } from '../messaging/index.ts'
import { accountFor, raiseCharge } from '../treasury/index.ts'
import { actionsOf, attachPaper, getRequest, performAct, type Request, requestJobs } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let staff: Record<'clerk' | 'road' | 'water' | 'electric' | 'health', BuiltStaff>

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    road: await aWorker(bench, 'officer', 'works'),
    water: await aWorker(bench, 'officer', 'water'),
    electric: await aWorker(bench, 'officer', 'electricity'),
    health: await aWorker(bench, 'officer', 'health'),
  }
})

const reporter = (): Actor => ({ kind: 'citizen', personId: person.id, level: 'verified' })
const as = (who: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})
const state = (id: string): Promise<Request> => db.database.read(bench.town.id, tx => getRequest(tx, id))
const said = (id: string) =>
  db.database.read(bench.town.id, async tx =>
    (await messagesOfRequest(tx, id)).map(({ event }) => event).reverse(),
  )

const report = async (over: Answers = {}): Promise<string> => {
  const answers = { ...completeAnswers['ADM-05'], ...over }
  return (await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05', answers })).requestId
}

async function act(id: string, actor: Actor, name: ActName, data: ActData = {}, note?: string) {
  const { projection } = await state(id)
  const office = actor.kind === 'staff' ? actor.appointments[0]?.office : undefined
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
  return db.database.write(bench.town.id, tx =>
    performAct(tx, bench, { requestId: id, name, actor, taskId: task?.id, data, ...(note && { note }) }),
  )
}

/** The department has been there: words and a photo of how it is now. */
async function workedOn(id: string, who: BuiltStaff): Promise<void> {
  const documentId = await db.database.write(bench.town.id, async tx => {
    const document = await aDocument(tx, { kind: 'proof' })
    const paper = { paperId: 'photo-after', documentId: document, state: 'supplied' as const }
    await attachPaper(tx, id, paper, { kind: 'staff', id: who.id })
    return document
  })
  const data = { fields: { doneWords: 'رُدمت الحفرة وعُبّدت' }, proofs: [{ id: 'photo-after', documentId }] }
  await act(id, as(who), 'approve', data)
  await act(id, as(staff.clerk), 'approve')
}

const no = { fields: { fixed: false, stillWrong: 'هبطت من جديد' } }
const yes = { fields: { fixed: true } }
/** The clock's work, as the calendar has it done. */
const lapse = async () => {
  for (const job of requestJobs.filter(({ cron }) => cron !== undefined))
    await job.run(house, bench.town.id, {} as never)
}

describe('a complaint', () => {
  test('goes by its kind to the office that works on it, and by the centre’s word where the kind is mistaken', async () => {
    const offices: Record<string, string> = {}
    for (const kind of ['street-light', 'pit', 'waste', 'water-leak', 'sewage', 'nuisance']) {
      const id = await report({ kind })
      await act(id, as(staff.clerk), 'approve')
      offices[kind] = (await state(id)).projection.tasks.at(-1)?.office ?? ''
    }
    expect(offices).toEqual({
      'street-light': 'electricity',
      pit: 'works',
      waste: 'health',
      'water-leak': 'water',
      sewage: 'water',
      nuisance: 'health',
    })
    const mistaken = await report({ kind: 'pit' })
    await act(mistaken, as(staff.clerk), 'approve', { fields: { correction: 'water' } })
    expect((await state(mistaken)).projection.tasks.at(-1)?.office).toBe('water')
    const other = await report({ kind: 'other' })
    await expect(act(other, as(staff.clerk), 'approve')).rejects.toMatchObject({ code: 'fields-required' })
    await act(other, as(staff.clerk), 'approve', { fields: { department: 'health' } })
    expect((await state(other)).projection.tasks.at(-1)?.office).toBe('health')
  })

  test('of something dangerous goes straight to the office', async () => {
    const { projection } = await state(await report({ danger: true }))
    expect(projection).toMatchObject({ step: 'work', tasks: [{ office: 'works' }] })
  })

  test('costs nothing and is held by nothing that is owed', async () => {
    const debtor = await aPerson({ house, town: bench.town.id })
    await db.database.write(bench.town.id, async tx => {
      const { id } = await accountFor(tx, {
        objectKind: 'person',
        objectId: debtor.id,
        kind: 'water',
        holderId: debtor.id,
      })
      await raiseCharge(tx, {
        accountId: id,
        debtorId: debtor.id,
        dueKind: 'water',
        refundable: false,
        amount: { minor: 900_000, currency: 'ILS' },
        label: { ar: 'فاتورة', en: 'Bill' },
        reasons: {},
        dueOn: '2026-03-01',
        by: { kind: 'staff', id: staff.clerk.id },
      })
    })
    const { requestId } = await aFiledRequest(bench, debtor.id, { serviceCode: 'ADM-05' })
    expect((await state(requestId)).projection.state).toBe('submitted')
  })

  test('is not finished without proof, and is closed when its reporter says it is fixed', async () => {
    const id = await report()
    await act(id, as(staff.clerk), 'approve')
    await expect(
      act(id, as(staff.road), 'approve', { fields: { doneWords: 'رُدمت الحفرة' } }),
    ).rejects.toMatchObject({ code: 'proof-required', details: { fields: ['photo-after'] } })
    await workedOn(id, staff.road)
    const asked = await state(id)
    expect(asked.projection).toMatchObject({ state: 'awaiting-answer', step: 'question' })
    const done = await act(id, reporter(), 'answer', yes)
    expect(done.request.projection.state).toBe('done')
    expect(await said(id)).toEqual(['received', 'answer-asked', 'completed'])
  })

  test('not fixed twice goes back twice, counted, to the same hands; then silence closes it on its day', async () => {
    const id = await report()
    await act(id, as(staff.clerk), 'approve')
    const { serviceCode, serviceVersion } = await state(id)
    const { service } = await db.database.read(bench.town.id, async tx =>
      (await catalogueOf(tx)).get(serviceCode, serviceVersion),
    )
    for (const times of [1, 2]) {
      await workedOn(id, staff.road)
      const { request } = await act(id, reporter(), 'answer', no)
      expect(request.projection).toMatchObject({ state: 'in-process', step: 'work' })
      expect(request.projection.tasks.at(-1)?.assignee).toBe(staff.road.id)
      expect(timesSentBack(service, request.projection)).toBe(times)
    }
    await workedOn(id, staff.road)
    await lapse()
    expect((await state(id)).projection.state).toBe('awaiting-answer')
    db.clock.advance(8 * 86_400_000)
    await lapse()
    await lapse()
    const closed = await state(id)
    expect(closed.projection.state).toBe('done')
    expect(closed.projection.stepFields.fixed).toBeUndefined()
    const actions = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(actions.at(-1)).toMatchObject({ name: 'lapse', actor: { kind: 'system' } })
    expect(await said(id)).toEqual([
      'received',
      'answer-asked',
      'reopened',
      'answer-asked',
      'reopened',
      'answer-asked',
      'lapsed',
    ])
  })

  test('is answered for its reporter by the centre, by nobody else', async () => {
    const id = await report()
    await act(id, as(staff.clerk), 'approve')
    await workedOn(id, staff.road)
    const stranger = await aPerson({ house, town: bench.town.id })
    const strange: Actor = { kind: 'citizen', personId: stranger.id, level: 'verified' }
    for (const who of [strange, as(staff.road)]) {
      await expect(act(id, who, 'answer', yes)).rejects.toMatchObject({ code: 'not-yours' })
    }
    const { request } = await act(id, as(staff.clerk), 'answer', yes, 'بالهاتف')
    expect(request.projection.state).toBe('done')
  })

  test('that is not for the town is refused on a decided ground, told in its words', async () => {
    const id = await report()
    await expect(act(id, as(staff.clerk), 'reject', {}, 'لأن')).rejects.toMatchObject({
      code: 'ground-required',
    })
    await act(id, as(staff.clerk), 'reject', { ground: 'private-ground' })
    const [last] = await db.database.read(bench.town.id, tx => messagesOfRequest(tx, id, 1))
    expect(last?.body).toContain('داخل ملك خاص')
  })

  test('closed is reopened by the centre’s manager to where the work was looked at', async () => {
    const manager = await aWorker(bench, 'manager', 'service-centre')
    const id = await report()
    await act(id, as(staff.clerk), 'approve')
    await workedOn(id, staff.road)
    await act(id, reporter(), 'answer', yes)
    await act(id, as(manager), 'reopen', {}, 'عادت الحفرة')
    expect((await state(id)).projection.step).toBe('proof-check')
  })
})
