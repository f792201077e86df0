import { beforeAll, describe, expect, test } from 'vitest'
import { aPng } from '../../../../test/builders/files.ts'
import { type BuiltPerson, type BuiltStaff, builder } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { setSetting } from '../../people/index.ts'
import { performAct } from '../actions.ts'
import { getRequest } from '../store.ts'
import { myRequests } from './mine/store.ts'
import { aForm, aKey, aPortal, type Portal, wordsOf } from './testing/portal.ts'

const db = await testDatabase()
let portal: Portal
let clerk: BuiltStaff
let me: { person: BuiltPerson; cookie: string }

beforeAll(async () => {
  portal = await aPortal(db)
  clerk = await aWorker(portal.bench, 'clerk', 'service-centre')
  me = await portal.newcomer()
})

/** A request that was paid for and lies on the first desk. */
async function onTheDesk(personId: string): Promise<{ id: string; number: string }> {
  const { bench } = portal
  const filed = await aFiledRequest(bench, personId, { serviceCode: 'ADM-01' })
  await db.database.write(bench.town.id, async tx => {
    await tx.q
      .updateTable('charge')
      .set(eb => ({ settled_minor: eb.ref('amount_minor') }))
      .where('request_id', '=', filed.requestId)
      .execute()
    const system = { kind: 'system' } as const
    await performAct(tx, bench, {
      requestId: filed.requestId,
      name: 'pay',
      actor: system,
      data: { receipt: 'A-1/2026' },
    })
  })
  return { id: filed.requestId, number: `${filed.number}/${filed.year}` }
}

async function act(id: string, name: 'ask-papers' | 'approve' | 'reject', extra: object): Promise<void> {
  const appointments = [{ office: clerk.office, role: clerk.role }]
  await db.database.write(portal.bench.town.id, async tx => {
    const { projection } = await getRequest(tx, id)
    const [task] = projection.tasks
    const actor = { kind: 'staff', staffId: clerk.id, appointments } as const
    await performAct(tx, portal.bench, { requestId: id, name, actor, taskId: task?.id, ...extra })
  })
}

const asked = { data: { papers: [{ id: 'id-copy', words: 'الصورة غير واضحة' }] } }

describe('a citizen’s requests', () => {
  test('stand with what waits for them first, and with whom the others are', async () => {
    const waits = await onTheDesk(me.person.id)
    await act(waits.id, 'ask-papers', asked)
    const runs = await onTheDesk(me.person.id)
    const home = await wordsOf(await portal.knock('/my', { cookie: me.cookie }))
    expect(home).toContain('أمر واحد بانتظارك')
    expect(home).toContain('ينقص طلبك: صورة عن الهوية الشخصية')
    expect(home.indexOf(waits.number)).toBeLessThan(home.indexOf(runs.number))
    expect(home).toContain('عند مركز خدمات الجمهور منذ')
    const front = await wordsOf(await portal.knock('/', { cookie: me.cookie }))
    expect(front).toContain('ينقص طلبك: صورة عن الهوية الشخصية')
    expect(await wordsOf(await portal.knock('/'))).not.toContain('ينقص طلبك')
  })

  test('are leafed through a page at a time, those that are open before those that are over', async () => {
    const { person, cookie } = await portal.newcomer()
    const over = await onTheDesk(person.id)
    await act(over.id, 'reject', { note: 'لا يحق له' })
    const before = await onTheDesk(person.id)
    const last = await onTheDesk(person.id)
    const { town } = portal.bench
    const shown = (limit: number, from: number) =>
      db.database.read(town.id, async tx =>
        (await myRequests(tx, person.id, limit, from)).map(({ number }) => number),
      )
    expect(await shown(2, 0)).toEqual([last.number, before.number])
    expect(await shown(2, 1)).toEqual([before.number, over.number])
    const second = await portal.knock('/my/requests?from=1', { cookie })
    const words = await second.text()
    expect(words).not.toContain(last.number)
    expect(words).toContain(before.number)
    expect(words).toContain('from=0')
    expect((await portal.knock('/my/requests?from=-7', { cookie })).status).toBe(200)
  })

  test('are nobody else’s to open, to print, to withdraw or to send papers to', async () => {
    const { id } = await onTheDesk(me.person.id)
    const { cookie } = await portal.newcomer()
    for (const path of [`/my/requests/${id}`, `/my/requests/${id}/receipt`, `/my/requests/${id}/withdraw`])
      expect((await portal.knock(path, { cookie })).status).toBe(404)
    for (const path of [`/my/requests/${id}/withdraw`, `/my/requests/${id}/papers`])
      expect((await portal.knock(path, { cookie, form: { _key: aKey() } })).status).toBe(404)
    expect((await portal.knock('/my/requests/nothing', { cookie })).status).toBe(400)
  })

  test('say whose turn it is, by name where one person alone could', async () => {
    const { id } = await onTheDesk(me.person.id)
    const words = await wordsOf(await portal.knock(`/my/requests/${id}`, { cookie: me.cookie }))
    expect(words).toContain('دورنا: طلبك عند مركز خدمات الجمهور')
    expect(words).toContain(clerk.name.ar)
    expect(words).toContain('يُتوقع إنجازه')
    expect(words).toContain('حوض 3، حي السوق، قطعة 118')
  })

  test('that were not accepted say why', async () => {
    const { id } = await onTheDesk(me.person.id)
    await act(id, 'reject', { note: 'العنوان خارج حدود البلدية' })
    const words = await wordsOf(await portal.knock(`/my/requests/${id}`, { cookie: me.cookie }))
    expect(words).toContain('العنوان خارج حدود البلدية')
  })

  test('take a missing paper from their own page, and go on', async () => {
    const { id } = await onTheDesk(me.person.id)
    await act(id, 'ask-papers', asked)
    const path = `/my/requests/${id}/papers`
    const { cookie } = me
    const none = await portal.knock(path, { cookie, body: aForm({ _key: aKey() }) })
    expect(none.status).toBe(422)
    const wrong = { 'paper.id-copy': { name: 'id.png', bytes: Buffer.from(`MZ${'\u0000'.repeat(99)}`) } }
    const refused = await portal.knock(path, { cookie, body: aForm({ _key: aKey() }, wrong) })
    expect(await wordsOf(refused)).toContain('نقبل صورة أو ملف PDF')
    const right = { 'paper.id-copy': { name: 'id.png', bytes: await aPng() } }
    const taken = await portal.knock(path, { cookie, body: aForm({ _key: aKey() }, right) })
    expect(taken.status).toBe(303)
    const { projection } = await db.database.read(portal.bench.town.id, tx => getRequest(tx, id))
    expect(projection.missingPapers).toEqual([])
    expect(projection.state).not.toBe('awaiting-papers')
  })

  test('are withdrawn after a question, once', async () => {
    const { id } = await onTheDesk(me.person.id)
    const path = `/my/requests/${id}/withdraw`
    expect(await wordsOf(await portal.knock(path, { cookie: me.cookie }))).toContain('تسحب الطلب')
    const form = { _key: aKey(), note: 'لم أعد أحتاجها' }
    for (const _ of [1, 2]) {
      const answer = await portal.knock(path, { cookie: me.cookie, form })
      expect(answer.headers.get('location')).toBe(`/my/requests/${id}`)
    }
    const { projection } = await db.database.read(portal.bench.town.id, tx => getRequest(tx, id))
    expect(projection.state).toBe('withdrawn')
  })
})

describe('what the town knows and said', () => {
  test('stands on the pages of dues and messages, and who looked on the home', async () => {
    const { person, cookie } = await portal.newcomer()
    const empty = await wordsOf(await portal.knock('/my/dues', { cookie }))
    expect(empty).toContain('لا شيء عليك اليوم')
    expect(await wordsOf(await portal.knock('/my', { cookie }))).toContain('لم تقدّم طلبًا بعد')
    const filed = await aFiledRequest(portal.bench, person.id, { serviceCode: 'ADM-01' })
    const dues = await wordsOf(await portal.knock('/my/dues', { cookie }))
    expect(dues).toContain('10.00 شيكل')
    const messages = await wordsOf(await portal.knock('/my/messages', { cookie }))
    expect(messages).toContain(`رقم ${filed.number}/${filed.year}`)
    const paid = await onTheDesk(person.id)
    await act(paid.id, 'approve', { data: {} })
    const looks = async () => {
      const home = await wordsOf(await portal.knock('/my', { cookie }))
      return home.slice(home.indexOf('من اطّلع على بياناتي'))
    }
    expect(await looks()).toContain('وافق على خطوة في طلبك')
    expect(await looks()).toContain('مركز خدمات الجمهور')
    // By role, as on the page of looks, until the town has names shown.
    expect(await looks()).not.toContain(clerk.name.ar)
    const from = dateIn(db.clock.now(), portal.bench.town.timeZone)
    await db.database.write(portal.bench.town.id, tx =>
      setSetting(tx, { key: 'looks.rules', from, value: { name: 'name' }, by: builder }),
    )
    expect(await looks()).toContain(clerk.name.ar)
  })

  test('asks whoever is not logged in to log in', async () => {
    for (const path of ['/my', '/my/requests', '/my/dues', '/my/messages']) {
      const answer = await portal.knock(path)
      expect([answer.status, answer.headers.get('location')?.startsWith('/my/log-in')]).toEqual([303, true])
    }
  })
})
