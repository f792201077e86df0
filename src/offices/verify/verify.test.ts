import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson, type BuiltPerson, builder } from '../../../test/builders/people.ts'
import type { Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import { record } from '../audit/index.ts'
import { verifyTown } from './index.ts'
import { aWalkedTown, bending, type WalkedTown } from './testing/walked.ts'

const db = await testDatabase()
let walked: WalkedTown
let house: House
let bench: Bench
let person: BuiltPerson
let requestId: string
beforeAll(async () => {
  walked = await aWalkedTown(db)
  ;({ house, bench, person, requestId } = walked)
})
const { findings, codes, bend, undo } = bending(db, () => walked)

describe('a town as its history made it', () => {
  test('has nothing to find, however many rows are looked at in one go', async () => {
    expect(await findings()).toEqual([])
    expect(await findings({ batch: 1 })).toEqual([])
    const { counts } = await verifyTown(house, bench.town, { deep: true })
    expect(counts).toMatchObject({ requests: 2, acts: 7, files: 2, 'files read': 2 })
  })

  test('is found whole too when personal fields of the audit were lawfully erased', async () => {
    const { rows } = await sql<{ personal: unknown; id: string }>`
      select personal, audit_id as id from audit where personal is not null`.execute(db.owner)
    const [row] = rows
    undo.push(() =>
      sql`update audit set personal = ${JSON.stringify(row?.personal)} where audit_id = ${row?.id}`.execute(
        db.owner,
      ),
    )
    await sql`update audit set personal = null where audit_id = ${row?.id}`.execute(db.owner)
    expect(await codes()).toEqual(['audit-personal-missing'])
    await house.database.write(bench.town.id, tx =>
      record(tx, {
        actor: builder,
        act: 'audit.personal-erased',
        subjectKind: 'audit',
        subjectId: row?.id ?? '',
        cause: 'قرار 4/2026',
      }),
    )
    expect(await findings()).toEqual([])
  })
})

describe('a request', () => {
  const of = () => `where request_id = '${requestId}'`

  test.each([
    ['state', "'rejected'"],
    ['last_seq', '5'],
    ['settled_fee_points', "'{}'"],
    ['paused_ms', 'paused_ms + 1'],
  ])('whose %s was changed by hand is found', async (column, wrong) => {
    const before = await sql<{ value: string }>`
      select ${sql.ref(column)}::text as value from request where request_id = ${requestId}`.execute(db.owner)
    const value = before.rows[0]?.value
    const set = (to: string) => `update request set ${column} = ${to} ${of()}`
    expect(await bend(set(wrong), set(`'${value}'`))).toEqual(['request-projection-differs'])
  })

  test('whose task was changed, lost or invented is found', async () => {
    const { rows } = await sql<{ id: string }>`
      select task_id as id from task where request_id = ${requestId} and step = 'signature'`.execute(db.owner)
    const task = `where task_id = '${rows[0]?.id}'`
    expect(
      await bend(`update task set role = 'clerk' ${task}`, `update task set role = 'mayor' ${task}`),
    ).toEqual(['request-task-differs'])
    await undo.pop()?.()
    const spare = '0198a000-0000-7000-8000-00000000bbbb'
    expect(
      await bend(
        `insert into task select municipality_id, '${spare}', request_id, step, purpose, office_code, role, assignee, state, opened_at
           from task ${task}`,
        `delete from task where task_id = '${spare}'`,
      ),
    ).toEqual(['request-task-unknown'])
    await undo.pop()?.()
    expect(
      await bend(
        `create table lost as select * from task ${task}; delete from task ${task}`,
        'insert into task select * from lost; drop table lost',
      ),
    ).toEqual(['request-task-differs'])
  })

  test('whose history has a hole, or is gone, is found', async () => {
    expect(
      await bend(
        `create table lost as select * from request_action ${of()} and seq = 3; delete from request_action ${of()} and seq = 3`,
        'insert into request_action select * from lost; drop table lost',
      ),
    ).toEqual(['request-history-broken'])
    await undo.pop()?.()
    expect(
      await bend(
        `create table lost as select * from request_action ${of()}; delete from request_action ${of()}`,
        'insert into request_action select * from lost; drop table lost',
      ),
    ).toEqual(['request-without-history'])
  })

  test('whose number is missing in its year, or given twice, is found', async () => {
    expect(
      await bend(
        'update request set number = 9 where number = 2',
        'update request set number = 2 where number = 9',
      ),
    ).toEqual(['request-counter-behind', 'request-number-missing'])
    await undo.pop()?.()
    expect(
      await bend(
        'drop index request_number; update request set number = 1',
        `update request set number = 2 where request_id <> '${requestId}';
         create unique index request_number on request (municipality_id, year, number)`,
      ),
    ).toEqual(['request-number-doubled', 'request-number-missing'])
  })

  test('whose applicant heard nothing, or heard twice, is found', async () => {
    const events = "event in ('received', 'fee-due')"
    expect(
      await bend(
        `update message set event = 'x-' || event ${of()} and ${events}`,
        `update message set event = substr(event, 3) ${of()} and event like 'x-%'`,
      ),
    ).toEqual(['request-never-answered'])
    await undo.pop()?.()
    const before = `update message set event = 'received' where request_id = '${requestId}' and event = 'fee-due'`
    expect(
      await bend(
        before,
        `update message set event = 'fee-due' where message_id = (
        select message_id from message ${of()} and event = 'received' order by message_id limit 1)`,
      ),
    ).toEqual(['request-answered-twice'])
  })

  test('whose message waits where nobody looks, or would go twice, is found', async () => {
    for (const [how, undone] of [
      ['delete from message_due', 'update message set state = state'],
      [
        `update message_due set not_before = not_before + interval '1 hour'`,
        `update message_due set not_before = not_before - interval '1 hour'`,
      ],
    ] as const) {
      expect(new Set(await bend(how, undone)), how).toEqual(new Set(['message-unlike-what-is-due']))
      await undo.pop()?.()
    }
  })

  test('whose message is gone though parts of it went is found', async () => {
    const part = `('${bench.town.id}', gen_random_uuid(), 1, 1, 'submitted', now())`
    expect(
      await bend(
        `insert into message_part (municipality_id, message_id, try, part, state, submitted_at) values ${part}`,
        'delete from message_part p where not exists (select 1 from message m where m.message_id = p.message_id)',
      ),
    ).toEqual(['part-of-no-message'])
  })

  test('whose party or office was taken away is found', async () => {
    for (const [table, column, code] of [
      ['request_party', 'capacity', 'applicant-is-no-party'],
      ['request_office', 'office_code', 'office-not-concerned'],
    ] as const) {
      const extra = table === 'request_party' ? '' : " and office_code = 'finance'"
      expect(
        await bend(
          `create table lost as select * from ${table} ${of()}${extra}; delete from ${table} ${of()}${extra}`,
          `insert into ${table} select * from lost; drop table lost`,
        ),
        column,
      ).toEqual(table === 'request_party' ? [code, 'certificate-of-a-stranger'] : [code])
      await undo.pop()?.()
    }
  })

  test('whose row names an office it was never with is found, and so is a person’s', async () => {
    for (const [table, id] of [
      ['request', 'request_id'],
      ['person', 'person_id'],
    ] as const) {
      const silently = (set: string) =>
        `begin; set local session_replication_role = replica; update ${table} set offices = ${set} where ${id} = '${table === 'request' ? requestId : person.id}'; commit`
      expect(
        await bend(silently("offices || array['zoo']"), silently("array_remove(offices, 'zoo')")),
        table,
      ).toEqual(['offices-on-row-differ'])
      await undo.pop()?.()
    }
  })

  test('that is with an office the town does not have is found', async () => {
    expect(
      await bend(
        `insert into request_office select municipality_id, 'nowhere', request_id, filed_at from request ${of()}`,
        "delete from request_office where office_code = 'nowhere'",
      ),
    ).toEqual(['office-unknown'])
  })

  test('that a draft names and is not there is found', async () => {
    const gone = '0198a000-0000-7000-8000-00000000cccc'
    expect(
      await bend(
        `insert into draft (municipality_id, draft_id, owner_kind, owner_id, service_code, service_version, channel, capacity, answers,
           created_at, updated_at, request_id)
         values ('${bench.town.id}', '${gone}', 'citizen', 'x', 'ADM-01', 1, 'web', 'principal', '{}', now(), now(), '${gone}')`,
        `delete from draft where draft_id = '${gone}'`,
      ),
    ).toEqual(['draft-filed-nowhere'])
  })
})

test('books that were bent are found', async () => {
  expect(
    await bend(
      'update charge set settled_minor = 1 where settled_minor = 1000',
      'update charge set settled_minor = 1000 where settled_minor = 1',
    ),
  ).toEqual(['account-balance-wrong', 'charge-books-differ', 'charge-settled-wrong'])
})

describe('the audit', () => {
  test.each([
    ["cause = 'home'", "cause = 'counter'"],
    ["at = at + interval '1 hour'", "at = at - interval '1 hour'"],
    [
      `personal = jsonb_set(personal, '{mother,value}', '"هدى"')`,
      `personal = jsonb_set(personal, '{mother,value}', '"سعاد"')`,
    ],
  ])('entry with %s written over it is found', async (wrong, right) => {
    const set = (to: string) => `update audit set ${to} where act = 'people.looked'`
    expect(await bend(set(wrong), set(right))).toEqual(['audit-entry-changed'])
  })

  test('that lacks an act is found', async () => {
    const of = `where act = 'request.sign'`
    expect(
      await bend(
        `create table lost as select * from audit ${of}; delete from audit ${of}`,
        'insert into audit select * from lost; drop table lost',
      ),
    ).toEqual(['act-without-audit'])
  })
})

test('a merged record whose survivor is not where its way ends, or whose way has no end, is found', async () => {
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(() => aPerson({ house, town: bench.town.id })))
  const lead = (from: BuiltPerson | undefined, to: BuiltPerson | undefined, end: BuiltPerson | undefined) =>
    `update person set merged_into = '${to?.id}', survivor_id = '${end?.id}' where person_id = '${from?.id}'`
  const apart = 'update person set merged_into = null, survivor_id = null where merged_into is not null'
  expect(await bend(`${lead(a, b, c)}; ${lead(b, c, c)}`, apart)).toEqual([])
  expect(await bend(lead(a, b, b), apart)).toEqual(['survivor-unlike-its-way'])
  expect(await bend(`${lead(a, b, c)}; ${lead(c, a, b)}`, apart)).toEqual(['survivor-unlike-its-way'])
})

test('a file that is marked as destroyed and stands on no list of an act is found', async () => {
  const mark = (to: string) =>
    `update file set destroyed_at = ${to} where municipality_id = '${bench.town.id}'`
  expect(await bend(mark('now()'), mark('null'))).toEqual(['emptied-without-act'])
})
