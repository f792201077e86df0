import { type Kysely, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type AccessName,
  type Actor,
  about,
  accessNames,
  roles,
  wallOf,
  wallOfAct,
} from '../../src/kernel/access/index.ts'
import type { Tables } from '../../src/platform/database/connection.ts'
import { aTown } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

/**
 * What a statement that forgot every predicate gets: `select * from TABLE`, of every table with people's data, in the transaction of every
 * kind of visitor. Each table holds two rows, one that leads to one person and one that leads to another.
 */
const db = await testDatabase()
let town: string
let tables: string[]

type Side = 'a' | 'b'
const idOf = (name: string, side: Side) => `00000000-0000-7000-8000-${side}${hash(name)}`
const hash = (name: string) =>
  [...name]
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xfffffffffff, 7)
    .toString(16)
    .padStart(11, '0')

const persons = new Set([
  'person_id',
  'applicant_id',
  'owner_id',
  'debtor_id',
  'payer_id',
  'from_person',
  'to_person',
  'into_id',
  'merged_id',
  'principal_id',
  'agent_id',
  'subject_id',
  'added_by',
  'filed_by',
  'actor_id',
])
const said: Record<string, string> = {
  capacity: 'agent',
  filed_by_kind: 'partner',
  service_code: 'ADM-01',
  cause_kind: 'task',
}

type Column = { table: string; name: string; type: string; needed: boolean }

/** A value for a column that holds nothing by itself; ids of one name and side are the same in every table. */
function contentOf({ name, type, needed }: Column, side: Side): string | undefined {
  if (persons.has(name)) return idOf('person', side)
  if (name === 'scan_document_id') return idOf('document_id', side)
  if (name === 'office_code') return `office-${side}`
  if (name === 'offices') return `{office-${side}}`
  if (name in said) return said[name]
  if (type === 'uuid' && /_id$/.test(name) && !/^(parent|merged|survivor|mandate|release|grant)_/.test(name))
    return idOf(name, side)
  if (!needed) return undefined
  if (type === 'uuid') return idOf(name, side)
  if (type.endsWith('[]')) return '{}'
  if (type === 'jsonb') return '{}'
  if (type === 'bytea') return `\\x${side === 'a' ? '0a' : '0b'}`
  if (type === 'boolean') return 'false'
  if (type === 'date') return '2026-01-01'
  if (type.startsWith('timestamp')) return '2026-01-01T00:00:00Z'
  return type === 'text' ? side : side === 'a' ? '1' : '2'
}

async function fill(owner: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<Column>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as needed
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname = 'public' and c.relkind in ('r', 'p') and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'reach')
     order by c.relname, a.attnum`.execute(owner)
  tables = [...new Set(rows.map(row => row.table))]
  await owner.transaction().execute(async trx => {
    // The rows are of no town's life: only where they lead counts.
    await sql`set local session_replication_role = replica`.execute(trx)
    const checks = await sql<{ sql: string }>`
      select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql from pg_constraint where contype = 'c'
         and connamespace = 'public'::regnamespace`.execute(trx)
    for (const check of checks.rows) await sql.raw(check.sql).execute(trx)
    await trx.deleteFrom('audit').execute()
    for (const table of tables) {
      for (const side of ['a', 'b'] as const) {
        const columns = rows.filter(row => row.table === table)
        const values = columns.map(column =>
          column.name === 'municipality_id' ? town : contentOf(column, side),
        )
        const given = columns.flatMap((column, at) => {
          const value = values[at]
          return value === undefined
            ? []
            : [{ name: column.name, sql: sql`${value}::text::${sql.raw(column.type)}` }]
        })
        await sql`insert into ${sql.table(table)} (${sql.join(given.map(each => sql.ref(each.name)))})
          values (${sql.join(given.map(each => each.sql))})`.execute(trx)
      }
    }
  })
}

beforeAll(async () => {
  town = (await aTown(db)).id
  await fill(db.owner)
})

/** Which of the two rows of each table a visitor gets who asks for all of it. */
async function seen(
  actor: Actor,
  names: AccessName[],
  of: typeof wallOf = wallOf,
  asked: readonly string[] = tables,
): Promise<Map<string, string>> {
  return db.database.read(
    town,
    async tx => {
      const found = new Map<string, string>()
      for (const table of asked) {
        const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
          tx.q,
        )
        const sides = rows.map(({ row }) => (/-8000-a/.test(row) ? 'a' : 'b'))
        if (rows.length > 0) found.set(table, sides.sort().join(''))
      }
      return found
    },
    of(actor, names),
  )
}

const citizen = (side: Side): Actor => ({
  kind: 'citizen',
  personId: idOf('person', side),
  level: 'verified',
})
const staff = (role: (typeof roles)[number], office: string, staffId = idOf('me', 'a')): Actor => ({
  kind: 'staff',
  staffId,
  appointments: [{ role, office }],
})
const ofFamily = {
  person: 'people',
  request: 'requests',
  document: 'papers',
  charge: 'money',
  message: 'messages',
  audit: 'looks',
  complaint: 'voices',
  draft: 'drafts',
  visit: 'visits',
  import_record: 'imports',
}
const onlyA = (found: Map<string, string>) => [...found].filter(([, sides]) => sides !== 'a')

describe('a statement that forgot every predicate', () => {
  test('gets both rows of every table as the program itself, so that what follows can fail', async () => {
    const found = await seen({ kind: 'system' }, [])
    expect([...found].filter(([, sides]) => sides !== 'ab')).toEqual([])
    expect(tables.length).toBeGreaterThan(70)
    expect([...found.keys()]).toEqual(tables)
  })

  test('gets nothing where nobody said who asks, and nothing for a visitor nobody knows', async () => {
    expect(await seen({ kind: 'anonymous' }, [])).toEqual(new Map())
    const { rows } = await db.owner.transaction().execute(async trx => {
      await sql`set local role shubbak_app`.execute(trx)
      await sql`select set_config('app.municipality', ${town}, true)`.execute(trx)
      return sql<{ n: number }>`select count(*)::int as n from person`.execute(trx)
    })
    expect(rows).toEqual([{ n: 0 }])
  })

  test('gets a citizen what leads to them and no row of anybody else', async () => {
    const found = await seen(citizen('a'), [])
    expect(onlyA(found)).toEqual([])
    expect(found.size).toBeGreaterThan(50)
    for (const table of [
      'person',
      'request',
      'task',
      'document',
      'message',
      'charge',
      'receipt_line',
      'certificate',
      'audit',
    ])
      expect(found.get(table), table).toBe('a')
  })

  test('gets a citizen who has not shown who they are nothing of money, looks and copies but what hangs on their requests', async () => {
    const waiting = [
      'account',
      'account_holder',
      'account_credit',
      'voucher',
      'voucher_line',
      'charge',
      'charge_relief',
      'receipt',
      'receipt_line',
      'cheque',
      'exemption',
      'debt_transfer',
      'instalment_plan',
      'instalment',
      'plan_charge',
      'payment_intent',
      'payment_intent_line',
      'payment_voucher',
      'audit',
      'look',
      'look_grant',
      'look_question',
      'data_copy',
      'data_copy_file',
    ]
    const claimed = { ...citizen('a'), level: 'claimed' } as Actor
    const beyond = waiting.filter(table =>
      /^(account_credit|exemption|debt|instalment|plan|audit|look|data)/.test(table),
    )
    const found = await seen(claimed, [])
    expect(onlyA(found)).toEqual([])
    expect(beyond.filter(table => found.has(table))).toEqual([])
    for (const table of ['request', 'person', 'document', 'charge', 'account', 'receipt', 'message'])
      expect(found.get(table), table).toBe('a')
    // Without a request of theirs nothing of it is left; once they have shown who they are, all of it is.
    const other = idOf('person', 'b')
    const mine = idOf('person', 'a')
    const give = (from: string, to: string) =>
      db.owner.transaction().execute(async trx => {
        await sql`set local session_replication_role = replica`.execute(trx)
        await sql`update request set applicant_id = ${to} where applicant_id = ${from} and request_id = ${idOf('request_id', 'a')}`.execute(
          trx,
        )
        await sql`update request_party set person_id = ${to} where request_id = ${idOf('request_id', 'a')}`.execute(
          trx,
        )
      })
    await give(mine, other)
    try {
      const left = await seen(claimed, [])
      expect(waiting.filter(table => left.has(table))).toEqual([])
      const proven = await seen(citizen('a'), [])
      expect(waiting.filter(table => proven.get(table) !== 'a')).toEqual([])
    } finally {
      await give(other, mine)
    }
  })

  test('gets somebody in another’s place that person’s rows alone, and of some services nothing beyond them', async () => {
    const place = (services?: string[]): Actor => ({
      ...(citizen('b') as Extract<Actor, { kind: 'citizen' }>),
      inPlaceOf: { mandateId: 'm', personId: idOf('person', 'a'), acts: ['requests', 'dues'], services },
    })
    expect(onlyA(await seen(place(), []))).toEqual([])
    const limited = await seen(place(['ADM-01']), [])
    expect(onlyA(limited)).toEqual([])
    expect(limited.get('request')).toBe('a')
    expect(limited.has('contact')).toBe(false)
    expect((await seen(place(['ELE-01']), [])).has('request')).toBe(false)
  })

  test('gets a partner what it filed', async () => {
    const found = await seen({ kind: 'partner', keyId: idOf('person', 'a'), scopes: [] }, [])
    expect(onlyA(found)).toEqual([])
    for (const table of ['request', 'charge', 'account', 'receipt']) expect(found.get(table), table).toBe('a')
  })

  test.each(['officer', 'head', 'clerk', 'legal-adviser', 'supervisor'] as const)(
    'gets an office the requests it is concerned by, as %s, and no other office’s',
    async role => {
      for (const name of ['request.read', 'paper.read', 'messages.read', 'certificate.read'] as const) {
        const found = await seen(staff(role, 'office-a'), [name])
        expect(onlyA(found), name).toEqual([])
        expect(await seen(staff(role, 'office-c'), [name]), name).toEqual(new Map())
      }
      const found = await seen(staff(role, 'office-a'), ['request.read'])
      for (const table of ['request', 'request_action', 'task', 'person', 'document', 'letter'])
        expect(found.get(table), table).toBe('a')
    },
  )

  test('gets a manager the families of the name and no other table', async () => {
    const manager = staff('manager', 'office-c')
    for (const name of accessNames) {
      const found = await seen(manager, [name], wallOf, Object.keys(ofFamily))
      const wall = wallOf(manager, [name])
      const open: readonly string[] = typeof wall === 'object' ? wall.town : []
      for (const [table, family] of Object.entries(ofFamily))
        expect(found.get(table), `${name} ${table}`).toBe(open.includes(family) ? 'ab' : undefined)
    }
  })

  test('gets nobody any row under a name that is about nobody’s data', async () => {
    const names = accessNames.filter(name => about[name] === undefined)
    expect(names.length).toBeGreaterThan(10)
    for (const role of roles) {
      const reached = await seen(staff(role, 'office-a'), names)
      expect([...reached.keys()], role).toEqual([])
    }
  })

  test('gets nothing of a request for whom it is closed to, whatever they are', async () => {
    const me = idOf('staff_id', 'a')
    for (const role of ['manager', 'mayor', 'officer'] as const) {
      const found = await seen(staff(role, 'office-a', me), [
        'request.read',
        'request.act',
        'paper.read',
        'certificate.read',
      ])
      for (const table of [
        'request',
        'request_action',
        'request_paper',
        'certificate',
        'letter',
        'message',
        'document',
        'task',
      ])
        expect(found.get(table) ?? '', `${role} ${table}`).not.toContain('a')
    }
  })

  test('gets nobody a complaint about themselves', async () => {
    const found = await seen(staff('manager', 'office-c', idOf('staff_id', 'a')), ['complaint.read'])
    expect([found.get('complaint'), found.get('complaint_subject')]).toEqual(['b', 'b'])
  })

  test('within an act gets a citizen what is theirs, and staff nothing closed to them and nothing under a name about nobody', async () => {
    expect(onlyA(await seen(citizen('a'), [], wallOfAct))).toEqual([])
    const shut = await seen(staff('officer', 'office-a', idOf('staff_id', 'a')), ['request.act'], wallOfAct)
    for (const table of ['request', 'request_action', 'request_paper', 'certificate', 'letter', 'document'])
      expect(shut.get(table), table).toBe('b')
    const accused = staff('clerk', 'office-a', idOf('staff_id', 'a'))
    expect((await seen(accused, ['complaint.enter'], wallOfAct, ['complaint'])).get('complaint')).toBe('b')
    expect(await seen(staff('designer', 'office-a'), ['catalogue.write'], wallOfAct)).toEqual(new Map())
  })

  test('within an act gets staff log-ins, looks, complaints and imports under a name about them alone', async () => {
    const apart = {
      session: 'sessions',
      audit: 'looks',
      look: 'looks',
      complaint: 'voices',
      import_row: 'imports',
    }
    for (const [role, name] of [
      ['manager', 'request.act'],
      ['manager', 'complaint.enter'],
      ['manager', 'person.merge'],
      ['manager', 'look.review'],
      ['treasurer', 'import.run'],
      ['treasurer', 'receipt.take'],
      ['clerk', 'request.file'],
    ] as const) {
      const found = await seen(staff(role, 'office-c'), [name], wallOfAct, [...Object.keys(apart), 'request'])
      for (const [table, family] of Object.entries(apart))
        expect(found.get(table), `${name} ${table}`).toBe(
          about[name]?.includes(family as never) ? 'ab' : undefined,
        )
      expect(found.get('request'), name).toBe('ab')
    }
  })

  test('changes and removes no row it does not reach', async () => {
    const changed = await db.database.write(
      town,
      tx => sql`update request set state = 'x'`.execute(tx.q),
      wallOfAct(citizen('a'), []),
    )
    expect(Number(changed.numAffectedRows)).toBe(1)
    const nobodys = await db.database.write(town, tx => sql`delete from draft`.execute(tx.q), 'nobody')
    expect(Number(nobodys.numAffectedRows)).toBe(0)
  })
})
