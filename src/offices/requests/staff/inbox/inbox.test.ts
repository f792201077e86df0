import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { everyCause, onlyOwnCauses } from '../../../../../test/builders/looks.ts'
import { aPerson } from '../../../../../test/builders/people.ts'
import { aFiledRequest, aVariantOf } from '../../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { publishService } from '../../../catalogue/index.ts'
import { performAct } from '../../index.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  bringTo,
  logInAll,
  type OfficeTown,
  payAll,
  post,
  type StaffName,
  stateOf,
  supply,
  visit,
} from '../testing/office.ts'
import { countInbox, listInbox } from './store.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  db.clock.set(new Date('2026-03-01T08:00:00Z'))
  town = await anOfficeTown(db)
  onlyOwnCauses()
})

const inbox = fillAddress(addresses.inbox, {})
const bulk = fillAddress(addresses.officeBulk, {})
const pageOf = (id: string) => fillAddress(addresses.officeRequest, { id })

const taskOf = async (id: string, office?: string) => {
  const { projection } = await stateOf(town, id)
  const open = projection.tasks.filter(
    ({ state, office: at }) => state !== 'closed' && (!office || at === office),
  )
  const task = open.at(-1)
  if (!task) throw new Error('no open task')
  return task
}

const send = async (by: StaffName, id: string, name: string, fields: Record<string, string | string[]>) =>
  post(town, by, fillAddress(addresses.officeAct, { id, act: name }), {
    'act.task': (await taskOf(id, town.staff[by].office)).id,
    ...fields,
  })

const deskOf = (by: StaffName) => ({
  staffId: town.staff[by].id,
  appointments: [{ role: town.staff[by].role, office: town.staff[by].office }],
})
const boxOf = (by: StaffName, box: Parameters<typeof listInbox>[2]['box']) =>
  db.database.read(town.bench.town.id, async tx => {
    const lines = await listInbox(tx, deskOf(by), { box }, 'Asia/Hebron', 100)
    const counts = await countInbox(tx, deskOf(by), box, 'Asia/Hebron')
    expect(counts[box]).toBe(lines.length)
    return lines
  })

describe('boxes', () => {
  test('tell what came back, what waits for the applicant, and what was sent to others', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    const has = async (box: Parameters<typeof boxOf>[1]) =>
      (await boxOf('planner', box)).some(({ requestId }) => requestId === id)
    expect([await has('mine'), await has('returned')]).toEqual([true, false])
    await send('planner', id, 'ask-papers', { 'act.paper': 'property-tax-clearance' })
    expect([await has('mine'), await has('waiting')]).toEqual([false, true])
    await supply(town, id, 'property-tax-clearance')
    expect([await has('mine'), await has('waiting'), await has('returned')]).toEqual([true, false, true])
    await send('planner', id, 'refer', { 'act.to': 'legal', 'act.note': 'رأيكم' })
    expect([await has('mine'), await has('forwarded')]).toEqual([false, true])
    await send('lawyer', id, 'refer-back', { 'act.note': 'لا مانع' })
    expect([await has('returned'), await has('mine')]).toEqual([true, true])
    await send('planner', id, 'reject', { 'act.ground': 'other', 'act.note': 'خارج المخطط' })
    expect([await has('returned'), await has('mine')]).toEqual([false, false])
  })

  test('what was put off comes back on top on the morning of its day, and waits below no other', async () => {
    const first = await aSubmitted(town)
    const second = await aSubmitted(town)
    await bringTo(town, first, 'inspection')
    await bringTo(town, second, 'inspection')
    await send('engineer', second, 'defer', { 'act.when': 'other', 'act.date': '3/3/2026' })
    expect((await boxOf('engineer', 'mine')).map(({ requestId }) => requestId)).toEqual([first])
    expect((await boxOf('engineer', 'deferred')).map(({ requestId }) => requestId)).toEqual([second])
    db.clock.set(new Date('2026-03-03T06:00:00Z'))
    expect((await boxOf('engineer', 'mine')).map(({ requestId }) => requestId)).toEqual([second, first])
    expect(await boxOf('engineer', 'deferred')).toEqual([])
    await logInAll(town)
    expect(await (await visit(town, 'engineer', inbox)).text()).toContain('حان يومها')
    // a page that goes on after the first line begins with the second
    const [top] = await boxOf('engineer', 'mine')
    const onward = await db.database.read(town.bench.town.id, tx =>
      listInbox(tx, deskOf('engineer'), { box: 'mine', after: top?.cursor }, 'Asia/Hebron'),
    )
    expect(onward.map(({ requestId }) => requestId)).toEqual([first])
  })
})

describe('several at once', () => {
  test('are taken each for itself, and the report says which stayed and why', async () => {
    const [first, second] = [await aSubmitted(town), await aSubmitted(town)]
    const tasks = [(await taskOf(first)).id, (await taskOf(second)).id]
    await act(town, second, 'clerk', 'approve')
    const answer = await post(town, 'clerk', bulk, { act: 'take', task: tasks, box: 'mine' })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('تمّت مهمة واحدة.')
    expect(html).toContain('وواحدة لم تتم')
    expect(html).toContain('تغيّر حال الطلب')
    expect((await taskOf(first)).assignee).toBe(town.staff.clerk.id)
  })

  test('are referred to one officer with one note, and once however often the form is sent', async () => {
    const ids = [await aSubmitted(town), await aSubmitted(town)]
    const task: string[] = []
    for (const id of ids) task.push((await taskOf(id)).id)
    const form = {
      _key: 'key-of-one-form',
      act: 'refer',
      task,
      box: 'mine',
      'act.to': `planning/${town.staff.planner.id}`,
      'act.note': 'يرجى المطابقة',
    }
    for (const _ of [1, 2])
      expect(await (await post(town, 'clerk', bulk, form)).text()).toContain('تمّت مهمتان')
    for (const id of ids) {
      const asked = (await stateOf(town, id)).projection.tasks.filter(({ purpose }) => purpose === 'opinion')
      expect(asked).toMatchObject([{ assignee: town.staff.planner.id, note: 'يرجى المطابقة' }])
    }
  })

  test('are put off together; words and days that are wrong come back before anything is done', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    const { id: task } = await taskOf(id)
    for (const date of ['', '1/1/2020', '31/2/2027']) {
      const wrong = await post(town, 'engineer', bulk, {
        act: 'defer',
        task,
        'act.date': date,
        reason: 'مطر',
      })
      expect(wrong.status, date).toBe(422)
      const html = await wrong.text()
      expect(html).toContain('value="مطر"')
      expect(html).toMatch(new RegExp(`checked="[^>]*value="${task}"|value="${task}"[^>]*checked=`))
    }
    expect((await post(town, 'engineer', bulk, { act: 'refer', task })).status).toBe(422)
    expect((await post(town, 'engineer', bulk, { act: 'take' })).status).toBe(422)
    const done = await post(town, 'engineer', bulk, {
      act: 'defer',
      task,
      'act.date': '9/3/2026',
      reason: 'مطر',
    })
    expect(done.status).toBe(200)
    expect((await taskOf(id)).state).toBe('deferred')
  })

  test('are approved together on a step the service calls safe, each with its own act', async () => {
    const safe = await aVariantOf('ADM-01', source =>
      source
        .replace(
          'acts: [approve, ask-papers, refer, reject]',
          'acts: [approve, ask-papers, refer, reject]\n    bulk: true',
        )
        .replace(/^version: \d+$/m, 'version: 90'),
    )
    await db.database.write(town.bench.town.id, tx =>
      publishService(tx, safe, { kind: 'system', id: 'test' }),
    )
    const ids: string[] = []
    for (const _ of [1, 2]) {
      const filed = await aFiledRequest(town.bench, town.person.id, {
        serviceCode: 'ADM-01',
        serviceVersion: 90,
      })
      await payAll(town, filed.requestId)
      ids.push(filed.requestId)
    }
    const task: string[] = []
    for (const id of ids) task.push((await taskOf(id)).id)
    expect(await (await visit(town, 'clerk', inbox)).text()).toContain('وافق عليها')
    const answer = await post(town, 'clerk', bulk, { act: 'approve', task })
    expect(await answer.text()).toContain('تمّت مهمتان')
    for (const id of ids) {
      const { projection } = await stateOf(town, id)
      expect(projection.tasks[0]).toMatchObject({ state: 'closed', assignee: town.staff.clerk.id })
    }
  })

  test('are never approved unseen on a step the service does not call safe, nor by whoever may not', async () => {
    const id = await aSubmitted(town)
    const { id: task } = await taskOf(id)
    const html = await (await post(town, 'clerk', bulk, { act: 'approve', task })).text()
    expect(html).toContain('لا يُوافق عليها مع غيرها')
    expect((await stateOf(town, id)).projection.step).toBe('desk-review')
    expect((await post(town, 'lawyer', bulk, { act: 'take', task })).status).toBe(422)
    expect((await post(town, 'clerk', bulk, { act: 'reject', task })).status).toBe(400)
    expect((await visit(town, 'clerk', bulk)).status).toBe(303)
  })
})

describe('a referral', () => {
  test('is called back while nobody has opened it, and not after', async () => {
    // Others look on here, whose cause is beside the point.
    everyCause()
    const id = await aSubmitted(town)
    await send('clerk', id, 'refer', { 'act.to': 'planning', 'act.note': 'رأيكم', 'act.copy': ['legal', ''] })
    const asked = await taskOf(id, 'planning')
    const recall = () =>
      post(town, 'clerk', fillAddress(addresses.officeAct, { id, act: 'recall' }), { 'act.task': asked.id })
    expect(await (await visit(town, 'clerk', pageOf(id))).text()).toContain('اسحب الإحالة')
    expect((await visit(town, 'manager', pageOf(id))).status).toBe(200)
    expect((await visit(town, 'planner', pageOf(id))).status).toBe(200)
    const html = await (await visit(town, 'clerk', pageOf(id))).text()
    expect(html).toContain('فُتحت، ولم يأتِ الجواب')
    const late = await recall()
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('قرأها من أُحيلت إليه')
    await send('planner', id, 'refer-back', { 'act.note': 'مطابق' })
    const copy = await taskOf(id, 'legal')
    expect(
      (
        await post(town, 'clerk', fillAddress(addresses.officeAct, { id, act: 'recall' }), {
          'act.task': copy.id,
        })
      ).status,
    ).toBe(303)
    expect((await stateOf(town, id)).projection.tasks.filter(({ state }) => state !== 'closed')).toHaveLength(
      1,
    )
    onlyOwnCauses()
  })

  test('sent to somebody by name is not read by whoever else looks in', async () => {
    const id = await aSubmitted(town)
    const { aWorker } = await import('../../../../../test/builders/requests.ts')
    const other = await aWorker(town.bench, 'officer', 'planning')
    await send('clerk', id, 'refer', { 'act.to': `planning/${other.id}`, 'act.note': 'رأيك أنت' })
    expect((await visit(town, 'planner', pageOf(id))).status).toBe(200)
    const asked = await taskOf(id, 'planning')
    const recall = fillAddress(addresses.officeAct, { id, act: 'recall' })
    expect((await post(town, 'clerk', recall, { 'act.task': asked.id })).status).toBe(303)
  })

  test('with a copy lets its reader read and say so, and do nothing else', async () => {
    const id = await aSubmitted(town)
    const { rows } = await sql<{ document_id: string }>`
      select document_id from request_paper where request_id = ${id} limit 1`.execute(db.owner)
    expect((await visit(town, 'lawyer', pageOf(id))).status).toBe(404)
    await send('clerk', id, 'refer', { 'act.to': 'legal', 'act.purpose': 'information', 'act.note': 'للعلم' })
    const html = await (await visit(town, 'lawyer', pageOf(id))).text()
    expect(html).toContain('اطّلعت')
    expect(html).not.toContain('data-key="KeyS"')
    expect(html).not.toContain('value="accepted"')
    const mark = fillAddress(addresses.officePaper, { id, document: rows[0]?.document_id ?? '' })
    expect((await post(town, 'lawyer', mark, { mark: 'accepted' })).status).toBe(404)
    const copy = await taskOf(id, 'legal')
    for (const name of ['approve', 'reject', 'ask-papers', 'defer', 'refer'] as const) {
      const actor = {
        kind: 'staff' as const,
        staffId: town.staff.lawyer.id,
        appointments: [{ role: town.staff.lawyer.role, office: 'legal' }],
      }
      const done = db.database.write(town.bench.town.id, tx =>
        performAct(tx, town.bench, { requestId: id, name, actor, taskId: copy.id, note: 'لا' }),
      )
      await expect(done, name).rejects.toMatchObject({ code: 'not-available' })
    }
    expect((await boxOf('lawyer', 'information')).some(({ requestId }) => requestId === id)).toBe(true)
    expect((await send('lawyer', id, 'refer-back', {})).status).toBe(303)
    expect(await (await visit(town, 'clerk', pageOf(id))).text()).toContain('اطّلع')
  })

  test('asks in clear words for an answer by a day to come', async () => {
    const id = await aSubmitted(town)
    const form = { 'act.to': 'planning', 'act.note': 'رأيكم' }
    for (const by of ['1/1/2020', '40/1/2027']) {
      const refused = await send('clerk', id, 'refer', { ...form, 'act.by': by })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain(`value="${by}"`)
    }
    expect((await send('clerk', id, 'refer', { ...form, 'act.by': '٢٠/٣/٢٠٢٦' })).status).toBe(303)
    expect((await taskOf(id, 'planning')).dueAt?.toISOString().slice(0, 10)).toBe('2026-03-22')
  })
})

describe('standing in for a colleague away', () => {
  test('shows and does their tasks on the days of the absence, under both names', async () => {
    db.clock.set(new Date('2026-03-03T08:00:00Z'))
    await logInAll(town)
    const person = await aPerson({ house: town.bench.house, town: town.bench.town.id })
    const id = await aSubmitted(town, person.id)
    await bringTo(town, id, 'inspection')
    await send('engineer', id, 'take', {})
    expect((await visit(town, 'planner', pageOf(id))).status).toBe(200)
    expect(await (await visit(town, 'planner', pageOf(id))).text()).not.toContain('data-key="KeyA"')
    const form = { from: '3/3/2026', until: '4/3/2026', deputy: town.staff.planner.id, reason: 'إجازة' }
    const desk = fillAddress(addresses.deskAbsences, {})
    expect((await post(town, 'engineer', desk, { ...form, reason: '' })).status).toBe(422)
    expect((await post(town, 'engineer', desk, form)).status).toBe(303)
    const html = await (await visit(town, 'planner', pageOf(id))).text()
    expect(html).toContain('data-key="KeyA"')
    expect(await (await visit(town, 'planner', inbox)).text()).toContain(id)
    expect(
      await (await visit(town, 'clerk', `${pageOf(await aSubmitted(town))}?act=refer`)).text(),
    ).toContain('غائب حتى')
    db.clock.set(new Date('2026-03-04T12:00:00Z'))
    await logInAll(town)
    const path = fillAddress(addresses.officeAct, { id, act: 'approve' })
    const task = (await taskOf(id)).id
    const done = await post(town, 'planner', path, { 'act.task': task, amperes: '40', poleDistance: '12' })
    expect(done.status).toBe(303)
    const seen = await (await visit(town, 'engineer', pageOf(id))).text()
    expect(seen).toContain(`نيابةً عن ${town.staff.engineer.name.ar}`)
    const { rows } = await sql<{ cause: string }>`
      select cause from audit where request_id = ${id} and act = 'request.approve' and actor_id = ${town.staff.planner.id} and cause is not null`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ cause: `deputy of ${town.staff.engineer.id}` }])
  })

  test('ends by itself the day after', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    db.clock.set(new Date('2026-03-05T08:00:00Z'))
    await logInAll(town)
    expect(await (await visit(town, 'planner', inbox)).text()).not.toContain(id)
    const task = (await taskOf(id)).id
    const path = fillAddress(addresses.officeAct, { id, act: 'approve' })
    const refused = await post(town, 'planner', path, { 'act.task': task, amperes: '40', poleDistance: '1' })
    expect([403, 404, 409]).toContain(refused.status)
    expect((await stateOf(town, id)).projection.step).toBe('inspection')
  })
})
