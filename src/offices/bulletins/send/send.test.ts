import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { sendDue } from '../../messaging/index.ts'
import { askReview, goOn, letGo, pauseBulletin, sendBack, stopBulletin } from '../acts.ts'
import { registerBulletins } from '../index.ts'
import type { Audience } from '../model.ts'
import { getBulletin } from '../store.ts'
import { aBulletinTown, nobody } from '../testing/town.ts'
import { planNext } from './plan.ts'
import { carryOn } from './work.ts'

const db = await testDatabase()
const town = await aBulletinTown(db)
const { house, write, read, by, second, gathered, person, connect, owe } = town
registerBulletins(house)

let quarters = 0
/** Some people in a quarter of their own. */
async function some(count: number): Promise<Audience> {
  quarters += 1
  const quarter = `حي ${quarters}`
  for (let at = 0; at < count; at++) await person({ quarter })
  return { ...nobody, quarters: [quarter] }
}

const released = async (over: Parameters<typeof gathered>[0]) => {
  const { id } = await gathered(over)
  await write(tx => askReview(tx, id, by))
  await write(tx => letGo(tx, id, second))
  return id
}

const states = async (id: string) => {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, count(*)::integer as n from message where bulk_id = ${id} group by state order by state`.execute(
    db.owner,
  )
  return Object.fromEntries(rows.map(row => [row.state, row.n]))
}
const shown = (id: string) => read(tx => getBulletin(tx, id))
const carry = (id: string) => carryOn(house, town.town.id, id)
const send = async () => {
  while ((await sendDue(house, [town.town])) > 0);
}

test('goes from the writer through a second person to every telephone, and reports', async () => {
  const id = await released({ audience: await some(3) })
  await carry(id)
  expect(await states(id)).toEqual({ planned: 3 })
  await send()
  await carry(id)
  const { state, progress, ended } = await shown(id)
  expect({ state, states: progress.states }).toEqual({ state: 'done', states: { delivered: 3 } })
  expect(ended?.at).toEqual(db.clock.now())
})

test('is not let go by whoever wrote in it, nor before somebody was asked', async () => {
  const { id } = await gathered({ audience: await some(1) })
  await expect(write(tx => letGo(tx, id, second))).rejects.toMatchObject({ code: 'bulletin-moved-on' })
  await write(tx => askReview(tx, id, by))
  await expect(write(tx => letGo(tx, id, by))).rejects.toMatchObject({ code: 'second-person' })
  await write(tx => sendBack(tx, id, 'اذكر الساعة', second))
  expect(await shown(id)).toMatchObject({ state: 'counted', returnedWhy: 'اذكر الساعة' })
  expect(await states(id)).toEqual({})
})

test('is let go as the second person saw it, not as it was written since', async () => {
  const { id } = await gathered({ audience: await some(1) })
  await write(tx => askReview(tx, id, by))
  const seen = (await shown(id)).asked?.at
  db.clock.advance(1_000)
  await write(tx => sendBack(tx, id, '', by))
  await write(tx => askReview(tx, id, by))
  await expect(write(tx => letGo(tx, id, second, seen))).rejects.toMatchObject({ code: 'bulletin-moved-on' })
  const now = (await shown(id)).asked?.at
  await write(tx => letGo(tx, id, second, now))
  expect(await shown(id)).toMatchObject({ state: 'sending' })
})

test('without anybody on its list it is not given to a second person', async () => {
  const { id } = await gathered({ audience: { ...nobody, quarters: ['حي لا أحد فيه'] } })
  await expect(write(tx => askReview(tx, id, by))).rejects.toMatchObject({ code: 'nobody-on-the-list' })
})

test('plans each message once, however often and by however many it is carried on', async () => {
  const id = await released({ audience: await some(5) })
  await Promise.all([carry(id), carry(id), carry(id)])
  expect(await states(id)).toEqual({ planned: 5 })
})

test('a slice that dies before its end has planned nothing, and is planned again', async () => {
  const id = await released({ audience: await some(4) })
  await expect(
    write(async tx => {
      await planNext(tx, await getBulletin(tx, id, true))
      throw new Error('died')
    }),
  ).rejects.toThrow('died')
  expect(await states(id)).toEqual({})
  await carry(id)
  expect(await states(id)).toEqual({ planned: 4 })
})

test('keeps to so many parts a day, and goes on the next', async () => {
  const id = await released({ audience: await some(5), dailyParts: 2 })
  await carry(id)
  await send()
  await carry(id)
  expect(await states(id)).toEqual({ delivered: 2, waiting: 3 })
  db.clock.advance(86_400_000)
  await carry(id)
  expect(await states(id)).toEqual({ delivered: 2, planned: 2, waiting: 1 })
})

test('goes on where a message is longer than the parts of a day', async () => {
  const id = await released({ audience: await some(2), dailyParts: 1, body: 'م'.repeat(100) })
  await carry(id)
  expect(await states(id)).toEqual({ planned: 1, waiting: 1 })
})

test('paused it takes back what nobody has in hand, and goes on where it was', async () => {
  const id = await released({ audience: await some(4), dailyParts: 2 })
  await carry(id)
  await write(tx => pauseBulletin(tx, id, by))
  await carry(id)
  expect(await states(id)).toEqual({ waiting: 4 })
  await write(tx => goOn(tx, id, by))
  await carry(id)
  expect(await states(id)).toEqual({ planned: 2, waiting: 2 })
})

test('stopped it sends nothing more, and says what was taken back', async () => {
  const id = await released({ audience: await some(4), dailyParts: 1 })
  await carry(id)
  await send()
  await write(tx => stopBulletin(tx, id, by))
  await carry(id)
  await send()
  expect(await states(id)).toEqual({ cancelled: 3, delivered: 1 })
  expect(await shown(id)).toMatchObject({
    state: 'stopped',
    progress: { states: { cancelled: 3, delivered: 1 }, failures: { stopped: 3 } },
  })
})

test('a bill says what is owed when it is sent, and nothing to whoever has paid by then', async () => {
  const debtor = await person()
  const payer = await person()
  const accounts = [await connect(debtor.id, { feeder: 'ف' }), await connect(payer.id, { feeder: 'ف' })]
  await owe(accounts[0] ?? '', debtor.id, 8_640, '2026-03-20')
  const paid = await owe(accounts[1] ?? '', payer.id, 5_000)
  const body = 'عليك للبلدية {amount} تستحق {date}.'
  const id = await released({
    kind: 'bill',
    body,
    audience: { ...nobody, feeders: ['ف'], accountKinds: ['electricity'] },
  })
  await carry(id)
  await owe(accounts[0] ?? '', debtor.id, 1_000, '2026-03-10')
  await sql`update charge set settled_minor = amount_minor where charge_id = ${paid}`.execute(db.owner)
  await send()
  const { rows } = await sql<{ person_id: string; state: string; body: string; failure: string | null }>`
    select person_id, state, body, failure from message where bulk_id = ${id}`.execute(db.owner)
  const of = (id: string) => rows.find(row => row.person_id === id)
  expect(of(debtor.id)).toMatchObject({ state: 'delivered', body: expect.stringContaining('96.40') })
  expect(of(debtor.id)?.body).toContain('10/3')
  expect(of(payer.id)).toMatchObject({ state: 'cancelled', failure: 'nothing-owed' })
})

test('a bill that reached nobody has no words: none were filled in', async () => {
  const debtor = await person()
  const account = await connect(debtor.id, { feeder: 'ص' })
  await owe(account, debtor.id, 8_640)
  const id = await released({
    kind: 'bill',
    body: 'عليك للبلدية {amount}.',
    audience: { ...nobody, feeders: ['ص'], accountKinds: ['electricity'] },
  })
  await carry(id)
  await sql`insert into phone_health (municipality_id, phone_index, failures, failing_since, failed_at, asleep_at)
    select municipality_id, phone_index, 3, now(), now(), now() from person_phone where person_id = ${debtor.id}`.execute(
    db.owner,
  )
  await send()
  const { rows } = await sql`select state, body from message where bulk_id = ${id}`.execute(db.owner)
  expect(rows).toEqual([{ state: 'unaddressed', body: '' }])
})

test('what the law has the town tell is told however late it is', async () => {
  const id = await released({ kind: 'legal', audience: await some(1), expiresDays: 1 })
  await carry(id)
  db.clock.advance(5 * 86_400_000)
  await send()
  expect(await states(id)).toEqual({ delivered: 1 })
})

test('leaves a part of what the providers take in a day to what people wait for', async () => {
  await sql`
    insert into message_provider (municipality_id, provider_id, name, channel, dialect, settings, weight, daily_parts, price_milli, price_currency,
                                  hook_hash, is_on, added_at, changed_at)
    values (${town.town.id}, gen_random_uuid(), 'one', 'sms', 'smpp', '{}', 100, 10, 4500, 'ILS', '\\x01', true, now(), now())`.execute(
    db.owner,
  )
  const id = await released({ audience: await some(12) })
  await carry(id)
  expect(await states(id)).toEqual({ planned: 9, waiting: 3 })
  await sql`delete from message_provider where name = 'one'`.execute(db.owner)
})
