import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetLeft, chooseByWeight, filled, fullBucket, nextWeight } from './index.ts'

describe('the choice of a carrier', () => {
  test('follows the weights: of 60 and 40 the first gets six of ten', () => {
    const candidates = [{ weight: 60 }, { weight: 40 }]
    const chosen = Array.from({ length: 100 }, (_, at) => chooseByWeight(candidates, at / 100))
    expect(chosen.filter(each => each === candidates[0])).toHaveLength(60)
  })

  test('takes somebody wherever there is anybody, and a reserve only where nobody else is', () => {
    const weights = fc.array(fc.record({ weight: fc.integer({ min: 0, max: 100 }) }), { maxLength: 5 })
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(weights, chance, (candidates, at) => {
        const chosen = chooseByWeight(candidates, at)
        expect(chosen === undefined).toBe(candidates.length === 0)
        if (candidates.some(({ weight }) => weight > 0)) expect(chosen?.weight).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a rate', () => {
  test('is never exceeded by more than one second of it, however the takings fall', () => {
    const steps = fc.array(fc.tuple(fc.nat(3_000), fc.nat(50)), { maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), steps, (rate, told) => {
        let now = 0
        let bucket = fullBucket(rate, now)
        let taken = 0
        for (const [passed, wanted] of told) {
          now += passed
          bucket = filled(bucket, rate, now)
          const given = Math.min(wanted, Math.floor(bucket.tokens))
          bucket = { ...bucket, tokens: bucket.tokens - given }
          taken += given
          expect(taken).toBeLessThanOrEqual(rate + (now * rate) / 1_000 + 1e-6)
        }
      }),
    )
  })

  test('fills nothing when the clock is set back', () => {
    expect(filled({ tokens: 1, at: 10_000 }, 10, 5_000).tokens).toBe(1)
  })
})

describe('the weight of a provider', () => {
  test('falls by half when 15 of 100 were slow, and comes back a tenth at a time', () => {
    expect(nextWeight(60, 60, { told: 100, bad: 15 })).toBe(30)
    expect(nextWeight(60, 60, { told: 100, bad: 14 })).toBe(60)
    expect(nextWeight(60, 30, { told: 100, bad: 0 })).toBe(36)
    // Two slow ones of five are an accident.
    expect(nextWeight(60, 60, { told: 5, bad: 2 })).toBe(60)
  })

  test('never leaves what it may be, and recovers fully within eleven minutes of good work', () => {
    const record = fc.record({ told: fc.nat(500), bad: fc.nat(500) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(record, { maxLength: 30 }), (own, minutes) => {
        let weight = own
        for (const minute of minutes) {
          weight = nextWeight(own, weight, minute)
          expect(weight).toBeGreaterThanOrEqual(1)
          expect(weight).toBeLessThanOrEqual(own)
        }
        for (let minute = 0; minute < 11; minute++) weight = nextWeight(own, weight, { told: 50, bad: 0 })
        expect(weight).toBe(own)
      }),
    )
  })
})

test('the last tenth of a day is kept for codes and steps', () => {
  expect(budgetLeft(1_000, 900, true)).toBe(0)
  expect(budgetLeft(1_000, 900, false)).toBe(100)
  expect(budgetLeft(undefined, 9_999, true)).toBe(Number.POSITIVE_INFINITY)
})
