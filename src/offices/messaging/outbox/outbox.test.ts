import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import {
  aCarrier,
  aMessage,
  anOutbox,
  aProvider,
  messageRow,
  type ProviderOverrides,
  refused,
} from '../../../../test/builders/messages.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { messagesOfPerson, sendDue } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)

/** A town with two providers and somebody to tell. Chance always falls on the first. */
async function aTownThatSends(over: { window?: number; first?: ProviderOverrides } = {}) {
  const town = await aTown(db)
  const place = { house, town: town.id }
  const person = await aPerson(place)
  const first = await aProvider(place, { weight: 60, ...over.first })
  const second = await aProvider(place, { weight: 40 })
  const [one, two] = [aCarrier({ window: over.window ?? 10 }), aCarrier({ window: over.window ?? 10 })]
  const carriers = { [first.name]: one, [second.name]: two }
  const outbox = anOutbox(house, carriers)
  const plan = (message: Parameters<typeof aMessage>[1] = {}) =>
    aMessage(place, { personId: person.id, ...message })
  const row = (id: string) => messageRow(db, town, id)
  const send = () => outbox.sendDue([town])
  return { town, place, person, first, second, one, two, carriers, outbox, plan, row, send }
}

describe('the outbox', () => {
  test('hands planned messages over once, and says so on each', async () => {
    const { send, plan, row, one, first } = await aTownThatSends()
    const id = await plan()
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    expect(one.handed.map(each => each.messageId)).toEqual([id])
    expect(await row(id)).toMatchObject({
      state: 'sent',
      provider_id: first.id,
      price_milli: 4500,
      price_currency: 'ILS',
      attempts: 1,
    })
  })

  test('keeps the messages of a town without a provider until it has one', async () => {
    const town = await aTown(db)
    const person = await aPerson({ house, town: town.id })
    const id = await aMessage({ house, town: town.id }, { personId: person.id })
    expect(await sendDue(house, [town])).toBe(0)
    expect(await messageRow(db, town, id)).toMatchObject({ state: 'planned' })
  })

  test('lets the telephones of a demo town ring at once', async () => {
    const town = await aTown(db, { isDemo: true })
    const person = await aPerson({ house, town: town.id })
    await aMessage({ house, town: town.id }, { personId: person.id })
    expect(await sendDue(house, [town])).toBe(1)
    const shown = await db.database.read(town.id, tx => messagesOfPerson(tx, person.id))
    expect(shown).toMatchObject([{ state: 'delivered', parts: 1, deliveredAt: db.clock.now() }])
  })

  test('sends codes before steps, and steps before what is said to many, though they were planned last', async () => {
    const { send, plan, one, two } = await aTownThatSends({ window: 1 })
    const order: string[] = []
    one.answer = two.answer = ({ messageId }) => {
      order.push(messageId)
      return { outcome: 'accepted', refs: [] }
    }
    const ids = []
    for (const kind of ['awareness', 'step', 'code'] as const) ids.push(await plan({ kind }))
    while ((await send()) > 0);
    expect(order).toEqual(ids.toReversed())
  })

  test('puts a message into the inbox of the portal without any provider', async () => {
    const { send, plan, row, person, town } = await aTownThatSends()
    await db.database.write(town.id, tx =>
      tx.q
        .insertInto('contact_preference')
        .values({
          municipality_id: town.id,
          person_id: person.id,
          channels: 'portal',
          changed_at: tx.now,
          changed_by_kind: 'system',
          changed_by: 'test',
        })
        .execute(),
    )
    const id = await plan()
    await send()
    expect(await row(id)).toMatchObject({
      channel: 'portal',
      state: 'sent',
      provider_id: null,
      price_milli: null,
    })
  })
})

describe('two providers', () => {
  test('give what one refuses to the other in the same breath, and keep it from the one that is down', async () => {
    const { send, plan, row, one, two, first, second } = await aTownThatSends()
    one.answer = () => refused()
    one.up = false
    const id = await plan()
    await send()
    expect(two.handed.map(each => each.messageId)).toEqual([id])
    expect(await row(id)).toMatchObject({ state: 'sent', provider_id: second.id })
    await plan()
    await send()
    expect(one.handed).toHaveLength(1)
    const health = await db.owner
      .selectFrom('message_provider_health')
      .selectAll()
      .where('provider_id', '=', first.id)
      .executeTakeFirstOrThrow()
    expect(health).toMatchObject({ state: 'down', reason: 'no-connection' })
  })

  test('take a provider back within ten seconds of its return', async () => {
    const { send, plan, one, two } = await aTownThatSends()
    one.answer = () => refused()
    one.up = false
    await plan()
    await send()
    one.answer = two.answer
    one.up = true
    for (let passed = 0; passed < 10 && one.handed.length < 2; passed++) {
      db.clock.advance(1_000)
      await plan()
      await send()
    }
    expect(one.handed).toHaveLength(2)
  })

  test('lose nothing while both are down, however long, and send it all once one is back', async () => {
    const { send, plan, row, one, two } = await aTownThatSends()
    for (const each of [one, two]) {
      each.answer = () => refused()
      each.up = false
    }
    const id = await plan()
    for (let minute = 0; minute < 60; minute++) {
      await send()
      db.clock.advance(60_000)
    }
    expect(await row(id)).toMatchObject({ state: 'planned' })
    two.up = true
    two.answer = () => ({ outcome: 'accepted', refs: ['back'] })
    await send()
    expect(await row(id)).toMatchObject({ state: 'sent' })
  })

  test('never send again what was handed over and not answered', async () => {
    const { send, plan, row, one, two, town } = await aTownThatSends()
    one.answer = () => ({ outcome: 'uncertain', failure: 'answer-lost', refs: [] })
    const id = await plan()
    for (let each = 0; each < 20; each++) {
      await send()
      db.clock.advance(10_000)
    }
    expect([...one.handed, ...two.handed]).toHaveLength(1)
    expect(await row(id)).toMatchObject({ state: 'uncertain', failure: 'answer-lost' })
    const parts = await db.owner
      .selectFrom('message_part')
      .selectAll()
      .where('municipality_id', '=', town.id)
      .execute()
    expect(parts).toMatchObject([{ message_id: id, state: 'uncertain', provider_ref: null }])
  })

  test('give up a message that no provider would take, and leave the provider in peace', async () => {
    const { send, plan, row, one, two } = await aTownThatSends()
    one.answer = () => refused('message')
    const id = await plan()
    await send()
    expect(await row(id)).toMatchObject({ state: 'failed', failure: 'wrong-number', hard: true })
    const { to_index } = await row(id)
    const ageing = await db.owner
      .selectFrom('phone_health')
      .selectAll()
      .where('phone_index', '=', to_index)
      .executeTakeFirst()
    expect(ageing).toMatchObject({ failures: 1 })
    await plan()
    await send()
    expect(one.handed).toHaveLength(2)
    expect(two.handed).toHaveLength(0)
  })
})

describe('limits of a provider', () => {
  test('let no more go than its rate', async () => {
    const { send, plan, one, two } = await aTownThatSends({ first: { rate: 5 } })
    two.answer = () => refused()
    two.up = false
    for (let each = 0; each < 20; each++) await plan()
    for (let second = 0; second < 2; second++) {
      await send()
      expect(one.handed.length).toBeLessThanOrEqual(5 + 5 * second)
      db.clock.advance(1_000)
    }
    for (let second = 0; second < 5; second++) {
      await send()
      db.clock.advance(1_000)
    }
    expect(one.handed).toHaveLength(20)
  })

  test('keep the last tenth of a day for steps', async () => {
    const { send, plan, one, two } = await aTownThatSends({ first: { dailyParts: 10 } })
    two.answer = () => refused()
    two.up = false
    for (let each = 0; each < 12; each++) await plan({ kind: 'awareness' })
    await send()
    await send()
    expect(one.handed).toHaveLength(9)
    await plan({ kind: 'step' })
    await plan({ kind: 'step' })
    await send()
    await send()
    expect(one.handed).toHaveLength(10)
    db.clock.advance(86_400_000)
    await send()
    expect(one.handed.length).toBeGreaterThan(10)
  })
})

describe('one process at a time', () => {
  test('sends for a town; another takes over once it falls silent', async () => {
    const { send, plan, carriers, town } = await aTownThatSends()
    await plan()
    await send()
    const other = anOutbox(house, carriers)
    const id = await plan()
    expect(await other.sendDue([town])).toBe(0)
    db.clock.advance(12_000)
    expect(await other.sendDue([town])).toBe(1)
    expect(await messageRow(db, town, id)).toMatchObject({ state: 'sent' })
  })

  test('hands over at once what it leaves in peace', async () => {
    const { send, plan, carriers, outbox, town } = await aTownThatSends()
    await send()
    await outbox.close()
    await plan()
    expect(await anOutbox(house, carriers).sendDue([town])).toBe(1)
  })

  test('never repeats what another was handing over, though it sent for the town before', async () => {
    const { send, plan, row, carriers, one, town } = await aTownThatSends()
    await send()
    db.clock.advance(12_000)
    const other = anOutbox(house, carriers)
    await other.sendDue([town])
    // The first sees that it lost the town.
    expect(await send()).toBe(0)
    const id = await plan()
    const began = Promise.withResolvers<void>()
    one.answer = () => {
      began.resolve()
      return new Promise(() => {})
    }
    void other.sendDue([town])
    await began.promise
    db.clock.advance(12_000)
    await send()
    expect(await row(id)).toMatchObject({ state: 'uncertain', failure: 'sender-died' })
    expect(one.handed).toHaveLength(1)
  })

  test('marks what a dead process was handing over as uncertain, and believes that one should it speak again', async () => {
    const { send, plan, row, carriers, one, town } = await aTownThatSends()
    const id = await plan()
    const answer = Promise.withResolvers<Awaited<ReturnType<typeof one.answer>>>()
    const began = Promise.withResolvers<void>()
    one.answer = () => {
      began.resolve()
      return answer.promise
    }
    const sending = send()
    await began.promise
    db.clock.advance(12_000)
    const other = anOutbox(house, carriers)
    await other.sendDue([town])
    expect(await row(id)).toMatchObject({ state: 'uncertain', failure: 'sender-died' })
    answer.resolve({ outcome: 'accepted', refs: ['late'] })
    await sending
    expect(await row(id)).toMatchObject({ state: 'sent', failure: null })
    expect(one.handed).toHaveLength(1)
  })
})
