import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { PhoneOutcome } from '../../../kernel/messages/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import {
  answerAboutPhone,
  changePhone,
  doubtfulNumbers,
  indexPhone,
  notePhoneOutcomes,
  phoneQuestionsOf,
  phonesOf,
  phoneToAsk,
  reachOfPerson,
  setSetting,
  verifyPhone,
} from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = (await aTown(db)).id
const place = { house, town }
const clerk = await aStaffMember(place, 'clerk')
const by = { kind: 'staff', id: clerk.id }
const read = <T>(work: (tx: Read) => Promise<T>) => db.database.read(town, work)
const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(town, work)
const start = db.clock.now().getTime()
const day = (count: number) => new Date(start + count * 86_400_000)

/** Tells of messages to a number: on which day, and what became of each. */
const tell = (e164: string, told: [PhoneOutcome, number][]) =>
  write(tx =>
    notePhoneOutcomes(
      tx,
      told.map(([outcome, at]) => ({ index: indexPhone({ tx, crypto }, e164), outcome, at: day(at) })),
    ),
  )
const failing: [PhoneOutcome, number][] = [
  ['hard', 0],
  ['hard', 3],
  ['hard', 8],
]
const phone = async (personId: string) => (await read(tx => phonesOf(tx, crypto, personId)))[0]
const ask = async (personId: string) =>
  read(async tx => (await phoneToAsk(tx, personId, await phonesOf(tx, crypto, personId)))?.e164)

describe('a number', () => {
  test('goes to sleep after failures for good over days, told at once or one by one, and everybody who has it can see', async () => {
    const [a, b] = [
      await aPerson(place, { phone: '0599830001' }),
      await aPerson(place, { phone: '0599830001' }),
    ]
    const c = await aPerson(place, { phone: '0599830002' })
    await tell('+970599830001', failing)
    for (const each of failing) await tell('+970599830002', [each])
    for (const { id } of [a, b, c]) expect(await phone(id)).toMatchObject({ failures: 3, asleepAt: day(8) })
    expect((await read(tx => reachOfPerson(tx, a.id))).phone?.asleep).toBe(true)
    const { count } = await db.owner
      .selectFrom('audit')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('act', '=', 'people.phone-asleep')
      .where('person_id', 'in', [a.id, b.id, c.id])
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(3)
  })

  test('wakes when a message arrives, and when it is proven', async () => {
    const [a, b] = [
      await aPerson(place, { phone: '0599830003' }),
      await aPerson(place, { phone: '0599830004' }),
    ]
    await tell('+970599830003', failing)
    await tell('+970599830004', failing)
    await tell('+970599830003', [['delivered', 9]])
    await write(tx => verifyPhone(tx, crypto, b.id, '+970599830004', builder))
    for (const { id } of [a, b]) expect(await phone(id)).toMatchObject({ failures: 0 })
    for (const { id } of [a, b]) expect((await phone(id))?.asleepAt).toBeUndefined()
  })

  test('sleeps by the town’s own terms where it has set some', async () => {
    const person = await aPerson(place, { phone: '0599830005' })
    const strict = (await aTown(db)).id
    await db.database.write(strict, tx =>
      setSetting(tx, { key: 'messages.ageing', from: '2026-01-01', value: { failures: 2, days: 0 }, by }),
    )
    const other = await aPerson({ house, town: strict }, { phone: '0599830005' })
    const two = failing.slice(0, 2)
    await tell('+970599830005', two)
    await db.database.write(strict, tx =>
      notePhoneOutcomes(
        tx,
        two.map(([outcome, at]) => ({
          index: indexPhone({ tx, crypto }, '+970599830005'),
          outcome,
          at: day(at),
        })),
      ),
    )
    expect((await phone(person.id))?.asleepAt).toBeUndefined()
    const [asleep] = await db.database.read(strict, tx => phonesOf(tx, crypto, other.id))
    expect(asleep?.asleepAt).toEqual(day(3))
  })

  test('loses no failure when two senders tell of it at the same instant', async () => {
    const person = await aPerson(place, { phone: '0599830006' })
    await Promise.all([0, 2, 4, 6, 8].map(at => tell('+970599830006', [['hard', at]])))
    expect(await phone(person.id)).toMatchObject({ failures: 5, asleepAt: day(8) })
  })

  test('that is reached again and again is written once a day', async () => {
    const index = indexPhone({ tx: { town }, crypto }, '+970599830007')
    const versions = async () =>
      (
        await db.owner
          .selectFrom('phone_health')
          .select(['reached_at'])
          .where('phone_index', '=', index)
          .execute()
      ).map(row => row.reached_at)
    await tell('+970599830007', [['delivered', 0]])
    await tell('+970599830007', [['delivered', 0.5]])
    expect(await versions()).toEqual([day(0)])
    await tell('+970599830007', [['delivered', 2]])
    expect(await versions()).toEqual([day(2)])
  })
})

describe('at the next visit', () => {
  test('the person is asked whether it is still theirs; a yes wakes it and is kept with who asked', async () => {
    const person = await aPerson(place, { phone: '0599830010' })
    expect(await ask(person.id)).toBeUndefined()
    await tell('+970599830010', failing)
    expect(await ask(person.id)).toBe('+970599830010')
    const said = { personId: person.id, e164: '+970599830010' }
    await write(tx => answerAboutPhone(tx, crypto, { ...said, answer: 'still' }, by))
    expect(await ask(person.id)).toBeUndefined()
    expect(await phone(person.id)).toMatchObject({ failures: 0, confirmedAt: db.clock.now() })
    expect(await read(tx => phoneQuestionsOf(tx, crypto, person.id))).toMatchObject([
      { e164: '+970599830010', answer: 'still', at: db.clock.now(), byName: clerk.name.ar },
    ])
  })

  test('put off, it is not asked again in this visit, but in the next', async () => {
    const person = await aPerson(place, { phone: '0599830011' })
    await tell('+970599830011', failing)
    const said = { personId: person.id, e164: '+970599830011' }
    await write(tx => answerAboutPhone(tx, crypto, { ...said, answer: 'later' }, by))
    expect(await ask(person.id)).toBeUndefined()
    db.clock.advance(13 * 3_600_000)
    expect(await ask(person.id)).toBe('+970599830011')
  })

  test('a number that is gone ends', async () => {
    const person = await aPerson(place, { phone: '0599830012' })
    await tell('+970599830012', failing)
    const said = { personId: person.id, e164: '+970599830012' }
    await write(tx => answerAboutPhone(tx, crypto, { ...said, answer: 'gone' }, by))
    expect(await phone(person.id)).toBeUndefined()
  })
})

test('the list of numbers that are probably wrong has those still in use, what failed last first, page by page', async () => {
  const there = (await aTown(db)).id
  const within = { house, town: there }
  const people: { id: string }[] = []
  for (const at of [1, 2, 3, 4]) people.push(await aPerson(within, { phone: `059984000${at}` }))
  await db.database.write(there, async tx => {
    const index = (at: number) => indexPhone({ tx, crypto }, `+97059984000${at}`)
    await notePhoneOutcomes(
      tx,
      [1, 2, 3, 4].flatMap(at =>
        [0, 1].map(n => ({ index: index(at), outcome: 'hard' as const, at: day(at + n) })),
      ),
    )
    await notePhoneOutcomes(tx, [{ index: index(2), outcome: 'delivered', at: day(20) }])
    await changePhone(tx, crypto, people[2]?.id ?? '', { e164: '+970599840009' }, builder)
  })
  const list = (after?: { at: Date; key: string }) =>
    db.database.read(there, tx => doubtfulNumbers(tx, crypto, { limit: 1, after }))
  const [first] = await list()
  const [second] = await list(first?.cursor)
  expect([first?.personId, second?.personId]).toEqual([people[3]?.id, people[0]?.id])
  expect(await list(second?.cursor)).toEqual([])
})
