import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aConsentPurpose, agreesTo } from '../../../../test/builders/consents.ts'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { everyCause, onlyOwnCauses } from '../../../../test/builders/looks.ts'
import { aPerson, aStaffMember, aTown, type BuiltPerson, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Town } from '../../../web/town.ts'
import { lookRoutes } from '../../looks/index.ts'
import { visitRoutes } from '../../visits/index.ts'
import { consentRoutes, mayUse, registerConsents } from './index.ts'
import { purposesOf } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
registerConsents()
const door = aDoor(house, [...consentRoutes, ...visitRoutes, ...lookRoutes])
let town: Town
let person: BuiltPerson
let cookies: Record<'admin' | 'clerk' | 'person', string>

beforeAll(async () => {
  town = await aTown(db)
  const place = { house, town: town.id }
  person = await aPerson(place, { first: 'سميرة' })
  const staff = async (role: 'admin' | 'clerk') =>
    logInAs(place, { staffId: (await aStaffMember(place, role)).id })
  cookies = {
    admin: await staff('admin'),
    clerk: await staff('clerk'),
    person: await logInAs(place, { personId: person.id }),
  }
})

const may = (purpose: string) => db.database.read(town.id, tx => mayUse(tx, person.id, purpose))
const knock = async (
  who: keyof typeof cookies,
  path: string,
  form?: Record<string, string>,
): Promise<{ status: number; text: string }> => {
  const answer = await door.knock(path, { cookie: cookies[who], ...(form && { form }) })
  return { status: answer.status, text: await answer.text() }
}

test('the town opens a purpose, nobody has agreed, and one button each way answers it', async () => {
  expect(
    (await knock('admin', '/manage/consents', { kind: 'sharing', name: '', ar: '', from: '' })).status,
  ).toBe(422)
  const opened = await knock('admin', '/manage/consents', {
    kind: 'sharing',
    name: 'بحث جامعي',
    institution: 'جامعة الخليل',
    ar: 'نعطي الجامعة سنة ميلادك وحيّك.',
    from: '1/1/2020',
  })
  expect(opened.status).toBe(303)
  const [purpose] = await db.database.read(town.id, purposesOf)
  const code = purpose?.code ?? ''
  const asked = await knock('person', '/my/consents')
  expect(asked.text).toContain('جامعة الخليل')
  expect(asked.text).not.toContain('checked')
  expect(await may(code)).toBe(false)
  const say = (what: string, version = '1') =>
    knock('person', '/my/consents', { purpose: code, version, do: what })
  expect((await say('give')).status).toBe(303)
  expect(await may(code)).toBe(true)
  db.clock.advance(60_000)
  expect((await say('withdraw')).status).toBe(303)
  expect(await may(code)).toBe(false)
  // A text nobody put before them is agreed to by nobody.
  expect((await say('give', '9')).status).toBe(409)
  const added = await knock('admin', '/manage/consents', {
    purpose: code,
    ar: 'نعطيها رقمك أيضًا.',
    from: '1/1/2020',
    again: 'yes',
  })
  expect(added.status).toBe(303)
  const kept = await knock('admin', '/manage/consents')
  expect(kept.text).toContain('نعطي الجامعة سنة ميلادك وحيّك.')
  expect(kept.text).toContain('نعطيها رقمك أيضًا.')
})

test('at the counter a clerk asks, with a cause, and who asked is kept', async () => {
  const code = await aConsentPurpose(house, town.id, 'news-email')
  const path = `/counter/people/${person.id}/consents`
  onlyOwnCauses()
  expect((await knock('clerk', path)).status).toBe(403)
  everyCause()
  expect((await knock('clerk', path)).text).toContain('نص يقرؤه الناس')
  expect((await knock('clerk', `${path}/sheet`)).text).toContain('☐')
  expect((await knock('clerk', path, { purpose: code, version: '1', do: 'give' })).status).toBe(303)
  expect(await may(code)).toBe(true)
  const { rows } = await sql<{ way: string; by_kind: string }>`
    select way, by_kind from consent_entry where purpose_code = ${code}`.execute(db.owner)
  expect(rows).toEqual([{ way: 'counter', by_kind: 'staff' }])
  expect((await knock('person', '/manage/consents')).status).not.toBe(200)
})

test('the hall shows the first name of who agreed to it beside their turn, and of nobody else', async () => {
  const other = await aPerson({ house, town: town.id }, { first: 'نوال' })
  const turn = (number: number, personId: string) =>
    sql`
    insert into visit (municipality_id, visit_id, day, purpose_code, number, channel, taken_at, person_id, state, jumped, staff_id, called_at,
                       window_number)
    values (${town.id}, gen_random_uuid(), (${db.clock.now()}::timestamptz at time zone 'Asia/Hebron')::date, 'ask', ${number}, 'door',
            ${db.clock.now()}, ${personId}, 'called', false, (select staff_id from staff where municipality_id = ${town.id} order by login limit 1 offset ${number - 1}), ${db.clock.now()}, ${number})`.execute(
      db.owner,
    )
  for (const number of [1, 2])
    await sql`insert into service_window (municipality_id, number, name_ar, name_en, room_ar, room_en, is_open, purposes)
      values (${town.id}, ${number}, 'شباك', 'window', '', '', true, '{ask}')`.execute(db.owner)
  await sql`insert into visit_purpose (municipality_id, purpose_code, letter, name_ar, name_en, position, promise_minutes, is_open, words)
    values (${town.id}, 'ask', 'س', 'سؤال', 'ask', 1, 10, true, '{}') on conflict do nothing`.execute(
    db.owner,
  )
  await turn(1, person.id)
  await turn(2, other.id)
  const hall = async () => (await door.knock('/hall')).text()
  expect(await hall()).not.toContain('سميرة')
  const purpose = await aConsentPurpose(house, town.id, 'hall-name')
  expect(await hall()).not.toContain('سميرة')
  await agreesTo(house, town.id, person.id, purpose)
  const shown = await hall()
  expect(shown).toContain('سميرة')
  expect(shown).not.toContain('نوال')
  expect(shown).not.toContain(person.displayName)
})
