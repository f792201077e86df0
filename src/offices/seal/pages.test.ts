import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../../../test/builders/people.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import type { Town } from '../../web/town.ts'
import { record } from '../audit/index.ts'
import { groupsOf } from './model.ts'
import { sealRoutes } from './routes.ts'
import { lastCheckpoint } from './store.ts'
import { leafHash, rootByPath } from './tree/merkle.ts'
import { noteHolds, readCheckpoint, readVerifier } from './tree/note.ts'
import { readProof } from './tree/proof-text.ts'

const db = await testDatabase()
const house = aHouse(db)
const door = aDoor(house, sealRoutes)
let town: Town
let auditor: string
let clerk: string
let entry: string

beforeAll(async () => {
  town = await aTown(db)
  const place = { house, town: town.id }
  auditor = await logInAs(place, { staffId: (await aStaffMember(place, 'auditor')).id })
  clerk = await logInAs(place, { staffId: (await aStaffMember(place, 'clerk')).id })
  await aPerson(place)
  await house.database.write(town.id, async tx => {
    for (let n = 0; n < 300; n++)
      await record(tx, {
        actor: builder,
        act: 'test.done',
        subjectKind: 'test',
        subjectId: String(n),
        personal: { name: 'ليلى قطب' },
      })
  })
  await sealAll(house, town.id)
  const { audit_id } = await db.owner
    .selectFrom('audit')
    .select('audit_id')
    .where('subject_id', '=', '299')
    .executeTakeFirstOrThrow()
  entry = audit_id
})
const seal = async () =>
  (await house.database.read(town.id, lastCheckpoint)) ?? Promise.reject(new Error('unsealed'))
const get = (path: string, cookie?: string) => door.knock(path, cookie === undefined ? {} : { cookie })

describe('whoever asks', () => {
  test('is given the checkpoint, the key it holds under, and tiles that lead to its root', async () => {
    const note = readCheckpoint(await (await get(addresses.openSealCheckpoint.pattern)).text())
    const key = readVerifier(await (await get(addresses.openSealKey.pattern)).text())
    expect(note && key && noteHolds(note, [key])).toBe(true)
    const answer = await get('/open/seal/tile/0/000')
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect((await answer.arrayBuffer()).byteLength).toBe(8192)
    const size = note?.size ?? 0
    const partial = await get(`/open/seal/tile/0/001.p/${size - 256}`)
    expect((await partial.arrayBuffer()).byteLength).toBe(32 * (size - 256))
    expect((await (await get('/open/seal/tile/1/000.p/1')).arrayBuffer()).byteLength).toBe(32)
  })

  test.each(['0/001', '0/001.p/255', '0/1', '9/000', '0/x000/000', '1/000', '0/x001/x000/000', '0/a/b/c'])(
    'is given no tile %s',
    async path => expect((await get(`/open/seal/tile/${path}`)).status).toBe(404),
  )

  test('reads the groups of today’s seal on the page and on its sheet', async () => {
    const { root } = await seal()
    for (const path of [
      addresses.openSeal.pattern,
      fillAddress(addresses.openSealDay, { date: '2026-03-01' }),
    ]) {
      const text = await (await get(path)).text()
      for (const group of groupsOf(root)) expect(text).toContain(group)
      expect(text).toContain(root.toString('base64'))
    }
    expect((await get('/open/seal/day/2020-01-01')).status).toBe(404)
    expect((await get('/open/seal/day/yesterday')).status).toBe(404)
  })

  test('does not read the audit', async () => {
    expect((await get(addresses.audit.pattern)).status).toBe(303)
    expect((await get(addresses.audit.pattern, clerk)).status).toBe(403)
    expect((await get(fillAddress(addresses.auditEntryProof, { entry }), clerk)).status).toBe(403)
  })
})

describe('the auditor', () => {
  test('sees each entry with its place, and nothing personal in clear', async () => {
    const text = await (await get(addresses.audit.pattern, auditor)).text()
    const { size } = await seal()
    expect(text).toContain(`>${size}<`)
    expect(text).toContain('test.done')
    const one = await (await get(fillAddress(addresses.auditEntry, { entry }), auditor)).text()
    expect(one).toContain('القيد كما خُتم')
    expect(one).not.toContain('ليلى')
  })

  test('leafs on, filters by who and what, and goes to an entry by its number', async () => {
    const first = await (await get(addresses.audit.pattern, auditor)).text()
    const next = /href="([^"]*before=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const rows = (text: string) =>
      new Set([...text.matchAll(/\/office\/audit\/([0-9a-f-]{36})/g)].map(each => each[1]))
    const [here, there] = [rows(first), rows(await (await get(next, auditor)).text())]
    expect(here.size).toBe(50)
    expect([...there].filter(id => here.has(id))).toEqual([])
    expect(rows(await (await get('/office/audit?act=test.done', auditor)).text()).size).toBe(50)
    expect(rows(await (await get('/office/audit?act=nothing', auditor)).text()).size).toBe(0)
    expect((await get('/office/audit?place=1', auditor)).headers.get('location')).toContain('/office/audit/')
    const wrong = await get('/office/audit?place=99999', auditor)
    expect(wrong.status).toBe(422)
    expect((await get('/office/audit?from=2020-01-01&to=2026-01-01', auditor)).status).toBe(422)
  })

  test('is given a proof that leads from the entry to the signed root', async () => {
    const answer = await get(fillAddress(addresses.auditEntryProof, { entry }), auditor)
    expect(answer.headers.get('content-disposition')).toContain('.tlog-proof')
    const proof = readProof(await answer.text())
    const checkpoint = readCheckpoint(proof?.checkpoint ?? '')
    const leaf = leafHash(proof?.entry ?? Buffer.of())
    expect(rootByPath(leaf, proof?.index ?? -1, checkpoint?.size ?? 0, proof?.path ?? [])).toEqual(
      checkpoint?.root,
    )
  })
})
