import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverProcesses } from '../../src/platform/database/postgres/processes.ts'
import { readKept } from './kept.ts'
import { bundlePrograms, type Programs } from './processes.ts'
import { type Done, layTown, runShapes } from './run.ts'

let programs: Programs
const folder = mkdtempSync(join(tmpdir(), 'shubbak-kept-'))
beforeAll(async () => {
  programs = await bundlePrograms(`load-test-${process.pid}`)
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const file of Object.values(programs))
    for (const path of [file, `${file}.map`]) rmSync(path, { force: true })
})

const lives = { shapes: ['lifecycle'], mode: 'quick', seed: 1, requests: 600, many: 4, seconds: 2 } as const

test('lives of complaints are driven from a process of its own, and each stands in the database as it was told', async () => {
  expectLives(await runShapes({ ...lives, programs }))
}, 400_000)

test('a thin town laid into a folder is taken up again with the people it lacks, and lives driven in it stand as they were told', async () => {
  await layTown({ ...lives, folder, thin: true })
  const { people, requests } = readKept(folder)
  await layTown({ ...lives, folder, shapes: ['thousand'], many: people.length + 1 })
  expect(requests).toBe(600)
  expect(readKept(folder).people).toHaveLength(people.length + 1)
  expectLives(await runShapes({ ...lives, folder, programs }))
}, 400_000)

function expectLives({ sound, outcomes, data }: Done): void {
  const [outcome] = outcomes
  expect({ sound, failures: outcome?.failures }).toEqual({ sound: true, failures: {} })
  expect(outcome?.acts.lifecycle?.count).toBeGreaterThan(0)
  // A life is one request and two acts.
  expect((outcome?.told.length ?? 0) % 3).toBe(0)
  expect(serverProcesses(data)).toEqual([])
}
