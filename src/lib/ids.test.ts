import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isId, newId } from './ids.ts'

test('an id carries the instant it was made with', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), now => {
      const id = newId(now)
      expect(isId(id)).toBe(true)
      expect(id[14]).toBe('7')
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime())
    }),
  )
})

test('ids of one instant are distinct and keep their order', () => {
  const now = new Date('2026-11-09T08:00:00Z')
  const ids = Array.from({ length: 5_000 }, () => newId(now))
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('only the shape of an id is an id', () => {
  for (const text of [
    '',
    '1',
    '019B76DA-a800-7642-bc7e-aa572c338234',
    "019b76da-a800-7642-bc7e-aa572c33823' or 1",
  ]) {
    expect(isId(text)).toBe(false)
  }
})
