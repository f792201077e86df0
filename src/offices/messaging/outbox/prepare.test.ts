import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aCarrier, aMessage, anOutbox, aProvider, messageRow } from '../../../../test/builders/messages.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addPhone, notePhoneOutcomes, setSetting } from '../../people/index.ts'
import { messagesOfPerson, optOut, registerFiller } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)

async function aTownThatSends() {
  const town = await aTown(db)
  const place = { house, town: town.id }
  const person = await aPerson(place)
  const provider = await aProvider(place)
  const carrier = aCarrier({ window: 50 })
  const outbox = anOutbox(house, { [provider.name]: carrier })
  const plan = (message: Parameters<typeof aMessage>[1] = {}) =>
    aMessage(place, { personId: person.id, ...message })
  const row = (id: string) => messageRow(db, town, id)
  const write = <T>(work: Parameters<typeof db.database.write<T>>[1]) => db.database.write(town.id, work)
  const pause = (what: string) =>
    write(tx =>
      tx.q
        .insertInto('message_pause')
        .values({
          municipality_id: town.id,
          pause_id: town.id,
          what,
          reason: 'خطأ في النص',
          paused_by: person.id,
          paused_at: tx.now,
        })
        .execute(),
    )
  const resume = () =>
    write(tx =>
      tx.q.updateTable('message_pause').set({ resumed_at: tx.now, resumed_by: person.id }).execute(),
    )
  const send = () => outbox.sendDue([town])
  const tend = () => outbox.of(town).tend(true)
  return { town, place, person, provider, carrier, plan, row, write, pause, resume, send, tend }
}

describe('screening', () => {
  test('sends nothing of a kind that was opted out of, but what the law has the town tell', async () => {
    const { send, plan, row, write, person, carrier } = await aTownThatSends()
    const [bill, legal] = [await plan({ kind: 'bill' }), await plan({ kind: 'legal' })]
    const index = (await row(bill)).to_index as Buffer
    await write(tx =>
      optOut(tx, { kinds: ['bill'], personId: person.id, way: 'counter', to: [index] }, builder),
    )
    await send()
    expect(await row(bill)).toMatchObject({ state: 'opted-out' })
    expect(await row(legal)).toMatchObject({ state: 'sent' })
    expect(carrier.handed).toHaveLength(1)
  })

  test('says nothing private to a number several share, and keeps the words for the inbox', async () => {
    const { send, plan, row, write, person, place, carrier, town } = await aTownThatSends()
    const other = await aPerson(place)
    await write(tx => addPhone(tx, house.crypto, other.id, { e164: person.phone }, builder))
    const [code, step] = [await plan({ kind: 'code', body: '123456' }), await plan({ body: 'رُفض طلب سامي.' })]
    await send()
    expect(await row(code)).toMatchObject({ state: 'failed', failure: 'shared-number' })
    expect(carrier.handed.map(each => each.text)).toEqual([(await row(step)).body])
    expect((await row(step)).body).not.toContain('سامي')
    const inbox = await db.owner
      .selectFrom('message')
      .selectAll()
      .where('municipality_id', '=', town.id)
      .where('channel', '=', 'portal')
      .execute()
    expect(inbox).toMatchObject([{ body: 'رُفض طلب سامي.', state: 'sent', person_id: person.id }])
  })

  test('leaves a number alone that took nothing for days, and lists who was not told', async () => {
    const { send, plan, row, write } = await aTownThatSends()
    const id = await plan({ kind: 'legal' })
    const index = (await row(id)).to_index as Buffer
    await write(async tx => {
      for (const day of [9, 5, 0]) {
        const at = new Date(tx.now.getTime() - day * 86_400_000)
        await notePhoneOutcomes(tx, [{ index, outcome: 'hard', at }])
      }
    })
    await send()
    expect(await row(id)).toMatchObject({ state: 'unaddressed', failure: 'number-asleep' })
  })

  test('drops what is of no use any more', async () => {
    const { send, plan, row, carrier } = await aTownThatSends()
    const id = await plan({ kind: 'code' })
    db.clock.advance(1_800_000)
    await send()
    expect(await row(id)).toMatchObject({ state: 'expired' })
    expect(carrier.handed).toHaveLength(0)
  })
})

describe('quiet hours', () => {
  test('put a bill off till morning, and let a code through', async () => {
    const { send, plan, row, write, carrier } = await aTownThatSends()
    const group = { days: [0, 1, 2, 3, 4, 5, 6], from: '21:00', to: '08:00' }
    await write(tx =>
      setSetting(tx, { key: 'messages.quiet', from: '2026-01-01', value: { groups: [group] }, by: builder }),
    )
    const before = db.clock.now()
    db.clock.set(new Date('2026-03-10T21:30:00Z'))
    const [bill, code] = [await plan({ kind: 'bill' }), await plan({ kind: 'code' })]
    await send()
    expect(carrier.handed.map(each => each.messageId)).toEqual([code])
    expect(await row(bill)).toMatchObject({
      state: 'planned',
      not_before: new Date('2026-03-11T06:00:00Z'),
      attempts: 0,
    })
    db.clock.set(new Date('2026-03-11T06:00:00Z'))
    await send()
    expect(await row(bill)).toMatchObject({ state: 'sent' })
    db.clock.set(before)
  })
})

describe('a pause', () => {
  test('of the whole town keeps everything, until it is lifted', async () => {
    const { send, plan, row, pause, resume } = await aTownThatSends()
    await pause('*')
    const id = await plan({ kind: 'code' })
    expect(await send()).toBe(0)
    expect(await row(id)).toMatchObject({ state: 'planned' })
    await resume()
    await send()
    expect(await row(id)).toMatchObject({ state: 'sent' })
  })

  test('takes hold in the middle of a long list', async () => {
    const { send, plan, row, pause, resume, tend, carrier } = await aTownThatSends()
    const ids: string[] = []
    for (let each = 0; each < 60; each++) ids.push(await plan({ kind: 'awareness' }))
    const accepted = carrier.answer
    let paused: Promise<unknown> | undefined
    carrier.answer = async message => {
      paused ??= pause('kind:awareness').then(tend)
      await paused
      return accepted(message)
    }
    await send()
    expect(carrier.handed.length).toBeLessThanOrEqual(carrier.window)
    const kept = ids.find(id => carrier.handed.every(({ messageId }) => messageId !== id)) ?? ''
    expect(await row(kept)).toMatchObject({ state: 'planned' })
    await resume()
    await send()
    expect(carrier.handed).toHaveLength(60)
  })

  test('that is lifted in the moment a message is put aside does not keep it for ever', async () => {
    const { send, plan, row, write } = await aTownThatSends()
    await send()
    const id = await plan()
    await write(tx =>
      tx.q
        .updateTable('message')
        .set({ not_before: new Date('9999-01-01T00:00:00Z') })
        .execute(),
    )
    db.clock.advance(60_000)
    await send()
    await send()
    expect(await row(id)).toMatchObject({ state: 'sent' })
  })

  test('of one kind or of the words of one template keeps those alone, and costs nothing while it lasts', async () => {
    const { send, plan, row, pause, resume } = await aTownThatSends()
    await pause('template:received')
    const [kept, goes] = [await plan({ event: 'received' }), await plan({ event: 'fee-due' })]
    await send()
    expect(await send()).toBe(0)
    expect(await row(kept)).toMatchObject({ state: 'planned' })
    expect(await row(goes)).toMatchObject({ state: 'sent' })
    await resume()
    await send()
    expect(await row(kept)).toMatchObject({ state: 'sent' })
  })
})

describe('words that are filled when they are sent', () => {
  async function aBill(answer: Parameters<typeof registerFiller>[2]) {
    const use = await aTownThatSends()
    registerFiller(house, 'bills', answer)
    const id = await use.plan({ kind: 'awareness', body: 'عليك {owed}.' })
    await db.owner
      .updateTable('message')
      .set({ fill: 'bills', fill_id: id })
      .where('message_id', '=', id)
      .execute()
    await use.send()
    return { ...use, id, after: await use.row(id) }
  }

  test('are those of that moment, with their parts and their price', async () => {
    const text = `عليك ${'1'.repeat(80)} شيكل`
    const { after, carrier } = await aBill(async (_tx, ids) => new Map(ids.map(each => [each, { text }])))
    expect(carrier.handed.map(each => each.text)).toEqual([text])
    expect(after).toMatchObject({
      state: 'sent',
      body: text,
      parts: 2,
      encoding: 'UCS-2',
      price_milli: 9_000,
    })
  })

  test('cancel a message that has nothing to say by then', async () => {
    const { after, carrier } = await aBill(
      async (_tx, ids) => new Map(ids.map(each => [each, { nothing: 'nothing-owed' }])),
    )
    expect(after).toMatchObject({ state: 'cancelled', failure: 'nothing-owed' })
    expect(carrier.handed).toHaveLength(0)
  })

  test('are read by nobody before', async () => {
    const text = 'عليك 15.00 شيكل.'
    const shown = (use: Awaited<ReturnType<typeof aBill>>) =>
      db.database.read(use.town.id, tx => messagesOfPerson(tx, use.person.id))
    const failing = async () => {
      throw new Error('the books are closed')
    }
    expect(await shown(await aBill(failing))).toEqual([])
    const filled = await aBill(async (_tx, ids) => new Map(ids.map(each => [each, { text }])))
    expect(await shown(filled)).toMatchObject([{ body: text }])
  })

  test('go to the inbox as they were filled, where the number is shared', async () => {
    const use = await aTownThatSends()
    const other = await aPerson(use.place)
    await use.write(tx => addPhone(tx, house.crypto, other.id, { e164: use.person.phone }, builder))
    const ids: string[] = []
    for (let each = 0; each < 2; each++) {
      const id = await use.plan({ kind: 'bill', body: 'عليك {owed}.' })
      ids.push(id)
      await db.owner
        .updateTable('message')
        .set({ fill: 'shared-bills', fill_id: id })
        .where('message_id', '=', id)
        .execute()
    }
    const [owes, paid] = ids as [string, string]
    registerFiller(
      house,
      'shared-bills',
      async () =>
        new Map([
          [owes, { text: 'عليك 15.00 شيكل.' }],
          [paid, { nothing: 'nothing-owed' }],
        ]),
    )
    await use.send()
    expect(await use.row(paid)).toMatchObject({ state: 'cancelled', failure: 'nothing-owed' })
    expect(use.carrier.handed.map(({ messageId }) => messageId)).toEqual([owes])
    expect(use.carrier.handed[0]?.text).not.toContain('15.00')
    const inbox = await db.owner
      .selectFrom('message')
      .select('body')
      .where('municipality_id', '=', use.town.id)
      .where('channel', '=', 'portal')
      .execute()
    expect(inbox).toEqual([{ body: 'عليك 15.00 شيكل.' }])
  })

  test('keep nobody else waiting when their office fails', async () => {
    const { after, plan, row, send } = await aBill(async () => {
      throw new Error('the books are closed')
    })
    expect(after).toMatchObject({ state: 'planned' })
    expect(after.not_before.getTime()).toBeGreaterThan(db.clock.now().getTime())
    const step = await plan()
    await send()
    expect(await row(step)).toMatchObject({ state: 'sent' })
  })
})
