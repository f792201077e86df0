import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Facts, kinds, messageKinds, screen } from './index.ts'

const plain: Facts = {
  kind: 'step',
  expiresAt: undefined,
  addressed: true,
  shared: false,
  asleep: false,
  optedOut: false,
  paused: false,
  quietUntil: undefined,
}
const facts = fc.record<Facts>({
  kind: fc.constantFrom(...messageKinds),
  expiresAt: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
  addressed: fc.boolean(),
  shared: fc.boolean(),
  asleep: fc.boolean(),
  optedOut: fc.boolean(),
  paused: fc.boolean(),
  quietUntil: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
})

describe('screening', () => {
  test('lets what nothing speaks against go', () => {
    expect(screen(plain, 100)).toEqual({ do: 'send', neutral: false })
  })

  test('never keeps a legal notice back because somebody opted out', () => {
    expect(screen({ ...plain, kind: 'legal', optedOut: true }, 100)).toMatchObject({ do: 'send' })
    expect(screen({ ...plain, kind: 'bill', optedOut: true }, 100)).toMatchObject({ state: 'opted-out' })
  })

  test('sends no code to a number several read, and nothing private', () => {
    expect(screen({ ...plain, kind: 'code', shared: true }, 100)).toMatchObject({
      state: 'failed',
      failure: 'shared-number',
    })
    expect(screen({ ...plain, kind: 'legal', shared: true }, 100)).toEqual({ do: 'send', neutral: true })
    expect(screen({ ...plain, kind: 'awareness', shared: true }, 100)).toEqual({ do: 'send', neutral: false })
  })

  test('sends a code by night, and to a number that sleeps: it may be what wakes it', () => {
    expect(screen({ ...plain, kind: 'code', quietUntil: 200, asleep: true }, 100)).toMatchObject({
      do: 'send',
    })
  })

  test('holds all of this for every message at once', () => {
    fc.assert(
      fc.property(facts, each => {
        const now = 100
        const done = screen(each, now)
        const goes = done.do === 'send'
        if (each.expiresAt !== undefined && each.expiresAt <= now)
          expect(done).toMatchObject({ state: 'expired' })
        if (!each.addressed || each.paused) expect(goes).toBe(false)
        if (each.optedOut && kinds[each.kind].optOut) expect(goes).toBe(false)
        if (done.do === 'wait') expect(done.until).toBeGreaterThan(now)
        if (goes && each.quietUntil !== undefined && each.quietUntil > now)
          expect(kinds[each.kind].quiet).toBe(false)
        if (goes && each.shared) expect(each.kind).not.toBe('code')
      }),
    )
  })
})
