import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import { aWalkedTown, bending, paper, type WalkedTown } from './testing/walked.ts'

const db = await testDatabase()
let walked: WalkedTown
let house: House
let bench: Bench
beforeAll(async () => {
  walked = await aWalkedTown(db)
  ;({ house, bench } = walked)
})
const { codes, bend, undo } = bending(db, () => walked)

const kept = (sha256: Buffer) => {
  const name = sha256.toString('hex')
  return join(house.config.dataDir, 'files', bench.town.id, name.slice(0, 2), name.slice(2, 4), name)
}

describe('a kept file', () => {
  test('of a certificate that was changed is found without looking deep', async () => {
    const { rows } = await sql<{ sha256: Buffer }>`select pdf_sha256 as sha256 from certificate`.execute(
      db.owner,
    )
    const path = kept(rows[0]?.sha256 ?? Buffer.alloc(32))
    const whole = readFileSync(path)
    undo.push(() => writeFileSync(path, whole))
    writeFileSync(path, Buffer.concat([whole, Buffer.from(' ')]))
    expect(await codes()).toEqual(['file-changed'])
  })

  test('of an applicant that was changed is found by looking deep, and one that is gone at once', async () => {
    const path = kept(createHash('sha256').update(paper).digest())
    undo.push(() => writeFileSync(path, paper))
    writeFileSync(path, Buffer.from('%PDF-1.7 an identity CARD'))
    expect(await codes()).toEqual([])
    expect(await codes({ deep: true })).toEqual(['file-changed'])
    rmSync(path)
    expect(await codes()).toEqual(['file-missing'])
  })

  test('unlike what the register says of it is found', async () => {
    const set = (by: string) => `update document set size = size ${by} where kind = 'identity-card'`
    expect(await bend(set('+ 1'), set('- 1'))).toEqual(['document-unlike-its-file'])
    await undo.pop()?.()
    const picture = `update document set thumbnail_sha256 = sha256('x') where kind = 'identity-card'`
    expect(await bend(picture, 'update document set thumbnail_sha256 = null')).toEqual([
      'picture-of-document-missing',
    ])
  })
})

test('a certificate whose number is missing, or whose file is another, is found', async () => {
  expect(await bend('update certificate set number = 2', 'update certificate set number = 1')).toEqual([
    'outgoing-counter-behind',
    'outgoing-number-missing',
  ])
  await undo.pop()?.()
  const other = createHash('sha256').update(paper).digest('hex')
  expect(
    await bend(
      `update certificate set pdf_sha256 = '\\x${other}'`,
      'update certificate c set pdf_sha256 = d.sha256 from document d where d.document_id = c.document_id',
    ),
  ).toEqual(['certificate-unlike-its-document'])
})
