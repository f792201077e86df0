import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Answers } from '../../kernel/definition/index.ts'
import { accountsOnOffer, getRequest } from '../requests/index.ts'
import { accountsOf } from '../treasury/index.ts'
import { convertToBilled, openSubscription } from './effects.ts'
import { eventsOf, getByNumber, registerUtilities, subscriptionsOf } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerUtilities()
  person = await aPerson({ house, town: bench.town.id })
})

async function carriedOut(
  requestId: string,
  effect: typeof openSubscription,
  fields: Answers,
): Promise<void> {
  await db.database.write(bench.town.id, async tx => {
    const request = await getRequest(tx, requestId, true)
    const done = { ...request, projection: { ...request.projection, stepFields: fields } }
    await effect(tx, bench, { request: done, service: undefined as never, by: person.id })
  })
}

describe('the electricity effects', () => {
  test('a finished request opens one subscription with holder and account, however often it runs; the next converts it', async () => {
    const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ELE-01' })
    const fields = { amperes: 40, poleDistance: '12', meterNumber: 'M-778', initialReading: '0' }
    await carriedOut(requestId, openSubscription, fields)
    await carriedOut(requestId, openSubscription, fields)
    const [held, ...more] = await db.database.read(bench.town.id, tx =>
      subscriptionsOf(tx, person.id, '2026-03-02'),
    )
    expect(more).toEqual([])
    expect(held).toMatchObject({ number: '10001', billing: 'prepaid', amperes: 40, meterNumber: 'M-778' })
    const accounts = await db.database.read(bench.town.id, tx => accountsOf(tx, person.id, '2026-03-02'))
    expect(accounts.map(account => account.kind)).toContain('electricity')
    expect(
      await db.database.read(bench.town.id, tx => accountsOnOffer(tx, person.id, 'electricity', 'prepaid')),
    ).toHaveLength(1)

    const answers = { subscription: '10001', billDelivery: 'sms', arrearsWish: 'pay' }
    const next = await aFiledRequest(bench, person.id, {
      serviceCode: 'ELE-04',
      answers,
      papers: ['id-copy'],
    })
    await carriedOut(next.requestId, convertToBilled, {
      lastReading: '120',
      creditLeft: { minor: 1500, currency: 'ILS' },
      meterNumber: 'M-900',
      initialReading: '0',
    })
    const converted = await db.database.read(bench.town.id, tx => getByNumber(tx, 'electricity', '10001'))
    expect(converted).toMatchObject({ billing: 'billed', meterNumber: 'M-900' })
    const events = await db.database.read(bench.town.id, tx => eventsOf(tx, converted.id))
    expect(events.map(event => event.kind)).toEqual(['opened', 'converted-to-billed'])
  })

  test('nobody converts a subscription that is not theirs', async () => {
    const stranger = await aPerson({ house, town: bench.town.id })
    const answers = { subscription: '10001', billDelivery: 'sms', arrearsWish: 'pay' }
    await expect(
      aFiledRequest(bench, stranger.id, { serviceCode: 'ELE-04', answers, papers: ['id-copy'] }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
