import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aCarrier, aMessage, anOutbox, aProvider, messageRow } from '../../../../test/builders/messages.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { DeliveryReport, HandedOver } from '../carriers/model.ts'
import { takeReports } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
const long =
  'استلمنا طلبك رقم 1204/2026 في مركز خدمات الجمهور، ونخبرك برسالة عند كل خطوة منه حتى تستلم ما طلبت.'

async function aSent(answer: (id: string) => HandedOver, body = 'استلمنا طلبك.') {
  const town = await aTown(db)
  const place = { house, town: town.id }
  const person = await aPerson(place)
  const provider = await aProvider(place)
  const carrier = aCarrier()
  carrier.answer = message => answer(message.messageId)
  const outbox = anOutbox(house, { [provider.name]: carrier })
  const id = await aMessage(place, { personId: person.id, body })
  await outbox.sendDue([town])
  const row = () => messageRow(db, town, id)
  const told = (...reports: (Partial<DeliveryReport> & Pick<DeliveryReport, 'state'>)[]) =>
    takeReports(
      house,
      town.id,
      provider.id,
      reports.map(each => ({ ref: '', at: db.clock.now(), ...each })),
    )
  const health = () =>
    db.owner.selectFrom('phone_health').selectAll().where('municipality_id', '=', town.id).execute()
  return { town, place, person, provider, carrier, outbox, id, row, told, health }
}

const accepted =
  (...refs: string[]) =>
  (): HandedOver => ({ outcome: 'accepted', refs })
const hard = { code: 'unknown-subscriber', hard: true } as const

describe('a report', () => {
  test('says that a message was delivered, and when, and tells of the number', async () => {
    const { told, row, health } = await aSent(accepted('a1'))
    const at = new Date(db.clock.now().getTime() + 90_000)
    await told({ ref: 'a1', state: 'delivered', at })
    expect(await row()).toMatchObject({ state: 'delivered', delivered_at: at })
    expect(await health()).toMatchObject([{ failures: 0, reached_at: at }])
  })

  test('that is doubled, reversed or late changes nothing of what is known', async () => {
    const { told, row } = await aSent(accepted('b1'))
    await told({ ref: 'b1', state: 'failed', failure: { code: 'undeliverable', hard: false } })
    expect(await row()).toMatchObject({ state: 'failed', failure: 'undeliverable', hard: false })
    await told(
      { ref: 'b1', state: 'delivered' },
      { ref: 'b1', state: 'accepted' },
      { ref: 'b1', state: 'delivered' },
    )
    await told({ ref: 'b1', state: 'failed', failure: { code: 'expired', hard: false } })
    expect(await row()).toMatchObject({ state: 'delivered', failure: null, ended_at: null })
  })

  test('that overtakes the answer waits until there is something it is about', async () => {
    const { told, town, outbox, place, person, carrier } = await aSent(accepted('c1'))
    await told({ ref: 'c2', state: 'delivered' })
    carrier.answer = accepted('c2')
    const id = await aMessage(place, { personId: person.id })
    await outbox.sendDue([town])
    db.clock.advance(1_000)
    await outbox.sendDue([town])
    expect(await messageRow(db, town, id)).toMatchObject({ state: 'delivered' })
  })

  test('of a number that takes no messages counts against the number, not against the provider', async () => {
    const { told, row, health } = await aSent(accepted('d1'))
    await told({ ref: 'd1', state: 'failed', failure: hard })
    expect(await row()).toMatchObject({ state: 'failed', failure: 'unknown-subscriber', hard: true })
    expect(await health()).toMatchObject([{ failures: 1 }])
  })

  test('of one part of two leaves the message on its way, of the other too ends it', async () => {
    const { told, row } = await aSent(accepted('e1', 'e2'), long)
    expect((await row()).parts).toBe(2)
    await told({ ref: 'e2', state: 'delivered' })
    expect(await row()).toMatchObject({ state: 'sent' })
    await told({ ref: 'e1', state: 'delivered' })
    expect(await row()).toMatchObject({ state: 'delivered' })
  })

  test('about nothing known is kept, and harms nobody', async () => {
    const { told, row, town } = await aSent(accepted('f1'))
    await told({ ref: 'nobody', state: 'failed', failure: hard })
    expect(await row()).toMatchObject({ state: 'sent' })
    const kept = await db.owner
      .selectFrom('message_report')
      .selectAll()
      .where('municipality_id', '=', town.id)
      .execute()
    expect(kept).toMatchObject([{ provider_ref: 'nobody', matched: false, message_id: null }])
  })
})

describe('what became of an uncertain message', () => {
  const lost = (): HandedOver => ({ outcome: 'uncertain', failure: 'answer-lost', refs: [] })

  test('is told by a carrier that names our own id', async () => {
    const { told, row, id } = await aSent(lost)
    expect(await row()).toMatchObject({ state: 'uncertain' })
    await told({ ref: 'g1', messageId: id, state: 'accepted' })
    expect(await row()).toMatchObject({ state: 'sent' })
    await told({ ref: 'g1', state: 'delivered' })
    expect(await row()).toMatchObject({ state: 'delivered' })
  })

  test('is told by the number it went to, where nothing else to it is uncertain', async () => {
    const { told, row, outbox, town, person } = await aSent(lost)
    await told({ ref: 'h1', to: person.phone, state: 'delivered' })
    expect(await row()).toMatchObject({ state: 'uncertain' })
    db.clock.advance(6 * 60_000)
    await outbox.sendDue([town])
    expect(await row()).toMatchObject({ state: 'delivered' })
  })

  test('stays unknown where two messages to one number are', async () => {
    const { told, row, outbox, town, place, person } = await aSent(lost)
    const other = await aMessage(place, { personId: person.id })
    db.clock.advance(10_000)
    await outbox.sendDue([town])
    await told({ ref: 'i1', to: person.phone, state: 'delivered' })
    db.clock.advance(6 * 60_000)
    await outbox.sendDue([town])
    expect(await row()).toMatchObject({ state: 'uncertain' })
    expect(await messageRow(db, town, other)).toMatchObject({ state: 'uncertain' })
  })
})

test('a provider that is slow gets less of the work, and all of it again once it is well', async () => {
  const { provider, place, person, town, outbox } = await aSent(accepted('slow'))
  const ids = []
  for (let each = 0; each < 12; each++) ids.push(await aMessage(place, { personId: person.id }))
  await outbox.sendDue([town])
  await takeReports(house, town.id, provider.id, [{ ref: 'slow', state: 'delivered', at: db.clock.now() }])
  const weight = async () =>
    (
      await db.owner
        .selectFrom('message_provider_health')
        .selectAll()
        .where('provider_id', '=', provider.id)
        .executeTakeFirstOrThrow()
    ).weight
  db.clock.advance(6 * 60_000)
  await outbox.sendDue([town])
  expect(await weight()).toBe(25)
  for (let minute = 0; minute < 25; minute++) {
    db.clock.advance(60_000)
    await outbox.sendDue([town])
  }
  expect(await weight()).toBe(50)
})
