import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { messagingRoutes, receive } from '../../messaging/index.ts'
import { getRequest } from '../index.ts'
import { setReviewed } from '../letters/rule.ts'
import { lettersOf } from '../letters/store.ts'
import { requestNumber } from '../model.ts'
import { listenForTexts } from './listen.ts'

const db = await testDatabase()
const house = aHouse(db)
const { knock } = aDoor(house, messagingRoutes)
let bench: Bench
let cookies: Record<'clerk' | 'colleague' | 'officer', string>
let clerkId = ''
let sent = 0

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-05'])
  listenForTexts(house)
  const place = { house, town: bench.town.id }
  const clerk = await aWorker(bench, 'clerk', 'service-centre')
  clerkId = clerk.id
  cookies = {
    clerk: await logInAs(place, { staffId: clerk.id }),
    colleague: await logInAs(place, { staffId: (await aWorker(bench, 'clerk', 'service-centre')).id }),
    officer: await logInAs(place, { staffId: (await aWorker(bench, 'officer', 'works')).id }),
  }
})

const write: typeof db.database.write = (_town, work) => db.database.write(bench.town.id, work)
const somebody = (phone?: string) =>
  aPerson({ house, town: bench.town.id }, phone === undefined ? {} : { phone })

/** A text nobody understood; gives its id. */
async function aText(from: string, words = 'متى تفتحون؟'): Promise<string> {
  sent += 1
  const sms = { provider: 'test', providerRef: `t${sent}`, from, to: '1', text: words, at: db.clock.now() }
  const { id, handledBy } = await write('', tx => receive(tx, bench, sms))
  expect(handledBy).toBeUndefined()
  return id ?? ''
}
const row = async (id: string) =>
  db.owner.selectFrom('incoming_message').selectAll().where('incoming_id', '=', id).executeTakeFirstOrThrow()
const at = (path: string) => `/~${bench.town.slug}${path}`
const visit = async (id: string, who: keyof typeof cookies = 'clerk') => {
  const answer = await knock(at(fillAddress(addresses.incomingText, { id })), { cookie: cookies[who] })
  return { status: answer.status, html: await answer.text() }
}
const post =
  (address: (typeof addresses)['incomingTake' | 'incomingAnswer' | 'incomingLink' | 'incomingSeen']) =>
  async (id: string, form: Record<string, string> = {}, who: keyof typeof cookies = 'clerk') => {
    const answer = await knock(at(fillAddress(address, { id })), { cookie: cookies[who], form })
    return { status: answer.status, html: await answer.text() }
  }
const take = post(addresses.incomingTake)
const answer = post(addresses.incomingAnswer)
const link = post(addresses.incomingLink)
const seen = post(addresses.incomingSeen)

async function aRequestOf(person: BuiltPerson): Promise<{ id: string; number: string }> {
  const { requestId: id } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  return { id, number: requestNumber(await db.database.read(bench.town.id, tx => getRequest(tx, id))) }
}

describe('a text nobody understood', () => {
  test('is answered by SMS to the telephone that wrote, cleaned, once', async () => {
    const person = await somebody()
    const id = await aText(person.phone)
    expect((await visit(id)).html).toContain('متى تفتحون؟')
    expect((await answer(id, { answer: ' \u202e ' })).status).toBe(422)
    expect((await answer(id, { answer: 'نفتح\u202e الأحد الثامنة.' })).status).toBe(303)
    const { answer_id, settled_how, seen_by } = await row(id)
    expect({ settled_how, seen_by }).toEqual({ settled_how: 'answered', seen_by: clerkId })
    const { rows } =
      await sql`select body, kind, state, person_id, written_by from message where message_id = ${answer_id}`.execute(
        db.owner,
      )
    expect(rows).toEqual([
      {
        body: 'نفتح الأحد الثامنة.',
        kind: 'reply',
        state: 'planned',
        person_id: person.id,
        written_by: clerkId,
      },
    ])
    expect((await answer(id, { answer: 'مرة أخرى' }, 'colleague')).status).toBe(303)
    expect((await row(id)).answer_id).toBe(answer_id)
    expect((await visit(id)).html).toContain('أجاب عنها')
    expect((await visit(await aText(person.phone, 'شكرا لكم جميعا'))).html).toContain('نفتح الأحد الثامنة.')
  })

  test('is not answered from here where a second person looks at what staff write', async () => {
    const id = await aText((await somebody()).phone)
    const rule = (value: boolean) => write('', tx => setReviewed(tx, bench, value, clerkId))
    await rule(true)
    expect((await visit(id)).html).toContain('ينظر فيها شخص ثانٍ')
    expect((await answer(id, { answer: 'نفتح غدًا' })).status).toBe(403)
    expect(await row(id)).toMatchObject({ answer_id: null, seen_at: null })
    await rule(false)
  })

  test('joins the request of whoever wrote it, also from a telephone two people share', async () => {
    const person = await somebody()
    await somebody(person.phone)
    const { id: requestId, number } = await aRequestOf(person)
    const id = await aText(person.phone, 'الحفرة أمام بيتنا')
    expect((await link(id, { number: number.replace('/', '-') })).status).toBe(303)
    expect(await row(id)).toMatchObject({ settled_how: 'linked', request_id: requestId })
    const letters = await db.database.read(bench.town.id, tx => lettersOf(tx, requestId, 'staff'))
    expect(letters).toMatchObject([{ text: 'الحفرة أمام بيتنا', from: { kind: 'citizen', id: person.id } }])
  })

  test('joins no request of somebody else, none that is not there, and none that cannot be read', async () => {
    const { id: requestId, number } = await aRequestOf(await somebody())
    const id = await aText((await somebody()).phone)
    const strange = await link(id, { number })
    expect(strange.status).toBe(422)
    expect(strange.html).toContain('ليس لأحد أطراف الطلب')
    expect((await link(id, { number: '99999/2026' })).html).toContain('لا طلب بهذا الرقم')
    expect((await link(id, { number: 'غدًا' })).html).toContain('اكتب رقم الطلب وسنته')
    expect(await db.database.read(bench.town.id, tx => lettersOf(tx, requestId, 'staff'))).toEqual([])
    expect(await row(id)).toMatchObject({ seen_at: null, request_id: null })
  })

  test('is in one pair of hands at a time, and given back to the list', async () => {
    const id = await aText((await somebody()).phone)
    await take(id)
    expect((await visit(id, 'colleague')).html).toContain('الرسالة في يد')
    await answer(id, { answer: 'أنا أجيب' }, 'colleague')
    await take(id, {}, 'colleague')
    expect(await row(id)).toMatchObject({ taken_by: clerkId, answer_id: null, seen_at: null })
    await take(id, { back: 'yes' })
    expect((await row(id)).taken_by).toBeNull()
    await seen(id, { how: 'called' }, 'colleague')
    expect(await row(id)).toMatchObject({ settled_how: 'called' })
  })

  test('is opened by no officer; what joined a request is not read here', async () => {
    const person = await somebody()
    expect((await visit(await aText(person.phone), 'officer')).status).toBe(403)
    await aRequestOf(person)
    const words = { provider: 'test', providerRef: 'mine', from: person.phone, to: '1', text: 'كلام في طلبي' }
    const { id, handledBy } = await write('', tx => receive(tx, bench, { ...words, at: tx.now }))
    expect(handledBy).toBe('thread')
    expect((await visit(id ?? '')).status).toBe(404)
    expect((await visit(await aText((await somebody()).phone))).html).not.toContain('كلام في طلبي')
  })
})
