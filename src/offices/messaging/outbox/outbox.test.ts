import { describe, expect, test } from 'vitest'
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
import { messagesOfPerson, sendDue } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)

/** A town with two providers and somebody to tell. */
async function aTownThatSends({ window = 10, weights = [60, 40] } = {}) {
  const town = await aTown(db)
  const place = { house, town: town.id }
  const person = await aPerson(place)
  const first = await aProvider(place, { weight: weights[0] ?? 50 })
  const second = await aProvider(place, { weight: weights[1] ?? 50 })
  const carriers = { [first.name]: aCarrier({ window }), [second.name]: aCarrier({ window }) }
  const [one, two] = Object.values(carriers)
  if (!one || !two) throw new Error('two carriers')
  const outbox = anOutbox(house, carriers)
  const plan = (over: Parameters<typeof aMessage>[1] = {}) =>
    aMessage(place, { personId: person.id, ...over })
  const row = (id: string) => messageRow(db, town, id)
  return {
    town,
    place,
    person,
    first,
    second,
    one,
    two,
    outbox,
    plan,
    row,
    send: () => outbox.sendDue([town]),
  }
}

describe('the outbox', () => {
  test('hands planned messages over once, and says so on each', async () => {
    const { send, plan, row, one, two, first } = await aTownThatSends()
    const id = await plan()
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    expect([...one.handed, ...two.handed].map(each => each.messageId)).toEqual([id])
    expect(await row(id)).toMatchObject({
      state: 'sent',
      provider_id: first.id,
      price_milli: 4500,
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

  test('gives what one provider refuses to the other in the same breath', async () => {
    const { send, plan, row, one, two, second } = await aTownThatSends()
    one.answer = () => refused()
    const id = await plan()
    await send()
    expect(two.handed).toHaveLength(1)
    expect(await row(id)).toMatchObject({ state: 'sent', provider_id: second.id })
  })
})
