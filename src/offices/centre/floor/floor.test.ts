import { beforeAll, describe, expect, test } from 'vitest'
import { aVariantOf, aWorker } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { publishService } from '../../catalogue/index.ts'
import { actionsOf } from '../../requests/index.ts'
import { aCentreTown, type CentreTown, type Post } from '../testing/centre.ts'

const db = await testDatabase()
let town: CentreTown
const at = fillAddress
const day = 86_400_000
beforeAll(async () => {
  town = await aCentreTown(db)
})

const taskOf = async (id: string) =>
  (await town.request(id)).projection.tasks.find(task => task.state !== 'closed')

describe('the floor', () => {
  test('is the manager’s home, with figures, what is late by office and person, and what came by which door', async () => {
    const late = await town.aRequest('finance')
    await town.aRequest('done')
    await town.act(late, 'accountant', 'take')
    db.clock.advance(12 * day)
    const fresh = await town.aRequest('finance')
    const page = await town.as('manager', at(addresses.floor, {}))
    expect(page.status).toBe(200)
    for (const said of [
      'المركز اليوم',
      'وردت اليوم',
      'طلب واحد متأخر',
      'الدائرة المالية',
      'البوابة',
      'لم تُفتح الشبابيك',
    ])
      expect(page.text).toContain(said)
    expect(page.text).toContain(town.staff.accountant.name.ar)
    const list = await town.as('manager', at(addresses.lateTasks, {}))
    expect(list.html).toContain(late)
    expect(list.html).not.toContain(fresh)
    const others = await town.as('manager', at(addresses.lateTasks, {}, { office: 'planning' }))
    expect(others.html).not.toContain(late)
  })

  test('is nobody else’s', async () => {
    for (const post of ['clerk', 'accountant', 'mayor', 'supervisor', 'admin', 'auditor'] as Post[])
      expect((await town.as(post, at(addresses.floor, {}))).status, post).toBe(403)
  })
})

describe('a task', () => {
  test('is given to a colleague for a reason that stays in the history and lies before them', async () => {
    const other = await aWorker(town.bench, 'officer', 'finance')
    const id = await town.aRequest('finance')
    const task = await taskOf(id)
    const page = at(addresses.floorAssign, { task: task?.id ?? '' })
    expect((await town.as('manager', page)).text).toContain(other.name.ar)
    expect((await town.as('manager', page, { staff: other.id, reason: '' })).status).toBe(422)
    expect((await town.as('manager', page, { staff: town.staff.clerk.id, reason: 'x' })).status).toBe(422)
    expect((await taskOf(id))?.assignee).toBeUndefined()
    expect((await town.as('clerk', page, { staff: other.id, reason: 'x' })).status).toBe(403)
    expect((await town.as('manager', page, { staff: other.id, reason: 'زميله في إجازة' })).status).toBe(303)
    expect(await taskOf(id)).toMatchObject({ assignee: other.id, note: 'زميله في إجازة' })
    const last = (await town.read('', tx => actionsOf(tx, id))).at(-1)
    expect([last?.name, last?.note, last?.data.assignee]).toEqual(['assign', 'زميله في إجازة', other.id])
    const inbox = await town.knock(await town.cookieOf(other), at(addresses.inbox, {}))
    expect(inbox.html).toContain(id)
    expect((await town.as('manager', at(addresses.officeRequest, { id }))).text).toContain(
      `أُسندت المهمة إلى ${other.name.ar}`,
    )
  })
})

describe('the review before closing', () => {
  test('approves one file after another, and returns one with a word', async () => {
    const reviewed = await aVariantOf('ADM-01', source =>
      source
        .replace('code: ADM-01', 'code: ADM-91')
        .replace(/signature, handover\]/g, 'signature, closing-review, handover]')
        .replace(/^( +)- handover$/gm, '$1- closing-review\n$1- handover')
        .replace(/\n {2}- id: handover\n[\s\S]*?\n\noutputs:/, step => {
          const review = step
            .replace('id: handover', 'id: closing-review')
            .replace('kind: handover', 'kind: review')
            .replace('role: clerk', 'role: manager')
            .replace('acts: [hand-over, return]', 'acts: [approve, return]')
          return `${review.replace('\n\noutputs:', '')}${step}`
        }),
    )
    await town.write('', tx => publishService(tx, reviewed, { kind: 'system', id: 'test' }))
    const ids = [
      await town.aRequest('handover', town.person, 'ADM-91'),
      await town.aRequest('handover', town.person, 'ADM-91'),
    ]
    expect((await town.request(ids[0] ?? '')).projection.step).toBe('closing-review')
    expect((await town.as('manager', at(addresses.floor, {}))).text).toContain('ملفان بانتظار تدقيقك')
    const page = await town.as('manager', at(addresses.review, {}))
    expect(page.html).toContain('data-key="KeyA"')
    const [one = '', other = ''] = ids
    const act = async (id: string, form: Record<string, string>) =>
      town.as('manager', at(addresses.reviewAct, { task: (await taskOf(id))?.id ?? '' }), form)
    expect((await act(one, { act: 'approve', note: '' })).status).toBe(303)
    expect((await town.request(one)).projection.step).toBe('handover')
    expect((await act(other, { act: 'return', note: '' })).status).toBe(422)
    expect((await act(other, { act: 'return', note: 'ينقص الختم' })).status).toBe(303)
    expect((await town.request(other)).projection.step).not.toBe('closing-review')
    expect((await town.as('manager', at(addresses.review, {}))).text).toContain('لا ملف بانتظار تدقيقك')
  })
})

describe('the mayor’s day', () => {
  test('tells what waits for the signature and which department is late, and is the mayor’s alone', async () => {
    const other = await aCentreTown(db)
    const late = await other.aRequest('finance')
    db.clock.advance(12 * day)
    await other.aRequest('signature')
    const page = await other.as('mayor', at(addresses.today, {}))
    for (const said of ['ورقة واحدة تنتظر توقيعك', 'أي دائرة متأخرة', 'الدائرة المالية', 'أمس'])
      expect(page.text).toContain(said)
    expect(page.html).not.toContain(late)
    for (const post of ['manager', 'clerk', 'supervisor', 'auditor'] as Post[])
      expect((await other.as(post, at(addresses.today, {}))).status, post).toBe(403)
    const list = await other.as('mayor', at(addresses.lateTasks, {}))
    expect(list.html).toContain(late)
    expect(list.text).not.toContain('أسندها')
  })
})
