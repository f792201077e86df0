import { sql } from 'kysely'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltStaff } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { sealAll } from '../../../../test/builders/seal.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import type { Actor } from '../../../kernel/access/index.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import type { ActData, Task } from '../../../kernel/workflow/index.ts'
import { BadRequest } from '../../../lib/errors.ts'
import { verifyTown } from '../../verify/index.ts'
import { getRequest, performAct, type Request, registerEffect } from '../index.ts'
import { effectJob } from '../machine/effects.ts'
import { partsOf } from '../parts/store.ts'
import { publishTrial } from './licence.ts'

export const hour = 3_600_000

/** A town with the trial services, somebody at each of their offices, and a licence brought to each of its steps. */
export async function aTrialTown(db: TestDatabase) {
  const house = aHouse(db)
  const bench: Bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, [])
  await db.database.write(bench.town.id, publishTrial)
  /** What the register does next, by turns; without a turn it works. */
  const refusals: string[] = []
  const registered: string[] = []
  registerEffect(
    'trial.register',
    async (_tx, _desk, { request }) => {
      const refusal = refusals.shift()
      if (refusal) throw new BadRequest(refusal)
      registered.push(request.id)
    },
    { reads: ['floors'] },
  )
  const person = await aPerson({ house, town: bench.town.id })
  const staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    planner: await aWorker(bench, 'officer', 'planning'),
    health: await aWorker(bench, 'officer', 'health'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    water: await aWorker(bench, 'officer', 'water'),
  }

  const state = (id: string): Promise<Request> => db.database.read(bench.town.id, tx => getRequest(tx, id))
  const at = async (id: string) => (await state(id)).projection.step
  const mine = ({ projection }: Request, who: BuiltStaff): Task | undefined =>
    projection.tasks.findLast(({ office, state }) => office === who.office && state !== 'closed')

  async function act(id: string, who: BuiltStaff, name: ActName, data: ActData = {}, note?: string) {
    const taskId = mine(await state(id), who)?.id
    return db.database.write(bench.town.id, tx =>
      performAct(tx, bench, { requestId: id, name, actor: actorOf(who), taskId, data, note }),
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
    const appointment = { from: now, to: new Date(now.getTime() + hour) }
    await act(id, staff.planner, 'appoint', { appointment })
    await act(id, staff.planner, 'approve', { fields: { metres: 310 } })
    await act(id, staff.mayor, 'approve', { session: session() })
    return id
  }

  const parts = (id: string) => db.database.read(bench.town.id, tx => partsOf(tx, id))
  const endParts = async (id: string) => {
    for (const { requestId } of await parts(id)) await act(requestId, staff.water, 'approve')
  }

  /** What history and rows do not agree on; the papers of these tests have no files behind them. */
  const verified = async () => {
    const found: string[] = []
    await sealAll(house, bench.town.id)
    await verifyTown(house, bench.town, { found: ({ code }) => found.push(code) })
    return found.filter(code => code !== 'file-missing')
  }

  return {
    bench,
    house,
    person,
    staff,
    refusals,
    registered,
    state,
    at,
    mine,
    act,
    work,
    session,
    parts,
    filed,
    askedAll,
    atMinistry,
    atVisit,
    atParts,
    endParts,
    verified,
  }
}

const actorOf = ({ id: staffId, role, office }: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId,
  appointments: [{ role, office }],
})
