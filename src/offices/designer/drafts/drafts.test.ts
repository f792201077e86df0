import { describe, expect, test, vi } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { aWorkingTown } from '../../../../test/builders/requests.ts'
import { lockWaits, testDatabase } from '../../../../test/database.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { catalogueOf, listServiceFiles, textOfVersion } from '../../catalogue/index.ts'
import {
  beginCopy,
  beginEmpty,
  beginImport,
  beginNextVersion,
  type Edit,
  editDraft,
  readDraft,
  redoDraft,
  undoDraft,
} from '../index.ts'
import { changesOf } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const { files, commons } = await listServiceFiles()
/** The version the product brings of a service. */
const shipped = (code: string) =>
  Number(/^version: (\d+)/m.exec(files.find(({ file }) => file === `${code}.yaml`)?.source ?? '')?.[1])

async function aDesk() {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  // A document nobody may sign is a fault.
  await aStaffMember(place, 'mayor', 'mayor-office')
  const [one, other] = [await aStaffMember(place, 'designer'), await aStaffMember(place, 'designer')]
  const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
  const by = (who: typeof one) => ({ kind: 'staff', id: who.id })
  const draftId = await write(tx => beginNextVersion(tx, 'ADM-01', by(one)))
  return {
    town,
    write,
    read,
    one,
    other,
    draftId,
    by,
    draft: (who = one) => read(tx => readDraft(tx, draftId, who.id)),
    edit: (who: typeof one, revision: number, ...edits: Edit[]) =>
      write(tx => editDraft(tx, { draftId, revision, edits, by: by(who) })),
    undo: (who: typeof one, revision: number) =>
      write(tx => undoDraft(tx, { draftId, revision, by: by(who) })),
    redo: (who: typeof one, revision: number) =>
      write(tx => redoDraft(tx, { draftId, revision, by: by(who) })),
  }
}

const hours = (value: number): Edit => ({ op: 'set', path: ['steps', 'desk-review', 'hours'], value })
const words = (ar: string): Edit => ({ op: 'set', path: ['papers', 'lease', 'name', 'ar'], value: ar })

describe('a draft', () => {
  test('begins as the published text is, with the next number, and one service has one at a time', async () => {
    const { draft, read, write, by, other, draftId } = await aDesk()
    const published = await read(tx => textOfVersion(tx, 'ADM-01', shipped('ADM-01')))
    const began = await draft()
    expect(began.source).toBe(published.source.replace(/^version: \d+/m, `version: ${shipped('ADM-01') + 1}`))
    expect([began.draft.state, began.faults]).toEqual(['draft', []])
    expect(await write(tx => beginNextVersion(tx, 'ADM-01', by(other)))).toBe(draftId)
  })

  test('is one, though several begin it at once', async () => {
    const { write, by, one, other } = await aDesk()
    let second: Promise<string> | undefined
    const first = await write(async tx => {
      const id = await beginNextVersion(tx, 'ELE-01', by(one))
      second = write(also => beginNextVersion(also, 'ELE-01', by(other)))
      await vi.waitUntil(() => lockWaits(db.owner), { timeout: 20_000 })
      return id
    })
    expect(await second).toBe(first)
  })

  test('is changed step by step, tells each in words, and goes back and forth again', async () => {
    const { draft, edit, undo, redo, one, read, draftId } = await aDesk()
    const began = await draft()
    await edit(one, 1, hours(5))
    await edit(one, 2, words('عقد إيجار مصدق'))
    expect((await draft()).undo?.changed.ar).toBe('غيّر: الوثائق ← «عقد الإيجار» ← الاسم ← بالعربية')
    await undo(one, 3)
    await undo(one, 4)
    const back = await draft()
    expect([back.source, back.undo, back.redo?.changed.en]).toEqual([
      began.source,
      undefined,
      'Changed: steps → «Check of the request» → hours',
    ])
    await redo(one, 5)
    await redo(one, 6)
    const again = await draft()
    expect(again.content.papers?.find(({ id }) => id === 'lease')?.name?.ar).toBe('عقد إيجار مصدق')
    expect(again.redo).toBeUndefined()
    await expect(redo(one, 7)).rejects.toMatchObject({ code: 'nothing-to-redo' })
    expect((await read(tx => changesOf(tx, draftId, 10))).map(({ revision }) => revision)).toEqual([
      7, 6, 5, 4, 3, 2, 1,
    ])
  })

  test('forgets what was taken back once something else is written', async () => {
    const { draft, edit, undo, redo, one } = await aDesk()
    await edit(one, 1, hours(5))
    await undo(one, 2)
    await edit(one, 3, hours(6))
    await expect(redo(one, 4)).rejects.toMatchObject({ code: 'nothing-to-redo' })
    expect((await draft()).redo).toBeUndefined()
  })

  test('takes what two people change at once where it is not the same', async () => {
    const { draft, edit, one, other } = await aDesk()
    await edit(one, 1, hours(5))
    await edit(other, 1, words('عقد إيجار مصدق'))
    const { content, draft: now } = await draft()
    expect(now.revision).toBe(3)
    expect(content.steps?.[0]?.hours).toBe(5)
    expect(content.papers?.find(({ id }) => id === 'lease')?.name?.ar).toBe('عقد إيجار مصدق')
  })

  test('refuses the second of two who change the same, shows both, and writes nothing over', async () => {
    const { draft, edit, one, other } = await aDesk()
    await edit(one, 1, hours(5))
    await expect(edit(other, 1, hours(8))).rejects.toMatchObject({
      code: 'draft-conflict',
      details: { conflicts: [{ path: ['steps', 'desk-review', 'hours'], was: 2, theirs: 5, mine: 8 }] },
    })
    expect((await draft()).content.steps?.[0]?.hours).toBe(5)
    // Who wants the same as is there already is in nobody's way.
    await edit(other, 1, hours(5))
  })

  test('refuses to change what somebody else took out, and to add what somebody else added', async () => {
    const { edit, one, other } = await aDesk()
    await edit(one, 1, { op: 'remove', path: ['papers', 'bill'] })
    await expect(
      edit(other, 1, { op: 'set', path: ['papers', 'bill', 'validDays'], value: 60 }),
    ).rejects.toMatchObject({ code: 'draft-conflict' })
    const paper = { id: 'letter', name: { ar: 'كتاب', en: 'Letter' }, kind: 'letter', accept: ['pdf'] }
    await edit(one, 2, { op: 'insert', path: ['papers'], value: paper })
    await expect(edit(other, 2, { op: 'insert', path: ['papers'], value: paper })).rejects.toMatchObject({
      code: 'draft-conflict',
    })
  })

  test('lets nobody undo what another did', async () => {
    const { draft, edit, undo, one, other } = await aDesk()
    await edit(other, 1, hours(5))
    expect((await draft(one)).undo).toBeUndefined()
    await expect(undo(one, 2)).rejects.toMatchObject({ code: 'undo-of-another' })
    expect((await draft(other)).undo).toBeDefined()
  })

  test('of nothing reads as a service at once, and a copy has a code and a name of its own', async () => {
    const { write, read, by, one } = await aDesk()
    const name = { ar: 'رخصة بسطة', en: 'Stall licence' }
    const empty = await write(tx =>
      beginEmpty(tx, { code: 'LIC-99', name, group: 'crafts', commons }, by(one)),
    )
    const { definition, draft } = await read(tx => readDraft(tx, empty, one.id))
    expect([definition?.name, draft.code]).toEqual([name, 'LIC-99'])
    const from = { code: 'ADM-01', version: shipped('ADM-01') }
    const copy = await write(tx => beginCopy(tx, { code: 'LIC-98', name, from }, by(one)))
    const copied = await read(tx => readDraft(tx, copy, one.id))
    expect([copied.definition?.code, copied.definition?.version, copied.definition?.name]).toEqual([
      'LIC-98',
      1,
      name,
    ])
    const { source } = await read(tx => textOfVersion(tx, 'ADM-01', shipped('ADM-01')))
    const comments = (text: string) => text.split('\n').filter(line => line.includes('# '))
    expect(comments(copied.source)).toEqual(comments(source))
    await expect(
      write(tx => beginEmpty(tx, { code: 'ADM-01', name, group: 'crafts', commons }, by(one))),
    ).rejects.toMatchObject({ code: 'draft-open-already' })
  })

  test('of a file is exactly the file, comments and all; an older one of a known service is refused', async () => {
    const { write, read, by, one } = await aDesk()
    const { source, commons: used } = await read(tx => textOfVersion(tx, 'FIN-01', shipped('FIN-01')))
    const next = source.replace(/^version: .*$/m, 'version: 99 # as the council decided')
    const id = await write(tx => beginImport(tx, { source: next, commons: used }, by(one)))
    expect((await read(tx => readDraft(tx, id, one.id))).source).toBe(next)
    await expect(
      write(tx => beginImport(tx, { source: next, commons: used }, by(one))),
    ).rejects.toMatchObject({ code: 'draft-open-already' })
    const old = await read(async tx =>
      textOfVersion(tx, 'WAT-01', (await catalogueOf(tx)).find('WAT-01')?.version ?? 0),
    )
    await expect(write(tx => beginImport(tx, old, by(one)))).rejects.toMatchObject({
      code: 'import-version-old',
    })
    expect((await read(catalogueOf)).find('FIN-01')?.version).toBe(shipped('FIN-01'))
  })
})
