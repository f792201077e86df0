import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { loadServiceFiles, type ServiceFile, usualOffices, versionsOf } from '../../catalogue/index.ts'
import { addOffice } from '../../people/index.ts'
import { registerRequests } from '../../requests/index.ts'
import { applyEdits } from '../drafts/text/apply.ts'
import {
  askReview,
  beginNextVersion,
  bringNational,
  decideReview,
  type Edit,
  editDraft,
  publishDraft,
  readDraft,
  takeBack,
} from '../index.ts'
import { fillPosts } from '../testing/posts.ts'
import { takeNational, takeNewer } from './acts.ts'
import { nationalUpdate } from './merge.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)
const file = (await loadServiceFiles()).find(({ code }) => code === 'FIN-01') as ServiceFile
const system = { kind: 'system', id: 'test' }

const set = (value: unknown, ...path: string[]): Edit => ({ op: 'set', path, value })
/** The file as a newer product brings it. */
const newer = (...edits: Edit[]): ServiceFile => {
  const version = file.version + 1
  return {
    ...file,
    version,
    source: applyEdits(file.source, [...edits, set(version, 'version')], file.commons),
  }
}

async function aTownWithItsOwn(...edits: Edit[]) {
  const town = await aTown(house)
  const place = { house, town: town.id }
  const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
  await write(async tx => {
    for (const [position, office] of (await usualOffices()).entries())
      await addOffice(tx, { ...office, position }, system)
    await bringNational(tx, file, system)
  })
  await fillPosts(place, 'FIN-01')
  const someone = async () => ({
    kind: 'staff',
    id: (await aStaffMember(place, 'designer', 'service-centre')).id,
  })
  const [author, colleague] = [await someone(), await someone()]
  const publish = async (draftId: string) => {
    const revision = async () => (await read(tx => readDraft(tx, draftId, author.id))).draft.revision
    const at = await revision()
    await write(tx => askReview(tx, { draftId, revision: at, by: author }))
    await write(tx => decideReview(tx, { draftId, revision: at, decision: 'approved', by: colleague }))
    await write(tx => publishDraft(tx, { draftId, by: author, from: '2026-03-01', timeZone: town.timeZone }))
  }
  if (edits.length > 0) {
    const draftId = await write(tx => beginNextVersion(tx, 'FIN-01', author))
    await write(tx => editDraft(tx, { draftId, revision: 1, edits, by: author }))
    await publish(draftId)
  }
  const newest = async () => (await read(tx => versionsOf(tx, 'FIN-01')))[0]
  return {
    town,
    write,
    read,
    author,
    publish,
    newest,
    bring: (of: ServiceFile) => write(tx => bringNational(tx, of, system)),
  }
}

describe('a newer national service', () => {
  test('is published at once where the town goes by the national text', async () => {
    const { bring, newest } = await aTownWithItsOwn()
    expect(await bring(newer(set('وصف جديد', 'summary', 'ar')))).toEqual({ outcome: 'published' })
    expect(await newest()).toMatchObject({ version: file.version + 1, baseVersion: undefined })
  })

  test('never writes over a version of the town: what it would take and what is to be chosen is counted', async () => {
    const { bring, newest } = await aTownWithItsOwn(set('اسم البلدية له', 'name', 'ar'))
    const ours = await newest()
    expect(ours).toMatchObject({ version: file.version + 1, baseVersion: file.version })
    const theirs = newer(set('وصف جديد', 'summary', 'ar'), set('اسم وطني جديد', 'name', 'ar'))
    expect(await bring(theirs)).toEqual({ outcome: 'to-take', taken: 1, choices: 1 })
    expect(await newest()).toEqual(ours)
    expect(await bring(file)).toEqual({ outcome: 'unchanged' })
  })

  test('becomes a draft that keeps what the town changed, takes the rest, and what was chosen', async () => {
    const { bring, read, write, author, publish, newest } = await aTownWithItsOwn(
      set('اسم البلدية له', 'name', 'ar'),
      set('كلام البلدية', 'known', 'dues-statement', 'source', 'ar'),
    )
    await bring(
      newer(
        set('وصف جديد', 'summary', 'ar'),
        set('اسم وطني جديد', 'name', 'ar'),
        set('كلام وطني', 'known', 'dues-statement', 'source', 'ar'),
      ),
    )
    const update = await read(tx => nationalUpdate(tx, 'FIN-01'))
    expect(update.choices.map(({ id }) => id).sort()).toEqual(['known/dues-statement/source', 'name'])
    const draftId = await write(tx => takeNational(tx, { code: 'FIN-01', theirs: ['name'], by: author }))
    const { definition, source, draft } = await read(tx => readDraft(tx, draftId, author.id))
    expect([definition?.name.ar, definition?.summary.ar, definition?.version]).toEqual([
      'اسم وطني جديد',
      'وصف جديد',
      file.version + 2,
    ])
    expect(definition?.known.find(({ id }) => id === 'dues-statement')?.source.ar).toBe('كلام البلدية')
    const comments = (text: string) => text.split('\n').filter(line => line.trim().startsWith('#'))
    expect(comments(source)).toEqual(expect.arrayContaining(comments(file.source)))
    expect(draft.state).toBe('draft')
    await publish(draftId)
    expect(await newest()).toMatchObject({ version: file.version + 2, baseVersion: file.version + 1 })
    await expect(read(tx => nationalUpdate(tx, 'FIN-01'))).rejects.toMatchObject({
      code: 'no-national-update',
    })
  })

  test('published while a draft is written is taken into the draft before that is published', async () => {
    const { bring, read, write, author, publish, newest } = await aTownWithItsOwn()
    const draftId = await write(tx => beginNextVersion(tx, 'FIN-01', author))
    const edits = [set('اسم البلدية له', 'name', 'ar')]
    await write(tx => editDraft(tx, { draftId, revision: 1, edits, by: author }))
    await bring(newer(set('وصف جديد', 'summary', 'ar')))
    await expect(publish(draftId)).rejects.toMatchObject({ code: 'draft-behind' })
    await write(tx => takeBack(tx, { draftId, by: author }))
    await write(tx => takeNewer(tx, { draftId, theirs: [], by: author }))
    const { definition } = await read(tx => readDraft(tx, draftId, author.id))
    expect([definition?.name.ar, definition?.summary.ar]).toEqual(['اسم البلدية له', 'وصف جديد'])
    await publish(draftId)
    expect(await newest()).toMatchObject({ version: file.version + 2, baseVersion: file.version + 1 })
  })
})
