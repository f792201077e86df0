import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { dateIn } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import { record, recordLooks } from '../audit/index.ts'
import { claimPresence, lookRoutes } from '../looks/index.ts'
import { setSetting } from '../people/index.ts'
import { hangOn } from '../visits/index.ts'
import { oversightRoutes } from './index.ts'
import { settleClaims, tellMonth } from './jobs.ts'
import { countMonths, monthsOfLooks } from './open/figures.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const clerk = await aStaffMember(place, 'clerk', 'centre')
const supervisor = await aStaffMember(place, 'supervisor', 'centre')
const manager = await aStaffMember(place, 'manager', 'centre')
const admin = await aStaffMember(place, 'admin', 'centre')
const { knock } = aDoor(house, [...oversightRoutes, ...lookRoutes])
const write = house.database.write.bind(house.database, town.id)
const today = () => dateIn(db.clock.now(), town.timeZone)
const as = async (staffId: string) => logInAs(place, { staffId })

/** One look of a member of the staff at somebody; gives its id. */
async function aLook(staffId: string, personId: string): Promise<string> {
  const actor = { kind: 'staff', id: staffId, office: 'centre' } as const
  const seen = { personId, subjectKind: 'person', subjectId: personId, cause: 'سأل بالهاتف' }
  await write(tx => recordLooks(tx, actor, 'counter.person-opened', [{ ...seen, by: { kind: 'reason' } }]))
  const row = await db.owner
    .selectFrom('look')
    .select('audit_id')
    .where('person_id', '=', personId)
    .orderBy('audit_id', 'desc')
    .executeTakeFirstOrThrow()
  return row.audit_id
}

async function asked(personId: string, look: string): Promise<string> {
  const cookie = await logInAs(place, { personId })
  const path = fillAddress(addresses.myLookQuestion, { look })
  expect((await knock(path, { cookie, form: { words: 'لماذا؟' } })).status).toBe(303)
  const row = await db.owner
    .selectFrom('look_question')
    .select(['question_id', 'due_on'])
    .where('audit_id', '=', look)
    .executeTakeFirstOrThrow()
  return row.question_id
}

describe('«why did you look?»', () => {
  test('is asked of one’s own looks alone, once, and falls due in working days', async () => {
    const person = await aPerson(place)
    const other = await aPerson(place)
    const look = await aLook(clerk.id, person.id)
    const stranger = await logInAs(place, { personId: other.id })
    const path = fillAddress(addresses.myLookQuestion, { look })
    expect((await knock(path, { cookie: stranger })).status).toBe(404)
    expect((await knock(path, { cookie: stranger, form: { words: 'لماذا؟' } })).status).toBe(404)
    await asked(person.id, look)
    await asked(person.id, look)
    const rows = await db.owner.selectFrom('look_question').selectAll().where('audit_id', '=', look).execute()
    // Ten working days from Sunday the first: the week rests on two.
    expect(rows.map(row => row.due_on)).toEqual(['2026-03-15'])
  })

  test('is answered by another than who looked, once, and the person reads it', async () => {
    const person = await aPerson(place)
    const question = await asked(person.id, await aLook(manager.id, person.id))
    const path = fillAddress(addresses.lookQuestion, { question })
    const form = { found: 'justified', words: 'كان لتصحيح رقم جوالك' }
    expect((await knock(path, { cookie: await as(manager.id), form })).status).toBe(403)
    expect((await knock(path, { cookie: await as(clerk.id), form })).status).toBe(403)
    const cookie = await as(supervisor.id)
    expect((await knock(path, { cookie, form: { ...form, words: 'نعم' } })).status).toBe(422)
    expect((await knock(path, { cookie, form })).status).toBe(303)
    expect((await knock(path, { cookie, form: { ...form, words: 'كان لأمر آخر تمامًا' } })).status).toBe(409)
    const told = await db.owner
      .selectFrom('message')
      .select('event')
      .where('person_id', '=', person.id)
      .execute()
    expect(told.map(({ event }) => event)).toContain('looks.answered')
  })
})

describe('who looked', () => {
  test('is shown by role unless the town has names shown, and in the shape of a data tracker', async () => {
    const person = await aPerson(place)
    await aLook(clerk.id, person.id)
    const cookie = await logInAs(place, { personId: person.id })
    const page = await (await knock(addresses.myLooks.pattern, { cookie })).text()
    expect(page).toContain('سأل بالهاتف')
    expect(page).not.toContain(clerk.name.ar)
    const { usage } = (await (await knock(addresses.myUsages.pattern, { cookie })).json()) as {
      usage: { logtime: string; action: string; receiver: string; ground?: string }[]
    }
    expect(usage[0]).toMatchObject({
      action: 'counter.person-opened',
      receiver: expect.any(String),
      ground: 'reason',
    })
    expect(usage[0]?.logtime).toBe(db.clock.now().toISOString())
  })

  test('is shown with what was done on a request, by name once the town has names shown', async () => {
    const person = await aPerson(place)
    const cookie = await logInAs(place, { personId: person.id })
    const shown = async () => (await knock(addresses.myLooks.pattern, { cookie })).text()
    expect(await shown()).not.toContain('وافق على خطوة في طلبك')
    const actor = { kind: 'staff', id: clerk.id, office: 'centre' } as const
    const done = { act: 'request.approve', subjectKind: 'request', subjectId: newId(db.clock.now()) }
    await write(tx => record(tx, { actor, ...done, personId: person.id }))
    expect(await shown()).toContain('وافق على خطوة في طلبك')
    expect(await shown()).not.toContain(clerk.name.ar)
    const from = today()
    const rule = (name: 'role' | 'name') =>
      write(tx => setSetting(tx, { key: 'looks.rules', from, value: { name }, by: builder }))
    await rule('name')
    expect(await shown()).toContain(clerk.name.ar)
    await rule('role')
    expect(await shown()).not.toContain(clerk.name.ar)
  })

  test('is for whoever logged in: others are asked to', async () => {
    for (const { pattern } of [addresses.myLooks, addresses.myUsages]) {
      const answer = await knock(pattern)
      expect([answer.status, answer.headers.get('location')?.startsWith('/my/log-in')]).toEqual([303, true])
    }
  })

  test('is counted by month, and a count under five is none', async () => {
    const busy = await aPerson(place)
    for (let look = 0; look < 5; look += 1) await aLook(admin.id, busy.id)
    await write(tx => countMonths(tx, 'Asia/Hebron'))
    await write(tx => countMonths(tx, 'Asia/Hebron'))
    const [line] = await house.database.read(town.id, tx => monthsOfLooks(tx, 12))
    expect(line).toMatchObject({ month: '2026-03-01', kind: 'reason' })
    expect(line?.looks).toBeGreaterThanOrEqual(5)
    await db.owner.updateTable('look_month').set({ looks: 4 }).execute()
    const [few] = await house.database.read(town.id, tx => monthsOfLooks(tx, 12))
    expect(few?.looks).toBeUndefined()
  })
})

describe('files opened by their number', () => {
  test('with nothing done in them stand before the supervisor, with whoever goes over the town’s line', async () => {
    const seenBy = async (staffId: string) =>
      (await knock(addresses.lookPresence.pattern, { cookie: await as(staffId) })).text()
    const person = await aPerson(place)
    await write(async tx => {
      await setSetting(tx, { key: 'looks.rules', from: today(), value: { idleADay: 1 }, by: builder })
      const visitId = await hangOn(tx, { staffId: clerk.id, act: 'person.identified', personId: person.id })
      await claimPresence(tx, { visitId, staffId: clerk.id, personId: person.id, office: 'centre' })
    })
    expect(await seenBy(supervisor.id)).not.toContain(person.displayName)
    db.clock.advance(46 * 60_000)
    await write(settleClaims)
    await write(settleClaims)
    const page = await seenBy(supervisor.id)
    expect(page).toContain(person.displayName)
    expect(page).toContain('ملف واحد بلا عمل يوم')
    expect((await knock(addresses.lookPresence.pattern, { cookie: await as(clerk.id) })).status).toBe(403)
    const flags = await db.owner
      .selectFrom('audit')
      .select('cause')
      .where('act', '=', 'looks.flagged')
      .execute()
    expect(flags).toHaveLength(1)
  })
})

describe('the month', () => {
  test('is told once to those whose file was opened for a reason, where the town has it so', async () => {
    const opened = await aPerson(place)
    const served = await aPerson(place)
    await aLook(clerk.id, opened.id)
    await aLook(clerk.id, opened.id)
    const actor = { kind: 'staff', id: clerk.id, office: 'centre' } as const
    const seen = { personId: served.id, subjectKind: 'person', subjectId: served.id, cause: 'خدمة' }
    await write(tx => recordLooks(tx, actor, 'counter.person-opened', [{ ...seen, by: { kind: 'visit' } }]))
    const told = async () =>
      (
        await db.owner
          .selectFrom('message')
          .select(['person_id', 'body'])
          .where('event', '=', 'looks.month')
          .execute()
      ).filter(each => [opened.id, served.id].includes(each.person_id ?? ''))
    // The third day of the month after.
    db.clock.advance(Date.parse('2026-04-03T07:00:00Z') - db.clock.now().getTime())
    const here = { ...town, id: town.id }
    await tellMonth(house, here)
    expect(await told()).toEqual([])
    const monthly = { key: 'looks.rules', from: today(), value: { monthly: true }, by: builder }
    await write(tx => setSetting(tx, monthly))
    await tellMonth(house, here)
    await tellMonth(house, here)
    const messages = await told()
    expect(messages.map(each => each.person_id)).toEqual([opened.id])
    expect(messages[0]?.body).toContain('2')
  })
})

describe('the privacy policy', () => {
  test('is in force from its day once another than its writer adopted it, and keeps its versions', async () => {
    const manage = addresses.managePrivacy.pattern
    const cookie = await as(admin.id)
    const form = { ar: 'نحفظ بياناتك.', en: '', decision: '14/2026', from: '1/3/2026' }
    expect((await knock(manage, { cookie, form: { ...form, decision: '' } })).status).toBe(422)
    expect((await knock(manage, { cookie, form })).status).toBe(303)
    expect((await knock(manage, { cookie, form })).status).toBe(409)
    const shown = async () => (await knock(addresses.privacy.pattern)).text()
    expect(await shown()).not.toContain('نحفظ بياناتك.')
    const review = fillAddress(addresses.managePrivacyReview, { version: 1 })
    expect((await knock(review, { cookie, form: { do: 'accept' } })).status).toBe(403)
    expect((await knock(review, { cookie: await as(manager.id), form: { do: 'accept' } })).status).toBe(303)
    expect(await shown()).toContain('نحفظ بياناتك.')
    expect(await shown()).toContain('14/2026')
  })
})
