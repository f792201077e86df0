import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aTown, builder } from '../../../test/builders/people.ts'
import { aWorkingTown } from '../../../test/builders/requests.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { addDocument } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { backupCommands } from '../backup/index.ts'
import { sealCommand } from '../seal/index.ts'
import { verifyCommand, verifyTown } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-from-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const db = await testDatabase()
const house = aHouse(db)
const exported = join(folder, 'export')
let town: Town
let checkpoint: string

function writeSecret(of: House) {
  const key = (text: string) => Buffer.alloc(32, text).toString('base64url')
  const secret = { index: key('index'), keys: [{ id: 1, key: key('key') }], signing: [key('index')] }
  writeFileSync(of.config.secretFile, JSON.stringify(secret), { mode: 0o600 })
}

/** What a command said; its last line begins with ! when it ended with an error. */
async function run(at: House, ...words: string[]): Promise<string[]> {
  const said: string[] = []
  const program = new Command().exitOverride()
  const tools = {
    config: at.config,
    inHouse: <T>(work: (of: House) => Promise<T>) => work(at),
    say: (line: string) => said.push(line),
  }
  for (const command of [backupCommands, verifyCommand, sealCommand]) command(program, tools as never)
  await program.parseAsync(words, { from: 'user' }).catch(error => said.push(`! ${error.message}`))
  return said
}

beforeAll(async () => {
  writeSecret(house)
  town = await aTown(db)
  await aWorkingTown({ house, town })
  const stored = await house.files.put(town.id, Buffer.from('%PDF one'))
  await house.database.write(town.id, async tx => {
    await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'a.pdf', pages: 1 },
      kind: 'x',
      title: 'x\u2028y',
      source: 'upload',
      by: builder,
      ownerId: undefined,
    })
    for (let n = 0; n < 300; n++)
      await record(tx, {
        actor: builder,
        act: 'test.done',
        subjectKind: 'x',
        subjectId: `${n}\u2028`,
        personal: { name: 'ليلى' },
      })
  })
  await sealAll(house, town.id)
  checkpoint = join(folder, 'checkpoint.txt')
  writeFileSync(checkpoint, `${(await run(house, 'seal')).join('')}`)
  await run(house, 'export', town.slug, exported)
})

const table = (name: string) => join(exported, 'tables', `${name}.jsonl.gz`)
/** Changes the text of a table of the export for as long as `look` looks. */
async function bent<T>(name: string, bend: (text: string) => string, look: () => Promise<T>): Promise<T> {
  const whole = readFileSync(table(name))
  writeFileSync(table(name), gzipSync(bend(gunzipSync(whole).toString('utf8'))))
  try {
    return await look()
  } finally {
    writeFileSync(table(name), whole)
  }
}
const verifyIt = (...words: string[]) => run(house, 'verify', town.slug, '--from', exported, ...words)

describe('an export', () => {
  test('is verified with nothing but its folder and the secret file, or a key', async () => {
    const [line, ...rest] = await verifyIt('--checkpoint', checkpoint)
    expect(rest).toEqual([])
    expect(line).toMatch(
      new RegExp(
        `^${town.slug}: nothing found in .*\\d+ audit entries, \\d+ sealed, 1 checkpoints, 1 files read`,
      ),
    )
    const key = join(folder, 'key.txt')
    const [verifier] = gunzipSync(readFileSync(table('seal_key')))
      .toString()
      .split('\n')
    writeFileSync(key, `${JSON.parse(verifier ?? '').verifier}\n`)
    expect((await verifyIt('--key', key)).at(-1)).toContain('nothing found')
    expect((await verifyIt('--key', key)).at(-1)).toContain(
      'not checked from a folder: requests against their acts',
    )
    rmSync(house.config.secretFile)
    expect((await verifyIt())[0]).toContain('those in the export itself are believed')
    writeSecret(house)
  })

  test('with a rewritten, a deleted or a swapped entry names it', async () => {
    const changed = await bent(
      'audit',
      text => text.replace('"subject_id": "7\u2028"', '"subject_id": "8\u2028"'),
      verifyIt,
    )
    expect(changed[0]).toContain('audit-entry-changed')
    const gone = await bent('audit', text => text.split('\n').slice(1).join('\n'), verifyIt)
    expect(gone[0]).toContain('sealed-entry-deleted')
    const other = await bent(
      'document',
      text => text.replace(/"sha256": "\\\\x../, '"sha256": "\\\\x00'),
      verifyIt,
    )
    expect(other[0]).toContain('sealed-entry-changed')
  })

  test('with a swapped file names the file', async () => {
    const [name = ''] = readdirSync(join(exported, 'files', town.id))
    const path = join(exported, 'files', town.id, name)
    const whole = readFileSync(path)
    writeFileSync(path, 'other')
    expect((await verifyIt())[0]).toContain(`file-changed ${name}`)
    writeFileSync(path, whole)
  })

  test('with a file that says it was destroyed, and no act lists, names the file', async () => {
    const named = /"destroyed_at": null/
    const said = await bent('file', text => text.replace(named, '"destroyed_at": "2026-01-01"'), verifyIt)
    expect(said[0]).toContain('emptied-without-act')
  })

  test('older than a checkpoint kept outside is behind it', async () => {
    await house.database.write(town.id, tx =>
      record(tx, { actor: builder, act: 'later', subjectKind: 'x', subjectId: 'x' }),
    )
    await sealAll(house, town.id)
    const newer = join(folder, 'newer.txt')
    writeFileSync(newer, (await run(house, 'seal')).join(''))
    expect((await verifyIt('--checkpoint', newer))[0]).toContain(`behind-outside-checkpoint ${newer}`)
  })

  test('is gone on with where it is brought in, under the same checkpoint', async () => {
    const there = await testDatabase()
    const other = aHouse(there)
    writeSecret(other)
    await run(other, 'restore', exported)
    there.clock.set(db.clock.now())
    await sealAll(other, town.id)
    const note = readFileSync(checkpoint, 'utf8')
    const found: string[] = []
    await verifyTown(other, town, {
      found: each => found.push(each.code),
      checkpoints: [{ name: 'c', note }],
    })
    expect(found).toEqual([])
  })
})

test('a new signing key goes before those there are, and what it signs is believed by both', async () => {
  const said = await run(house, 'seal', '--new-key')
  expect(said[0]).toContain('has a new signing key')
  const { signing } = JSON.parse(readFileSync(house.config.secretFile, 'utf8'))
  expect(signing).toHaveLength(2)
  expect(signing[1]).toBe(Buffer.alloc(32, 'index').toString('base64url'))
})
