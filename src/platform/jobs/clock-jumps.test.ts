import { afterEach, expect, test, vi } from 'vitest'
import { fixedClock } from '../clock.ts'
import { watchClock } from './clock-jumps.ts'

afterEach(() => void vi.useRealTimers())

test('a clock that is put forward or back is noticed once, and one that is set right by little is not', () => {
  vi.useFakeTimers()
  const clock = fixedClock('2026-03-01T08:00:00Z')
  const jumps: number[] = []
  const stop = watchClock(clock, ms => void jumps.push(Math.round(ms / 60_000)))
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.advance(1_000)
      vi.advanceTimersByTime(1_000)
    }
  }
  pass(600_000)
  clock.advance(30_000)
  pass(60_000)
  expect(jumps).toEqual([])
  clock.advance(3_600_000)
  pass(60_000)
  expect(jumps).toEqual([61])
  clock.advance(-7_200_000)
  pass(60_000)
  expect(jumps).toEqual([61, -120])
  stop()
  clock.advance(7_200_000)
  pass(60_000)
  expect(jumps).toHaveLength(2)
})
