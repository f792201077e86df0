import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aTown, builder } from '../../../../test/builders/people.ts'
import { sealAll } from '../../../../test/builders/seal.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Town } from '../../../web/town.ts'
import { addDocument } from '../../archive/index.ts'
import { record } from '../../audit/index.ts'
import { releasedCause } from '../model.ts'
import { entryHash } from '../store.ts'
import { verifyRecord } from './verify.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
beforeAll(async () => {
  town = await aTown(db)
})

async function aDocument(): Promise<string> {
  const stored = await house.files.put(town.id, Buffer.from('%PDF'))
  const id = await house.database.write(town.id, tx =>
    addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'b.pdf', pages: 1 },
      kind: 'x',
      title: 'x',
      source: 'upload',
      by: builder,
      ownerId: undefined,
    }),
  )
  await sealAll(house, town.id)
  return id
}

const change = (id: string, set: string) =>
  sql.raw(`update document set ${set} where document_id = '${id}'`).execute(db.owner)

const release = (subjectKind: string, subjectId: string, cause = 'قرار 4/2026') =>
  house.database.write(town.id, tx =>
    record(tx, { actor: builder, act: 'seal.released', subjectKind, subjectId, cause }),
  )

/** What is found about one thing. */
async function codesOf(id: string): Promise<string[]> {
  const codes: string[] = []
  const found = ({ code, subject }: { code: string; subject: string }) => {
    if (subject === id) codes.push(code)
  }
  await verifyRecord(house, town, { found, counted() {}, outside: [] })
  return codes
}

test('a document that was emptied is excused by a sealed act alone', async () => {
  const id = await aDocument()
  await change(id, "kind = '', destroyed_at = now()")
  expect(await codesOf(id)).toEqual(['sealed-entry-changed'])
  await release('document', id)
  expect(await codesOf(id)).toEqual(['sealed-entry-changed'])
  await sealAll(house, town.id)
  expect(await codesOf(id)).toEqual([])
})

test('a document that an act let go is excused only where it is emptied', async () => {
  const id = await aDocument()
  await change(id, "kind = 'y'")
  await release('document', id)
  await sealAll(house, town.id)
  expect(await codesOf(id)).toEqual(['sealed-entry-changed'])
})

test('a document is named that was rewritten after the act that says what was left of it', async () => {
  const id = await aDocument()
  await change(id, "kind = '', destroyed_at = now()")
  const left = await house.database.read(town.id, tx => entryHash(tx, 'document', id))
  await release('document', id, releasedCause('4/2026', left))
  await sealAll(house, town.id)
  expect(await codesOf(id)).toEqual([])
  await change(id, "kind = 'y'")
  expect(await codesOf(id)).toEqual(['sealed-entry-changed'])
})

test('an audit row that was rewritten with its proof is named, even where an act says that it was let go', async () => {
  await house.database.write(town.id, tx =>
    record(tx, { actor: builder, act: 'test.done', subjectKind: 'test', subjectId: '301' }),
  )
  await sealAll(house, town.id)
  const { rows } = await sql<{ id: string }>`
    update audit set subject_id = '999', canonical = convert_to(replace(convert_from(canonical, 'UTF8'),
           '"subjectId":"301"', '"subjectId":"999"'), 'UTF8')
     where act = 'test.done' returning audit_id as id`.execute(db.owner)
  const id = rows[0]?.id ?? ''
  await release('audit', id)
  await sealAll(house, town.id)
  expect(await codesOf(id)).toEqual(['sealed-entry-changed'])
})
