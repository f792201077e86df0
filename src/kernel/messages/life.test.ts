import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterDeath,
  afterHandingOver,
  afterReport,
  mayBecome,
  type PartState,
  stateOfParts,
} from './index.ts'
import type { Reported } from './life.ts'

const parts = fc.constantFrom<PartState>('uncertain', 'submitted', 'failed', 'delivered')
const reports = fc.constantFrom<Reported>('accepted', 'delivered', 'failed')
const shuffled = <T>(list: readonly T[], seeds: readonly number[]) =>
  list
    .map((each, at) => ({ each, by: seeds[at] ?? 0 }))
    .sort((a, b) => a.by - b.by)
    .map(({ each }) => each)

describe('a part of a message', () => {
  test('stands the same after its reports in whichever order, and however often they come', () => {
    fc.assert(
      fc.property(
        parts,
        fc.array(reports, { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 24 }),
        (part, said, seeds) => {
          const once = said.reduce(afterReport, part)
          expect(shuffled([...said, ...said], seeds).reduce(afterReport, part)).toBe(once)
        },
      ),
    )
  })

  test('that was delivered stays delivered', () => {
    fc.assert(fc.property(reports, said => afterReport('delivered', said) === 'delivered'))
  })
})

describe('a message of several parts', () => {
  test('is delivered when every part is, and fails with any of them', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), list => {
        const state = stateOfParts(list)
        expect(state === 'delivered').toBe(list.every(part => part === 'delivered'))
        expect(state === 'failed').toBe(list.includes('failed'))
        expect(state === 'uncertain').toBe(list.includes('uncertain') && !list.includes('failed'))
      }),
    )
  })

  test('goes by reports only where its life allows it, and ends where all is known', () => {
    const said = fc.array(fc.tuple(fc.nat(), reports), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), said, (list, told) => {
        const now = [...list]
        let state = stateOfParts(now)
        for (const [which, report] of told) {
          const at = which % now.length
          now[at] = afterReport(now[at] ?? 'uncertain', report)
          const next = stateOfParts(now)
          if (next !== state) expect(mayBecome(state, next), `${state} to ${next}`).toBe(true)
          state = next
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

const never = { tries: 0, sinceMs: 0 }

describe('handing over', () => {
  test('never plans again what a carrier may have taken', () => {
    expect(afterHandingOver({ outcome: 'uncertain', failure: 'answer-lost' }, 1, never).state).toBe(
      'uncertain',
    )
    expect(afterHandingOver({ outcome: 'accepted' }, 1, never).state).toBe('sent')
    expect(mayBecome('uncertain', 'planned')).toBe(false)
    expect(mayBecome('sent', 'planned')).toBe(false)
    expect(afterDeath(false)).toBe('uncertain')
  })

  test('plans again, however often, what surely left with nobody', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'carrier' | 'throttled'>('carrier', 'throttled'),
        fc.nat(100_000),
        (cause, attempts) => {
          const refused = { outcome: 'refused', failure: 'no-connection', cause } as const
          const next = afterHandingOver(refused, attempts, never)
          expect(next.state).toBe('planned')
          expect('afterMs' in next && next.afterMs >= 1_000 && next.afterMs <= 5_000).toBe(true)
        },
      ),
    )
  })

  test('gives up a message that no carrier would take', () => {
    const refused = { outcome: 'refused', failure: 'wrong-number', cause: 'message' } as const
    expect(afterHandingOver(refused, 1, never)).toEqual({ state: 'failed', failure: 'wrong-number' })
  })

  test('asks a full letter box less and less often, and gives it up after two days', () => {
    const full = { outcome: 'refused', failure: 'undeliverable', cause: 'later' } as const
    const rests: number[] = []
    let age = 0
    for (let attempt = 1; ; attempt++) {
      const next = afterHandingOver(full, attempt, { tries: attempt, sinceMs: age })
      if (next.state !== 'planned') {
        expect(next).toEqual({ state: 'failed', failure: 'undeliverable' })
        break
      }
      rests.push(next.afterMs)
      age += next.afterMs
    }
    expect(rests).toEqual(rests.toSorted((a, b) => a - b))
    expect(rests[0]).toBe(60_000)
    expect(age).toBeGreaterThanOrEqual(48 * 3_600_000)
    expect(age).toBeLessThan(50 * 3_600_000)
  })

  test('does not give up at the first full letter box what waited two days for something else', () => {
    const full = { outcome: 'refused', failure: 'undeliverable', cause: 'later' } as const
    expect(afterHandingOver(full, 500, { tries: 1, sinceMs: 0 })).toMatchObject({
      state: 'planned',
      afterMs: 60_000,
    })
    expect(afterHandingOver(full, 501, { tries: 2, sinceMs: 72 * 3_600_000 }).state).toBe('planned')
  })
})
