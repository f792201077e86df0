import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Answers } from '../../../kernel/definition/index.ts'
import { newId } from '../../../lib/ids.ts'
import { type Effect, getRequest } from '../../requests/index.ts'
import { accountFor, accountsOf } from '../../treasury/index.ts'
import { openWaterSubscription } from '../effects.ts'
import { isSuspended } from '../standing.ts'
import { eventsOf, getByNumber, insertSubscription, subscriptionsOf } from '../store.ts'
import { moveMeter, recordMeterTest, replaceMeter } from './meter.ts'
import { activate, suspend } from './suspend.ts'
import { transferHolder } from './transfer-holder.ts'

const db = await testDatabase()
const house = aHouse(db)
const today = '2026-03-02'
let bench: Bench

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-05'])
})

const someone = (): Promise<BuiltPerson> => aPerson({ house, town: bench.town.id })
let numbers = 30_000

/** A water subscription of a person, by its number. */
async function aSubscription(person: BuiltPerson): Promise<string> {
  numbers += 1
  const number = String(numbers)
  await db.database.write(bench.town.id, async tx => {
    const id = newId(tx.now)
    const account = await accountFor(tx, {
      objectKind: 'subscription',
      objectId: id,
      kind: 'water',
      holderId: person.id,
      from: '2025-01-01',
    })
    await insertSubscription(tx, {
      id,
      number,
      utility: 'water',
      phases: undefined,
      amperes: undefined,
      billing: 'billed',
      meterNumber: `W-${number}`,
      address: { block: '3', quarter: '', parcel: '8', landmark: '' },
      accountId: account.id,
      holderId: person.id,
      capacity: 'holder',
      from: '2025-01-01',
      requestId: undefined,
    })
  })
  return number
}

/** Carries an effect out for a request of somebody, as often as it is asked. */
async function asked(person: BuiltPerson, by = person.id) {
  const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  return (effect: Effect, fields: Answers): Promise<void> =>
    db.database.write(bench.town.id, async tx => {
      const request = await getRequest(tx, requestId, true)
      const done = { ...request, projection: { ...request.projection, stepFields: fields } }
      await effect(tx, bench, { request: done, service: undefined as never, by })
    })
}

const found = (number: string) => db.database.read(bench.town.id, tx => getByNumber(tx, 'water', number))
const eventsBy = async (number: string) => {
  const { id } = await found(number)
  return db.database.read(bench.town.id, tx => eventsOf(tx, id))
}

describe('what services do to a water subscription', () => {
  test('stops it for a time and lets it run again, once each and in that order', async () => {
    const person = await someone()
    const subscription = await aSubscription(person)
    const early = await asked(person)
    await expect(early(activate('water'), { subscription, reading: 1 })).rejects.toMatchObject({
      code: 'not-suspended',
    })
    const stop = await asked(person)
    const stopping = { subscription, stopKind: 'temporary', reading: '120.5' }
    await stop(suspend('water'), stopping)
    await stop(suspend('water'), stopping)
    const { id } = await found(subscription)
    expect(await db.database.read(bench.town.id, tx => isSuspended(tx, id))).toBe(true)
    const twice = await asked(person)
    await expect(twice(suspend('water'), stopping)).rejects.toMatchObject({ code: 'already-suspended' })
    const again = await asked(person)
    await again(activate('water'), { subscription, reading: 120.5, meterNumber: 'W-9' })
    expect(await found(subscription)).toMatchObject({ meterNumber: 'W-9', closedAt: undefined })
    expect((await eventsBy(subscription)).map(event => event.kind)).toEqual(['suspended', 'reactivated'])
  })

  test('closes it for good: nobody holds it any more', async () => {
    const person = await someone()
    const subscription = await aSubscription(person)
    const stop = await asked(person)
    await stop(suspend('water'), { subscription, stopKind: 'final', reading: 3 })
    expect((await found(subscription)).closedAt).toBeDefined()
    expect(await db.database.read(bench.town.id, tx => subscriptionsOf(tx, person.id, today))).toEqual([])
    const more = await asked(person)
    await expect(
      more(replaceMeter('water'), { subscription, lastReading: 3, meterNumber: 'W-1', initialReading: 0 }),
    ).rejects.toMatchObject({ code: 'subscription-closed' })
  })

  test('gives it to another, with its account, and only to somebody the town knows', async () => {
    const [from, to] = [await someone(), await someone()]
    const subscription = await aSubscription(from)
    const give = await asked(from)
    const refused = (newHolder: string) =>
      give(transferHolder('water'), { subscription, newHolder, reading: 7 })
    await expect(refused('000000018')).rejects.toMatchObject({ code: 'new-holder-unknown' })
    await expect(refused(from.idNumber)).rejects.toMatchObject({ code: 'transfer-to-self' })
    await give(transferHolder('water'), { subscription, newHolder: to.idNumber, reading: 7 })
    const heldBy = (person: BuiltPerson) =>
      db.database.read(bench.town.id, async tx => [
        (await subscriptionsOf(tx, person.id, today)).map(each => each.number),
        (await accountsOf(tx, person.id, today)).map(each => each.kind),
      ])
    expect(await heldBy(from)).toEqual([[], []])
    expect(await heldBy(to)).toEqual([[subscription], ['water']])
  })

  test('replaces, moves and tests its meter, and keeps what was there before', async () => {
    const person = await someone()
    const subscription = await aSubscription(person)
    const [replace, move, measure] = [await asked(person), await asked(person), await asked(person)]
    const meter = { lastReading: 88, meterNumber: 'W-77', initialReading: 0 }
    await expect(
      replace(replaceMeter('water'), { subscription, ...meter, meterNumber: `W-${subscription}` }),
    ).rejects.toMatchObject({ code: 'same-meter' })
    await replace(replaceMeter('water'), { subscription, ...meter })
    await move(moveMeter('water'), { subscription, reading: 90, newSpot: 'عند الباب' })
    await measure(recordMeterTest('water'), {
      subscription,
      testResult: 'fast',
      errorPercent: 6.5,
      reading: 95,
    })
    expect(await eventsBy(subscription)).toMatchObject([
      { kind: 'meter-replaced', data: { oldMeter: `W-${subscription}`, lastReading: 88 } },
      { kind: 'meter-moved', data: { newSpot: 'عند الباب' } },
      { kind: 'meter-tested', data: { testedMeter: 'W-77', testResult: 'fast' } },
    ])
  })

  test('is refused by the field where the service asks for something else by its name', async () => {
    const person = await someone()
    const subscription = await aSubscription(person)
    const wrong = await asked(person)
    await expect(
      wrong(recordMeterTest('water'), { subscription, testResult: 'perhaps', reading: 3 }),
    ).rejects.toMatchObject({ code: 'effect-field-missing', details: { field: 'testResult' } })
    await expect(wrong(openWaterSubscription, { billing: 'billed' })).rejects.toMatchObject({
      code: 'effect-field-missing',
    })
    expect(await eventsBy(subscription)).toEqual([])
  })

  test('stands in the audit as the act of the system where no hand was needed', async () => {
    const person = await someone()
    const opens = await asked(person, 'system')
    await opens(openWaterSubscription, {
      place: { block: '3', quarter: '', parcel: '8', landmark: '' },
      billing: 'billed',
      meterNumber: 'W-5',
      initialReading: 0,
      pipeDiameter: 'half',
      pipeMetres: 4,
    })
    const rows = await db.owner
      .selectFrom('audit')
      .select('actor_kind')
      .where('act', '=', 'utilities.open-subscription')
      .where('person_id', '=', person.id)
      .execute()
    expect(rows).toEqual([{ actor_kind: 'system' }])
  })

  test('is never done to what another holds', async () => {
    const [person, stranger] = [await someone(), await someone()]
    const subscription = await aSubscription(person)
    const theirs = await asked(stranger)
    await expect(
      theirs(suspend('water'), { subscription, stopKind: 'final', reading: 3 }),
    ).rejects.toMatchObject({ code: 'not-the-holder' })
  })
})
