import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aTown } from '../../../test/builders/people.ts'
import { aWorkingTown } from '../../../test/builders/requests.ts'
import {
  contentOf,
  copyOf,
  db,
  elsewhere,
  failureOf,
  filesOf,
  findings,
  first,
  flip,
  folder,
  house,
  manifestOf,
  oneTown,
  run,
  second,
  towns,
  whole,
  writeSecret,
} from './testing/two-towns.ts'

describe('a backup that was restored', () => {
  let there: Awaited<ReturnType<typeof elsewhere>>
  let said: string[]
  beforeAll(async () => {
    there = await elsewhere()
    said = await run(there.house, 'restore', whole)
  })

  test('holds every row of every table as it was', async () => {
    expect(said.at(-1)).toContain('Next: shubbak verify --deep')
    const content = await contentOf(db)
    expect(content.idempotency).toMatch(/^2345 /)
    expect(await contentOf(there.db)).toEqual(content)
  })

  test('holds every file as it was, and verify finds nothing', async () => {
    for (const town of towns()) {
      const files = await filesOf(house, town)
      expect(Object.keys(files)).toHaveLength(2)
      expect(await filesOf(there.house, town)).toEqual(files)
      expect(await findings(there.house, town)).toEqual(await findings(house, town))
      expect(await findings(there.house, town)).toEqual([])
    }
  })

  test('draws the pictures that were still waiting to be drawn', async () => {
    const waiting = await sql<{ n: number }>`
      select count(*) as n from graphile_worker.jobs where task_identifier = 'archive.pictures'`.execute(
      there.db.owner,
    )
    expect(waiting.rows[0]?.n).toBe(4)
  })

  test('is not restored over it again, nor imported beside itself', async () => {
    expect(await failureOf(there.house, 'restore', whole)).toBe(
      `! Here is the town ${first.town.slug} already: restore needs an empty installation`,
    )
    expect(await failureOf(there.house, 'import', oneTown)).toMatch(/^! Here is the town .* already, with/)
    expect(await failureOf(there.house, 'import', whole)).toBe(
      '! It holds 2 towns: import takes one, as shubbak export made it',
    )
  })
})

describe('one town', () => {
  test('that was exported has nothing of another in it', () => {
    const names = readdirSync(join(oneTown, 'tables'))
    expect(names).toHaveLength(manifestOf(oneTown).tables.length)
    for (const name of names) {
      const text = gunzipSync(readFileSync(join(oneTown, 'tables', name))).toString('utf8')
      expect(text).not.toContain(second.town.id)
      expect(text).not.toContain(second.town.slug)
    }
    expect(readdirSync(join(oneTown, 'files'))).toEqual([first.town.id])
    expect(readdirSync(join(oneTown, 'files', first.town.id))).toHaveLength(2)
    expect(manifestOf(oneTown).towns).toMatchObject([{ slug: first.town.slug }])
  })

  test('is imported beside another, which stays as it is', async () => {
    const there = await elsewhere()
    const neighbour = await aTown(there.house, { slug: 'neighbour', hosts: ['one.example'] })
    await aWorkingTown({ house: there.house, town: neighbour })
    const before = await contentOf(there.db, neighbour)
    expect((await run(there.house, 'import', oneTown)).at(-1)).toContain('Next')
    expect(await contentOf(there.db, first.town)).toEqual(await contentOf(db, first.town))
    expect(await contentOf(there.db, neighbour)).toEqual(before)
    expect(await findings(there.house, first.town)).toEqual([])
  })

  test('that is not there is said', async () => {
    expect(await failureOf(house, 'export', 'nowhere', join(folder, 'n'))).toBe('! There is no town nowhere')
    expect(readdirSync(folder).filter(name => name.startsWith('n'))).toEqual([])
  })
})

describe('nothing is written', () => {
  let there: Awaited<ReturnType<typeof elsewhere>>
  beforeAll(async () => {
    there = await elsewhere()
  })
  const refusal = async (path: string) => {
    const line = await failureOf(there.house, 'restore', path)
    expect((await contentOf(there.db)).municipality).toMatch(/^0 /)
    return line
  }

  test('of a backup with a flipped byte in a table, which is named', async () => {
    const copy = await copyOf(whole)
    flip(join(copy, 'tables', 'request.jsonl.gz'))
    expect(await refusal(copy)).toBe(`! ${copy}/tables/request.jsonl.gz is damaged; nothing was written`)
  })

  test('of a backup with a flipped byte in a file, or without it', async () => {
    const copy = await copyOf(whole)
    const home = join(copy, 'files', second.town.id)
    const path = join(home, readdirSync(home)[0] ?? '')
    flip(path)
    expect(await refusal(copy)).toBe(`! ${path} is damaged; nothing was written`)
    rmSync(path)
    expect(await refusal(copy)).toBe(`! ${path} is missing; nothing was written`)
    expect(await filesOf(there.house, second.town)).toEqual({})
  })

  test.each([
    [{ schema: '9999-later' }, /Shubbak 0\.1\.0 with the schema 9999-later, which is newer than/],
    [
      { schema: '0001-raise' },
      /Shubbak 0\.1\.0 with the schema 0001-raise, which is older than .* that version/,
    ],
    [{ format: 2, more: true }, /is in format 2, made by Shubbak 0\.1\.0; this program reads 1/],
    [{ towns: [] }, /manifest.json is damaged: towns/],
    [{ files: { count: 1, bytes: 1, lost: [] } }, /it counts 1 files, there are 4/],
  ])('of a manifest with %j', async (change, line) => {
    const copy = await copyOf(whole)
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifestOf(copy), ...change }))
    expect(await refusal(copy)).toMatch(line)
  })

  test('where the rows do not add up, though all of them went in', async () => {
    const copy = await copyOf(whole)
    const manifest = manifestOf(copy)
    for (const table of manifest.tables) if (table.name === 'person') table.rows += 1
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest))
    expect(await refusal(copy)).toBe('! person got 1204 rows instead of 1205; everything was undone')
  })

  test('of what is no finished backup', async () => {
    expect(await refusal(folder)).toBe(`! ${folder} is no finished backup: it has no manifest.json`)
  })

  test('under another secret, though its key has the same number', async () => {
    writeSecret(there.house, 'another')
    expect(await refusal(whole)).toMatch(/is not the one .* \(key 1 differs\): put that one in its place/)
    writeSecret(there.house)
  })

  test('and what was refused can be restored afterwards', async () => {
    expect((await run(there.house, 'restore', whole)).at(-1)).toContain('Next')
    expect(await contentOf(there.db)).toEqual(await contentOf(db))
  })
})
