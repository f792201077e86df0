import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleEntry } from '../../build.mjs'
import { serverProcesses } from '../../src/platform/database/postgres/processes.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { killInRounds } from './rounds.ts'

const program = join(projectRoot, 'dist', 'run', `kill-test-${process.pid}.js`)
beforeAll(() => bundleEntry(join(projectRoot, 'src/main.ts'), program))
afterAll(() => {
  for (const path of [program, `${program}.map`]) rmSync(path, { force: true })
})

test('nothing acknowledged is lost or doubled when the server and PostgreSQL are killed (npm run faults kills 200 times)', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const outcome = await killInRounds({ rounds: 5, seed, program, say: () => {} })
  const { lost, doubled, wrong, fell } = outcome
  expect({ seed, lost, doubled, wrong, fell }).toEqual({ seed, lost: [], doubled: [], wrong: [], fell: 0 })
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(serverProcesses(outcome.data)).toEqual([])
}, 120_000)
