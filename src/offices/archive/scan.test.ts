import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFakeClamd } from '../../../test/builders/clamd.ts'
import { aDoor } from '../../../test/builders/door.ts'
import { aJpeg } from '../../../test/builders/files.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { runDueJobs } from '../../platform/jobs/index.ts'
import type { Town } from '../../web/town.ts'
import { addDocument, admitFile, archiveJobs, archiveRoutes, closeWorkshop } from './index.ts'
import { scanWaiting } from './rescan.ts'

const db = await testDatabase()
const clamd = await aFakeClamd()
const house = aHouse(db, { CLAMAV_URL: clamd.url })
const door = aDoor(house, archiveRoutes({ visible: () => sql<boolean>`true` }))
let town: Town
let owner: BuiltPerson

beforeAll(async () => {
  town = await aTown(house)
  owner = await aPerson({ house, town: town.id })
})
afterAll(closeWorkshop)

let width = 40
async function hand(bytes?: Buffer): Promise<string> {
  width += 1
  const { admitted, fault } = await admitFile(house, town.id, bytes ?? (await aJpeg(width, 40)), 'a.jpg')
  if (!admitted) throw new Error(fault.code)
  const by = { kind: 'citizen', id: owner.id }
  return house.database.write(town.id, tx =>
    addDocument(tx, { admitted, kind: 'id-copy', title: 'هوية', ownerId: owner.id, source: 'upload', by }),
  )
}

const workOff = () => runDueJobs({ house, jobs: archiveJobs, url: db.ownerUrl, towns: async () => [town.id] })

async function opened(id: string, what = ''): Promise<{ status: number; text: string }> {
  const cookie = await logInAs({ house, town: town.id }, { personId: owner.id })
  const answer = await door.knock(`/documents/${id}${what}`, { cookie })
  return { status: answer.status, text: await answer.text() }
}

test('a file the scanner finds a virus in is refused at the door, and told to whoever brought it', async () => {
  clamd.answers(() => 'stream: Eicar-Test-Signature FOUND')
  await expect(hand()).rejects.toThrow('file-infected')
})

test('a file the scanner finds nothing in is opened at once', async () => {
  clamd.answers(() => 'stream: OK')
  expect(await opened(await hand())).toMatchObject({ status: 200 })
})

test('with the scanner down a file is taken in and waits: its picture is shown, its bytes are not, until the scanner is back', async () => {
  await clamd.down()
  const id = await hand()
  await workOff()
  const waiting = await opened(id)
  expect(waiting.status).toBe(409)
  expect(waiting.text).toContain('بانتظار فحص الفيروسات')
  expect((await opened(id, '/preview')).status).toBe(200)
  await scanWaiting(house, town.id)
  expect((await opened(id)).status).toBe(409)
  await clamd.up()
  clamd.answers(() => 'stream: OK')
  await scanWaiting(house, town.id)
  await scanWaiting(house, town.id)
  expect((await opened(id)).status).toBe(200)
})

test('what is found afterwards is handed to nobody, its pictures included, and stands in the record', async () => {
  await clamd.down()
  const id = await hand()
  await workOff()
  await clamd.up()
  clamd.answers(() => 'stream: Eicar-Test-Signature FOUND')
  await scanWaiting(house, town.id)
  const refused = await opened(id)
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('في هذا الملف فيروس')
  expect((await opened(id, '/preview')).status).toBe(409)
  expect((await opened(id, '/thumbnail')).status).toBe(409)
  const { rows } = await house.database.read(town.id, tx =>
    sql<{ cause: string }>`
      select cause from audit where municipality_id = ${tx.town} and act = 'document.infected' and subject_id = ${id}`.execute(
      tx.q,
    ),
  )
  expect(rows).toEqual([{ cause: 'Eicar-Test-Signature' }])
})

test('the same bytes brought again while the scanner is down keep the verdict they had', async () => {
  clamd.answers(() => 'stream: OK')
  const bytes = await aJpeg(90, 40)
  await hand(bytes)
  await clamd.down()
  expect((await opened(await hand(bytes))).status).toBe(200)
  await clamd.up()
})
