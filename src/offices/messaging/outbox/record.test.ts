import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import {
  aCarrier,
  aMessage,
  anOutbox,
  aProvider,
  messageRow,
  refused,
} from '../../../../test/builders/messages.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import { letGo } from './lease.ts'

const db = await testDatabase()
const house = aHouse(db)

async function aTownThatSends() {
  const town = await aTown(db)
  const place = { house, town: town.id }
  const person = await aPerson(place)
  const provider = await aProvider(place)
  const carrier = aCarrier()
  const carriers: Parameters<typeof anOutbox>[1] = { [provider.name]: carrier }
  const outbox = anOutbox(house, carriers)
  const plan = () => aMessage(place, { personId: person.id })
  const row = (id: string) => messageRow(db, town, id)
  return { town, place, provider, carrier, carriers, plan, row, send: () => outbox.sendDue([town]) }
}

test('an answer no database takes leaves its message uncertain, and those beside it as they are', async () => {
  const { plan, row, send, carrier } = await aTownThatSends()
  const [bad, good] = [await plan(), await plan()]
  carrier.answer = ({ messageId }) => ({
    outcome: 'accepted',
    refs: [messageId === bad ? 'a\u0000b' : 'good'],
  })
  await send()
  await send()
  expect(carrier.handed).toHaveLength(2)
  expect(await row(bad)).toMatchObject({ state: 'uncertain', failure: 'answer-unknown' })
  expect(await row(good)).toMatchObject({ state: 'sent' })
})

test('a reference longer than any index takes keeps nothing else waiting', async () => {
  const { plan, row, send, carrier } = await aTownThatSends()
  const noise = randomBytes(6_000).toString('base64')
  carrier.answer = () => ({ outcome: 'accepted', refs: [noise] })
  const id = await plan()
  await send()
  expect(await row(id)).toMatchObject({ state: 'uncertain' })
})

test('what a dead process was putting into an inbox is put there by the next', async () => {
  const { town, plan, row, send } = await aTownThatSends()
  const id = await plan()
  await db.owner
    .updateTable('message')
    .set({ channel: 'portal', to_sealed: null, to_index: null })
    .where('message_id', '=', id)
    .execute()
  await db.owner
    .insertInto('message_handing')
    .values({
      municipality_id: town.id,
      handing_id: newId(db.clock.now()),
      holder: newId(db.clock.now()),
      at: db.clock.now(),
      message_ids: [id],
    })
    .execute()
  await send()
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 })
})

test('a message whose result is never taken is not handed over again, and is uncertain to the next process', async () => {
  const { town, place, provider, plan, row, send, carrier, carriers } = await aTownThatSends()
  const { name } = await aProvider(place)
  const other = aCarrier()
  carriers[name] = other
  const id = await plan()
  carrier.answer = async () => {
    await db.owner.deleteFrom('message_provider_health').where('provider_id', '=', provider.id).execute()
    await db.owner.deleteFrom('message_provider').where('provider_id', '=', provider.id).execute()
    return { outcome: 'accepted', refs: [] }
  }
  await send()
  await send()
  expect([...carrier.handed, ...other.handed]).toHaveLength(1)
  db.clock.advance(12_000)
  await anOutbox(house, carriers).sendDue([town])
  expect(await row(id)).toMatchObject({ state: 'uncertain', failure: 'sender-died' })
})

test('a full letter box is tried again after a minute, and keeps nobody else waiting', async () => {
  const { plan, row, send, carrier } = await aTownThatSends()
  const { answer } = carrier
  carrier.answer = () => refused('later')
  const id = await plan()
  await send()
  const notBefore = new Date(db.clock.now().getTime() + 60_000)
  expect(await row(id)).toMatchObject({ state: 'planned', attempts: 1, not_before: notBefore })
  expect(await row(id)).toMatchObject({ later_since: db.clock.now(), later_tries: 1 })
  carrier.answer = answer
  const other = await plan()
  await send()
  expect(await row(other)).toMatchObject({ state: 'sent' })
  db.clock.advance(60_000)
  await send()
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(carrier.handed).toHaveLength(3)
})

test('a full letter box is not given up for the tries of days in which nobody took anything', async () => {
  const { plan, row, send, carrier } = await aTownThatSends()
  const id = await plan()
  await db.owner
    .updateTable('message')
    .set({ attempts: 499, planned_at: new Date(db.clock.now().getTime() - 72 * 3_600_000) })
    .where('message_id', '=', id)
    .execute()
  carrier.answer = () => refused('later')
  await send()
  expect(await row(id)).toMatchObject({ state: 'planned', attempts: 500, later_tries: 1 })
  const first = db.clock.now()
  db.clock.advance(60_000)
  await send()
  expect(await row(id)).toMatchObject({ state: 'planned', later_since: first, later_tries: 2 })
})

test('a process that stands still in the middle of a write keeps the town from the next no longer than its lease', async () => {
  const { town, plan, row, send, carriers } = await aTownThatSends()
  await send()
  const goOn = Promise.withResolvers<void>()
  const holds = Promise.withResolvers<void>()
  const stuck = house.database.write(town.id, async tx => {
    await letGo(tx, 100)
    await tx.q.selectFrom('message_lease').select('holder').forUpdate().execute()
    holds.resolve()
    await goOn.promise
  })
  await holds.promise
  const id = await plan()
  db.clock.advance(12_000)
  await anOutbox(house, carriers).sendDue([town])
  expect(await row(id)).toMatchObject({ state: 'sent' })
  goOn.resolve()
  await expect(stuck).rejects.toThrow()
})
