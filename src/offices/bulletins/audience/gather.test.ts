import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aConsentPurpose, agreesTo } from '../../../../test/builders/consents.ts'
import { testDatabase } from '../../../../test/database.ts'
import { optOut } from '../../messaging/index.ts'
import { mergePeople } from '../../people/index.ts'
import { aBulletinTown, nobody } from '../testing/town.ts'

const db = await testDatabase()
const town = await aBulletinTown(db)
const { gathered, person, connect, owe, write } = town

const onTheList = async (id: string) => {
  const { rows } = await sql<{ person_id: string | null; channel: string }>`
    select person_id, channel from bulletin_recipient where bulletin_id = ${id} order by recipient_no`.execute(
    db.owner,
  )
  return rows.map(row => row.person_id)
}

test('a quarter is those who live there and those who hold a connection there, and nobody else', async () => {
  const lives = await person({ quarter: 'حي النزهة' })
  const connected = await person({ quarter: 'حي آخر' })
  await connect(connected.id, { quarter: 'حي النزهة' })
  const elsewhere = await person({ quarter: 'حي آخر' })
  await connect(elsewhere.id, { quarter: 'حي آخر' })
  const { id, counts, state } = await gathered({ audience: { ...nobody, quarters: ['حي النزهة'] } })
  expect(state).toBe('counted')
  expect((await onTheList(id)).sort()).toEqual([lives.id, connected.id].sort())
  expect(counts).toMatchObject({ people: 2, recipients: 2, folded: 0 })
})

test('one telephone is told once, and its double is counted', async () => {
  const phone = '0599771001'
  const first = await person({ quarter: 'حي الكرم', phone })
  await person({ quarter: 'حي الكرم', phone: '+972599771001' })
  const { id, counts } = await gathered({ audience: { ...nobody, quarters: ['حي الكرم'] } })
  expect(counts).toMatchObject({ people: 2, recipients: 1, folded: 1 })
  expect(await onTheList(id)).toEqual([first.id])
})

test('records of one person are told once, by the number of the record that stands', async () => {
  const stands = await person({ quarter: 'حي الزيتون' })
  const double = await person({ quarter: 'حي الزيتون', idKind: 'none' })
  await write(tx =>
    mergePeople(tx, { mergedId: double.id, intoId: stands.id, reason: 'هو نفسه', despite: true }, town.by),
  )
  const { id, counts } = await gathered({ audience: { ...nobody, quarters: ['حي الزيتون'] } })
  expect(await onTheList(id)).toEqual([stands.id])
  expect(counts).toMatchObject({ people: 1, recipients: 1 })
})

test('a feeder, a kind of account and a debt are those who have them, together', async () => {
  const rich = await person()
  const poor = await person()
  const none = await person()
  const far = await person()
  const accounts = await Promise.all([rich, poor, none].map(each => connect(each.id, { feeder: 'مغذي 7' })))
  const other = await connect(far.id, { feeder: 'مغذي 8' })
  await owe(accounts[0] ?? '', rich.id, 30_000)
  await owe(accounts[1] ?? '', poor.id, 5_000)
  await owe(other, far.id, 90_000)
  const feeder = { ...nobody, feeders: ['مغذي 7'] }
  expect((await gathered({ audience: feeder })).counts.recipients).toBe(3)
  const debt = { currency: 'ILS', minor: 10_000, overdue: false } as const
  const { id } = await gathered({ audience: { ...feeder, debt } })
  expect(await onTheList(id)).toEqual([rich.id])
  const kinds = await gathered({ audience: { ...feeder, accountKinds: ['water'] } })
  expect(kinds.counts.recipients).toBe(0)
  const late = await gathered({ audience: { ...feeder, debt: { ...debt, minor: 0, overdue: true } } })
  expect((await onTheList(late.id)).sort()).toEqual([rich.id, poor.id].sort())
})

test('who wants no such messages, whose telephone sleeps and who has none are left out and counted', async () => {
  const quarter = 'حي الرمان'
  const told = await person({ quarter })
  const unwilling = await person({ quarter })
  const asleep = await person({ quarter })
  const mute = await person({ quarter, phone: null })
  const indexOf = async (id: string) =>
    (
      await db.owner
        .selectFrom('person_phone')
        .select('phone_index')
        .where('person_id', '=', id)
        .executeTakeFirstOrThrow()
    ).phone_index
  const unwanted = await indexOf(unwilling.id)
  await write(tx => optOut(tx, { to: [unwanted], kinds: ['awareness'], way: 'sms' }, town.by))
  await sql`insert into phone_health (municipality_id, phone_index, failures, failing_since, failed_at, asleep_at)
    values (${town.town.id}, ${await indexOf(asleep.id)}, 3, now(), now(), now())`.execute(db.owner)
  const audience = { ...nobody, quarters: [quarter] }
  const { id, counts } = await gathered({ audience })
  expect(await onTheList(id)).toEqual([told.id])
  expect(counts).toMatchObject({ people: 4, noPhone: 1, optedOut: 1, asleep: 1, recipients: 1, folded: 0 })
  const reminder = await gathered({ audience, kind: 'reminder' })
  expect(reminder.counts).toMatchObject({ optedOut: 0, recipients: 2 })
  const legal = await gathered({ audience, kind: 'legal' })
  expect((await onTheList(legal.id)).sort()).toEqual([told.id, unwilling.id, asleep.id, mute.id].sort())
  expect(legal.counts).toMatchObject({ noPhone: 0, optedOut: 0, asleep: 0, recipients: 4 })
})

test('who is told on the portal alone gets it there', async () => {
  const quarter = 'حي اللوز'
  const reader = await person({ quarter })
  await sql`insert into contact_preference (municipality_id, person_id, channels, changed_at, changed_by_kind, changed_by)
    values (${town.town.id}, ${reader.id}, 'portal', now(), 'person', 'x')`.execute(db.owner)
  const { id, counts } = await gathered({ audience: { ...nobody, quarters: [quarter] } })
  expect(counts).toMatchObject({ portal: 1, recipients: 1 })
  const { rows } =
    await sql`select channel, phone_index from bulletin_recipient where bulletin_id = ${id}`.execute(db.owner)
  expect(rows).toEqual([{ channel: 'portal', phone_index: null }])
  // What nobody may do without goes to the telephone even then.
  const legal = await gathered({ audience: { ...nobody, quarters: [quarter] }, kind: 'legal' })
  expect(legal.counts).toMatchObject({ portal: 0, recipients: 1 })
})

test('all whose number was verified are those alone', async () => {
  const one = await person()
  await sql`update person_phone set verified_at = now(), verified_how = 'counter' where person_id = ${one.id}`.execute(
    db.owner,
  )
  const { id } = await gathered({ audience: { ...nobody, verified: true } })
  expect(await onTheList(id)).toEqual([one.id])
})

test('awareness goes only to those who agreed, once the town asks for that', async () => {
  const quarter = 'حي الموافقة'
  const agrees = await person({ quarter })
  await person({ quarter })
  const audience = { ...nobody, quarters: [quarter] }
  expect((await gathered({ audience, kind: 'awareness' })).counts).toMatchObject({ recipients: 2 })
  const purpose = await aConsentPurpose(town.house, town.town.id, 'awareness')
  expect((await gathered({ audience, kind: 'awareness' })).counts).toMatchObject({
    recipients: 0,
    optedOut: 2,
  })
  await agreesTo(town.house, town.town.id, agrees.id, purpose)
  const { id, counts } = await gathered({ audience, kind: 'awareness' })
  expect(counts).toMatchObject({ recipients: 1, optedOut: 1 })
  expect(await onTheList(id)).toEqual([agrees.id])
  expect((await gathered({ audience, kind: 'reminder' })).counts).toMatchObject({ recipients: 2 })
})
