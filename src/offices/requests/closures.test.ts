import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
import { project } from '../../kernel/workflow/index.ts'
import { addDays, addWorkingDays, dateIn } from '../../lib/calendar.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { messagesOfRequest } from '../messaging/index.ts'
import { announceChange, calendarNow, withdrawChange } from '../people/index.ts'
import { closureJobs } from './closures.ts'
import { actionsOf, getRequest, performAct } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson
let clerk: BuiltStaff

beforeAll(async () => {
  house.events.on('calendar.changed', async (tx, change) => {
    const { planMoves } = await import('./closures.ts')
    await planMoves(tx, change)
  })
})
beforeEach(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  person = await aPerson({ house, town: bench.town.id })
  clerk = await aWorker(bench, 'clerk', 'service-centre')
})

const admin = { kind: 'staff', id: '00000000-0000-7000-8000-000000000001' } as const
const freshTown = (): Promise<Town> => openTownDirectory(db.database, () => 0).get(bench.town.id)
const state = (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id))
const filed = async () =>
  (await aFiledRequest(bench, person.id, { serviceCode: 'FIN-01', answers: completeAnswers['FIN-01'] ?? {} }))
    .requestId
const told = (id: string) =>
  db.database.read(bench.town.id, async tx => (await messagesOfRequest(tx, id)).map(({ event }) => event))

/** The jobs that wait, as the worker would do them. */
async function work(): Promise<void> {
  const { rows } = await sql<{ payload: { town: string; payload: never } }>`
    select payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'requests.move-deadlines' order by j.id`.execute(db.owner)
  for (const { payload } of rows) {
    for (const job of closureJobs) await job.run(house, bench.town.id, payload.payload ?? (payload as never))
  }
}

/** The first working day of the town after today. */
async function nextDay(): Promise<string> {
  const { calendar, timeZone } = await freshTown()
  return dateIn(addWorkingDays(calendar, house.clock.now(), 1), timeZone)
}
/** Some time after what was done before: what is filed at the very instant knows it already. */
async function close(from: string, reason = 'عاصفة ثلجية'): Promise<void> {
  db.clock.advance(60_000)
  await announce(from, reason)
}
const announce = (from: string, reason: string) =>
  db.database.write(bench.town.id, tx =>
    announceChange(tx, house, { kind: 'closure', from, to: from, reason }, admin),
  )

describe('a closure announced late', () => {
  test('moves the promise by the day that is lost, and tells whoever waits', async () => {
    const id = await filed()
    const before = (await state(id)).projection.dueAt
    await close(await nextDay())
    await work()
    const { calendar } = await freshTown()
    // One day more than it had, in the calendar as it is now.
    expect((await state(id)).projection.dueAt).toEqual(addWorkingDays(calendar, before as Date, 1))
    expect(await told(id)).toContain('deadline-moved')
  })

  test('is an act in the history, from which the same deadlines come again', async () => {
    const id = await filed()
    await close(await nextDay())
    await work()
    const request = await state(id)
    const town = await freshTown()
    const { answers, capacity, channel } = request
    const again = await db.database.read(bench.town.id, async tx => {
      const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
      return project(service, await actionsOf(tx, id), {
        answers,
        capacity,
        channel,
        calendar: await calendarNow(tx, town.timeZone),
      })
    })
    expect(again.dueAt).toEqual(request.projection.dueAt)
    expect(again.tasks.map(({ dueAt }) => dueAt)).toEqual(request.projection.tasks.map(({ dueAt }) => dueAt))
  })

  test('moves nothing twice when its job runs again', async () => {
    const id = await filed()
    await close(await nextDay())
    await work()
    const once = (await state(id)).projection
    await work()
    expect((await state(id)).projection).toEqual(once)
  })

  test('taken back, gives the day back', async () => {
    const id = await filed()
    const before = (await state(id)).projection.dueAt
    const day = await nextDay()
    await close(day)
    await work()
    db.clock.advance(60_000)
    const today = dateIn(house.clock.now(), bench.town.timeZone)
    await db.database.write(bench.town.id, tx =>
      withdrawChange(tx, house, { kind: 'closure', from: day, today }, admin),
    )
    await work()
    expect((await state(id)).projection.dueAt).toEqual(before)
  })

  test('leaves alone what is due before it, and what is filed after it was announced', async () => {
    const before = await filed()
    const due = (await state(before)).projection.dueAt as Date
    await close(addDays(dateIn(due, bench.town.timeZone), 20))
    db.clock.advance(60_000)
    const after = await filed()
    await work()
    expect(await told(before)).not.toContain('deadline-moved')
    expect(await told(after)).not.toContain('deadline-moved')
  })

  test('cannot be taken back once its day has come', async () => {
    const day = await nextDay()
    await close(day)
    const withdraw = db.database.write(bench.town.id, tx =>
      withdrawChange(tx, house, { kind: 'closure', from: day, today: day }, admin),
    )
    await expect(withdraw).rejects.toThrow('no-such-change')
  })

  test('does not stop the clerk: the task in hand keeps the hours it had left', async () => {
    const id = await filed()
    const [task] = (await state(id)).projection.tasks
    await close(await nextDay())
    await work()
    const actor: Actor = {
      kind: 'staff',
      staffId: clerk.id,
      appointments: [{ role: clerk.role, office: clerk.office }],
    }
    const acted = await db.database.write(bench.town.id, tx =>
      performAct(tx, bench, { requestId: id, name: 'take', actor, taskId: task?.id }),
    )
    expect(acted.request.projection.tasks[0]?.assignee).toBe(clerk.id)
  })
})
