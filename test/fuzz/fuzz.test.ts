import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { everyKept, replay } from './kept.ts'
import { fuzz, kindsOf, type Prepared, prepare } from './run.ts'
import { type OpenTown, openTown } from './town.ts'
import { lostWords } from './typed.ts'

/** The whole is sent by `npm run fuzz`; here what failed once, and a few inputs more, other ones each time. */
const at = inject('postgres')
const seed = Date.now() % 1_000_000
let prepared: Prepared

beforeAll(async () => {
  prepared = await prepare({ at, say: () => {} })
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

test('a form that comes back with a fault shows what was typed, but for secrets', async () => {
  const forms = prepared.bases.filter(({ method, typed = [] }) => method === 'post' && typed.length > 0)
  expect(forms.length).toBeGreaterThan(20)
  const town = await openTown(prepared.setting)
  try {
    const lost: string[] = []
    for (const form of forms) lost.push(...(await lostWords(town, form)))
    expect(lost).toEqual([])
  } finally {
    await town.close()
  }
}, 300_000)

test(`a few hundred hostile inputs break nothing (seed ${seed})`, async () => {
  const run = await fuzz({ at, inputs: 300, minutes: 0.3, seed, say: () => {} }, prepared)
  const failures = [...kindsOf(run.findings)].map(([kind, { input, faults }]) => ({ kind, faults, input }))
  expect(failures, `seed ${seed}`).toEqual([])
  expect(run.sent).toBeGreaterThan(20)
}, 300_000)
