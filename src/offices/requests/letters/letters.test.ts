import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import {
  act,
  anOfficeTown,
  aPicture,
  aSubmitted,
  type OfficeTown,
  post,
  visit,
} from '../staff/testing/office.ts'
import { letterField } from './acts.ts'
import { addLetter, lettersOf, markLettersRead } from './store.ts'

const db = await testDatabase()
let town: OfficeTown
let citizen = ''
let stranger = ''

beforeAll(async () => {
  town = await anOfficeTown(db)
  const place = { house: town.bench.house, town: town.bench.town.id }
  citizen = await logInAs(place, { personId: town.person.id })
  stranger = await logInAs(place, { personId: (await aPerson(place)).id })
})

const lettersAt = (id: string) => fillAddress(addresses.officeLetters, { id })
const pageOf = (id: string) => fillAddress(addresses.officeRequest, { id })
const mine = (id: string) => fillAddress(addresses.myRequest, { id })

async function write(id: string, text: string, cookie = citizen, file?: Buffer): Promise<Response> {
  const form = new FormData()
  form.append(letterField.text, text)
  if (file) form.append(letterField.file, new File([new Uint8Array(file)], 'plan.jpg'))
  const headers = { cookie, host: 'localhost', origin: 'http://localhost' }
  const path = fillAddress(addresses.myRequestLetters, { id })
  return town.door.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body: form }))
}

const readAs = (cookie: string, path: string) =>
  town.door.fetch(new Request(`http://localhost${path}`, { headers: { cookie, host: 'localhost' } }))

const inbox = async () => (await visit(town, 'clerk', fillAddress(addresses.inbox, {}))).text()

describe('the conversation on a request', () => {
  test('goes by the portal and whole to the telephone, and each side sees what is unread', async () => {
    const id = await aSubmitted(town)
    const text = 'هل القطعة 118 بيتك أنت أم بيت والدك؟'
    expect((await post(town, 'clerk', lettersAt(id), { [letterField.text]: text })).status).toBe(303)
    const { rows } = await sql<{ body: string }>`
      select body from message where request_id = ${id} and event = 'letter'`.execute(db.owner)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body).toMatch(/^طلبك \d+\/2026: /)
    expect(rows[0]?.body).toContain(text)
    expect(await (await visit(town, 'clerk', pageOf(id))).text()).toContain('لم يقرأها بعد')

    const list = fillAddress(addresses.myRequests, {})
    expect(await (await readAs(citizen, list)).text()).toContain('رسالة من البلدية')
    const first = await (await readAs(citizen, mine(id))).text()
    expect(first).toContain('رسالة جديدة')
    expect(first).toContain('بيت والدك؟')
    expect(first).toContain(town.staff.clerk.name.ar)
    expect(await (await readAs(citizen, mine(id))).text()).not.toContain('رسالة جديدة')
    expect(await (await readAs(citizen, list)).text()).not.toContain('رسالة من البلدية')

    expect(await inbox()).not.toContain('كتب صاحب الطلب')
    expect((await write(id, 'بيت والدي', citizen, await aPicture('مخطط'))).status).toBe(303)
    expect(await inbox()).toContain('كتب صاحب الطلب')
    const page = await (await visit(town, 'clerk', pageOf(id))).text()
    expect(page).toContain('بيت والدي')
    expect(page).toContain('مرفق رسالة')
    expect(await inbox()).not.toContain('كتب صاحب الطلب')
    expect(await (await readAs(citizen, mine(id))).text()).toContain('قُرئت')
  })

  test('that comes while a page is shown stays unread, and what is read twice is written once', async () => {
    const id = await aSubmitted(town)
    const here = town.bench.town.id
    const from = { kind: 'citizen', id: town.person.id, office: undefined } as const
    const come = (text: string) => db.database.write(here, tx => addLetter(tx, id, { from, text }))
    const standing = async () => {
      const { rows } = await sql<{ unread: boolean; version: string; texts: string[] | null }>`
        select unread_by_town as unread, xmin::text as version,
               (select array_agg(text) from letter l where l.request_id = r.request_id and read_at is null) as texts
          from request r where request_id = ${id}`.execute(db.owner)
      return rows[0]
    }
    const seen = { side: 'staff', by: town.staff.clerk.id } as const
    await come('قبل الصفحة')
    const shown = await db.database.read(here, tx => lettersOf(tx, id, 'staff'))
    await come('بعد الصفحة')
    const read = () => db.database.write(here, tx => markLettersRead(tx, id, { ...seen, shown }))
    await read()
    expect(await standing()).toMatchObject({ unread: true, texts: ['بعد الصفحة'] })
    await db.database.write(here, tx => markLettersRead(tx, id, seen))
    const once = await standing()
    expect(once).toMatchObject({ unread: false, texts: null })
    await read()
    expect(await standing()).toEqual(once)
  })

  test('is nobody’s but theirs whose request it is, and the offices’ that work on it', async () => {
    const id = await aSubmitted(town)
    expect((await write(id, 'أنا من هذا الطلب', stranger)).status).toBe(404)
    expect((await post(town, 'engineer', lettersAt(id), { [letterField.text]: 'سؤال' })).status).toBe(404)
    await act(town, id, 'clerk', 'refer', {
      note: 'للعلم',
      data: { to: { office: 'planning', purpose: 'information' } },
    })
    const copy = await post(town, 'planner', lettersAt(id), { [letterField.text]: 'سؤال' })
    expect(copy.status).toBe(409)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from letter where request_id = ${id}`.execute(db.owner)
    expect(rows[0]?.n).toBe(0)
  })

  test('refuses nothing, too much, a file that is none, and a request that has ended', async () => {
    const id = await aSubmitted(town)
    const empty = await write(id, '  ')
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('اكتب رسالتك')
    const long = await write(id, 'ا'.repeat(2001))
    expect(long.status).toBe(422)
    expect(await long.text()).toContain('ا'.repeat(2001))
    expect((await write(id, 'انظر', citizen, Buffer.from('MZ program'))).status).toBe(422)
    expect((await post(town, 'clerk', lettersAt(id), { [letterField.text]: '' })).status).toBe(422)
    for (let number = 0; number < 20; number += 1)
      expect((await write(id, `رسالة ${number}`)).status).toBe(303)
    const flood = await write(id, 'وأخرى')
    expect(flood.status).toBe(422)
    expect(await flood.text()).toContain('أكمل غدًا')
    await act(town, id, 'clerk', 'withdraw', { note: 'بطلبه' })
    expect((await write(id, 'بعد السحب')).status).toBe(409)
    const late = await post(town, 'manager', lettersAt(id), { [letterField.text]: 'بعد السحب' })
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('انتهى هذا الطلب')
  })

  test('the same form sent twice is one letter', async () => {
    const id = await aSubmitted(town)
    const form = { _key: 'a-key-of-a-letter', [letterField.text]: 'مرة واحدة' }
    for (const _ of [1, 2]) expect((await post(town, 'clerk', lettersAt(id), form)).status).toBe(303)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from letter where request_id = ${id}`.execute(db.owner)
    expect(rows[0]?.n).toBe(1)
  })
})
