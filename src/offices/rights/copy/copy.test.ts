import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aPng } from '../../../../test/builders/files.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { House } from '../../../platform/house.ts'
import { addDocument, admitFile } from '../../archive/index.ts'
import { recordIdentityCheck } from '../../people/index.ts'
import { sweepCopies } from './jobs.ts'
import { openFile } from './keep.ts'
import { makeCopy } from './make.ts'
import { askCopy, type CopyFile, type CopyState, copiesOf, filesOf } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
await aWorkingTown({ house, town }, ['ADM-01'])
const place = { house, town: town.id }

const ask = (personId: string, way: 'portal' | 'counter' = 'portal') =>
  db.database.write(town.id, tx => askCopy(tx, { personId, way }, { kind: 'citizen', id: personId }))
const files = (copyId: string) => db.database.read(town.id, tx => filesOf(tx, copyId))
const stateOf = async (personId: string): Promise<CopyState | undefined> =>
  (await db.database.read(town.id, tx => copiesOf(tx, personId, 1)))[0]?.state
const bytesOf = (file: CopyFile) => buffer(openFile(house, town.id, file))
const read = async (list: CopyFile[], kind: CopyFile['kind']) => {
  const file = list.find(each => each.kind === kind)
  if (!file) throw new Error(`no ${kind}`)
  return bytesOf(file)
}
const kept = async () => {
  const names: string[] = []
  for await (const name of house.files.list(town.id)) names.push(name.toString('hex'))
  return names
}

async function withPaper(personId: string): Promise<Buffer> {
  const png = await aPng()
  const { admitted } = await admitFile(house, town.id, png, 'هويتي.png')
  if (!admitted) throw new Error('not taken')
  await db.database.write(town.id, tx =>
    addDocument(tx, {
      admitted,
      kind: 'identity-card',
      title: 'صورة الهوية',
      ownerId: personId,
      source: 'upload',
      by: builder,
    }),
  )
  return png
}

describe('a copy that is asked for', () => {
  test('is a paper to read, a file for programs, and the papers themselves; the person is told once', async () => {
    const person = await aPerson(place)
    const png = await withPaper(person.id)
    await aFiledRequest({ house, town }, person.id)
    const copyId = await ask(person.id)
    await makeCopy(house, town.id, { copyId })
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    expect(list.map(each => [each.kind, each.name])).toEqual([
      ['pdf', 'بياناتي-1.pdf'],
      ['json', 'بياناتي.json'],
      ['files', 'بياناتي-1.zip'],
    ])
    expect((await read(list, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    const json = JSON.parse((await read(list, 'json')).toString())
    expect(json).toMatchObject({ format: 'shubbak-data-copy', version: 1, person: person.displayName })
    expect(json.data.person[0]).toMatchObject({
      id_sealed: person.idNumber,
      display_name: person.displayName,
    })
    expect(json.data.person_phone[0].phone_sealed).toBe(person.phone)
    expect(json.data.request[0]).toMatchObject({ service_code: 'ADM-01', state: 'awaiting-fee' })
    const inside = unzipSync(new Uint8Array(await read(list, 'files')))
    const [[name = '', bytes = new Uint8Array()] = []] = Object.entries(inside)
    expect(Object.keys(inside)).toHaveLength(1)
    expect(name).toMatch(/^\d{3} صورة الهوية\.png$/)
    expect(Buffer.from(bytes).equals(png)).toBe(true)
    const messages = await db.owner
      .selectFrom('message')
      .select('body')
      .where('event', '=', 'rights.copy-ready')
      .execute()
    expect(messages).toHaveLength(1)
    expect(await stateOf(person.id)).toBe('ready')
  })

  test('lies on the shelf locked, and opens with its own key alone', async () => {
    const person = await aPerson(place)
    const copyId = await ask(person.id)
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    for (const file of list) {
      const lying = await buffer(await house.files.get(town.id, file.sha256))
      expect(lying.includes('%PDF')).toBe(false)
      expect(lying.includes('display_name')).toBe(false)
    }
    const [first, second] = list
    if (!first || !second) throw new Error('no files')
    await expect(bytesOf({ ...first, keySealed: second.keySealed })).rejects.toThrow()
    await expect(bytesOf({ ...first, sha256: second.sha256 })).rejects.toThrow()
  })

  test('is one at a time, and on the portal one a day', async () => {
    const person = await aPerson(place)
    const copyId = await ask(person.id)
    await expect(ask(person.id)).rejects.toMatchObject({ code: 'copy-under-way' })
    await makeCopy(house, town.id, { copyId })
    await expect(ask(person.id)).rejects.toMatchObject({ code: 'copy-too-soon' })
    await ask(person.id, 'counter')
    db.clock.advance(24 * 60 * 60_000)
    const under = (await db.database.read(town.id, tx => copiesOf(tx, person.id, 1)))[0]
    await makeCopy(house, town.id, { copyId: under?.id ?? '' })
    await ask(person.id)
  })

  test('of one person at two counters at once: what was shown is kept at both, one is made, and neither begins again', async () => {
    const person = await aPerson(place)
    const check = { shown: 'card', detail: '', reason: undefined } as const
    let begun = 0
    let bothShown = () => {}
    const shown = new Promise<void>(resolve => {
      bothShown = resolve
    })
    const atCounter = () =>
      db.database.write(town.id, async tx => {
        await recordIdentityCheck(tx, house, { personId: person.id, purpose: 'copy', check }, builder)
        begun += 1
        if (begun === 2) bothShown()
        await shown
        return askCopy(tx, { personId: person.id, way: 'counter' }, { kind: 'citizen', id: person.id })
      })
    const done = await Promise.allSettled([atCounter(), atCounter()])
    expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done.find(each => each.status === 'rejected')?.reason).toMatchObject({ code: 'copy-under-way' })
    expect(begun).toBe(2)
  })

  test('that was cut off in the middle is begun anew, and is one copy', async () => {
    const person = await aPerson(place)
    await withPaper(person.id)
    const copyId = await ask(person.id)
    for (const dies of [1, 2, 3]) {
      let put = 0
      const failing: House = {
        ...house,
        files: {
          ...house.files,
          async put(...given) {
            put += 1
            if (put === dies) throw new Error('killed')
            return house.files.put(...given)
          },
        },
      }
      await expect(makeCopy(failing, town.id, { copyId })).rejects.toThrow('killed')
      expect(await stateOf(person.id)).toBe('making')
    }
    const before = new Set(await kept())
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    expect(list.map(each => each.kind)).toEqual(['pdf', 'json', 'files'])
    const added = (await kept()).filter(name => !before.has(name))
    expect(added.length).toBeLessThanOrEqual(3)
  })

  test('is destroyed with its files and keys once its days are over, and not before', async () => {
    const person = await aPerson(place)
    const copyId = await ask(person.id)
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    db.clock.advance(6 * 24 * 60 * 60_000)
    await sweepCopies(house, town.id)
    expect(await stateOf(person.id)).toBe('ready')
    db.clock.advance(24 * 60 * 60_000)
    await sweepCopies(house, town.id)
    expect(await stateOf(person.id)).toBe('destroyed')
    expect(await files(copyId)).toEqual([])
    for (const { sha256 } of list) expect(await house.files.exists(town.id, sha256)).toBe(false)
  })

  test('that nobody finishes is given up, so that another may be asked for', async () => {
    const person = await aPerson(place)
    await ask(person.id)
    db.clock.advance(7 * 60 * 60_000)
    await sweepCopies(house, town.id)
    expect(await stateOf(person.id)).toBe('failed')
    await ask(person.id)
  })

  test('that was given up keeps no file: not of a sweep that was killed, nor of a run that went on', async () => {
    const person = await aPerson(place)
    const copyId = await ask(person.id)
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    expect(list.length).toBeGreaterThan(0)
    await sql`update data_copy set state = 'failed' where copy_id = ${copyId}`.execute(db.owner)
    await sweepCopies(house, town.id)
    expect(await files(copyId)).toEqual([])
    for (const { sha256 } of list) expect(await house.files.exists(town.id, sha256)).toBe(false)
  })

  test('of many rows is written in parts, each with its rows', async () => {
    const person = await aPerson(place)
    await sql`insert into message (municipality_id, message_id, channel, lane, encoding, parts, state, body, event, person_id, planned_at, not_before)
      select ${town.id}, gen_random_uuid(), 'portal', 1, 'ucs2', 1, 'delivered', 'رسالة ' || n, 'x.y', ${person.id}, ${db.clock.now()}, ${db.clock.now()}
        from generate_series(1, 1700) n`.execute(db.owner)
    const copyId = await ask(person.id)
    await makeCopy(house, town.id, { copyId })
    const list = await files(copyId)
    expect(list.filter(each => each.kind === 'pdf').map(each => each.name)).toEqual(
      [1, 2, 3].map(part => `بياناتي-${part}.pdf`),
    )
    const json = JSON.parse((await read(list, 'json')).toString())
    expect(json.data.message).toHaveLength(1700)
  })
})
