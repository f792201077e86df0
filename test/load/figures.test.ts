import { expect, test } from 'vitest'
import { calmAfter } from './figures.ts'

const tick = (second: number, p95: number, failed = 0) => ({ second, due: 1, done: 1, failed, p95 })

test('normal again is said from the first second after the last burst on that none slower follows', () => {
  const before = [tick(0, 40), tick(1, 60)]
  const burst = [tick(2, 900), tick(3, 5000)]
  expect(calmAfter([...before, ...burst, tick(4, 100), tick(5, 50)], 4, 2)).toBe(0)
  expect(calmAfter([...before, ...burst, tick(4, 4000), tick(5, 100), tick(6, 300), tick(7, 50)], 4, 2)).toBe(
    3,
  )
  expect(calmAfter([...before, ...burst, tick(4, 10), tick(5, 10, 1), tick(6, 10)], 4, 2)).toBe(2)
})
