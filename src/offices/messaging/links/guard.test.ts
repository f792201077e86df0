import { expect, test } from 'vitest'
import { openGuard } from './guard.ts'

test('an address that misses too often is shut for a while, said once; others are not', () => {
  const guard = openGuard()
  const start = new Date('2026-03-01T08:00:00Z')
  const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
  const shutBy = Array.from({ length: 100 }, () => guard.noteMiss('one', start)).filter(Boolean)
  expect(shutBy).toHaveLength(1)
  expect(guard.isShut('one', after(14))).toBe(true)
  expect(guard.isShut('other', start)).toBe(false)
  expect(guard.isShut('one', after(15))).toBe(false)
})
