import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { sealAll } from '../../../../test/builders/seal.ts'
import { testDatabase } from '../../../../test/database.ts'
import { createCrypto } from '../../../platform/crypto/index.ts'
import type { Town } from '../../../web/town.ts'
import { addDocument } from '../../archive/index.ts'
import { erasePersonal, record } from '../../audit/index.ts'
import type { Finding } from '../../treasury/index.ts'
import { lastCheckpoint } from '../store.ts'
import { leafHash, perfectRoot } from '../tree/merkle.ts'
import { signCheckpoint } from '../tree/note.ts'
import type { OutsideCheckpoint } from './tree.ts'
import { verifyRecord } from './verify.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
let outside: OutsideCheckpoint
let documentId: string

const act = (n: number) => ({
  actor: builder,
  act: 'test.done',
  subjectKind: 'test',
  subjectId: String(n),
  personal: { name: `ليلى ${n}` },
})

beforeAll(async () => {
  town = await aTown(db)
  const person = await aPerson({ house, town: town.id })
  const stored = await house.files.put(town.id, Buffer.from('%PDF'))
  documentId = await house.database.write(town.id, tx =>
    addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'a.pdf', pages: 1 },
      kind: 'x',
      title: 'x',
      source: 'upload',
      by: builder,
      ownerId: person.id,
    }),
  )
  await house.database.write(town.id, async tx => {
    for (let n = 0; n < 600; n++) await record(tx, act(n))
  })
  await sealAll(house, town.id)
  outside = { name: 'wall.txt', note: (await house.database.read(town.id, lastCheckpoint))?.note ?? '' }
  db.clock.advance(3 * 60 * 60 * 1000)
  await house.database.write(town.id, async tx => {
    for (let n = 600; n < 640; n++) await record(tx, act(n))
  })
  await sealAll(house, town.id)
})

async function findings(
  checkpoints: readonly OutsideCheckpoint[] = [outside],
  of = house,
): Promise<Finding[]> {
  const all: Finding[] = []
  await verifyRecord(of, town, { found: each => all.push(each), counted() {}, outside: checkpoints })
  return all
}
const codes = async (...given: Parameters<typeof findings>) =>
  [...new Set((await findings(...given)).map(each => each.code))].sort()

/** Bends what is stored, past every guard; put right again after the test. */
const undo: (() => Promise<unknown>)[] = []
async function bend(table: string, where: string, change: string): Promise<void> {
  const copy = `kept_${undo.length}`
  const raw = (text: string) => sql.raw(text).execute(db.owner)
  await raw(`create table ${copy} as select * from ${table} where ${where}`)
  undo.push(async () => {
    const { rows } = await sql<{ key: string }>`select string_agg(a.attname, ',') as key from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indrelid = ${table}::regclass and i.indisprimary`.execute(db.owner)
    await raw(`alter table ${table} disable trigger all`)
    await raw(`delete from ${table} where (${rows[0]?.key}) in (select ${rows[0]?.key} from ${copy})`)
    await raw(`insert into ${table} select * from ${copy}; drop table ${copy}`)
    await raw(`alter table ${table} enable trigger all`)
  })
  await raw(change)
}
afterEach(async () => {
  for (const straighten of undo.splice(0).reverse()) await straighten()
  expect(await findings()).toEqual([])
})
const idOf = async (n: number) => {
  const { rows } = await sql<{
    id: string
  }>`select audit_id as id from audit where subject_id = ${String(n)} and act = 'test.done'`.execute(db.owner)
  return rows[0]?.id ?? ''
}

describe('one row of the audit', () => {
  test('that was rewritten, with the proof beside it, is named with its place in the log', async () => {
    const id = await idOf(300)
    const where = `audit_id = '${id}'`
    await bend(
      'audit',
      where,
      `update audit set subject_id = '999', canonical = convert_to(replace(convert_from(canonical, 'UTF8'),
      '"subjectId":"300"', '"subjectId":"999"'), 'UTF8') where ${where}`,
    )
    const found = await findings()
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      code: 'sealed-entry-changed',
      subject: id,
      details: { act: 'test.done', of: '999' },
    })
  })

  test('whose columns alone were rewritten is named', async () => {
    const id = await idOf(5)
    await bend('audit', `audit_id = '${id}'`, `update audit set cause = 'because' where audit_id = '${id}'`)
    expect(await findings()).toMatchObject([{ code: 'audit-entry-changed', subject: id }])
  })

  test.each([
    `personal = '{"name": null}'`,
    'personal = \'"x"\'',
    "personal = '7'",
    "at = 'infinity'",
    `personal = personal || '{"__proto__": {"salt": "x", "value": "y"}}'`,
  ])('that was bent to %s is named and stops nothing', async change => {
    const id = await idOf(6)
    await bend('audit', `audit_id = '${id}'`, `update audit set ${change} where audit_id = '${id}'`)
    expect(await findings()).toMatchObject([{ code: 'audit-entry-changed', subject: id }])
  })

  test('that was deleted is named', async () => {
    const id = await idOf(77)
    await bend('audit', `audit_id = '${id}'`, `delete from audit where audit_id = '${id}'`)
    expect(await findings()).toMatchObject([
      { code: 'sealed-entry-deleted', subject: id, details: { kind: 'audit' } },
    ])
  })

  test('that was deleted with its leaf leaves a gap that is named', async () => {
    const id = await idOf(78)
    const { rows } = await sql<{
      place: number
    }>`select leaf_index as place from seal_leaf where subject_id = ${id}`.execute(db.owner)
    await bend('audit', `audit_id = '${id}'`, `delete from audit where audit_id = '${id}'`)
    await bend('seal_leaf', `subject_id = '${id}'`, `delete from seal_leaf where subject_id = '${id}'`)
    const found = await findings()
    expect(found.map(each => each.code)).toContain('seal-leaf-missing')
    expect(found.find(each => each.code === 'seal-leaf-missing')?.subject).toBe(String(rows[0]?.place))
  })

  test('that was put among what is sealed is named, whether it has a place or not', async () => {
    const [id] = [await idOf(1)]
    const forged = '00000000-0000-7000-8000-0000000000ff'
    undo.push(() => sql`delete from audit where audit_id = ${forged}`.execute(db.owner))
    await sql`insert into audit select (jsonb_populate_record(a, jsonb_build_object('audit_id', ${forged}::text, 'canonical',
      ${'\\x'} || encode(convert_to(replace(convert_from(canonical, 'UTF8'), audit_id::text, ${forged}::text), 'UTF8'), 'hex')))).* from audit a
      where audit_id = ${id}`.execute(db.owner)
    expect((await findings()).filter(each => each.code !== 'seal-behind')).toMatchObject([
      { code: 'entry-inserted', subject: forged },
    ])
  })

  test('that came in after the clock was put back is no forgery once that time was sealed', async () => {
    const clockTown = await aTown(db)
    const verified = async () => {
      const all: Finding[] = []
      await verifyRecord(house, clockTown, { found: each => all.push(each), counted() {}, outside: [] })
      return all.map(({ code }) => code)
    }
    const entry = async (n: number) => {
      await house.database.write(clockTown.id, tx => record(tx, act(n)))
      return sealAll(house, clockTown.id)
    }
    await entry(1)
    db.clock.advance(-2 * 60 * 60 * 1000)
    try {
      await entry(2)
      expect(await verified()).toEqual([])
    } finally {
      db.clock.advance(2 * 60 * 60 * 1000)
    }
    await entry(3)
    expect(await verified()).toEqual([])
  })

  test('with its leaf rewritten to match is found in the tile and the checkpoint it stands under', async () => {
    const id = await idOf(10)
    const where = `audit_id = '${id}'`
    await bend(
      'audit',
      where,
      `update audit set subject_id = '99', canonical = convert_to(replace(convert_from(canonical, 'UTF8'),
      '"subjectId":"10"', '"subjectId":"99"'), 'UTF8') where ${where}`,
    )
    const { rows } = await sql<{
      canonical: Buffer
      place: number
    }>`select a.canonical, l.leaf_index as place from audit a
      join seal_leaf l on l.subject_id = a.audit_id where audit_id = ${id}`.execute(db.owner)
    const hash = leafHash(rows[0]?.canonical ?? Buffer.of()).toString('hex')
    await bend(
      'seal_leaf',
      `subject_id = '${id}'`,
      `update seal_leaf set hash = '\\x${hash}' where subject_id = '${id}'`,
    )
    expect(await codes()).toEqual(['seal-root-differs', 'seal-tile-changed', 'unlike-outside-checkpoint'])
    const tile = (await findings()).find(each => each.code === 'seal-tile-changed')
    expect(tile?.details).toEqual({ betweenLeaves: [0, 255] })
  })
})

describe('the log', () => {
  test('whose tile was tampered with is found, tile by tile', async () => {
    await bend(
      'seal_node',
      `node_index = 1`,
      `update seal_node set hash = sha256('x') where node_index = 1 and level = 1`,
    )
    expect(await findings()).toMatchObject([{ code: 'seal-tile-changed', subject: '1/1' }])
  })

  test('rolled back behind a checkpoint kept outside is found, and how far', async () => {
    const newest = {
      name: 'kept.txt',
      note: (await house.database.read(town.id, lastCheckpoint))?.note ?? '',
    }
    const { rows } = await sql<{
      size: number
    }>`select min(size) as size from seal_checkpoint where municipality_id = ${town.id}`.execute(db.owner)
    const size = Number(rows[0]?.size)
    await bend(
      'audit',
      `audit_id in (select subject_id from seal_leaf where leaf_index >= ${size})`,
      `delete from audit where audit_id in (select subject_id from seal_leaf where leaf_index >= ${size})`,
    )
    await bend('seal_leaf', `leaf_index >= ${size}`, `delete from seal_leaf where leaf_index >= ${size}`)
    await bend('seal_checkpoint', `size > ${size}`, `delete from seal_checkpoint where size > ${size}`)
    expect(await findings()).toEqual([])
    expect(await findings([newest])).toMatchObject([
      { code: 'behind-outside-checkpoint', subject: 'kept.txt', details: { lost: 40, here: size } },
    ])
  })

  test('rewritten whole and signed anew is found by a checkpoint kept outside', async () => {
    // Whoever holds the keys writes another history of the same length.
    const other = signCheckpoint(
      {
        origin: `shubbak/${town.slug}`,
        size: 512,
        root: perfectRoot([leafHash(Buffer.of(1)), leafHash(Buffer.of(2))]),
      },
      house.crypto.signers(town.id),
    )
    expect(await findings([outside, { name: 'other.txt', note: other }])).toMatchObject([
      { code: 'unlike-outside-checkpoint', subject: 'other.txt' },
    ])
  })

  test('signed by keys of another installation is found', async () => {
    const elsewhere = createCrypto({
      index: Buffer.alloc(32, 'other'),
      keys: new Map([[1, Buffer.alloc(32)]]),
      newest: 1,
    })
    const found = await codes([outside], { ...house, crypto: elsewhere })
    // The newest word must be of a key of the secret file; earlier keys were written down.
    expect(found).toEqual(['seal-signature-wrong'])
  })

  test.each([
    ["note = replace(note, 'shubbak', 'shubbok')", 'seal-checkpoint-changed'],
    ["root = sha256('x')", 'seal-checkpoint-changed'],
    ["note = regexp_replace(note, ' [A-Za-z0-9+/]{20}', ' AAAAAAAAAAAAAAAAAAAA')", 'seal-signature-wrong'],
  ])('with %s in its newest checkpoint is found', async (change, code) => {
    const newest = 'size = (select max(size) from seal_checkpoint)'
    await bend('seal_checkpoint', newest, `update seal_checkpoint set ${change} where ${newest}`)
    expect(await codes()).toContain(code)
  })

  test('says that a checkpoint nobody can read is none, and leaves those of other towns alone', async () => {
    const note = outside.note
    expect(await codes([{ name: 'a', note: 'x' }])).toEqual(['outside-checkpoint-unreadable'])
    expect(await codes([{ name: 'a', note: note.replaceAll(town.slug, 'elsewhere') }])).toEqual([])
    expect(await codes([{ name: 'a', note: note.replace(/\n6/, '\n5') }])).toEqual([
      'outside-checkpoint-unsigned',
    ])
  })

  test('that nobody has gone on with for more than an hour is told', async () => {
    await house.database.write(town.id, tx => record(tx, act(7000)))
    expect(await codes()).toEqual([])
    db.clock.advance(2 * 60 * 60 * 1000)
    expect(await codes()).toEqual(['seal-behind'])
    await sealAll(house, town.id)
  })
})

describe('a document', () => {
  test('whose file was swapped, in the register too, is named', async () => {
    const other = await house.files.put(town.id, Buffer.from('%PDF other'))
    await sql`insert into file values (${town.id}, ${other.sha256}, ${other.size}, 'application/pdf', now()) on conflict do nothing`.execute(
      db.owner,
    )
    const where = `document_id = '${documentId}'`
    await bend(
      'document',
      where,
      `update document set sha256 = '\\x${other.sha256.toString('hex')}', size = ${other.size} where ${where}`,
    )
    expect(await findings()).toMatchObject([
      { code: 'sealed-entry-changed', subject: documentId, details: { kind: 'document' } },
    ])
  })

  test('may get its pictures and the day it was issued on without a word', async () => {
    const where = `document_id = '${documentId}'`
    await bend('document', where, `update document set issued_on = '2020-01-01', title = 'y' where ${where}`)
    expect(await findings()).toEqual([])
  })

  test('that was taken away is named, and lawfully taken away is not', async () => {
    const where = `document_id = '${documentId}'`
    await bend('document', where, `delete from document where ${where}`)
    expect(await findings()).toMatchObject([{ code: 'sealed-entry-deleted', subject: documentId }])
    await house.database.write(town.id, tx =>
      record(tx, {
        actor: builder,
        act: 'seal.released',
        subjectKind: 'document',
        subjectId: documentId,
        cause: 'قرار 4/2026',
      }),
    )
    await sealAll(house, town.id)
    expect(await findings()).toEqual([])
  })
})

describe('personal fields', () => {
  test('emptied by a decision leave the log whole; emptied without one they are missed', async () => {
    const [lawful, unlawful] = [await idOf(40), await idOf(41)]
    await bend(
      'audit',
      `audit_id = '${unlawful}'`,
      `update audit set personal = null where audit_id = '${unlawful}'`,
    )
    await house.database.write(town.id, tx =>
      erasePersonal(tx, { auditId: lawful, fields: ['name'], actor: builder, decision: 'قرار 5/2026' }),
    )
    await sealAll(house, town.id)
    expect(await findings()).toMatchObject([{ code: 'audit-personal-missing', subject: unlawful }])
    const { rows } = await sql<{
      personal: unknown
    }>`select personal from audit where audit_id = ${lawful}`.execute(db.owner)
    expect(rows).toEqual([{ personal: null }])
  })
})
