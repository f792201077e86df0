import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { dateIn } from '../../lib/calendar.ts'
import { aCentreTown, actorOf, type CentreTown, type Post } from '../centre/testing/centre.ts'
import { receive } from '../messaging/index.ts'
import { listRequests } from '../requests/index.ts'
import { setSetting } from '../treasury/index.ts'
import { askSetting, complain, countComplaints } from './index.ts'

const db = await testDatabase()
let town: CentreTown
const by = { kind: 'system', id: 'test' } as const
const at = fillAddress
const posts: Post[] = [
  'clerk',
  'accountant',
  'financeHead',
  'mayor',
  'manager',
  'supervisor',
  'admin',
  'auditor',
  'lawyer',
]

beforeAll(async () => {
  town = await aCentreTown(db)
})

const askBySms = (value: boolean) =>
  town.write('', tx => setSetting(tx, { key: askSetting, from: dateIn(tx.now, 'Asia/Hebron'), value, by }))
const asked = async (id: string) => {
  const { rows } = await sql<{
    body: string
  }>`select body from message where request_id = ${id} and event = 'feedback.asked'`.execute(db.owner)
  return rows.map(({ body }) => body)
}
const ratingOf = async (id: string) => {
  const { rows } = await sql<{ stars: number | null; comment: string; channel: string | null }>`
    select stars, comment, channel from rating where request_id = ${id}`.execute(db.owner)
  return rows[0]
}
let sent = 0
const text = (from: string, words: string) => {
  sent += 1
  return town.write('', tx =>
    receive(tx, town.bench, {
      provider: 'test',
      providerRef: `r${sent}`,
      from,
      to: '1',
      text: words,
      at: tx.now,
    }),
  )
}

describe('a rating', () => {
  test('is asked for once when the request was served, by SMS only where the town wants it', async () => {
    const silent = await town.aRequest('done')
    expect(await asked(silent)).toEqual([])
    await askBySms(true)
    const id = await town.aRequest('done')
    const [body = ''] = await asked(id)
    expect(body).toContain('من 1 إلى 5')
    expect(body.length).toBeLessThanOrEqual(70)
    await askBySms(false)
  })

  test('is given on the page of the request, once, and by nobody else', async () => {
    const id = await town.aRequest('done')
    const page = at(addresses.myRequest, { id })
    const rate = at(addresses.myRate, { id })
    expect((await town.asCitizen(town.person, page)).text).toContain('كيف كانت الخدمة؟')
    expect((await town.asCitizen(town.person, rate, { comment: 'x' })).status).toBe(422)
    const stranger = await aPerson(town.place)
    expect((await town.asCitizen(stranger, rate, { stars: '1' })).status).toBe(404)
    expect((await town.asCitizen(town.person, rate, { stars: '4', comment: 'سريعة' })).status).toBe(303)
    expect(await ratingOf(id)).toEqual({ stars: 4, comment: 'سريعة', channel: 'portal' })
    expect((await town.asCitizen(town.person, page)).text).toContain('قيّمت هذه الخدمة 4 من 5')
    expect((await town.asCitizen(town.person, rate, { stars: '1' })).status).toBe(409)
    expect((await ratingOf(id))?.stars).toBe(4)
  })

  test('is not taken for a request that is not served yet', async () => {
    const id = await town.aRequest('signature')
    expect((await town.asCitizen(town.person, at(addresses.myRequest, { id }))).text).not.toContain(
      'كيف كانت',
    )
    expect((await town.asCitizen(town.person, at(addresses.myRate, { id }), { stars: '5' })).status).toBe(409)
  })

  test('comes by SMS from the telephone that was asked, and tells a telephone nothing', async () => {
    await askBySms(true)
    const person = await aPerson(town.place)
    const id = await town.aRequest('done', person)
    expect((await text('0599999999', '1')).handledBy).not.toBe('feedback')
    expect(await ratingOf(id)).toMatchObject({ stars: null })
    expect((await text(person.phone, '5 بارك الله فيكم')).handledBy).toBe('feedback')
    expect(await ratingOf(id)).toEqual({ stars: 5, comment: 'بارك الله فيكم', channel: 'sms' })
    expect((await text(person.phone, '1')).handledBy).not.toBe('feedback')
    const late = await town.aRequest('done', person)
    db.clock.advance(15 * 86_400_000)
    expect((await text(person.phone, '1')).handledBy).not.toBe('feedback')
    expect(await ratingOf(late)).toMatchObject({ stars: null })
    await askBySms(false)
  })

  test('of one of the staff is shown from five on', async () => {
    const { name } = town.staff.clerk
    const figures = at(addresses.feedback, {})
    const rate = async () => {
      const id = await town.aRequest('done')
      await town.asCitizen(town.person, at(addresses.myRate, { id }), { stars: '3' })
    }
    await rate()
    expect((await town.as('manager', figures)).text).not.toContain(name.ar)
    for (let each = 0; each < 5; each++) await rate()
    expect((await town.as('manager', figures)).text).toContain(name.ar)
    for (const post of ['clerk', 'accountant', 'admin', 'auditor'] as const)
      expect((await town.as(post, figures)).status, post).toBe(403)
  })
})

describe('a message to the management', () => {
  test('is answered by the manager, told by SMS without its words, and read by its writer alone', async () => {
    const person = await aPerson(town.place)
    const contact = at(addresses.myContact, {})
    expect((await town.asCitizen(person, contact, { subject: '', words: '' })).status).toBe(422)
    const opened = await town.asCitizen(person, contact, {
      subject: 'مقاعد للانتظار',
      words: 'نحتاج مقاعد أكثر',
    })
    const thread = opened.location.replace(/^\/~[^/]+/, '')
    expect((await town.asCitizen(await aPerson(town.place), thread)).status).toBe(404)
    expect((await town.as('manager', at(addresses.contacts, {}))).text).toContain('مقاعد للانتظار')
    for (const post of ['clerk', 'mayor', 'supervisor', 'auditor'] as const)
      expect((await town.as(post, at(addresses.contacts, {}))).status, post).toBe(403)
    const id = thread.split('/').at(-1) ?? ''
    expect(
      (await town.as('manager', at(addresses.contact, { id }), { text: 'سنضيفها هذا الشهر' })).status,
    ).toBe(303)
    expect((await town.asCitizen(person, thread)).text).toContain('سنضيفها هذا الشهر')
    const { rows } = await sql<{ body: string; request_id: string | null }>`
      select body, request_id from message where person_id = ${person.id} and event = 'feedback.answered'`.execute(
      db.owner,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body).not.toContain('مقاعد')
  })
})

describe('a complaint about the staff', () => {
  const everywhere = [at(addresses.complaints, {}), at(addresses.search, {}, { q: 'مهين' })]
  const secret = 'كلام مهين لا يقال'

  async function against(post: Post, request?: string) {
    const person = await aPerson(town.place)
    const input = { personId: person.id, words: secret, staffId: town.staff[post].id }
    return town.write('', tx =>
      complain(tx, town.bench, {
        ...input,
        ...(request && { requestNumber: request }),
        actor: { kind: 'citizen', personId: person.id, level: 'verified' },
      }),
    )
  }

  test.each(posts)('is nowhere for the %s it is about, and read by those who may', async subject => {
    const before = await town.read('', tx => countComplaints(tx, town.bench, actorOf(town.staff[subject])))
    const id = await against(subject)
    const page = at(addresses.complaint, { id })
    for (const path of [page, ...everywhere]) {
      const seen = await town.as(subject, path)
      expect(seen.text, `${subject} ${path}`).not.toContain(secret)
      expect(seen.html).not.toContain(id)
    }
    expect((await town.as(subject, page, { answer: 'x' })).status).toBeGreaterThanOrEqual(403)
    expect(await town.read('', tx => countComplaints(tx, town.bench, actorOf(town.staff[subject])))).toBe(
      before,
    )
    for (const reader of posts.filter(each => each !== subject)) {
      const { status } = await town.as(reader, page)
      const reads =
        reader === 'manager' || reader === 'supervisor' || (reader === 'mayor' && subject === 'manager')
      expect(status === 200, `${reader} reads one about ${subject}`).toBe(reads)
    }
  })

  test('named by a request alone is kept from everybody who acted on it', async () => {
    const person = await aPerson(town.place)
    const id = await town.aRequest('finance', person)
    const { number, year } = await town.request(id)
    const sentIn = await town.asCitizen(person, at(addresses.myComplaint, {}), {
      words: secret,
      request: `${number}/${year}`,
    })
    expect(sentIn.status).toBe(303)
    const { rows } = await sql<{
      complaint_id: string
    }>`select complaint_id from complaint where person_id = ${person.id}`.execute(db.owner)
    const page = at(addresses.complaint, { id: rows[0]?.complaint_id ?? '' })
    // The manager let its fee pass: it is about them too.
    expect((await town.as('manager', page)).status).toBe(404)
    expect((await town.as('supervisor', page)).status).toBe(200)
    expect((await town.as('mayor', page)).status).toBe(200)
    const answered = await town.as('supervisor', page, { answer: 'نعتذر', finding: 'صحيح' })
    expect(answered.status).toBe(303)
    const own = await town.asCitizen(person, at(addresses.myComplaint, {}))
    expect(own.text).toContain('نعتذر')
    expect(own.text).not.toContain('ما وُجد')
    expect((await town.as('clerk', at(addresses.officeRequest, { id }))).text).not.toContain(secret)
  })

  test('needs somebody or a request of one’s own to be about', async () => {
    const form = at(addresses.myComplaint, {})
    expect((await town.asCitizen(town.person, form, { words: secret })).status).toBe(422)
    const other = await town.request(await town.aRequest('desk', await aPerson(town.place)))
    const number = `${other.number}/${other.year}`
    expect((await town.asCitizen(town.person, form, { words: secret, request: number })).status).toBe(422)
  })
})

describe('a request closed to somebody of the staff', () => {
  test('is gone from their page, list, inbox and search, and comes back when it is opened', async () => {
    const id = await town.aRequest('finance')
    const closing = at(addresses.requestClosing, { id })
    const page = at(addresses.officeRequest, { id })
    expect((await town.as('clerk', closing)).status).toBe(403)
    expect((await town.as('accountant', page)).status).toBe(200)
    const staff = town.staff.accountant.id
    expect((await town.as('manager', closing, { staff, reason: '' })).status).toBe(422)
    const closed = await town.as('manager', closing, { staff, reason: 'قريب له', superiors: 'yes' })
    expect(closed.status).toBe(303)
    const lists = (post: Post) =>
      town.read('', tx => listRequests(tx, actorOf(town.staff[post]), { state: 'open' }))
    for (const post of ['accountant', 'financeHead'] as const) {
      expect((await town.as(post, page)).status, post).toBe(404)
      expect((await lists(post)).map(each => each.id)).not.toContain(id)
      expect((await town.as(post, at(addresses.inbox, {}))).html).not.toContain(id)
      const { number, year } = await town.request(id)
      expect((await town.as(post, at(addresses.search, {}, { q: `${number}/${year}` }))).html).not.toContain(
        id,
      )
    }
    expect((await town.as('clerk', page)).status).toBe(200)
    await town.as('manager', closing, { act: 'open', staff })
    expect((await town.as('accountant', page)).status).toBe(200)
  })

  test('to the manager is not opened again by the manager', async () => {
    const id = await town.aRequest('finance')
    const closing = at(addresses.requestClosing, { id })
    const staff = town.staff.manager.id
    expect((await town.as('mayor', closing, { staff, reason: 'شكوى' })).status).toBe(303)
    expect((await town.as('manager', closing)).status).toBe(404)
    expect((await town.as('manager', closing, { act: 'open', staff })).status).toBe(404)
    expect((await town.as('manager', at(addresses.officeRequest, { id }))).status).toBe(404)
  })
})
