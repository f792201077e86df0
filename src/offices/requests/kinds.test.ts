import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../kernel/access/index.ts'
import type { ActName } from '../../kernel/definition/index.ts'
import type { ActData, Task } from '../../kernel/workflow/index.ts'
import { BadRequest } from '../../lib/errors.ts'
import { messagesOfRequest } from '../messaging/index.ts'
import { verifyTown } from '../verify/index.ts'
import {
  actionsOf,
  effectReads,
  getRequest,
  papersOf,
  performAct,
  type Request,
  registerEffect,
} from './index.ts'
import { effectJob, pauseAfter } from './machine/effects.ts'
import { escalateLate } from './machine/ladder.ts'
import { partsOf } from './parts/store.ts'
import { publishTrial } from './testing/licence.ts'

const db = await testDatabase()
const house = aHouse(db)
const hour = 3_600_000
let bench: Bench
let person: BuiltPerson
let staff: Record<'clerk' | 'planner' | 'health' | 'mayor' | 'water', BuiltStaff>
/** What the register does next, by turns; without a turn it works. */
const refusals: string[] = []
const registered: string[] = []

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, [])
  await db.database.write(bench.town.id, publishTrial)
  registerEffect(
    'trial.register',
    async (_tx, _desk, { request }) => {
      const refusal = refusals.shift()
      if (refusal) throw new BadRequest(refusal)
      registered.push(request.id)
    },
    { reads: ['floors'] },
  )
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    planner: await aWorker(bench, 'officer', 'planning'),
    health: await aWorker(bench, 'officer', 'health'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    water: await aWorker(bench, 'officer', 'water'),
  }
})

const as = ({ id: staffId, role, office }: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId,
  appointments: [{ role, office }],
})
const state = (id: string): Promise<Request> => db.database.read(bench.town.id, tx => getRequest(tx, id))
const told = (id: string) => db.database.read(bench.town.id, tx => messagesOfRequest(tx, id))
const mine = ({ projection }: Request, who: BuiltStaff): Task | undefined =>
  projection.tasks.findLast(({ office, state }) => office === who.office && state !== 'closed')

async function act(id: string, who: BuiltStaff, name: ActName, data: ActData = {}, note?: string) {
  const taskId = mine(await state(id), who)?.id
  return db.database.write(bench.town.id, tx =>
    performAct(tx, bench, { requestId: id, name, actor: as(who), taskId, data, note }),
  )
}
/** The effects the system was left to run and has not yet, each tried once more. */
async function work(): Promise<void> {
  const { rows } = await sql<{ id: string; payload: { town: string; payload: never } }>`
    select j.id, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'requests.run-effect' order by j.id`.execute(db.owner)
  for (const { id, payload } of rows) {
    await sql`delete from graphile_worker._private_jobs where id = ${id}`.execute(db.owner)
    await effectJob.run(house, payload.town, payload.payload)
  }
}
const filed = async () => {
  const answers = { area: 300, use: 'سكن' }
  return (await aFiledRequest(bench, person.id, { serviceCode: 'TST-90', answers, papers: ['deed'] }))
    .requestId
}
const at = (id: string) => state(id).then(({ projection }) => projection.step)

const askedAll = async () => {
  const id = await filed()
  await act(id, staff.clerk, 'approve')
  return id
}
const atMinistry = async () => {
  const id = await askedAll()
  await act(id, staff.planner, 'opine', { fields: { floors: 3 } })
  await act(id, staff.health, 'opine', {}, 'لا مانع')
  return id
}
const atVisit = async () => {
  const id = await atMinistry()
  await act(id, staff.clerk, 'record', { fields: { letterNumber: '77' } })
  return id
}
const session = (): NonNullable<ActData['session']> => ({
  number: '12/2026',
  date: house.clock.now().toISOString().slice(0, 10),
  decision: 'الموافقة',
})
const atParts = async () => {
  const id = await atVisit()
  const now = house.clock.now()
  await act(id, staff.planner, 'appoint', { appointment: { from: now, to: new Date(now.getTime() + hour) } })
  await act(id, staff.planner, 'approve', { fields: { metres: 310 } })
  await act(id, staff.mayor, 'approve', { session: session() })
  return id
}
const verified = async () => {
  const found: string[] = []
  await verifyTown(house, bench.town, { found: ({ code }) => found.push(code) })
  // The papers of these tests have no files behind them.
  return found.filter(code => code !== 'file-missing')
}

describe('opinions asked side by side', () => {
  test('are tasks of their offices, and lead on when the last is given', async () => {
    const id = await askedAll()
    const { projection } = await state(id)
    expect(
      projection.tasks
        .filter(({ purpose }) => purpose === 'branch')
        .map(({ branch, office }) => [branch, office]),
    ).toEqual(
      expect.arrayContaining([
        ['planning', 'planning'],
        ['health', 'health'],
      ]),
    )
    await expect(act(id, staff.planner, 'opine', {}, 'رأي')).rejects.toMatchObject({
      code: 'fields-required',
    })
    await act(id, staff.planner, 'opine', { fields: { floors: 3 } })
    expect(await at(id)).toBe('opinions')
    await act(id, staff.health, 'opine', {}, 'لا مانع')
    expect(await at(id)).toBe('ministry')
  })
})

describe('others outside', () => {
  test('are told of with their name and their day, the clock standing', async () => {
    const id = await atMinistry()
    const { projection, number, year } = await state(id)
    expect(projection).toMatchObject({ state: 'awaiting-outside' })
    expect(projection.pausedAt).toBeDefined()
    const [last] = await told(id)
    expect(last?.event).toBe('sent-outside')
    expect(last?.body).toContain(`طلبك ${number}/${year} لدى وزارة الحكم المحلي، ننتظر الجواب حتى `)
    await act(id, staff.clerk, 'record', { fields: { letterNumber: '77' } })
    expect((await state(id)).projection.pausedAt).toBeUndefined()
  })
})

describe('a visit', () => {
  test('is told with its day and hours, kept with its task, and told again when nobody was there', async () => {
    const id = await atVisit()
    const from = new Date(house.clock.now().getTime() + 24 * hour)
    await act(id, staff.planner, 'appoint', { appointment: { from, to: new Date(from.getTime() + hour) } })
    expect((await told(id))[0]?.body).toMatch(/^نزوركم يوم \d+\/\d+ بين \d\d:\d\d–\d\d:\d\d$/)
    expect(mine(await state(id), staff.planner)?.appointment?.from).toEqual(from)
    await expect(act(id, staff.planner, 'approve', { fields: { metres: 3 } })).rejects.toMatchObject({
      code: 'appointment-required',
    })
    db.clock.advance(25 * hour)
    await act(id, staff.planner, 'missed', {}, 'الباب مغلق')
    expect((await told(id))[0]?.body).toMatch(/^لم نجد أحدًا يوم \d+\/\d+$/)
  })
})

describe('a committee', () => {
  test('leaves its session with the request, and the message names what was answered', async () => {
    const id = await atParts()
    expect((await state(id)).projection.sessions).toEqual({ council: session() })
    expect((await told(id)).map(({ body }) => body)).toContain('وافق المجلس على سكن، 3 طوابق')
  })
})

const parts = (id: string) => db.database.read(bench.town.id, tx => partsOf(tx, id))
const endParts = async (id: string) => {
  for (const { requestId } of await parts(id)) await act(requestId, staff.water, 'approve')
}

describe('a part', () => {
  test('is filed for the same party with what is known, shares the papers of its kind, and lets the application go on', async () => {
    const id = await atParts()
    const [water, sewage] = await parts(id)
    const child = await state(water?.requestId ?? '')
    expect(child).toMatchObject({
      serviceCode: 'TST-91',
      applicantId: person.id,
      answers: { size: 'large', use: 'سكن' },
      partOf: { requestId: id, step: 'connection', part: 'water' },
    })
    expect((await state(sewage?.requestId ?? '')).answers).toEqual({ size: 'small', use: 'سكن' })
    const papers = await db.database.read(bench.town.id, tx => papersOf(tx, child.id))
    expect(papers.map(({ paperId }) => paperId)).toEqual(['title'])
    expect((await state(id)).projection).toMatchObject({ step: 'connection', pausedAt: undefined })
    await act(child.id, staff.water, 'approve')
    expect(await at(id)).toBe('connection')
    await act(sewage?.requestId ?? '', staff.water, 'approve')
    expect(await at(id)).toBe('register')
    const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(history.at(-1)).toMatchObject({
      name: 'parts-ended',
      actor: { kind: 'system' },
      data: { parts: [{ id: 'water', requestId: child.id, state: 'done' }, { id: 'sewage' }] },
    })
  })

  test('that is withdrawn or rejected has ended too', async () => {
    const id = await atParts()
    const [water, sewage] = await parts(id)
    await act(water?.requestId ?? '', staff.water, 'reject', {}, 'لا شبكة هناك')
    await act(sewage?.requestId ?? '', staff.water, 'approve')
    expect(await at(id)).toBe('register')
  })

  test('that ends at the same instant as the other lets the application go on once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await atParts()
      await Promise.all((await parts(id)).map(({ requestId }) => act(requestId, staff.water, 'approve')))
      expect(await at(id)).toBe('register')
      const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
      expect(history.filter(({ name }) => name === 'parts-ended')).toHaveLength(1)
    }
  })

  test('lives on when the application is sent back, and is not filed twice', async () => {
    const id = await atParts()
    await act(id, staff.clerk, 'return', { toStep: 'council' }, 'راجعوا القرار')
    await act(id, staff.mayor, 'approve', { session: session() })
    expect(await parts(id)).toHaveLength(2)
  })

  test('that ends while the application was sent back is no longer waited for when it comes there again', async () => {
    const id = await atParts()
    await act(id, staff.clerk, 'return', { toStep: 'council' }, 'راجعوا القرار')
    await endParts(id)
    expect(await at(id)).toBe('council')
    await act(id, staff.mayor, 'approve', { session: session() })
    expect(await at(id)).toBe('register')
  })

  test('whose answers nobody knows undoes the act that would file it', async () => {
    const answers = { area: 300 }
    const { requestId } = await aFiledRequest(bench, person.id, {
      ...{ serviceCode: 'TST-92', answers, papers: [] },
    })
    await expect(act(requestId, staff.clerk, 'approve')).rejects.toMatchObject({ code: 'part-not-filed' })
    expect(await at(requestId)).toBe('intake')
    expect(await parts(requestId)).toEqual([])
  })
})

describe('an effect left to the system', () => {
  const atRegister = async () => {
    const id = await atParts()
    await endParts(id)
    return id
  }

  test('is run by the job once the act is committed', async () => {
    const id = await atRegister()
    await work()
    expect(registered).toContain(id)
    expect((await state(id)).projection.state).toBe('done')
  })

  test('is tried again after a pause, and then left to people with the reason', async () => {
    const id = await atRegister()
    refusals.push('no-free-number', 'no-free-number')
    await work()
    expect(mine(await state(id), staff.planner)?.state).toBe('waiting')
    await work()
    expect(mine(await state(id), staff.planner)?.state).toBe('open')
    const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(history.at(-1)).toMatchObject({ name: 'effect-failed', note: 'no-free-number' })
    await act(id, staff.planner, 'run-effect')
    expect((await state(id)).projection.state).toBe('done')
  })

  test('waits longer from try to try, four hours at most', () => {
    expect([1, 2, 3, 9].map(pauseAfter)).toEqual([60_000, 300_000, 1_500_000, 4 * hour])
  })

  test('done by hand meanwhile is done once', async () => {
    const id = await atRegister()
    await act(id, staff.planner, 'run-effect')
    await work()
    expect(registered.filter(each => each === id)).toHaveLength(1)
  })
})

describe('a ladder', () => {
  test('tells the head and then the manager, once each, however often its job runs', async () => {
    const id = await filed()
    db.clock.advance(4 * 24 * hour)
    await escalateLate(house, bench.town)
    await escalateLate(house, bench.town)
    const { projection } = await state(id)
    expect(
      projection.tasks
        .filter(({ purpose }) => purpose === 'information')
        .map(({ role, office }) => [role, office]),
    ).toEqual([
      ['head', 'service-centre'],
      ['manager', 'service-centre'],
    ])
    expect(await escalateLate(house, bench.town)).toBe(0)
  })
})

test('history and rows agree after all of it', async () => {
  expect(await verified()).toEqual([])
})

test('what each effect reads is known by its name', () => {
  expect(effectReads().get('trial.register')).toEqual(['floors'])
})
