import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { everyKept, replay } from './kept.ts'
import { fuzz, kindsOf, type Prepared, prepare } from './run.ts'
import { type OpenTown, openTown } from './town.ts'

/** The whole is sent by `npm run fuzz`; here what failed once, and a few inputs more, other ones each time. */
const at = inject('postgres')
const seed = Date.now() % 1_000_000
let prepared: Prepared

beforeAll(async () => {
  prepared = await prepare({ at, pages: 90, say: () => {} })
}, 600_000)
afterAll(() => prepared?.clear())

describe('what failed once', () => {
  let town: OpenTown
  beforeAll(async () => {
    town = await openTown(prepared.setting)
  }, 120_000)
  afterAll(() => town?.close())

  test.each(everyKept())('does not fail any more: %s', async (_, { input }) => {
    expect(await replay(town, input)).toEqual([])
  })
})

test(`a few hundred hostile inputs break nothing (seed ${seed})`, async () => {
  const run = await fuzz({ at, inputs: 300, minutes: 0.3, seed, say: () => {} }, prepared)
  const failures = [...kindsOf(run.findings)].map(([kind, { input, faults }]) => ({ kind, faults, input }))
  expect(failures, `seed ${seed}`).toEqual([])
  expect(run.sent).toBeGreaterThan(20)
}, 300_000)
