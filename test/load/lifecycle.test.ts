import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { serverProcesses } from '../../src/platform/database/postgres/processes.ts'
import { bundlePrograms, type Programs } from './processes.ts'
import { runShapes } from './run.ts'

let programs: Programs
afterAll(() => {
  for (const file of Object.values(programs))
    for (const path of [file, `${file}.map`]) rmSync(path, { force: true })
})

test('lives of complaints are driven from a process of its own, and each stands in the database as it was told', async () => {
  programs = await bundlePrograms(`load-test-${process.pid}`)
  const { sound, outcomes, data } = await runShapes({
    ...{ shapes: ['lifecycle'], mode: 'quick', seed: 1, requests: 600, many: 4, seconds: 2, programs },
  })
  const [outcome] = outcomes
  expect({ sound, failures: outcome?.failures }).toEqual({ sound: true, failures: {} })
  expect(outcome?.acts.lifecycle?.count).toBeGreaterThan(0)
  // A life is one request and two acts.
  expect((outcome?.told.length ?? 0) % 3).toBe(0)
  expect(serverProcesses(data)).toEqual([])
}, 400_000)
