import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { indexColumns, sealedColumns, sealedSettings } from '../../src/offices/keys/columns.ts'
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

/** What lies in browsers and addresses for a while, and in no column. */
const tickets = [
  'look-release',
  'new-app',
  'short-link-kept',
  'sign-on-state',
  'staff-first',
  'tracking-token',
]

/** What a file seals for: said in the call, or by a name beside it. A purpose that is handed in is said by who hands it in. */
function sealedFor(text: string): string[] {
  const said = [...text.matchAll(/\.seal\(\s*[\w.]+,\s*(?:'([^']+)'|(\w+))/g)]
  return said.flatMap(([, literal, name]) =>
    literal
      ? [literal]
      : [...text.matchAll(new RegExp(`const ${name} = '([^']+)'`, 'g'))].map(m => m[1] ?? ''),
  )
}

test('what a column is opened for is what somebody seals for, and nothing is sealed that no rotation knows', () => {
  const sealed = sources('src/**/*.{ts,tsx}')
    .filter(({ path }) => !path.startsWith('src/offices/keys/'))
    .flatMap(({ text }) => sealedFor(text))
  const opened = [
    ...sealedColumns.flatMap(each => each.purposes),
    ...sealedSettings.map(each => each.purpose),
  ]
  expect([...new Set(sealed)].sort()).toEqual([...new Set([...opened, ...tickets])].sort())
  expect(sealedFor("const id = 'id'; crypto.open(tx.town, 'phone', sealed); find('email')")).toEqual([])
  expect(
    sealedFor("const why = 'id'; crypto.seal(town, why, x); crypto.seal(\n tx.town,\n 'phone', x)"),
  ).toEqual(['id', 'phone'])
})
