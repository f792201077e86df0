import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { FileTooLarge, openFiles } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-files-'))
const files = openFiles(undefined, folder)
const town = '01890000-0000-7000-8000-000000000001'
const other = '01890000-0000-7000-8000-000000000002'
const drafts = () => readdirSync(join(folder, 'files', 'drafts'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a kept file', () => {
  test('is named by what it holds and comes back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 })), async chunks => {
        const whole = Buffer.concat(chunks)
        const stored = await files.put(town, Readable.from(chunks))
        expect(stored).toEqual({ sha256: createHash('sha256').update(whole).digest(), size: whole.length })
        expect((await buffer(await files.get(town, stored.sha256))).equals(whole)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  test('of one town is not there for another', async () => {
    const { sha256 } = await files.put(town, Buffer.from('ours'))
    expect(await files.exists(town, sha256)).toBe(true)
    expect(await files.exists(other, sha256)).toBe(false)
    await expect(files.get(other, sha256)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that was removed is gone, and may be removed again', async () => {
    const { sha256 } = await files.put(town, Buffer.from('for a while'))
    await files.remove(town, sha256)
    await files.remove(town, sha256)
    expect(await files.exists(town, sha256)).toBe(false)
  })

  test('put twice, also at once, is kept once', async () => {
    const stored = await Promise.all([1, 2, 3].map(() => files.put(other, Buffer.from('same'))))
    expect(new Set(stored.map(each => each.sha256.toString('hex'))).size).toBe(1)
    const names: string[] = []
    for await (const name of files.list(other)) names.push(name.toString('hex'))
    expect(names).toEqual([stored[0]?.sha256.toString('hex')])
  })

  test('that breaks off or is too large leaves nothing behind', async () => {
    async function* broken() {
      yield Buffer.from('half')
      throw new Error('line cut')
    }
    await expect(files.put(town, broken())).rejects.toThrow('line cut')
    await expect(files.put(town, Buffer.alloc(11), { limit: 10 })).rejects.toThrow(FileTooLarge)
    expect(drafts()).toEqual([])
  })

  test('has no name that could lead out of the folder', async () => {
    await expect(files.put('../../etc', Buffer.from('x'))).rejects.toThrow(TypeError)
    await expect(files.get(town, Buffer.from('../../../etc/passwd'))).rejects.toThrow(TypeError)
  })
})

test('a store that can be written answers its check', async () => {
  await expect(files.check()).resolves.toBeUndefined()
  expect(drafts()).toEqual([])
})

test('a store of a kind that is not there yet is refused in one line', () => {
  expect(() => openFiles('s3://bucket', folder)).toThrow(/^FILES_URL is wrong/)
})
