import { expect, test } from 'vitest'
import { partName } from '../../src/offices/oversight/measured/strings.ts'
import { type Mode, parts } from './parts.ts'
import { caveatsOf } from './results.ts'
import { limitOf } from './runner.ts'

const minutes = (mode: Mode) => parts.reduce((sum, part) => sum + (part.minutes[mode] ?? 0), 0)

test('a quick run takes five minutes at most and a whole one thirty, as the parts say of themselves', () => {
  expect(minutes('quick')).toBeLessThanOrEqual(5)
  expect(minutes('whole')).toBeLessThanOrEqual(30)
})

test('every part has a name of its own, an Arabic one too, and time to end on a busy machine', () => {
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
  for (const part of parts) {
    expect(partName(part.name, 'ar')).toMatch(/[\u0621-\u064a]/)
    for (const mode of ['quick', 'whole', 'large'] as const)
      expect(limitOf(part, mode)).toBeGreaterThan(2 * 60_000 * (part.minutes[mode] ?? 0))
  }
})

test('what is in a smaller run is in the larger ones', () => {
  for (const { minutes: of } of parts) {
    if (of.quick !== undefined) expect(of.whole).toBeDefined()
    if (of.whole !== undefined) expect(of.large).toBeDefined()
  }
})

test('a run says of itself why it should not be taken at its word', () => {
  const part = { name: 'filing', outcome: 'done' as const, seconds: 1 }
  const calm = { clean: true, load: 0.4 }
  expect(caveatsOf({ parts: [part], mode: 'whole' }, calm)).toEqual([])
  expect(caveatsOf({ parts: [part], mode: 'whole' }, { clean: false, load: 5 })).toEqual(['changed', 'busy'])
  expect(caveatsOf({ parts: [{ ...part, outcome: 'failed' }], mode: 'quick' }, calm)).toEqual([
    'broken',
    'quick',
  ])
  expect(caveatsOf({ parts: [{ ...part, outcome: 'left out' }], mode: 'whole' }, calm)).toEqual([])
})
