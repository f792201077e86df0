import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { newId } from '../../../lib/ids.ts'
import { getDraft } from '../../requests/index.ts'
import { settleUsual, setWindow } from '../../visits/index.ts'
import { aCounter, residence } from '../testing/window.ts'
import { admitScans, scanFolder, scanWindows } from './folder.ts'
import { waitingScans } from './store.ts'

const counter = await aCounter(await testDatabase())
const { ask, begin, db, house, read, staff, town, write } = counter
const folder = scanFolder(house, town, 3)

await write(async tx => {
  await settleUsual(tx)
  const words = { ar: 'شباك 3', en: 'Window 3' }
  await setWindow(
    tx,
    { number: 3, name: words, room: words, purposes: ['file'], open: true },
    { kind: 'staff', id: staff.manager.id },
  )
})
await db.owner
  .insertInto('window_sitting')
  .values({
    municipality_id: town.id,
    sitting_id: newId(db.clock.now()),
    number: 3,
    staff_id: staff.clerk.id,
    opened_at: db.clock.now(),
  })
  .execute()

/** A page as a scanner makes it; each seed is another one. */
const aPage = (seed: number) =>
  sharp({ create: { width: 64, height: 90, channels: 3, background: { r: seed, g: 200, b: 90 } } })
    .jpeg()
    .toBuffer()

async function scanned(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), bytes)
}
const inside = async (...under: string[]) => (await readdir(join(folder, ...under))).sort()
const waiting = () => read(tx => waitingScans(tx, 3))

describe('the folder of a scanner', () => {
  test('is emptied into what waits at its window, and no file is taken twice, after a crash neither', async () => {
    await scanned('SCAN0001.jpg', await aPage(10))
    expect(await admitScans(house, town, 3)).toEqual([])
    expect((await waiting()).map(({ fileName }) => fileName)).toEqual(['SCAN0001.jpg'])
    expect(await inside('done')).toEqual(['SCAN0001.jpg'])
    expect(await inside()).toEqual(['done'])
    // Kept, and stopped before it was moved: it lies there again with the same content.
    await scanned('SCAN0001.jpg', await aPage(10))
    await admitScans(house, town, 3)
    expect(await waiting()).toHaveLength(1)
    expect(await inside('done')).toEqual(['2-SCAN0001.jpg', 'SCAN0001.jpg'])
    expect(await scanWindows(house, town)).toEqual([3])
  })

  test('puts aside what is empty or no paper, with the reason, and goes on', async () => {
    await scanned('empty.pdf', new Uint8Array())
    await scanned('letter.exe', new TextEncoder().encode('MZ not a paper at all'))
    await scanned('good.jpg', await aPage(20))
    const refused = await admitScans(house, town, 3)
    expect(refused).toEqual([
      { fileName: 'empty.pdf', code: 'file-empty' },
      { fileName: 'letter.exe', code: 'file-type-refused' },
    ])
    expect(await inside('failed')).toEqual(['empty.file-empty.pdf', 'letter.file-type-refused.exe'])
    expect((await waiting()).map(({ fileName }) => fileName)).toContain('good.jpg')
  })

  test('asked by two at once gives each file once', async () => {
    await scanned('both.jpg', await aPage(30))
    await Promise.all([admitScans(house, town, 3), admitScans(house, town, 3)])
    expect((await waiting()).filter(({ fileName }) => fileName === 'both.jpg')).toHaveLength(1)
  })

  test('offers the last scan under the key of the next paper, and attaches it once', async () => {
    const draft = await begin('clerk', await counter.person())
    db.clock.advance(60_000)
    await scanned('identity.jpg', await aPage(40))
    const page = await ask('clerk', addresses.counterDraft, { draft })
    expect(page.text).toContain('خذ آخر مسح: identity.jpg')
    const button = /<button[^>]*name="scan"[^>]*>/.exec(page.html)?.[0] ?? ''
    const scan = /value="([^"]+)"/.exec(button)?.[1] ?? ''
    expect(button).toContain('F6')
    const take = (paper: string, form: Record<string, string> = {}) =>
      ask('clerk', addresses.counterDraftPaper, { draft, paper }, { form: { ...residence, scan, ...form } })
    expect((await take('id-copy')).status).toBe(303)
    const kept = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
    expect(kept.papers['id-copy']).toHaveLength(1)
    expect((await waiting()).some(({ id }) => id === scan)).toBe(false)
    await take('id-copy', { _key: 'the-same-scan-again' })
    const after = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
    expect(after.papers['id-copy']).toHaveLength(1)
    expect((await ask('teller', addresses.counterDraft, { draft })).text).not.toContain('خذ آخر مسح')
  })
})
