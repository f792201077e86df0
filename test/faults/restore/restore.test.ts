import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleEntry } from '../../../build.mjs'
import { serverProcesses } from '../../../src/platform/database/postgres/processes.ts'
import { projectRoot } from '../../../src/platform/root.ts'
import { loseTheMachine } from './drill.ts'

const program = join(projectRoot, 'dist', 'run', `restore-test-${process.pid}.js`)
beforeAll(() => bundleEntry(join(projectRoot, 'src/main.ts'), program))
afterAll(() => {
  for (const path of [program, `${program}.map`]) rmSync(path, { force: true })
})

test('nothing acknowledged is lost with the machine and its disk where acts wait for the second copy', async () => {
  const outcome = await loseTheMachine({ loss: 'wait', loadMs: 3000, program, say: () => {} })
  const { lost, doubled, wrong } = outcome
  expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] })
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(serverProcesses(outcome.data)).toEqual([])
}, 300_000)
