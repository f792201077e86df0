import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { ActName, Answers } from '../../kernel/definition/index.ts'
import { chargesOfRequest } from '../treasury/index.ts'
import { getRequest, performAct, type Request } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let staff: Record<'clerk' | 'electrician' | 'plumber' | 'planner', BuiltStaff>

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ENG-15', 'ENG-18'])
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    electrician: await aWorker(bench, 'officer', 'electricity'),
    plumber: await aWorker(bench, 'officer', 'water'),
    planner: await aWorker(bench, 'officer', 'planning'),
  }
})

const state = (requestId: string): Promise<Request> =>
  db.database.read(bench.town.id, tx => getRequest(tx, requestId))

async function act(requestId: string, who: BuiltStaff, name: ActName, fields?: Answers): Promise<Request> {
  const { projection } = await state(requestId)
  const task = projection.tasks.find(
    each => (each.state === 'open' || each.state === 'deferred') && each.office === who.office,
  )
  const actor = {
    kind: 'staff',
    staffId: who.id,
    appointments: [{ role: who.role, office: who.office }],
  } as const
  const done = await db.database.write(bench.town.id, tx =>
    performAct(tx, bench, {
      requestId,
      name,
      actor,
      taskId: task?.id,
      note: 'لا مانع',
      ...(fields && { data: { fields } }),
    }),
  )
  return done.request
}

const charges = (requestId: string) => db.database.read(bench.town.id, tx => chargesOfRequest(tx, requestId))

describe('a fee that rests on what is found on the way', () => {
  test('stops nothing before it is found, and is raised from it', async () => {
    const { requestId } = await aFiledRequest(bench, person.id, {
      serviceCode: 'ENG-18',
      papers: ['id-copy', 'route-plan', 'undertaking'],
      answers: {
        digStreet: 'شارع المدارس',
        digRoute: 'من البئر إلى البيت',
        digFor: 'water',
        digLength: 20,
        digWidth: 0.6,
        startDay: '2099-02-08',
        digDays: 3,
        contractor: 'ورشة النور',
        contractorPhone: '+970599123456',
      },
    })
    await act(requestId, staff.clerk, 'approve')
    await act(requestId, staff.electrician, 'opine', { cableWords: 'كابل على عمق 80 سم' })
    const looked = await act(requestId, staff.plumber, 'opine', { pipeWords: 'لا خطوط' })
    expect(looked.projection).toMatchObject({ state: 'in-process', step: 'inspection' })
    expect(await charges(requestId)).toEqual([])

    const found = { measuredLength: 20, asphaltArea: 12, trafficWords: 'حواجز وإنارة' }
    const measured = await act(requestId, staff.planner, 'approve', found)
    expect(measured.projection).toMatchObject({ state: 'awaiting-fee', step: 'payment' })
    expect((await charges(requestId)).map(each => [each.feeId, each.amount, each.refundable])).toEqual([
      ['digging', { minor: 20_000, currency: 'ILS' }, false],
      ['asphalt-deposit', { minor: 144_000, currency: 'ILS' }, true],
    ])
  })
})

describe('a service that waits for the budget', () => {
  test('is taken in and worked on with no day promised', async () => {
    const resident = await aPerson({ house, town: bench.town.id })
    const { requestId } = await aFiledRequest(bench, resident.id, {
      serviceCode: 'ENG-15',
      papers: ['petition', 'id-copy'],
      answers: {
        roadWork: 'pave',
        roadWhere: 'حي الزيتون',
        roadLength: 200,
        households: 14,
        reason: 'لا تصل سيارة الإسعاف',
        ownFrontage: 30,
        owners: [{ owner: 'محمد الهندي', parcel: '118', frontage: 30, agreed: true }],
      },
    })
    const taken = await act(requestId, staff.clerk, 'approve')
    expect(taken.projection).toMatchObject({ state: 'in-process', step: 'study' })
    expect(taken.projection.dueAt).toBeUndefined()
  })
})
