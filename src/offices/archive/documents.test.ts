import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHeic, aJpeg, aPdf, aTiff } from '../../../test/builders/files.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { runDueJobs } from '../../platform/jobs/index.ts'
import type { Town } from '../../web/town.ts'
import {
  addDocument,
  admitFile,
  archiveJobs,
  archiveRoutes,
  closeWorkshop,
  dateDocument,
  documentsOf,
  getDocument,
  type NewDocument,
  noteFile,
  readContent,
} from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
let owner: BuiltPerson
let stranger: BuiltPerson
const door = aDoor(
  house,
  archiveRoutes({
    visible: actor =>
      actor.kind === 'staff'
        ? sql<boolean>`d.kind <> 'closed'`
        : sql<boolean>`d.owner_id = ${actor.kind === 'citizen' ? actor.personId : null}`,
  }),
)

beforeAll(async () => {
  town = await aTown(house)
  owner = await aPerson({ house, town: town.id })
  stranger = await aPerson({ house, town: town.id })
})
afterAll(closeWorkshop)

const cookieOf = (person: BuiltPerson) => logInAs({ house, town: town.id }, { personId: person.id })

async function file(bytes: Buffer, fileName: string, more: Partial<NewDocument> = {}): Promise<string> {
  const { admitted } = await admitFile(house, town.id, bytes, fileName)
  if (!admitted) throw new Error('the test’s file was refused')
  const by = { kind: 'citizen', id: owner.id }
  const document = {
    admitted,
    kind: 'id-copy',
    title: 'هوية',
    ownerId: owner.id,
    source: 'upload',
    by,
    ...more,
  } as const
  return house.database.write(town.id, tx => addDocument(tx, document))
}

const workOff = () => runDueJobs({ house, jobs: archiveJobs, url: db.ownerUrl, towns: async () => [town.id] })
const found = (id: string) => house.database.read(town.id, tx => getDocument(tx, id))

async function pictures(id: string) {
  const { thumbnail, preview } = await found(id)
  if (!thumbnail || !preview) throw new Error('no pictures')
  const [small, large] = await Promise.all(
    [thumbnail, preview].map(each => readContent(house, town.id, each)),
  )
  return { small: await sharp(small).metadata(), large: await sharp(large).metadata() }
}

describe('content that stands on the shelf already', () => {
  const filing = (admitted: NewDocument['admitted']): NewDocument => ({
    admitted,
    kind: 'id-copy',
    title: 'هوية',
    ownerId: owner.id,
    source: 'upload',
    by: { kind: 'citizen', id: owner.id },
  })
  const admit = async (bytes: Buffer) => {
    const { admitted } = await admitFile(house, town.id, bytes, 'same.jpg')
    if (!admitted) throw new Error('the test’s file was refused')
    return admitted
  }

  test('is brought by two at once, and neither waits for the other', async () => {
    const admitted = await admit(await aJpeg())
    await house.database.write(town.id, tx => addDocument(tx, filing(admitted)))
    const ids = await house.database.write(town.id, async tx => {
      const mine = await addDocument(tx, filing(admitted))
      // Would wait here for the end of the transaction it stands in.
      return [mine, await house.database.write(town.id, other => addDocument(other, filing(admitted)))]
    })
    expect(await Promise.all(ids.map(async id => (await found(id)).sha256))).toEqual([
      admitted.sha256,
      admitted.sha256,
    ])
  })

  test('is not destroyed while somebody files it', async () => {
    const admitted = await admit(await aPdf())
    await house.database.write(town.id, tx => addDocument(tx, filing(admitted)))
    const taken = () =>
      sql`select from file where sha256 = ${admitted.sha256} for update nowait`.execute(db.owner)
    await house.database.write(town.id, async tx => {
      await noteFile(tx, admitted)
      await expect(taken()).rejects.toMatchObject({ code: '55P03' })
    })
    expect((await taken()).rows).toHaveLength(1)
  })

  test('is there again when it was destroyed', async () => {
    const admitted = await admit(await aTiff())
    const gone = () => sql`select destroyed_at from file where sha256 = ${admitted.sha256}`.execute(db.owner)
    await house.database.write(town.id, tx => noteFile(tx, admitted))
    await sql`update file set destroyed_at = now() where sha256 = ${admitted.sha256}`.execute(db.owner)
    await house.database.write(town.id, tx => noteFile(tx, admitted))
    expect((await gone()).rows).toEqual([{ destroyed_at: null }])
  })
})

describe('pictures of a document', () => {
  test('are made by a job after it was filed, and hold nothing a camera wrote', async () => {
    const bytes = await aJpeg()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const id = await file(bytes, 'IMG_1.jpg')
    expect(await found(id)).toMatchObject({ thumbnail: undefined, preview: undefined })
    await workOff()
    const { small, large } = await pictures(id)
    expect(small).toMatchObject({ format: 'webp', width: 320, height: 213 })
    expect(large).toMatchObject({ format: 'jpeg', width: 900 })
    expect([small.exif, large.exif, large.xmp]).toEqual([undefined, undefined, undefined])
  })

  test('show the first page of a PDF, a HEIC, and all pages of a scan', async () => {
    const [pdf, heic, scan] = [
      await file(aPdf(2), 'a.pdf'),
      await file(aHeic(), 'b.heic'),
      await file(await aTiff(3), 'c.tif'),
    ]
    await workOff()
    expect((await pictures(pdf)).large).toMatchObject({ format: 'jpeg', width: 1200 })
    expect((await pictures(heic)).large).toMatchObject({ format: 'jpeg', width: 64, height: 48 })
    expect((await pictures(scan)).large).toMatchObject({ width: 300, height: 1200 })
    expect((await pictures(scan)).small).toMatchObject({ width: 240, height: 320 })
  })

  test('a file nobody can draw gets a plain sheet, once', async () => {
    const broken = Buffer.from(aHeic())
    broken.fill(0xff, broken.indexOf('mdat') + 4)
    const id = await file(broken, 'broken.heic')
    await workOff()
    const document = await found(id)
    expect(document.preview).toBeUndefined()
    const sheet = await readContent(house, town.id, document.thumbnail ?? Buffer.alloc(32))
    expect(await sharp(sheet).metadata()).toMatchObject({ width: 240, height: 320 })
  })
})

describe('what a person already gave', () => {
  test('is offered again while it holds, newest first, each file once', async () => {
    const person = await aPerson({ house, town: town.id })
    const bytes = await aJpeg(40, 40)
    const lease = { kind: 'lease', ownerId: person.id }
    await file(bytes, 'old.jpg', { ...lease, validUntil: '2026-02-28' })
    const good = await file(await aJpeg(41, 40), 'good.jpg', { ...lease, validUntil: '2026-03-01' })
    const first = await file(bytes, 'same.jpg', lease)
    db.clock.advance(1000)
    const again = await file(bytes, 'same.jpg', lease)
    await file(bytes, 'other.jpg', { kind: 'title-deed', ownerId: person.id })
    const ids = await house.database.read(town.id, async tx =>
      (await documentsOf(tx, person.id, ['lease'], '2026-03-01')).map(each => each.id),
    )
    expect(ids).toEqual([again, good])
    expect(ids).not.toContain(first)
  })
})

describe('the day a paper was issued', () => {
  test('is noted at the word of who brought it or whose it is, and never on what the town issued', async () => {
    const mine = await file(await aJpeg(50, 40), 'a.jpg')
    const issued = await file(await aJpeg(51, 40), 'b.jpg', { source: 'issued' })
    const by = (id: string) => ({ kind: 'citizen', id })
    await house.database.write(town.id, async tx => {
      await dateDocument(tx, mine, '2026-02-01', by(owner.id))
      await dateDocument(tx, mine, '2020-01-01', by(stranger.id))
      await dateDocument(tx, issued, '2020-01-01', by(owner.id))
    })
    expect((await found(mine)).issuedOn).toBe('2026-02-01')
    expect((await found(issued)).issuedOn).toBeUndefined()
  })
})

describe('a document is served', () => {
  test('to its owner, with its bytes, its name, and no room for tricks', async () => {
    const bytes = aPdf()
    const id = await file(bytes, 'عقد "إيجار".exe')
    const answer = await door.knock(`/documents/${id}`, { cookie: await cookieOf(owner) })
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent('عقد إيجار.pdf')}`)
    expect(disposition).toMatch(/^inline; filename="document\.pdf"/)
  })

  test('to nobody else: for a stranger it does not exist, a visitor is sent to the log-in', async () => {
    const id = await file(aPdf(), 'a.pdf')
    const cookie = await cookieOf(stranger)
    for (const path of [`/documents/${id}`, `/documents/${id}/preview`, `/documents/${id}/thumbnail`]) {
      expect((await door.knock(path, { cookie })).status).toBe(404)
      expect((await door.knock(path)).status).toBe(303)
    }
  })

  test('to staff by the predicate of requests, and the look is written down for the owner', async () => {
    const clerk = await aStaffMember({ house, town: town.id }, 'manager')
    const cookie = await logInAs({ house, town: town.id }, { staffId: clerk.id })
    const id = await file(aPdf(), 'a.pdf', { title: 'عقد إيجار' })
    const closed = await file(aPdf(), 'a.pdf', { kind: 'closed' })
    expect((await door.knock(`/documents/${id}`, { cookie })).status).toBe(200)
    expect((await door.knock(`/documents/${closed}`, { cookie })).status).toBe(404)
    const { rows } = await sql<{ person_id: string; act: string; cause: string }>`
      select person_id, act, cause from audit where actor_id = ${clerk.id} and subject_kind = 'document'`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ person_id: owner.id, act: 'document.opened', cause: 'عقد إيجار' }])
  })

  test('in parts, as readers of PDF ask', async () => {
    const bytes = aPdf()
    const id = await file(bytes, 'a.pdf')
    const cookie = await cookieOf(owner)
    const part = (range: string) => door.knock(`/documents/${id}`, { cookie, headers: { range } })
    const middle = await part('bytes=10-19')
    expect(middle.status).toBe(206)
    expect(middle.headers.get('content-range')).toBe(`bytes 10-19/${bytes.length}`)
    expect(Buffer.from(await middle.arrayBuffer())).toEqual(bytes.subarray(10, 20))
    expect(Buffer.from(await (await part('bytes=-5')).arrayBuffer())).toEqual(bytes.subarray(-5))
    expect((await part(`bytes=${bytes.length}-`)).status).toBe(416)
  })

  test('its small picture when it is ready, and a browser that has it is told so', async () => {
    const id = await file(await aJpeg(100, 100), 'a.jpg')
    const cookie = await cookieOf(owner)
    const path = `/documents/${id}/thumbnail`
    expect((await door.knock(path, { cookie })).status).toBe(404)
    await workOff()
    const answer = await door.knock(path, { cookie })
    expect(answer.headers.get('content-type')).toBe('image/webp')
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' }
    expect((await door.knock(path, { cookie, headers })).status).toBe(304)
  })
})
