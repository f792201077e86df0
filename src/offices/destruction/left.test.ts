import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { registry } from '../rights/copy/registry/index.ts'
import type { Kind } from './model.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = (await aTown(house)).id

type Row = Record<string, unknown>

/** Rows of any shape go in: what is asked is what an act leaves of them, not whether an office would write them so. */
async function forgetRules(): Promise<void> {
  const { rows } = await sql<{ it: string }>`
    select format('alter table %I drop constraint if exists %I cascade', c.relname, k.conname) as it
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and k.contype in ('f', 'c', 'u', 'p')
    union all
    select format('drop trigger %I on %I cascade', g.tgname, c.relname) from pg_trigger g join pg_class c on c.oid = g.tgrelid
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and not g.tgisinternal
    union all
    select format('drop index %I', x.relname) from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`.execute(
    db.owner,
  )
  for (const { it } of rows) await sql.raw(it).execute(db.owner)
}

/** What of a table is words or something sealed: told as such, or the key by which it is found. */
const tellsOf = (table: string) =>
  new Set(
    registry
      .filter(each => each.table === table)
      .flatMap(({ tell, left }) => [
        ...tell.filter(({ kind }) => ['text', 'sealed', 'read'].includes(kind.as)).map(({ name }) => name),
        ...(left.index ?? []),
      ]),
  )

/** Puts a row with a mark in each column that holds words. */
async function plant(table: string, fixed: Row): Promise<void> {
  const { rows } = await sql<{ name: string; type: string }>`
    select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relname = ${table} and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and a.atttypid <> 'xid8'::regtype`.execute(db.owner)
  const told = tellsOf(table)
  const wordIn = ({ name, type }: { name: string; type: string }): unknown => {
    const word = told.has(name) ? `mark.${table}.${name}.` : '1'
    if (type === 'uuid') return randomUUID()
    if (type === 'bytea') return Buffer.from(word)
    if (type === 'jsonb') return JSON.stringify({ said: word })
    if (type === 'text[]') return sql`array[${word}]`
    if (type === 'uuid[]') return sql`array[]::uuid[]`
    if (type === 'boolean') return false
    if (type === 'date') return '2020-01-02'
    if (type === 'timestamp with time zone') return new Date(0)
    return type === 'text' || type === 'character varying' ? word : 7
  }
  const row: Row = Object.fromEntries(rows.map(each => [each.name, wordIn(each)]))
  const known = new Set(rows.map(each => each.name))
  const ids = Object.entries({ municipality_id: town, destroyed_at: null, ...fixed })
  Object.assign(row, Object.fromEntries(ids.filter(([name]) => known.has(name))))
  const names = Object.keys(row)
  await sql`insert into ${sql.table(table)} (${sql.join(names.map(name => sql.ref(name)))})
            values (${sql.join(names.map(name => row[name]))})`.execute(db.owner)
}

/** Which marks stand anywhere in the database, as words or as bytes. */
async function marksLeft(): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r'`.execute(db.owner)
  const found = new Set<string>()
  for (const { name } of tables) {
    const { rows } = await sql<{
      row: string
    }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(db.owner)
    for (const { row } of rows) {
      const bytes = (row.match(/\\\\x[0-9a-f]+/g) ?? []).map(hex =>
        Buffer.from(hex.slice(3), 'hex').toString(),
      )
      for (const [, mark] of [row, ...bytes].join(' ').matchAll(/mark\.([a-z_]+\.[a-z_0-9]+)\./g))
        found.add(mark as string)
    }
  }
  return [...found].sort()
}

/** What lives on, and why. */
const stays: Record<string, string> = {
  'audit.cause': 'no personal field: docs/guide/destruction.md says so',
  'certificate.code': 'by which whoever holds the paper asks about it',
  'certificate.state_reason': 'tells whoever holds the paper why it does not hold',
  'charge.label_ar': 'what was charged for, in the words of the tariff',
  'complaint.about': 'goes as a complaint',
  'complaint.answer': 'goes as a complaint',
  'complaint.words': 'goes as a complaint',
  'contact.subject': 'goes as a complaint',
  'correction.proposed_sealed': 'is there only until the correction is decided, and no person goes before',
  'destruction_item.label': 'numbers and days, which name nobody',
  'exemption.decision': 'the number of a decision',
  'import_record.fingerprint': 'a hash with a key of the source',
  'import_record.key_index': 'a hash with a key of the source',
  'instalment_plan.decision': 'the number of a decision',
  'message.failure': 'a code of the provider',
  'paper_original.paper': 'the name of a kind of paper',
  'paper_original.place': 'a shelf',
  'payment_intent.bank_ref': 'the books of the town',
  'payment_voucher.bank': 'the books of the town',
  'payment_voucher.description': 'the books of the town',
  'payment_voucher.payee': 'the books of the town',
  'payment_voucher.reference': 'the books of the town',
  'receipt.book': 'the books of the town',
  'receipt.payer_name': 'goes as a receipt',
  'tariff_for_request.decision': 'the number of a decision',
}
const leftOver = async () => (await marksLeft()).filter(each => stays[each] === undefined)

/** Destroys one thing by an act that three have approved. */
async function destroy(kind: Kind, id: string): Promise<void> {
  const act = randomUUID()
  await plant('destruction_act', {
    act_id: act,
    kind,
    state: 'acting',
    minutes_number: '12/2029',
    ended_at: null,
  })
  for (let n = 0; n < 3; n++) await plant('destruction_member', { act_id: act, is_approved: true })
  await plant('destruction_item', { act_id: act, subject_id: id, state: 'listed', why: null, done_at: null })
  await db.database.write(town, async tx => {
    await sql`select destroy_listed(${act}::uuid, ${[id]}::uuid[], ${tx.now}::timestamptz)`.execute(tx.q)
  })
}

/** Fills every table whose rows are found by this column of theirs, but for these; gives the tables. */
async function fill(column: string, id: string, fixed: Row, but: ReadonlySet<string>): Promise<void> {
  const { rows } = await sql<{ name: string; column: string }>`
    select c.relname as name, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and a.attname = ${column} and not a.attisdropped`.execute(
    db.owner,
  )
  for (const { name } of rows)
    if (!but.has(name) && registry.some(each => each.table === name))
      await plant(name, { ...fixed, [column]: id })
}

describe('of what an act destroyed', () => {
  test('no word of a person is left but what goes with another kind or stays by law', async () => {
    const { id } = await aPerson({ house, town })
    await forgetRules()
    const [message, correction, question] = [randomUUID(), randomUUID(), randomUUID()]
    const fixed = { message_id: message, correction_id: correction, question_id: question }
    await fill('person_id', id, fixed, new Set(['person', 'draft', 'certificate', 'request_party']))
    await plant('draft', { person_id: id, request_id: null })
    for (const table of ['message_note', 'correction_word', 'look_question_word']) await plant(table, fixed)
    await plant('sign_on_link', { kind: 'citizen', subject_id: id })
    expect((await marksLeft()).length).toBeGreaterThan(40)
    await destroy('person', id)
    expect(await leftOver()).toEqual([])
  })

  test('no word of a request is left but what goes with another kind or stays by law', async () => {
    const id = randomUUID()
    const message = randomUUID()
    await fill('request_id', id, { message_id: message }, new Set())
    await plant('message_note', { message_id: message })
    await destroy('request', id)
    expect(await leftOver()).toEqual([])
  })
  test('the file an import brought is gone with its rows, unless another run is yet to read it', async () => {
    const [run, other] = [randomUUID(), randomUUID()]
    const [alone, shared] = [Buffer.from('alone'), Buffer.from('shared')]
    for (const sha256 of [alone, shared]) await plant('file', { sha256 })
    await plant('import_run', { run_id: run, sha256: alone, state: 'applied' })
    await plant('import_run', { run_id: other, sha256: shared, state: 'applied' })
    await plant('import_run', { sha256: shared, state: 'checking' })
    await destroy('import', run)
    await destroy('import', other)
    const { rows } = await sql<{ sha256: Buffer }>`select sha256 from destruction_file`.execute(db.owner)
    expect(rows.map(each => each.sha256.toString())).toEqual(['alone'])
  })

  test('papers that something else rests on outlive a request', async () => {
    const request = randomUUID()
    const kept = { letter: randomUUID(), valid: randomUUID(), draft: randomUUID(), correction: randomUUID() }
    const [gone, owner, live, correction] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    for (const id of [gone, ...Object.values(kept)]) {
      await plant('document', {
        document_id: id,
        owner_id: owner,
        valid_until: id === kept.valid ? '2999-01-01' : null,
      })
      await plant('request_paper', { request_id: request, document_id: id })
    }
    await plant('request', { request_id: request })
    await plant('request', { request_id: live })
    await plant('letter', { request_id: live, document_id: kept.letter })
    await plant('draft', { person_id: owner, request_id: null, papers: JSON.stringify({ a: [kept.draft] }) })
    await plant('correction', { correction_id: correction, decided_at: null })
    await plant('correction_paper', { correction_id: correction, document_id: kept.correction })
    await destroy('request', request)
    const { rows } = await sql<{ id: string }>`
      select document_id as id from document where owner_id = ${owner} and destroyed_at is null`.execute(
      db.owner,
    )
    expect(rows.map(each => each.id).sort()).toEqual(Object.values(kept).sort())
  })
})
