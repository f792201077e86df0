import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { ils } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Answers } from '../../../kernel/definition/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import { type Effect, effectNames, getRequest } from '../../requests/index.ts'
import { accountFor, accountsOf, duesOf, raiseCharge } from '../../treasury/index.ts'
import { openSubscription } from '../effects.ts'
import { registerUtilities } from '../register.ts'
import { closeSubscription } from '../standing.ts'
import { eventsOf, getByNumber, insertSubscription, subscriptionsOf } from '../store.ts'
import { moveSubscription } from './place.ts'
import { installPrepaid, linkSolar, raiseAmperes, toThreePhase } from './power.ts'
import { activate, suspend } from './suspend.ts'
import { closeTemporary, endTemporary, openTemporary, temporaryOver } from './temporary.ts'
import { transferHolder } from './transfer-holder.ts'

const db = await testDatabase()
const house = aHouse(db)
const today = '2026-03-02'
const place = { block: '3', quarter: '', parcel: '8', landmark: '' }
const elsewhere = { block: '9', quarter: 'حي الجديدة', parcel: '41', landmark: '' }
let bench: Bench

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-05'])
})

const someone = (): Promise<BuiltPerson> => aPerson({ house, town: bench.town.id })
let numbers = 40_000

/** A single-phase subscription of a person, billed, on 25 amperes. */
async function aSubscription(
  person: BuiltPerson,
  number = String(++numbers),
): Promise<{ number: string; accountId: string }> {
  return db.database.write(bench.town.id, async tx => {
    const id = newId(tx.now)
    const account = await accountFor(tx, {
      objectKind: 'subscription',
      objectId: id,
      kind: 'electricity',
      holderId: person.id,
      from: '2025-01-01',
    })
    await insertSubscription(tx, {
      id,
      number,
      utility: 'electricity',
      phases: 1,
      amperes: 25,
      billing: 'billed',
      meterNumber: `E-${number}`,
      address: place,
      accountId: account.id,
      holderId: person.id,
      capacity: 'holder',
      from: '2025-01-01',
      requestId: undefined,
    })
    return { number, accountId: account.id }
  })
}

/** Carries effects out for one request of somebody. */
async function asked(person: BuiltPerson) {
  const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  return (effect: Effect, fields: Answers): Promise<void> =>
    db.database.write(bench.town.id, async tx => {
      const request = await getRequest(tx, requestId, true)
      const done = { ...request, projection: { ...request.projection, stepFields: fields } }
      await effect(tx, bench, { request: done, service: undefined as never, by: person.id })
    })
}

const found = (number: string) =>
  db.database.read(bench.town.id, tx => getByNumber(tx, 'electricity', number))
const eventsBy = async (number: string) => {
  const { id } = await found(number)
  return db.database.read(bench.town.id, tx => eventsOf(tx, id))
}
const heldBy = (person: BuiltPerson) =>
  db.database.read(bench.town.id, tx => subscriptionsOf(tx, person.id, today))

describe('what services do to an electricity subscription', () => {
  test('moves it to another place with its number and account, once', async () => {
    const person = await someone()
    const { number, accountId } = await aSubscription(person)
    const move = await asked(person)
    const facts = {
      subscription: number,
      place: elsewhere,
      amperes: 40,
      lastReading: 4410,
      meterNumber: 'E-900',
      initialReading: 0,
    }
    await move(moveSubscription, facts)
    await move(moveSubscription, { ...facts, meterNumber: 'E-901' })
    expect(await found(number)).toMatchObject({
      address: elsewhere,
      amperes: 40,
      meterNumber: 'E-900',
      accountId,
    })
    expect(await eventsBy(number)).toMatchObject([
      {
        kind: 'place-changed',
        data: { from: place, to: elsewhere, oldMeter: `E-${number}`, lastReading: 4410 },
      },
    ])
  })

  test('raises its amperes, with another meter only where one was needed', async () => {
    const person = await someone()
    const { number } = await aSubscription(person)
    const [first, second] = [await asked(person), await asked(person)]
    await first(raiseAmperes, { subscription: number, amperes: 40, sealNumber: 'S-1' })
    expect(await found(number)).toMatchObject({ amperes: 40, phases: 1, meterNumber: `E-${number}` })
    await second(raiseAmperes, {
      subscription: number,
      amperes: 80,
      sealNumber: 'S-2',
      meterNumber: 'E-80',
      lastReading: 7,
      initialReading: 0,
    })
    expect(await found(number)).toMatchObject({ amperes: 80, meterNumber: 'E-80' })
    expect((await eventsBy(number)).map(event => event.data.oldAmperes)).toEqual([25, 40])
  })

  test('takes it to three phases and not twice', async () => {
    const person = await someone()
    const { number } = await aSubscription(person)
    const [first, second] = [await asked(person), await asked(person)]
    const facts = { subscription: number, amperes: 63, lastReading: 9, meterNumber: 'T-1', initialReading: 0 }
    await first(toThreePhase, facts)
    expect(await found(number)).toMatchObject({ phases: 3, amperes: 63, meterNumber: 'T-1' })
    await expect(second(toThreePhase, facts)).rejects.toMatchObject({ code: 'already-three-phase' })
  })

  test('makes it prepaid and not twice, and keeps the last reading for a last bill', async () => {
    const person = await someone()
    const { number } = await aSubscription(person)
    const [first, second] = [await asked(person), await asked(person)]
    const facts = { subscription: number, lastReading: 15_230, meterNumber: 'P-1', initialReading: 0 }
    await first(installPrepaid, facts)
    expect(await found(number)).toMatchObject({ billing: 'prepaid', meterNumber: 'P-1' })
    expect((await eventsBy(number))[0]).toMatchObject({
      kind: 'converted-to-prepaid',
      data: { lastReading: 15_230 },
    })
    await expect(second(installPrepaid, facts)).rejects.toMatchObject({ code: 'already-prepaid' })
  })

  test('notes the solar system that feeds into it', async () => {
    const person = await someone()
    const { number } = await aSubscription(person)
    const link = await asked(person)
    await link(linkSolar, {
      subscription: number,
      approvedKw: 5.5,
      purpose: 'net-metering',
      lastReading: 21_000,
      meterNumber: 'N-1',
      initialReading: 0,
    })
    expect(await found(number)).toMatchObject({ solarKw: 5.5, meterNumber: 'N-1' })
  })

  test('stops it for a time and lets it run again', async () => {
    const person = await someone()
    const { number } = await aSubscription(person)
    const [stop, go] = [await asked(person), await asked(person)]
    await stop(suspend('electricity'), { subscription: number, reading: 120, sealNumber: 'S-1' })
    await go(activate('electricity'), { subscription: number, reading: 120 })
    expect((await eventsBy(number)).map(event => event.kind)).toEqual(['suspended', 'reactivated'])
  })

  test('opens one on three phases where the technician said so', async () => {
    const person = await someone()
    const open = await asked(person)
    await open(openSubscription, {
      place,
      billing: 'billed',
      meterNumber: 'T-77',
      initialReading: 0,
      amperes: 63,
      phases: 'three',
    })
    const [held] = await heldBy(person)
    expect(held).toMatchObject({ phases: 3, amperes: 63 })
  })
})

test('lets run again what an earlier program may have cut, once', async () => {
  const person = await someone()
  const { number } = await aSubscription(person)
  const { id } = await found(number)
  await db.database.write(bench.town.id, tx =>
    sql`insert into subscription_event (municipality_id, subscription_id, event_id, kind, at, data)
        values (${tx.town}, ${id}, ${newId(tx.now)}, 'imported', ${tx.now}, '{}')`.execute(tx.q),
  )
  const [first, second] = [await asked(person), await asked(person)]
  db.clock.advance(1)
  await first(activate('electricity'), { subscription: number, reading: 5 })
  await expect(second(activate('electricity'), { subscription: number, reading: 5 })).rejects.toMatchObject({
    code: 'not-suspended',
  })
})

test('numbers a new one past those an earlier program gave', async () => {
  const person = await someone()
  const open = async () => {
    const act = await asked(person)
    await act(openSubscription, {
      place,
      billing: 'billed',
      meterNumber: 'E-1',
      initialReading: 0,
      amperes: 25,
    })
    return Number((await heldBy(person)).at(-1)?.number)
  }
  const first = await open()
  await aSubscription(await someone(), String(first + 1))
  expect(await open()).toBe(first + 2)
})

describe('a temporary connection', () => {
  const facts = {
    place,
    until: '2026-03-04',
    amperes: 40,
    meterNumber: 'V-1',
    initialReading: 500,
    feedPoint: 'عمود 7',
  }

  test('runs until its last day, ends by itself after it, and is taken down once', async () => {
    const person = await someone()
    const act = await asked(person)
    await expect(act(closeTemporary, { lastReading: 1 })).rejects.toMatchObject({ code: 'nothing-connected' })
    await act(openTemporary, facts)
    await act(openTemporary, facts)
    const [held, ...more] = await heldBy(person)
    expect(more).toEqual([])
    expect(held).toMatchObject({ endsOn: '2026-03-04', closedAt: undefined })
    const over = (on: string) => db.database.read(bench.town.id, tx => temporaryOver(tx, on))
    expect(await over('2026-03-04')).toEqual([])
    expect(await over('2026-03-05')).toEqual([held?.id])
    expect(await endTemporary(house, bench.town)).toBe(0)

    db.clock.advance(4 * 86_400_000)
    // Two runs at once end it once.
    await Promise.all([endTemporary(house, bench.town), endTemporary(house, bench.town)])
    expect(await endTemporary(house, bench.town)).toBe(0)
    const again = db.database.write(bench.town.id, tx => closeSubscription(tx, held?.id ?? '', '2026-03-06'))
    expect(await again).toBe(false)
    expect((await found(held?.number ?? '')).closedAt).toBeDefined()
    await act(closeTemporary, { lastReading: 611, panelSound: true })
    await act(closeTemporary, { lastReading: 999, panelSound: true })
    const events = await eventsBy(held?.number ?? '')
    expect(events.map(event => event.kind)).toEqual(['opened', 'ended', 'taken-down'])
    expect(events.at(-1)?.data).toMatchObject({ lastReading: 611 })
    const accounts = await db.database.read(bench.town.id, tx => accountsOf(tx, person.id, today))
    expect(accounts.map(account => account.kind)).toContain('electricity')
  })

  test('is not opened for days that are over, and ends at once when it is taken down earlier', async () => {
    const person = await someone()
    const act = await asked(person)
    await expect(act(openTemporary, { ...facts, until: '2026-02-01' })).rejects.toMatchObject({
      code: 'temporary-over',
    })
    await act(openTemporary, { ...facts, until: '2026-04-01' })
    await act(closeTemporary, { lastReading: 510 })
    expect(await db.database.read(bench.town.id, tx => subscriptionsOf(tx, person.id, '2026-03-20'))).toEqual(
      [],
    )
  })
})

test('every effect that services of electricity name is offered', () => {
  registerUtilities()
  expect(effectNames()).toEqual(
    expect.arrayContaining([
      'utilities.move-electricity-meter',
      'utilities.replace-electricity-meter',
      'utilities.record-electricity-meter-test',
      'utilities.open-temporary',
      'utilities.close-temporary',
      'utilities.link-solar',
    ]),
  )
})

test('gives it to another while what is owed stays with who owes it', async () => {
  const [giver, taker] = [await someone(), await someone()]
  const { number, accountId } = await aSubscription(giver)
  await db.database.write(bench.town.id, tx =>
    raiseCharge(tx, {
      accountId,
      debtorId: giver.id,
      dueKind: 'electricity',
      amount: ils(12_000),
      refundable: false,
      label: { ar: 'فاتورة', en: 'Bill' },
      reasons: {},
      dueOn: '2026-02-01',
      by: { kind: 'system', id: 'billing' },
    }),
  )
  // What is raised on the very day is shown to both.
  db.clock.advance(86_400_000)
  const give = await asked(giver)
  await give(transferHolder('electricity'), { subscription: number, newHolder: taker.idNumber, reading: 7 })
  const owed = (person: BuiltPerson) =>
    db.database.read(bench.town.id, async tx =>
      (await duesOf(tx, person.id, dateIn(tx.now, bench.town.timeZone))).map(due => due.open.minor),
    )
  const numbersOf = (person: BuiltPerson) =>
    db.database.read(bench.town.id, async tx =>
      (await subscriptionsOf(tx, person.id, dateIn(tx.now, bench.town.timeZone))).map(each => each.number),
    )
  expect(await owed(giver)).toEqual([12_000])
  expect(await owed(taker)).toEqual([])
  expect(await numbersOf(taker)).toEqual([number])
})
