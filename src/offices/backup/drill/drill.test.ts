import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { bundleEntry } from '../../../../build.mjs'
import type { TestDatabase } from '../../../../test/database.ts'
import { createCrypto, readSecretFile } from '../../../platform/crypto/index.ts'
import { projectRoot } from '../../../platform/root.ts'
import { sealTown } from '../../seal/index.ts'
import { lastGood, noteStream, runsOf, streamOf } from '../runs.ts'
import { copyOf, db, first, flip, house, oneTown } from '../testing/two-towns.ts'
import { isDrillDue } from './command.ts'
import { compareExports } from './compare.ts'
import { drillTown } from './drill.ts'

const program = join(projectRoot, 'dist', 'run', `drill-test-${process.pid}.js`)
afterAll(() => {
  for (const path of [program, `${program}.map`]) rmSync(path, { force: true })
})
const say = () => {}
const read = (work: Parameters<TestDatabase['database']['read']>[1]) => db.database.read(first.town.id, work)

/** Changes the rows of a table of an export. */
function edit(path: string, table: string, change: (rows: string[]) => string[]) {
  const file = join(path, 'tables', `${table}.jsonl.gz`)
  const rows = gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean)
  writeFileSync(file, gzipSync(`${change(rows).join('\n')}\n`))
}

describe('two exports', () => {
  test('are the same whatever the order of their rows', async () => {
    const copy = await copyOf(oneTown)
    edit(copy, 'person', rows => rows.reverse())
    expect(await compareExports(oneTown, copy)).toEqual([])
  })

  test('of which one has another row, lost one or has one more, differ there, named by ids alone', async () => {
    const copy = await copyOf(oneTown)
    edit(copy, 'request', ([one = '', ...rest]) => [one.replace('"web"', '"counter"'), ...rest])
    edit(copy, 'document', ([, ...rest]) => rest)
    edit(copy, 'series', rows => [...rows, rows[0] ?? ''])
    const found = await compareExports(oneTown, copy)
    expect(found.map(line => line.replace(/[0-9a-f-]{36}/g, 'ID'))).toEqual([
      expect.stringMatching(/^document: did not come back as they were: 1 \(\w+ ID \w+ ID\)$/),
      expect.stringMatching(/^request: did not come back as they were: 1 \(request_id ID applicant_id ID/),
      expect.stringMatching(/^request: came back and were not there: 1 \(request_id ID/),
      'series: came back and were not there: 1 ()',
    ])
  })

  test('of which one has another file or reads otherwise differ there', async () => {
    const copy = await copyOf(oneTown)
    const home = join(copy, 'files', first.town.id)
    const [one = ''] = readdirSync(home)
    flip(join(home, one))
    flip(join(copy, 'open', 'people.csv'))
    expect(await compareExports(oneTown, copy)).toEqual([
      `files/${first.town.id}/${one} did not come back as it was`,
      'open/people.csv reads otherwise',
    ])
  })
})

describe('the exit drill', () => {
  test('brings a town back in an installation of its own, finds it the same, and leaves nothing behind but its date', async () => {
    await bundleEntry(join(projectRoot, 'src/main.ts'), program)
    // Signed with the keys the other installation will have, which are those of the secret file.
    const crypto = createCrypto(readSecretFile(house.config.secretFile))
    await sealTown({ ...house, crypto }, first.town.id)
    const result = await drillTown(house, first.town, { program, say })
    expect(result).toMatchObject({ good: true, files: 2, trouble: undefined })
    expect(result.rows).toBeGreaterThan(3000)
    expect(await read(tx => lastGood(tx, 'drill'))).toMatchObject({
      kind: 'drill',
      good: true,
      rows: result.rows,
    })
    expect(readdirSync(join(house.config.dataDir, 'drill'))).toEqual([])
    expect(await read(tx => runsOf(tx, 'physical', 5))).toEqual([])
  }, 240_000)

  test('fails where a file is damaged, says which, and is told to the record', async () => {
    await bundleEntry(join(projectRoot, 'src/main.ts'), program)
    const [name = ''] = readdirSync(join(oneTown, 'files', first.town.id))
    const path = join(house.config.dataDir, 'files', first.town.id, name.slice(0, 2), name.slice(2, 4), name)
    flip(path)
    const { good, trouble } = await drillTown(house, first.town, { program, say })
    flip(path)
    expect(good).toBe(false)
    expect(trouble).toContain(`file ${name} was missing or damaged already`)
    const acts = await sql<{
      act: string
    }>`select act from audit where act like 'backup.%' order by audit_id`.execute(db.owner)
    expect(acts.rows.at(-1)).toEqual({ act: 'backup.drill-failed' })
    expect(existsSync(join(house.config.dataDir, 'drill'))).toBe(true)
  }, 240_000)

  test('is due once a night, and the first time not before its hour', async () => {
    const day = (at: string) => db.clock.set(new Date(at))
    const due = () => isDrillDue(house, first.town)
    const other = await db.database.read(first.town.id, tx => runsOf(tx, 'drill', 1))
    day('2030-01-10T12:00:00Z')
    expect(await due()).toBe(true)
    await sql`update backup_run set began_at = '2030-01-10T02:00:00Z', good = true, ended_at = began_at`.execute(
      db.owner,
    )
    expect(await due()).toBe(false)
    await sql`delete from backup_run`.execute(db.owner)
    expect(await due()).toBe(false)
    day('2030-01-11T02:00:00Z')
    expect(await due()).toBe(true)
    expect(other).toHaveLength(1)
    const off = {
      ...house,
      config: { ...house.config, backup: { ...house.config.backup, drillAt: undefined } },
    }
    expect(await isDrillDue(off, first.town)).toBe(false)
  })
})

test('how far the second copy follows is kept, and trouble does not move it', async () => {
  const until = new Date('2030-02-01T10:00:00Z')
  const note = (trouble: string | undefined, keptUntil: Date | undefined) =>
    db.database.write(first.town.id, tx => noteStream(tx, { keptUntil, trouble }))
  await note(undefined, until)
  await note('the disk is full', undefined)
  expect(await read(streamOf)).toEqual({ keptUntil: until, trouble: 'the disk is full' })
})
