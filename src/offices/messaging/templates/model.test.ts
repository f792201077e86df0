import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inForce } from './model.ts'

const day = (n: number) => new Date(Date.UTC(2026, 2, n))
const version = (n: number, from: number, ended?: number) => ({
  version: n,
  fromAt: day(from),
  ended: ended === undefined ? undefined : { by: 'x', at: day(ended), why: '' },
})

describe('which words hold', () => {
  test('those that began last', () => {
    expect(inForce([version(1, 1), version(2, 5)], day(4))?.version).toBe(1)
    expect(inForce([version(1, 1), version(2, 5)], day(5))?.version).toBe(2)
  })

  test('none, once the last were withdrawn: an older version does not come back by itself', () => {
    expect(inForce([version(1, 1), version(2, 5, 8)], day(8))).toBeUndefined()
    expect(inForce([version(1, 1), version(2, 5, 8)], day(7))?.version).toBe(2)
  })

  test('those before, where others were withdrawn before they began', () => {
    expect(inForce([version(1, 1), version(2, 9, 6)], day(10))?.version).toBe(1)
  })

  test('whatever versions there are, what holds has begun and has not ended', () => {
    const any = fc.array(
      fc.record({
        from: fc.integer({ min: 1, max: 20 }),
        ended: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 20 }), (list, at) => {
        const held = inForce(
          list.map(({ from, ended }, n) => version(n + 1, from, ended)),
          day(at),
        )
        if (!held) return
        expect(held.fromAt.getTime()).toBeLessThanOrEqual(day(at).getTime())
        expect(held.ended === undefined || held.ended.at > day(at)).toBe(true)
      }),
    )
  })
})
