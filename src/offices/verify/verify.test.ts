import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, builder } from '../../../test/builders/people.ts'
import { aWorker, aWorkingTown, type Bench, completeAnswers } from '../../../test/builders/requests.ts'
import { anOpenTill } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../kernel/access/index.ts'
import type { ActName } from '../../kernel/definition/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { addDocument } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { fileRequest, getRequest, performAct, registerRequests } from '../requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../treasury/index.ts'
import { verifyCommand, verifyTown } from './index.ts'
import type { Finding } from './model.ts'

const db = await testDatabase()
const house = aHouse(db)
const directory = openTownDirectory(db.database, () => 0)
const paper = Buffer.from('%PDF-1.7 an identity card')
let bench: Bench
let requestId: string
let person: BuiltPerson

/** A residence certificate from filing to handing over. */
beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(house, directory)
  person = await aPerson({ house, town: bench.town.id })
  requestId = await file()
  await file()
  await pay()
  for (const [role, office, name] of [
    ['clerk', 'service-centre', 'approve'],
    ['officer', 'finance', 'approve'],
    ['mayor', 'mayor-office', 'sign'],
    ['clerk', 'service-centre', 'hand-over'],
  ] as const) {
    const { id: staffId } = await aWorker(bench, role, office)
    await act(name, { kind: 'staff', staffId, appointments: [{ role, office }] }, office)
  }
  await house.database.write(bench.town.id, tx =>
    record(tx, {
      ...{ actor: builder, act: 'people.looked', subjectKind: 'person', subjectId: person.id },
      ...{ personId: person.id, cause: 'counter', personal: { name: person.displayName, mother: 'سعاد' } },
    }),
  )
})

async function file(): Promise<string> {
  const stored = await house.files.put(bench.town.id, paper)
  return house.database.write(bench.town.id, async tx => {
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      ...{ kind: 'identity-card', title: 'هوية', source: 'upload', by: builder, ownerId: person.id },
    })
    const filed = await fileRequest(tx, bench, {
      ...{ serviceCode: 'ADM-01', serviceVersion: 2, channel: 'web', capacity: 'principal' },
      applicantId: person.id,
      answers: completeAnswers['ADM-01'] ?? {},
      papers: [{ paperId: 'id-copy', documentId, state: 'supplied' }],
      by: { kind: 'citizen', personId: person.id, relation: 'party' },
    })
    return filed.requestId
  })
}

async function pay(): Promise<void> {
  await house.database.write(bench.town.id, async tx => {
    const open = await chargesOfRequest(tx, requestId)
    await anOpenTill(tx, '0198a000-0000-7000-8000-00000000c011')
    await takeReceipt(tx, house.events, {
      ...{ book: 'A', payer: { personId: person.id, name: person.displayName }, requestId },
      collectorId: '0198a000-0000-7000-8000-00000000c011',
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

async function act(name: ActName, actor: Actor, office: string): Promise<void> {
  await house.database.write(bench.town.id, async tx => {
    const { projection } = await getRequest(tx, requestId)
    const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
    await performAct(tx, bench, { requestId, name, actor, taskId: task?.id })
  })
}

async function findings(options: { deep?: boolean; batch?: number } = {}): Promise<Finding[]> {
  const all: Finding[] = []
  await verifyTown(house, bench.town, { batch: 3, ...options, found: finding => all.push(finding) })
  return all
}

/** Bends what is stored, past every guard, and puts it right again after the test. */
const undo: (() => unknown)[] = []
async function bend(bent: string, straight: string): Promise<string[]> {
  undo.push(() => sql.raw(straight).execute(db.owner))
  await sql.raw(bent).execute(db.owner)
  return codes()
}
const codes = async (options = {}) => [...new Set((await findings(options)).map(({ code }) => code))].sort()

afterEach(async () => {
  for (const straighten of undo.splice(0).reverse()) await straighten()
  expect(await findings({ deep: true })).toEqual([])
})

const kept = (sha256: Buffer) => {
  const name = sha256.toString('hex')
  return join(house.config.dataDir, 'files', bench.town.id, name.slice(0, 2), name.slice(2, 4), name)
}

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
        ...{ actor: builder, act: 'audit.personal-erased', subjectKind: 'audit', subjectId: row?.id ?? '' },
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

describe('shubbak verify', () => {
  async function run(...words: string[]): Promise<string[]> {
    const said: string[] = []
    const program = new Command().exitOverride()
    verifyCommand(program, { inHouse: work => work(house), say: line => said.push(line) })
    await program
      .parseAsync(['verify', ...words], { from: 'user' })
      .catch(error => said.push(`! ${error.message}`))
    return said
  }

  test('says what it counted and that nothing was found', async () => {
    const [line, ...rest] = await run()
    expect(rest).toEqual([])
    expect(line).toMatch(
      new RegExp(`^${bench.town.slug}: nothing found in \\d+\\.\\d s \\(2 requests, 7 acts,`),
    )
  })

  test('prints each finding, says how many, and ends with an error', async () => {
    const set = (to: string) => `update request set state = '${to}' where request_id = '${requestId}'`
    await bend(set('rejected'), set('done'))
    const said = await run(bench.town.slug, '--deep')
    expect(said[0]).toContain(
      `request-projection-differs ${requestId} {"state":{"stored":"rejected","told":"done"}}`,
    )
    expect(said.at(-1)).toBe('! 1 found wrong')
  })

  test('knows which towns there are', async () => {
    expect(await run('nowhere')).toEqual(['! There is no town nowhere: see shubbak town add'])
  })
})
