import { sql } from 'kysely'
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
import type { ActName } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import { newId } from '../../lib/ids.ts'
import { catalogueOf, paceOf } from '../catalogue/index.ts'
import { attachPaper, getRequest, performAct } from './index.ts'
import { honestDate } from './pace.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let clerk: BuiltStaff
let crew: BuiltStaff
let manager: BuiltStaff

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  person = await aPerson({ house, town: bench.town.id })
  clerk = await aWorker(bench, 'clerk', 'service-centre')
  crew = await aWorker(bench, 'officer', 'works')
  manager = await aWorker(bench, 'manager', 'service-centre')
})

const as = ({ id, role, office }: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: id,
  appointments: [{ role, office }],
})
const state = (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id))

async function act(id: string, actor: Actor, name: ActName, data: ActData = {}, note?: string) {
  const { projection } = await state(id)
  const task = projection.tasks.findLast(each => each.state !== 'closed')
  return db.database.write(bench.town.id, tx =>
    performAct(tx, bench, { requestId: id, name, actor, taskId: task?.id, data, ...(note && { note }) }),
  )
}

async function aDoneComplaint(): Promise<string> {
  const { requestId: id } = await aFiledRequest(bench, person.id, {
    serviceCode: 'ADM-05',
    answers: { ...completeAnswers['ADM-05'], kind: 'pit' },
  })
  await act(id, as(clerk), 'approve')
  const documentId = await db.database.write(bench.town.id, async tx => {
    const document = await aDocument(tx, { kind: 'proof' })
    await attachPaper(
      tx,
      id,
      { paperId: 'photo-after', documentId: document, state: 'supplied' },
      { kind: 'staff', id: crew.id },
    )
    return document
  })
  await act(id, as(crew), 'approve', {
    fields: { doneWords: 'رُدمت' },
    proofs: [{ id: 'photo-after', documentId }],
  })
  await act(id, as(clerk), 'approve')
  await act(id, { kind: 'citizen', personId: person.id, level: 'verified' }, 'answer', {
    fields: { fixed: true },
  })
  return id
}

const kept = async () =>
  (
    await sql<{ request_id: string }>`select request_id from request_pace order by closed_at`.execute(
      db.owner,
    )
  ).rows

/** So many requests of a service that took so many minutes, closed so many days ago. */
async function took(code: string, minutes: readonly number[], daysAgo = 1): Promise<void> {
  const at = new Date(house.clock.now().getTime() - daysAgo * 86_400_000)
  for (const each of minutes) {
    await sql`insert into request_pace (municipality_id, request_id, service_code, minutes, closed_at)
      values (${bench.town.id}, ${newId(at)}, ${code}, ${each}, ${at})`.execute(db.owner)
  }
}
const pace = (code: string) => db.database.read(bench.town.id, tx => paceOf(tx, code))
const from1to = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('how long such requests take', () => {
  test('is kept of what is done, and forgotten when it is opened again', async () => {
    const id = await aDoneComplaint()
    expect((await state(id)).projection.state).toBe('done')
    expect(await kept()).toEqual([{ request_id: id }])
    await act(id, as(manager), 'reopen', {}, 'لم تُعالج')
    expect(await kept()).toEqual([])
  })

  test('is told from twenty cases on: what nine of ten took, of the last half year', async () => {
    // Cases of their own, without the requests they would hang on.
    await sql`alter table request_pace drop constraint request_pace_municipality_id_request_id_fkey`.execute(
      db.owner,
    )
    await took('ELE-01', from1to(19))
    expect(await pace('ELE-01')).toBeUndefined()
    await took('ELE-01', [20])
    expect(await pace('ELE-01')).toEqual({ minutes: 18, cases: 20 })
    await took(
      'ELE-01',
      from1to(50).map(n => n * 1_000),
      200,
    )
    expect(await pace('ELE-01')).toEqual({ minutes: 18, cases: 20 })
    expect(await pace('ELE-04')).toBeUndefined()
  })

  test('tells somebody whose request runs the day it will likely be done, and nothing while it stands', async () => {
    await took(
      'ADM-05',
      Array.from({ length: 20 }, () => 14 * 60),
    )
    const { requestId } = await aFiledRequest(bench, person.id, {
      serviceCode: 'ADM-05',
      answers: { ...completeAnswers['ADM-05'], kind: 'pit' },
    })
    const likely = () =>
      db.database.read(bench.town.id, async tx => {
        const request = await getRequest(tx, requestId)
        const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
        return honestDate(tx, { request, service }, bench.town.calendar)
      })
    const day = await likely()
    expect(day?.getTime()).toBeGreaterThan(house.clock.now().getTime())
    await act(requestId, as(clerk), 'reject', { ground: 'other' }, 'ليست في البلدة')
    expect(await likely()).toBeUndefined()
  })
})
