import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { indexColumns, sealedColumns } from '../../src/offices/keys/columns.ts'
import { testDatabase } from '../database.ts'
import { sources } from './sources.ts'

const db = await testDatabase()

/** Bytes that no key made: hashes of what is random already, of files, and of the log. */
const keyless = [
  /(^|_)sha256$/,
  /^(token|tracking|view|key|hook|proof|body)_hash$/,
  /^(hash|root|canonical|credential_id|public_key|opened_by)$/,
]
/** Made by a key, and left as they are: docs/guide/keys.md says why. */
const steady = [
  'import_person.ident',
  'import_question.other_ident',
  'import_question.subject',
  'import_record.fingerprint',
  'import_record.key_index',
  'import_row.ident',
  'import_row.key_index',
]
/** Hashed with the id of the code beside it, for minutes. */
const shortLived = ['contact_code.code_hash', 'tracking_code.code_hash', 'staff_recovery_code.code_hash']

const { rows } = await sql<{ table: string; column: string }>`
  select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
     and a.atttypid = 'bytea'::regtype order by 1, 2`.execute(db.owner)
const there = rows.map(({ table, column }) => `${table}.${column}`)
const named = (list: readonly { table: string; column: string }[]) =>
  list.map(({ table, column }) => `${table}.${column}`)

/** Columns of bytes that a rotation of keys does not know what to do with. */
function unknown(columns: readonly string[]): string[] {
  const known = new Set([...named(sealedColumns), ...named(indexColumns), ...steady, ...shortLived])
  return columns.filter(
    name => !known.has(name) && !keyless.some(each => each.test(name.split('.')[1] ?? '')),
  )
}

test('a rotation of keys knows every column that a key made', () => {
  expect(there.length).toBeGreaterThan(60)
  expect(unknown(there)).toEqual([])
  expect(unknown(['person.secret_sealed', 'thing.word_index'])).toHaveLength(2)
})

test('no column is named that is not there', () => {
  const all = [...named(sealedColumns), ...named(indexColumns), ...steady, ...shortLived]
  expect(all.filter(name => !there.includes(name))).toEqual([])
  expect(new Set(all).size).toBe(all.length)
})

test('what a column is opened for is a purpose somebody seals for', () => {
  const text = sources('src/**/*.{ts,tsx}')
    .filter(({ path }) => !path.startsWith('src/offices/keys/'))
    .map(each => each.text)
    .join('\n')
  const purposes = [...new Set(sealedColumns.flatMap(each => each.purposes))]
  expect(purposes.length).toBeGreaterThan(10)
  expect(purposes.filter(purpose => !text.includes(`'${purpose}'`))).toEqual([])
})
