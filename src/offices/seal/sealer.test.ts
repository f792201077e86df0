import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../test/builders/people.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { testDatabase } from '../../../test/database.ts'
import { createCrypto } from '../../platform/crypto/index.ts'
import { withClient } from '../../platform/database/pool.ts'
import type { Town } from '../../web/town.ts'
import { addDocument } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { originOf } from './model.ts'
import { markOf } from './proofs.ts'
import { sealTown } from './sealer.ts'
import { knownKeys, lastCheckpoint } from './store.ts'
import { leafHash, rootByPath } from './tree/merkle.ts'
import { noteHolds, readCheckpoint, readVerifier, verifierOf, verifierText } from './tree/note.ts'
import { readProof } from './tree/proof-text.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
beforeEach(async () => {
  town = await aTown(db)
})

const act = (name = 'test.done') => ({ actor: builder, act: name, subjectKind: 'test', subjectId: 'x' })
const doActs = (count: number) =>
  house.database.write(town.id, async tx => {
    for (let n = 0; n < count; n++) await record(tx, act())
  })
const inTown = <T>(work: Parameters<typeof house.database.read<T>>[1]) => house.database.read(town.id, work)
const rowsOf = async (table: string) =>
  (
    await sql<
      Record<string, unknown>
    >`select * from ${sql.table(table)} where municipality_id = ${town.id}`.execute(db.owner)
  ).rows
const openProof = async (kind: 'audit' | 'document', id: string) => {
  const text = await inTown(async tx => (await markOf(tx, kind, id))?.proof())
  const proof = text === undefined ? undefined : readProof(text)
  const checkpoint = proof && readCheckpoint(proof.checkpoint)
  const keys = (await inTown(knownKeys))
    .map(key => readVerifier(key.verifier))
    .filter(key => key !== undefined)
  return { proof, checkpoint, holds: checkpoint !== undefined && noteHolds(checkpoint, keys) }
}

test('a town where nothing happened has no checkpoint', async () => {
  await sql`delete from audit where municipality_id = ${town.id}`.execute(db.owner)
  expect(await sealTown(house, town.id)).toEqual({ sealed: 0, size: 0 })
  expect(await inTown(lastCheckpoint)).toBeUndefined()
})

test('everything recorded gets one place, and a proof that leads to the signed root', async () => {
  const person = await aPerson({ house, town: town.id })
  const stored = await house.files.put(town.id, Buffer.from('%PDF'))
  const documentId = await house.database.write(town.id, tx =>
    addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'a.pdf', pages: 1 },
      kind: 'x',
      title: 'x',
      source: 'upload',
      by: builder,
      ownerId: person.id,
    }),
  )
  await doActs(700)
  const { sealed, size } = await sealAll(house, town.id, { batch: 300 })
  const entries = await rowsOf('audit')
  expect([sealed, size]).toEqual([entries.length + 1, entries.length + 1])
  for (const [kind, id] of [
    ['audit', String(entries[0]?.audit_id)],
    ['audit', String(entries.at(-1)?.audit_id)],
    ['document', documentId],
  ] as const) {
    const { proof, checkpoint, holds } = await openProof(kind, id)
    expect(holds).toBe(true)
    expect(checkpoint).toMatchObject({ origin: `shubbak/${town.slug}`, size })
    const leaf = leafHash(proof?.entry ?? Buffer.of())
    expect(rootByPath(leaf, proof?.index ?? -1, size, proof?.path ?? [])).toEqual(checkpoint?.root)
  }
  expect((await openProof('document', documentId)).proof?.entry?.toString()).toContain(
    stored.sha256.toString('hex'),
  )
})

test('the log is the same however many passes and batches it took', async () => {
  await doActs(600)
  const other = (await aTown(db)).id
  const copy = (table: string) =>
    sql`insert into ${sql.table(table)} select (jsonb_populate_record(t, jsonb_build_object('municipality_id', ${other}::text))).*
          from ${sql.table(table)} t where t.municipality_id = ${town.id}`.execute(db.owner)
  await sql`delete from audit where municipality_id = ${other}`.execute(db.owner)
  await copy('audit')
  await sealAll(house, town.id, { batch: 7 })
  await sealAll(house, other)
  const rootOf = async (of: string) => (await house.database.read(of, lastCheckpoint))?.root
  expect(await rootOf(town.id)).toEqual(await rootOf(other))
})

test('grows by what came since, keeps every root it signed, and signs nothing when nothing came', async () => {
  await doActs(300)
  await sealAll(house, town.id)
  const before = await inTown(lastCheckpoint)
  await doActs(1)
  expect(await sealAll(house, town.id)).toMatchObject({ sealed: 1 })
  expect(await sealAll(house, town.id)).toMatchObject({ sealed: 0 })
  const [first, second, ...more] = await rowsOf('seal_checkpoint')
  expect(more).toEqual([])
  expect(first?.note).toBe(before?.note)
  expect(Number(second?.size)).toBe(Number(first?.size) + 1)
})

test('waits for an act that began before and is not done, and for nothing else', async () => {
  await sealAll(house, town.id)
  const done = await withClient(db.ownerUrl, async slow => {
    await slow.query('begin')
    await slow.query(
      `insert into audit (municipality_id, audit_id, at, actor_kind, actor_id, act, subject_kind, subject_id, canonical)
      values ($1, gen_random_uuid(), now(), 'system', 'x', 'test.slow', 'x', 'x', '{}')`,
      [town.id],
    )
    await doActs(1)
    const meanwhile = await sealTown(house, town.id)
    await slow.query('commit')
    return [meanwhile.sealed, (await sealAll(house, town.id)).sealed]
  })
  expect(done).toEqual([0, 2])
  const { rows } = await sql<{
    act: string
  }>`select a.act from seal_leaf l join audit a on a.audit_id = l.subject_id
    where l.municipality_id = ${town.id} order by l.leaf_index desc limit 2`.execute(db.owner)
  expect(rows.map(row => row.act)).toEqual(['test.done', 'test.slow'])
})

test('two that seal at once give each entry one place', async () => {
  await doActs(500)
  await Promise.all([1, 2, 3].map(() => sealTown(house, town.id, { batch: 50 })))
  const { size } = await sealAll(house, town.id)
  expect(size).toBe((await rowsOf('audit')).length)
})

test('goes on after a restore into another database, and writes that down', async () => {
  await doActs(2)
  await sealAll(house, town.id)
  // As a restored backup: numbers of transactions of another database, higher than any here, and one entry that had no place yet.
  await doActs(1)
  await sql`update seal_checkpoint set cluster = '1', horizon = '900000000000' where municipality_id = ${town.id}`.execute(
    db.owner,
  )
  await sql`update audit set xid = '900000000001' where municipality_id = ${town.id}`.execute(db.owner)
  expect((await sealAll(house, town.id)).sealed).toBe(2)
  await doActs(1)
  expect((await sealAll(house, town.id)).sealed).toBe(1)
  expect((await rowsOf('audit')).map(row => row.act)).toContain('seal.carried-on')
})

test('hands the log over to a new signing key in the log itself, under the old one too', async () => {
  await doActs(1)
  const old = Buffer.alloc(32, 'old')
  const keys = { index: Buffer.alloc(32, 'index'), keys: new Map([[1, Buffer.alloc(32)]]), newest: 1 }
  const before = createCrypto({ ...keys, signing: [old] })
  const after = createCrypto({ ...keys, signing: [Buffer.alloc(32, 'new'), old] })
  await sealAll({ ...house, crypto: before }, town.id)
  for (let pass = 0; pass < 3; pass++) {
    await doActs(1)
    await sealAll({ ...house, crypto: after }, town.id)
  }
  const said = (await rowsOf('audit')).filter(row => row.act === 'seal.key-added').map(row => row.cause)
  const [fresh] = after.signers(town.id).map(each => verifierOf(originOf(town.slug), each.publicKey))
  expect(said).toEqual([fresh && verifierText(fresh)])
  const note = (await inTown(lastCheckpoint))?.note ?? ''
  const verifiers = (await inTown(knownKeys)).map(each => readVerifier(each.verifier))
  expect(verifiers).toHaveLength(2)
  expect(note.match(/^— /gm)).toHaveLength(2)
  const read = readCheckpoint(note)
  for (const each of verifiers) expect(read && each && noteHolds(read, [each])).toBe(true)
})

test('refuses to go on where leaves are gone that were signed, though their entries would be found again', async () => {
  // Somebody's transaction, open since before, holds the horizon back: the next pass looks at these entries once more.
  await house.database.write(town.id, async tx => {
    await record(tx, act('test.slow'))
    await doActs(3)
    await sealTown(house, town.id)
  })
  await sql`delete from seal_leaf where municipality_id = ${town.id} and leaf_index > 0`.execute(db.owner)
  await expect(sealTown(house, town.id)).rejects.toThrow(/shorter/)
})

test('refuses to go on where leaves are gone that were signed', async () => {
  await doActs(3)
  await sealAll(house, town.id)
  await sql`delete from seal_leaf where municipality_id = ${town.id} and leaf_index > 0`.execute(db.owner)
  await expect(sealTown(house, town.id)).rejects.toThrow(/shorter|lacks/)
})

describe('the application', () => {
  test.each([
    'update seal_leaf set leaf_index = leaf_index + 1',
    'delete from seal_leaf',
    'update seal_node set level = 2',
    'update seal_checkpoint set size = size + 1',
    'delete from seal_checkpoint',
    'delete from seal_key',
    'update file set size = 0',
    'delete from file',
    "update document set sha256 = ''",
    'update document set owner_id = null',
    'delete from document',
    "update certificate set code = 'x'",
    'delete from certificate',
    'update receipt set serial = 7',
    'delete from receipt',
    'update receipt_line set amount_minor = 1',
    "update audit set act = 'x'",
    'update audit set personal = null',
    'truncate audit',
  ])('cannot %s', async statement => {
    const done = house.database.write(town.id, tx => sql.raw(statement).execute(tx.q))
    await expect(done).rejects.toThrow(/permission denied/)
  })
})
