import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aged, defaultAgeing, type PhoneHealth, type PhoneOutcome, unknownHealth } from './ageing.ts'

type Told = { outcome: PhoneOutcome; at: Date }

const start = Date.UTC(2026, 2, 1)
const day = (count: number) => new Date(start + count * 86_400_000)
const healthAfter = (told: readonly Told[]): PhoneHealth =>
  told.reduce((health, each) => aged(health, each, defaultAgeing), unknownHealth)
const hard = (count: number): Told => ({ outcome: 'hard', at: day(count) })
const soft = (count: number): Told => ({ outcome: 'soft', at: day(count) })
const delivered = (count: number): Told => ({ outcome: 'delivered', at: day(count) })

describe('a telephone', () => {
  test('sleeps after three failures for good in a row, over a week at least', () => {
    expect(healthAfter([hard(0), hard(3), hard(6)]).asleepAt).toBeUndefined()
    expect(healthAfter([hard(0), hard(8)]).asleepAt).toBeUndefined()
    expect(healthAfter([hard(0), hard(3), hard(7)]).asleepAt).toEqual(day(7))
    expect(healthAfter([hard(0), soft(1), hard(3), soft(5), hard(7)])).toMatchObject({ failures: 3 })
  })

  test('is kept awake by one message that arrives, also where the report of it comes late', () => {
    expect(healthAfter([hard(0), hard(3), delivered(5), hard(7)])).toMatchObject({
      failures: 1,
      asleepAt: undefined,
    })
    expect(healthAfter([hard(0), hard(3), hard(7), delivered(5)])).toMatchObject({
      failures: 1,
      asleepAt: undefined,
    })
    expect(healthAfter([hard(2), hard(5), hard(9), delivered(1)]).asleepAt).toEqual(day(9))
    expect(healthAfter([delivered(9), hard(0), hard(3), hard(8)])).toMatchObject({ failures: 0 })
  })

  test('wakes by a message that arrives', () => {
    const asleep = healthAfter([delivered(0), hard(1), hard(3), hard(9)])
    expect(asleep.asleepAt).toEqual(day(9))
    expect(healthAfter([delivered(0), hard(1), hard(3), hard(9), delivered(10)])).toEqual({
      ...unknownHealth,
      reachedAt: day(10),
    })
  })
})

const outcomes = fc.array(
  fc.record({
    outcome: fc.constantFrom<PhoneOutcome>('delivered', 'hard', 'soft'),
    at: fc.integer({ min: 0, max: 40 }).map(day),
  }),
  { maxLength: 12 },
)

test('of outcomes in any order, what arrived last and after every failure leaves it awake and unblamed', () => {
  fc.assert(
    fc.property(outcomes, told => {
      const last = Math.max(...told.map(each => each.at.getTime()), start) + 1
      const end: Told = { outcome: 'delivered', at: new Date(last) }
      for (const place of [0, Math.floor(told.length / 2), told.length]) {
        const health = healthAfter([...told.slice(0, place), end, ...told.slice(place)])
        expect(health).toEqual({ ...unknownHealth, reachedAt: end.at })
      }
    }),
  )
})

test('without a message that arrived, the order of failures does not matter', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })
  fc.assert(
    fc.property(days, fc.infiniteStream(fc.nat()), (given, chance) => {
      const shuffled = given
        .map(each => ({ each, at: chance.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }) => each)
      const sorted = [...given].sort((a, b) => a - b)
      const [one, other] = [healthAfter(sorted.map(hard)), healthAfter(shuffled.map(hard))]
      expect({ ...one, asleepAt: one.asleepAt !== undefined }).toEqual({
        ...other,
        asleepAt: other.asleepAt !== undefined,
      })
      const spread = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
      expect(one.asleepAt !== undefined).toBe(given.length >= 3 && spread >= 7)
    }),
  )
})

test('asleep or failing, a health is whole: failures have their first and last, and sleep its failures', () => {
  fc.assert(
    fc.property(outcomes, told => {
      const { failures, failingSince, failedAt, asleepAt } = healthAfter(told)
      expect([failingSince === undefined, failedAt === undefined]).toEqual([failures === 0, failures === 0])
      if (failingSince && failedAt) expect(failingSince <= failedAt).toBe(true)
      if (asleepAt) expect(failures).toBeGreaterThan(0)
    }),
  )
})
