import { appendFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aJpeg, anExe } from '../../../../test/builders/files.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { Forbidden } from '../../../lib/errors.ts'
import { runDueJobs } from '../../../platform/jobs/index.ts'
import type { Town } from '../../../web/town.ts'
import { archiveJobs, archiveRoutes, closeWorkshop, registerUploadPurpose } from '../index.ts'
import { sweepUploads, uploadsFolder } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const door = aDoor(house, archiveRoutes({ visible: () => sql<boolean>`true` }))
const attached: { purpose: Record<string, string>; documentId: string }[] = []
let town: Town
let sender: BuiltPerson
let cookie: string
let bytes: Buffer

beforeAll(async () => {
  town = await aTown(house)
  bytes = await aJpeg(1200, 900)
  registerUploadPurpose('paper', {
    async describe(_tx, { purpose }) {
      if (purpose.draft !== 'mine') throw new Forbidden('not-your-draft')
      return { kind: 'id-copy', title: 'هوية', ownerId: sender.id }
    },
    async attach(_tx, { purpose, documentId }) {
      attached.push({ purpose, documentId })
    },
  })
})
beforeEach(async () => {
  sender = await aPerson({ house, town: town.id })
  cookie = await logInAs({ house, town: town.id }, { personId: sender.id })
  attached.length = 0
})
afterAll(closeWorkshop)

const tus = { 'tus-resumable': '1.0.0' }
const encoded = (text: string) => Buffer.from(text).toString('base64')
const to = '/uploads?purpose=paper&draft=mine&paper=id-copy'

const begin = (size: number, path = to, name = 'هوية.jpg') =>
  door.knock(path, {
    method: 'POST',
    cookie,
    headers: {
      ...tus,
      'upload-length': String(size),
      'upload-metadata': `filename ${encoded(name)},filetype ${encoded('image/jpeg')}`,
    },
  })
const beginAt = async (size: number) => (await begin(size)).headers.get('location') ?? ''
const patch = (address: string, offset: number, body: Uint8Array | ReadableStream, as = cookie) =>
  door.knock(address, {
    method: 'PATCH',
    cookie: as,
    headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body,
  })
const head = (address: string, as = cookie) =>
  door.knock(address, { method: 'HEAD', cookie: as, headers: tus })
const part = (from: number, to?: number) => new Uint8Array(bytes.subarray(from, to))
const documents = async () =>
  (
    await sql<{ document_id: string; file_name: string; owner_id: string; source: string; added_by: string }>`
      select document_id, file_name, owner_id, source, added_by from document where owner_id = ${sender.id}`.execute(
      db.owner,
    )
  ).rows
const halfSent = () => readdir(uploadsFolder(house, town.id)).catch(() => [])
const isHalfSent = async (address: string) =>
  (await halfSent()).some(name => name.startsWith(address.split('/').at(-1) ?? ''))

const keptOf = (address: string) =>
  stat(join(uploadsFolder(house, town.id), address.split('/').at(-1) ?? '')).then(({ size }) => size)

/** A body whose connection breaks once so many bytes of it are kept at the address. */
const broken = (address: string, count: number) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(part(0, count))
      void vi
        .waitUntil(async () => (await keptOf(address)) === count, { timeout: 30_000, interval: 5 })
        .catch(() => undefined)
        .then(() => controller.error(new Error('the line broke')))
    },
  })

describe('sending in pieces', () => {
  test('says which protocol it speaks', async () => {
    const answer = await door.knock('/uploads', { method: 'OPTIONS' })
    expect(answer.headers.get('tus-version')).toBe('1.0.0')
    expect(answer.headers.get('tus-extension')).toContain('creation')
  })

  test('broken off in the middle of a piece, it goes on from the byte that arrived', async () => {
    const address = await beginAt(bytes.length)
    expect(address).toMatch(/^\/uploads\/[0-9a-f-]{36}$/)
    await patch(address, 0, broken(address, 70_000))
    const stand = await head(address)
    expect(stand.headers.get('upload-offset')).toBe('70000')
    expect(stand.headers.get('upload-length')).toBe(String(bytes.length))
    const end = await patch(address, 70_000, part(70_000))
    expect(end.status).toBe(200)
    expect(end.headers.get('upload-offset')).toBe(String(bytes.length))
    const [document] = await documents()
    expect(document).toMatchObject({ file_name: 'هوية.jpg', source: 'upload', added_by: sender.id })
    expect(end.headers.get('upload-document')).toBe(document?.document_id)
    expect(attached).toEqual([
      { purpose: { name: 'paper', draft: 'mine', paper: 'id-copy' }, documentId: document?.document_id },
    ])
    expect(await isHalfSent(address)).toBe(false)
  })

  test('a piece from a wrong place is refused and nothing is written', async () => {
    const address = await beginAt(bytes.length)
    await patch(address, 0, part(0, 1000))
    expect((await patch(address, 500, part(500))).status).toBe(409)
    expect((await head(address)).headers.get('upload-offset')).toBe('1000')
  })

  test('somebody else cannot look at it, go on with it or end it', async () => {
    const address = await beginAt(bytes.length)
    const other = await aPerson({ house, town: town.id })
    const theirs = await logInAs({ house, town: town.id }, { personId: other.id })
    expect((await head(address, theirs)).status).toBe(404)
    expect((await patch(address, 0, part(0), theirs)).status).toBe(404)
    expect((await door.knock(address, { method: 'DELETE', cookie: theirs, headers: tus })).status).toBe(404)
    expect((await head(address)).headers.get('upload-offset')).toBe('0')
  })

  test('an answer that was lost is given again, and the paper is filed once', async () => {
    const address = await beginAt(bytes.length)
    const end = await patch(address, 0, part(0))
    const id = end.headers.get('upload-document')
    const asked = await head(address)
    expect(asked.headers.get('upload-document')).toBe(id)
    expect(asked.headers.get('upload-offset')).toBe(String(bytes.length))
    expect((await patch(address, 0, part(0))).headers.get('upload-document')).toBe(id)
    expect(await documents()).toHaveLength(1)
  })

  test('whole when the house went down before filing it, it is filed when its sender asks', async () => {
    const address = await beginAt(bytes.length)
    await appendFile(`${uploadsFolder(house, town.id)}/${address.split('/').at(-1)}`, bytes)
    const asked = await head(address)
    expect(asked.headers.get('upload-document')).toBe((await documents())[0]?.document_id)
  })
})

describe('what is refused', () => {
  test('26 MB, before the first byte', async () => {
    const answer = await begin(26 * 1024 * 1024)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ code: 'file-too-large', values: { megabytes: 25 } })
  })

  test('a program that calls itself a photograph, and its sending is gone', async () => {
    const exe = anExe()
    const address = await beginAt(exe.length)
    const end = await patch(address, 0, new Uint8Array(exe))
    expect(end.status).toBe(422)
    expect(end.headers.get('upload-fault')).toBe('file-type-refused')
    expect(await documents()).toEqual([])
    expect((await head(address)).status).toBe(404)
    expect(await isHalfSent(address)).toBe(false)
  })

  test('nothing at all', async () => {
    const answer = await begin(0)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('upload-fault')).toBe('file-empty')
  })

  test('a purpose nobody knows, and one that is not this person’s', async () => {
    const before = await halfSent()
    expect((await begin(10, '/uploads?purpose=theft')).status).toBe(400)
    expect((await begin(10, '/uploads?purpose=paper&draft=yours')).status).toBe(403)
    expect(await halfSent()).toEqual(before)
  })

  test('a thirty-first sending at one time', async () => {
    for (let count = 0; count < 30; count += 1) expect((await begin(10)).status).toBe(201)
    expect((await begin(10)).status).toBe(409)
  })
})

describe('what is not finished', () => {
  test('can be thrown away by its sender', async () => {
    const address = await beginAt(100)
    expect((await door.knock(address, { method: 'DELETE', cookie, headers: tus })).status).toBe(204)
    expect((await head(address)).status).toBe(404)
  })

  test('is swept out after two days, and not before', async () => {
    const address = await beginAt(bytes.length)
    expect(await isHalfSent(address)).toBe(true)
    db.clock.advance(47 * 60 * 60 * 1000)
    cookie = await logInAs({ house, town: town.id }, { personId: sender.id })
    await sweepUploads(house, town.id)
    expect((await head(address)).status).toBe(200)
    db.clock.advance(2 * 60 * 60 * 1000)
    cookie = await logInAs({ house, town: town.id }, { personId: sender.id })
    expect((await head(address)).status).toBe(404)
    await sweepUploads(house, town.id)
    expect(await isHalfSent(address)).toBe(false)
    await runDueJobs({ house, jobs: archiveJobs, url: db.ownerUrl, towns: async () => [town.id] })
  })
})
