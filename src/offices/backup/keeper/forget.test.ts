import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { openMirror } from '../../../platform/backup/index.ts'
import { forgetDestroyed } from './forget.ts'

const db = await testDatabase()
const house = aHouse(db)
const root = mkdtempSync(join(tmpdir(), 'shubbak-forget-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function aBase(at: string): () => void {
  const folder = join(root, 'line-1-1', 'base', at.replaceAll(/[-:]/g, ''))
  mkdirSync(folder, { recursive: true })
  const packed = { name: 'x', bytes: 0, sha256: '' }
  const base = {
    format: 1,
    system: '1',
    timeline: 1,
    start: '0/0',
    end: '0/0',
    segmentSize: 1,
    began: at,
    ended: at,
  }
  writeFileSync(
    join(folder, 'base.json'),
    JSON.stringify({ ...base, bytes: 0, tar: packed, manifest: packed, told: {} }),
  )
  return () => rmSync(folder, { recursive: true })
}

test('a destroyed content stays for as long as a backup stays that still needs it, however many nights had none', async () => {
  const town = await aTown(db)
  const mirror = openMirror(root, [])
  const destroyed = async (text: string, at: string) => {
    const { sha256, size } = await house.files.put(town.id, Buffer.from(text))
    await mirror.keep(town.id, sha256, Buffer.from(text))
    await db.owner
      .insertInto('file')
      .values({ municipality_id: town.id, sha256, size, type: 'text/plain', stored_at: at, destroyed_at: at })
      .execute()
    return () => mirror.has(town.id, sha256)
  }
  const [first, second] = [
    await destroyed('one', '2026-01-02T00:00:00Z'),
    await destroyed('two', '2026-03-02T00:00:00Z'),
  ]
  const prune = aBase('2026-01-01T00:00:00.000Z')
  aBase('2026-03-01T00:00:00.000Z')
  await forgetDestroyed(house, root)
  expect([await first(), await second()]).toEqual([true, true])
  prune()
  await forgetDestroyed(house, root)
  expect([await first(), await second()]).toEqual([false, true])
  expect(existsSync(join(root, 'forgotten'))).toBe(true)
  aBase('2026-04-01T00:00:00.000Z')
  await forgetDestroyed(house, root)
  expect(await second()).toBe(true)
})
