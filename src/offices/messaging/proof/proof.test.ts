import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aMessage } from '../../../../test/builders/messages.ts'
import { aPerson, type BuiltPerson } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Actor } from '../../../kernel/access/index.ts'
import { type Address, type AddressParams, addresses, fillAddress } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { aCentreTown, actorOf, type CentreTown, type Post } from '../../centre/testing/centre.ts'
import { requestNumber, requestVisible } from '../../requests/index.ts'
import { countDay, countNumbers } from './count.ts'
import { monthOf } from './figures.ts'
import { findMessages, type MessageFilter } from './find.ts'
import { countTroubles, troubled } from './trouble.ts'

const db = await testDatabase()
const at = <P extends string>(address: Address<P>, params: AddressParams<P> = {} as AddressParams<P>) =>
  fillAddress(address, params)
let town: CentreTown
let request = ''
let number = ''
let other: BuiltPerson

beforeAll(async () => {
  town = await aCentreTown(db)
  other = await aPerson(town.place, { first: 'وسيلة' })
  request = await town.aRequest('desk')
  number = requestNumber(await town.request(request))
  await sql`delete from message`.execute(db.owner)
})

const plan = (over: Parameters<typeof aMessage>[1]) =>
  aMessage({ house: town.house, town: town.bench.town.id }, over)
const become = (id: string, change: Record<string, unknown>) =>
  db.owner.updateTable('message').set(change).where('message_id', '=', id).execute()
const finder = (post: Post) => ({
  actor: actorOf(town.staff[post]) as Actor,
  visible: requestVisible,
  crypto: town.house.crypto,
  timeZone: 'Asia/Hebron',
})
const found = (post: Post, filter: MessageFilter) =>
  town.read('', async tx => (await findMessages(tx, finder(post), filter, 50)).map(({ id }) => id))

describe('what was said is found', () => {
  let [mine, hers, code] = ['', '', '']

  beforeAll(async () => {
    mine = await plan({ personId: town.person.id, requestId: request, body: `استلمنا طلبك ${number}.` })
    db.clock.advance(1000)
    hers = await plan({ personId: other.id, kind: 'bill', event: 'bill', body: 'فاتورة المياه 86.40 شيكل.' })
    code = await plan({ personId: other.id, kind: 'code', event: 'tracking-code', body: 'رمزك 482913' })
  })

  test('by request, telephone, name, kind, template, state and day, the latest first', async () => {
    expect(await found('manager', {})).toEqual([hers, mine])
    expect(await found('manager', { text: number })).toEqual([mine])
    expect(await found('manager', { text: other.phone })).toEqual([hers])
    expect(await found('manager', { text: 'وسيلة' })).toEqual([hers])
    expect(await found('manager', { text: 'لا أحد' })).toEqual([])
    expect(await found('manager', { kind: 'bill' })).toEqual([hers])
    expect(await found('manager', { template: 'received' })).toEqual([mine])
    expect(await found('manager', { group: 'on-way' })).toEqual([hers, mine])
    expect(await found('manager', { group: 'delivered' })).toEqual([])
    const today = dateIn(db.clock.now(), 'Asia/Hebron')
    expect(await found('manager', { from: today, to: today })).toEqual([hers, mine])
    expect(await found('manager', { to: '2020-01-01' })).toEqual([])
  })

  test('by nobody beyond the requests they may read, and a code by nobody at all', async () => {
    expect(await found('supervisor', {})).toEqual([mine])
    expect(await found('financeHead', {})).toEqual([])
    expect(await found('auditor', {})).toEqual([])
    expect((await town.as('manager', at(addresses.message, { id: code }))).status).toBe(404)
    expect((await town.as('clerk', at(addresses.message, { id: mine }))).status).toBe(200)
    expect((await town.as('accountant', at(addresses.message, { id: mine }))).status).toBe(404)
    expect((await town.as('accountant', at(addresses.messages))).status).toBe(403)
  })

  test('whatever days and places stand in the address', async () => {
    const pages = [
      `${at(addresses.messages)}?from=2026-02-31&to=2026-13-01`,
      `${at(addresses.messages)}?after=${encodeURIComponent(`-200000-01-01T00:00:00Z~${mine}`)}`,
      `${at(addresses.messagesTrouble)}?after=${encodeURIComponent(`0000-01-01T00:00:00Z~${mine}`)}`,
      `${at(addresses.messagesFigures)}?month=0000-01`,
      `${at(addresses.messagesFigures)}?month=9999-12`,
    ]
    for (const page of pages) expect((await town.as('manager', page)).status).toBe(200)
  })

  test('on a page that leaves a trace of what was looked for', async () => {
    const page = await town.as('manager', `${at(addresses.messages)}?q=${encodeURIComponent('وسيلة')}`)
    expect(page.text).toContain('فاتورة المياه 86.40 شيكل.')
    expect(page.text).not.toContain(other.phone.slice(-7))
    const { rows } = await sql`select 1 from audit where act = 'messaging.searched'`.execute(db.owner)
    expect(rows).toHaveLength(1)
  })
})

describe('one message', () => {
  test('is proved whole: its parts, who carried it, every state, report and note', async () => {
    const body = `طلبك ${number} ${'م'.repeat(80)}`
    const id = await plan({ personId: town.person.id, requestId: request, body })
    const now = db.clock.now()
    const [municipality_id, provider_id] = [town.bench.town.id, crypto.randomUUID()]
    await become(id, {
      state: 'delivered',
      sent_at: now,
      delivered_at: now,
      provider: 'هوت',
      provider_id,
      attempts: 2,
      price_milli: 9000,
      price_currency: 'ILS',
    })
    await db.owner
      .insertInto('message_part')
      .values(
        [1, 2].map(part => ({
          municipality_id,
          message_id: id,
          try: 1,
          part,
          provider_id,
          provider_ref: `A${part}`,
          state: 'delivered',
          submitted_at: now,
          reported_at: now,
        })),
      )
      .execute()
    await db.owner
      .insertInto('message_note')
      .values({
        municipality_id,
        message_id: id,
        note_id: crypto.randomUUID(),
        at: now,
        what: 'refused-by',
        detail: 'جوال: no-connection',
      })
      .execute()
    const page = await town.as('clerk', at(addresses.message, { id }))
    for (const words of [
      'الجزء 1 من 2',
      'A2',
      '0.09 شيكل',
      'سُلّمت إلى هوت',
      'وصلت إلى الهاتف',
      'لم يأخذها جوال: لا اتصال بالمزود',
    ])
      expect(page.text).toContain(words)
    const { rows } =
      await sql`select 1 from audit where act = 'messaging.shown' and person_id = ${town.person.id}`.execute(
        db.owner,
      )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('a message that reached nobody', () => {
  const failed = async (over: Parameters<typeof aMessage>[1] = {}) => {
    const id = await plan({ personId: town.person.id, requestId: request, ...over })
    await become(id, { state: 'failed', failure: 'unknown-subscriber', ended_at: db.clock.now() })
    return id
  }
  const settle = (by: Post, id: string, form: Record<string, string>) =>
    town.as(by, at(addresses.messageSettle, { id }), form)
  const waits = (post: Post) =>
    town.read('', async tx => (await troubled(tx, finder(post), 'failed', { limit: 50 })).map(({ id }) => id))

  test('waits for somebody to look, until they write down what they did; who comes later is told', async () => {
    const id = await failed()
    expect(await waits('manager')).toContain(id)
    expect((await town.as('manager', `${at(addresses.messagesTrouble)}?of=failed`)).text).toContain(
      'الرقم غير مستعمل',
    )
    expect((await settle('clerk', id, { how: '' })).status).toBe(422)
    expect((await settle('clerk', id, { how: 'called', note: 'ردّ ابنه' })).status).toBe(303)
    expect(await waits('manager')).not.toContain(id)
    expect((await settle('manager', id, { how: 'left' })).status).toBe(303)
    const row = await db.owner
      .selectFrom('message')
      .selectAll()
      .where('message_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ settled_how: 'called', settled_by: town.staff.clerk.id, state: 'failed' })
    expect((await town.as('clerk', at(addresses.message, { id }))).text).toContain('اتصل بصاحبها')
    expect((await settle('accountant', await failed(), { how: 'called' })).status).toBe(404)
  })

  test('is sent again as a new one, and once, however often the button is pressed', async () => {
    const id = await failed({ body: 'ادفع 154.00 شيكل.' })
    const form = { how: 'sent-again', _key: 'settle-again-1' }
    await settle('clerk', id, form)
    await settle('clerk', id, form)
    await settle('clerk', id, { ...form, _key: 'settle-again-2' })
    const { rows } = await sql<{ state: string; to: boolean }>`
      select state, to_sealed is not null as to from message where body = 'ادفع 154.00 شيكل.' order by planned_at, message_id`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { state: 'failed', to: true },
      { state: 'planned', to: true },
    ])
  })

  test('of law is handed over on paper, and leaves the list of the post for those handed over', async () => {
    const id = await failed({ kind: 'legal', event: 'rejected', body: `لم نقبل طلبك ${number}.` })
    expect((await town.as('manager', at(addresses.messagesPost))).text).toContain('اطبع الإشعارات')
    const sheets = await town.as('manager', `${at(addresses.messagesPost)}?as=sheets`)
    expect(sheets.text).toContain(`لم نقبل طلبك ${number}.`)
    await settle('manager', id, { how: 'post', back: 'post' })
    const after = await town.as('manager', at(addresses.messagesPost))
    expect(after.text).toContain('لا إشعارات تنتظر')
    expect(after.text).toContain('بالبريد')
  })

  test('of law that was said to many is counted among what goes by post', async () => {
    const before = (await town.read('', countTroubles)).post
    await become(await failed({ kind: 'legal', event: 'bulletins.legal' }), { lane: 2 })
    expect((await town.read('', countTroubles)).post).toBe(before + 1)
  })

  test('that was said to many, or was not wanted, is nobody’s work', async () => {
    const bulk = await failed({ kind: 'bill', event: 'bill' })
    const unwanted = await failed()
    await become(unwanted, { state: 'opted-out' })
    const all = await town.read('', async tx => [
      ...(await troubled(tx, finder('manager'), 'failed', { limit: 50 })),
      ...(await troubled(tx, finder('manager'), 'unaddressed', { limit: 50 })),
    ])
    const ids = all.map(({ id }) => id)
    expect(ids).not.toContain(bulk)
    expect(ids).not.toContain(unwanted)
  })
})

describe('a file of messages', () => {
  const today = () => dateIn(db.clock.now(), 'Asia/Hebron').split('-').reverse().join('/')

  test('is given for a reason, which is written down, and holds no formulas and no codes', async () => {
    await plan({ personId: town.person.id, requestId: request, body: '=HYPERLINK("x")' })
    const days = { from: today(), to: today() }
    expect((await town.as('manager', at(addresses.messagesExport), { ...days, reason: '' })).status).toBe(422)
    const asked = { ...days, reason: 'تدقيق فاتورة المزود' }
    expect((await town.as('manager', at(addresses.messagesExport), asked)).status).toBe(303)
    const release = await db.owner.selectFrom('look_release').selectAll().executeTakeFirstOrThrow()
    const link = `${release.address}&release=${release.release_id}`
    expect((await town.as('manager', link)).status).toBe(403)
    const decision = at(addresses.release, { release: release.release_id })
    expect((await town.as('manager', decision, { do: 'approve' })).status).toBe(403)
    expect((await town.as('supervisor', decision, { do: 'approve' })).status).toBe(303)
    const file = await town.as('manager', link)
    expect((await town.as('manager', link)).status).toBe(403)
    const csv = await file.answer.text()
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
    expect(csv).not.toContain('482913')
    const lines = csv.trim().split('\r\n').length - 1
    const { rows } = await sql<{
      count: number
    }>`select count(*)::integer as count from message where lane > 0`.execute(db.owner)
    expect(lines).toBe(rows[0]?.count)
    const { rows: audit } = await sql<{
      act: string
      cause: string
    }>`select act, cause from audit where act in ('release.taken', 'release.asked') order by audit_id`.execute(
      db.owner,
    )
    expect(audit.map(({ act }) => act)).toEqual(['release.asked', 'release.taken'])
    expect(audit[1]?.cause).toBe(`تدقيق فاتورة المزود · ${town.staff.supervisor.id}`)
  })
})

describe('the figures of a month', () => {
  test('are the messages counted, however often a day is counted again', async () => {
    const day = dateIn(db.clock.now(), 'Asia/Hebron')
    const first = `${day.slice(0, 7)}-01`
    const count = () => town.write('', tx => countDay(tx, day, 'Asia/Hebron'))
    await count()
    await count()
    await town.write('', tx => countNumbers(tx, 'Asia/Hebron'))
    const { rows } = await sql<{ all: number; delivered: number; failed: number }>`
      select count(*)::integer as all, count(*) filter (where state = 'delivered')::integer as delivered,
             count(*) filter (where state = 'failed')::integer as failed from message`.execute(db.owner)
    const month = await town.read('', tx => monthOf(tx, first))
    expect(month.all).toMatchObject({
      messages: rows[0]?.all,
      delivered: rows[0]?.delivered,
      failed: rows[0]?.failed,
      prices: [{ milli: 9000, currency: 'ILS' }],
    })
    expect(month.causes[0]).toEqual({ cause: 'unknown-subscriber', messages: rows[0]?.failed })
    expect(month.numbers?.numbers).toBeGreaterThan(0)
    const id = await plan({ personId: town.person.id })
    await become(id, { state: 'delivered', sent_at: db.clock.now(), delivered_at: db.clock.now() })
    await count()
    const again = await town.read('', tx => monthOf(tx, first))
    expect(again.all.delivered).toBe(month.all.delivered + 1)
    const page = await town.as('manager', at(addresses.messagesFigures))
    expect(page.text).toContain('الرقم غير مستعمل')
    expect(page.text).toContain('شهادة')
  })
})

test('a message in the inbox of the portal is new until its reader opens the page', async () => {
  const id = await plan({ personId: town.person.id, requestId: request, body: 'رسالة في الصندوق' })
  await become(id, { channel: 'portal', state: 'delivered', delivered_at: db.clock.now() })
  const page = await town.asCitizen(town.person, at(addresses.myMessages))
  expect(page.text).toContain('جديدة')
  const again = await town.asCitizen(town.person, at(addresses.myMessages))
  expect(again.text).not.toContain('جديدة')
  const row = await db.owner
    .selectFrom('message')
    .select('read_at')
    .where('message_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.read_at).toEqual(db.clock.now())
})
