import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { performAct } from '../../actions.ts'
import {
  act,
  actorOf,
  anOfficeTown,
  aSubmitted,
  bringTo,
  type OfficeTown,
  pageOf,
  post,
  type StaffName,
  sendAct,
  stateOf,
  visit,
} from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db)
})

const send = (by: StaffName, id: string, name: string, fields?: Record<string, string | string[]>) =>
  sendAct(town, by, id, name, fields)

describe('two officers at one task', () => {
  test('who comes second is told who was faster, and keeps what they wrote', async () => {
    const id = await aSubmitted(town)
    const { projection } = await stateOf(town, id)
    const task = projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    await act(town, id, 'clerk', 'approve')
    const late = await post(town, 'clerk', fillAddress(addresses.officeAct, { id, act: 'reject' }), {
      'act.task': task,
      'act.note': 'الوثائق غير كافية',
    })
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('سبقك زميل')
    expect(html).toContain(town.staff.clerk.name.ar)
    expect(html).toContain('الوثائق غير كافية')
    expect((await stateOf(town, id)).projection.step).toBe('planning-review')
  })

  test('who acts on a task that a manager gave to another meanwhile is told so', async () => {
    const id = await aSubmitted(town)
    const { aWorker } = await import('../../../../../test/builders/requests.ts')
    const colleague = await aWorker(town.bench, 'clerk', 'service-centre')
    const { projection } = await stateOf(town, id)
    const task = projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    const actor = actorOf(town.staff.manager)
    const given = {
      name: 'assign',
      actor,
      taskId: task,
      note: 'زميله في إجازة',
      data: { assignee: colleague.id },
    } as const
    await db.database.write(town.bench.town.id, tx => performAct(tx, town.bench, { requestId: id, ...given }))
    const late = await send('clerk', id, 'take', { 'act.task': task })
    expect(late.status).toBe(409)
    expect(await late.text()).toContain(`أُسندت المهمة إلى ${colleague.name.ar}`)
  })

  test('a task a colleague has taken is shown with its holder, and acting on it is refused', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    expect((await send('planner', id, 'take')).headers.get('location')).toContain(id)
    const { aWorker } = await import('../../../../../test/builders/requests.ts')
    const { logInAs } = await import('../../../../../test/builders/people.ts')
    const colleague = await aWorker(town.bench, 'officer', 'planning')
    const place = { house: town.bench.house, town: town.bench.town.id }
    const theirs = {
      ...town,
      cookies: { ...town.cookies, planner: await logInAs(place, { staffId: colleague.id }) },
    }
    const html = await (await visit(theirs, 'planner', pageOf(id))).text()
    expect(html).toContain(town.staff.planner.name.ar)
    expect(html).not.toContain('data-key="KeyA"')
    const task = (await stateOf(town, id)).projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    const refused = await post(theirs, 'planner', fillAddress(addresses.officeAct, { id, act: 'approve' }), {
      'act.task': task,
      planningState: 'licensed',
    })
    expect(refused.status).toBe(409)
  })
})
