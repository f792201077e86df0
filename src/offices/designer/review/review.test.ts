import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { catalogueOf, keepService, retireService, versionsOf } from '../../catalogue/index.ts'
import { registerRequests } from '../../requests/index.ts'
import {
  askReview,
  beginNextVersion,
  decideReview,
  type Edit,
  editDraft,
  publishDraft,
  readDraft,
  takeBack,
} from '../index.ts'
import { fillPosts } from '../testing/posts.ts'
import { wordsOf } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)
const summary = (value: string): Edit => ({ op: 'set', path: ['summary', 'ar'], value })

async function aDesk() {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  await fillPosts(place, 'FIN-01')
  // A document nobody may sign is a fault.
  await aStaffMember(place, 'mayor', 'mayor-office')
  const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
  const someone = async (role: 'designer' | 'manager') => ({
    kind: 'staff',
    id: (await aStaffMember(place, role)).id,
  })
  const [author, colleague, manager] = [
    await someone('designer'),
    await someone('designer'),
    await someone('manager'),
  ]
  const draftId = await write(tx => beginNextVersion(tx, 'FIN-01', author))
  const edit = (by: typeof author, revision: number, ...edits: Edit[]) =>
    write(tx => editDraft(tx, { draftId, revision, edits, by }))
  const ask = (by: typeof author, revision: number) => write(tx => askReview(tx, { draftId, revision, by }))
  const decide = (by: typeof author, decision: 'approved' | 'returned', note?: string) =>
    write(async tx => {
      const { draft } = await readDraft(tx, draftId, by.id)
      await decideReview(tx, { draftId, revision: draft.revision, decision, note, by })
    })
  const publish = (by: typeof author, from: string) =>
    write(tx => publishDraft(tx, { draftId, by, from, timeZone: town.timeZone }))
  const state = async () => (await read(tx => readDraft(tx, draftId, author.id))).draft.state
  return { town, write, read, author, colleague, manager, draftId, edit, ask, decide, publish, state }
}

const inForce = async (desk: Awaited<ReturnType<typeof aDesk>>) =>
  (await desk.read(catalogueOf)).find('FIN-01')?.version

describe('a review', () => {
  test('is by a second person: never by anybody who wrote in the draft or asked', async () => {
    const { edit, ask, decide, author, colleague, manager, state } = await aDesk()
    await edit(author, 1, summary('وصف أوضح'))
    await edit(colleague, 2, summary('وصف ثانٍ'))
    await ask(author, 3)
    for (const one of [author, colleague])
      await expect(decide(one, 'approved')).rejects.toMatchObject({ code: 'review-own-draft' })
    await decide(manager, 'approved')
    expect(await state()).toBe('approved')
  })

  test('is not asked for while the check finds a fault, nor of a text that changed meanwhile', async () => {
    const { edit, ask, author, state } = await aDesk()
    await edit(author, 1, { op: 'set', path: ['steps', 'desk-review', 'office'], value: 'nowhere' })
    await expect(ask(author, 2)).rejects.toMatchObject({ code: 'service-faulty' })
    await expect(ask(author, 1)).rejects.toMatchObject({ code: 'draft-changed-since' })
    expect(await state()).toBe('draft')
  })

  test('is not asked for of a text that gives an amount of another service another value', async () => {
    const { edit, ask, author, read, draftId } = await aDesk()
    const { offered } = await read(catalogueOf)
    const [theirs] = offered
      .filter(({ code }) => code !== 'FIN-01')
      .flatMap(({ service }) => service.definition.tariffs)
    if (!theirs) throw new Error('another service has an amount')
    const { key, from, currency, note } = theirs
    const mine = { key, from, amount: '1', currency, confirmed: false, ...(note && { note }) }
    await edit(author, 1, { op: 'insert', path: ['tariffs'], value: mine })
    const shown = await read(tx => readDraft(tx, draftId, author.id))
    expect(shown.faults.map(({ code }) => code)).toContain('tariff-differs')
    const differs = expect.arrayContaining([expect.objectContaining({ code: 'tariff-differs' })])
    await expect(ask(author, 2)).rejects.toMatchObject({
      code: 'service-faulty',
      details: { faults: differs },
    })
  })

  test('leaves the text alone while it lasts, and gives it back with words', async () => {
    const { edit, ask, decide, author, colleague, read, write, draftId, state } = await aDesk()
    await edit(author, 1, summary('وصف أوضح'))
    await ask(author, 2)
    await expect(edit(author, 2, summary('وصف ثالث'))).rejects.toMatchObject({
      code: 'draft-not-writable',
    })
    await decide(colleague, 'returned', 'الوصف لا يكفي')
    expect(await state()).toBe('returned')
    await edit(author, 2, summary('وصف ثالث'))
    await ask(author, 3)
    await write(tx => takeBack(tx, { draftId, by: author }))
    expect(await state()).toBe('draft')
    const words = await read(tx => wordsOf(tx, draftId))
    expect(words.map(({ kind, note }) => [kind, note])).toEqual([
      ['taken-back', undefined],
      ['asked', undefined],
      ['returned', 'الوصف لا يكفي'],
      ['asked', undefined],
    ])
  })
})

describe('a version', () => {
  test('holds from the day it is published for; requests go on under theirs', async () => {
    const desk = await aDesk()
    const { edit, ask, decide, publish, author, colleague, town, state } = desk
    const first = (await inForce(desk)) ?? 0
    await edit(author, 1, summary('وصف أوضح'))
    await ask(author, 2)
    await expect(publish(author, '2026-03-01')).rejects.toMatchObject({ code: 'draft-not-approved' })
    await decide(colleague, 'approved')
    await expect(publish(author, '2026-02-28')).rejects.toMatchObject({ code: 'publish-day-past' })
    const person = await aPerson({ house, town: town.id })
    const filed = await aFiledRequest({ house, town }, person.id, {
      serviceCode: 'FIN-01',
      serviceVersion: first,
    })
    expect(await publish(author, '2026-03-10')).toEqual({ code: 'FIN-01', version: first + 1 })
    expect([await state(), await inForce(desk)]).toEqual(['published', first])
    const days = 9 * 86_400_000
    db.clock.advance(days - 12 * 3_600_000)
    expect(await inForce(desk)).toBe(first)
    db.clock.advance(3 * 3_600_000)
    expect(await inForce(desk)).toBe(first + 1)
    const request = await db.owner
      .selectFrom('request')
      .select('service_version')
      .where('request_id', '=', filed.requestId)
      .executeTakeFirstOrThrow()
    expect(request.service_version).toBe(first)
    db.clock.advance(9 * 3_600_000 - days)
  })

  test('ends on a day people are told of, and may be kept until then', async () => {
    const desk = await aDesk()
    const { write, read, author } = desk
    const words = { ar: 'تحل محلها خدمة جديدة', en: 'Another service takes its place' }
    const at = new Date('2026-03-20T00:00:00Z')
    await write(tx => retireService(tx, 'FIN-01', author, { at, words }))
    const found = (await read(catalogueOf)).find('FIN-01')
    expect([found?.retired, found?.ending]).toEqual([false, { at, words }])
    await write(tx => keepService(tx, 'FIN-01', author))
    expect((await read(tx => versionsOf(tx, 'FIN-01')))[0]?.retiredAt).toBeUndefined()
    await expect(write(tx => keepService(tx, 'FIN-01', author))).rejects.toMatchObject({
      code: 'service-not-ending',
    })
    await write(tx => retireService(tx, 'FIN-01', author, { at, words }))
    db.clock.advance(20 * 86_400_000)
    expect((await read(catalogueOf)).offered.map(({ code }) => code)).not.toContain('FIN-01')
    db.clock.advance(-20 * 86_400_000)
  })
})
