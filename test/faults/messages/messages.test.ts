import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleEntry } from '../../../build.mjs'
import { serverProcesses } from '../../../src/platform/database/postgres/processes.ts'
import { projectRoot } from '../../../src/platform/root.ts'
import { chanceOf } from '../chance.ts'
import { freezeSenders, killSenders } from './processes.ts'
import { simulate } from './simulated.ts'

const program = join(projectRoot, 'dist', 'run', `sender-test-${process.pid}.js`)
const folder = mkdtempSync(join(tmpdir(), 'shubbak-ledgers-'))
beforeAll(() => bundleEntry(join(projectRoot, 'test/faults/messages/sender.ts'), program))
afterAll(() => {
  for (const path of [program, `${program}.map`, folder]) rmSync(path, { force: true, recursive: true })
})

const seed = Math.floor(Math.random() * 2 ** 31)
const options = { program, folder, chance: chanceOf(seed), say: () => {} }
const clean = { lost: [], doubled: [], unknown: [] }

describe('a town that sends (npm run faults -- messages does all of it, at length)', () => {
  test('loses and doubles nothing when its sender is killed', async () => {
    const verdict = await killSenders(options, 4)
    expect({ seed, ...verdict }).toMatchObject({ seed, ...clean })
    expect(verdict.messages).toBeGreaterThan(verdict.uncertain)
    expect(serverProcesses(verdict.data)).toEqual([])
  }, 120_000)

  test('loses and doubles nothing when a sender sleeps through its lease', async () => {
    expect({ seed, ...(await freezeSenders(options, 2)) }).toMatchObject({ seed, ...clean })
  }, 120_000)

  test('goes on with the other provider within a minute, and back within ten seconds', async () => {
    const outcome = await simulate(
      {
        seconds: 60,
        perStep: 1,
        modes: [second => (second >= 10 && second < 40 ? 'dead' : 'up'), () => 'up'],
      },
      options.chance,
    )
    expect(outcome).toMatchObject({ ...clean, uncertain: 0 })
    expect(outcome.longestWaitInTrouble).toBeLessThan(60)
    expect(outcome.back).toBeLessThanOrEqual(10)
  }, 120_000)
})
