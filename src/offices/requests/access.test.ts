import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { aWorker, aWorkingTown, type Bench, townOffices } from '../../../test/builders/requests.ts'
import { officesOf } from '../../../test/bulk/offices.ts'
import { testDatabase } from '../../../test/database.ts'
import {
  type AccessName,
  type Actor,
  about,
  accessNames,
  allows,
  mandateActs,
  type Row,
  roles,
  wallOf,
  wallOfAct,
} from '../../kernel/access/index.ts'
import { newId } from '../../lib/ids.ts'
import { requestVisible } from './access.ts'
import { boxes } from './boxes.ts'
import { listRequests } from './lists.ts'
import { countInbox, listInbox } from './staff/inbox/store.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let people: string[]
let colleagues: string[]
const offices = townOffices.map(([code]) => code)
const partners = [newId(db.clock.now()), newId(db.clock.now())]

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  people = []
  colleagues = []
  for (const role of ['officer', 'clerk'] as const)
    colleagues.push((await aWorker(bench, role, 'planning')).id)
  for (let each = 0; each < 4; each++) people.push((await aPerson({ house, town: bench.town.id })).id)
})

type Made = Row & { id: string; number: number }

/** Requests as bare rows: what decides about seeing them, and nothing else. */
async function insertRequests(rows: Made[]): Promise<void> {
  const town = bench.town.id
  const now = db.clock.now()
  const given = JSON.stringify(rows.map(row => ({ ...row, partner: row.partner ?? null, hash: row.id })))
  await db.owner.transaction().execute(async trx => {
    await sql`insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
      select ${town}::uuid, r.id, p::uuid, 'agent', ${now} from jsonb_to_recordset(${given}::jsonb) as r(id uuid, parties jsonb),
             jsonb_array_elements_text(r.parties) p`.execute(trx)
    await sql`insert into request_office (municipality_id, office_code, request_id, since)
      select ${town}::uuid, o, r.id, ${now} from jsonb_to_recordset(${given}::jsonb) as r(id uuid, "officesConcerned" jsonb),
             jsonb_array_elements_text(r."officesConcerned") o`.execute(trx)
    await sql`insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, state, opened_at, due_at)
      select ${town}::uuid, gen_random_uuid(), r.id, 'desk-review', 'step', o, 'officer', 'open', ${now}, ${now}
        from jsonb_to_recordset(${given}::jsonb) as r(id uuid, "officesWithTask" jsonb), jsonb_array_elements_text(r."officesWithTask") o`.execute(
      trx,
    )
    await sql`insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, data)
      select ${town}::uuid, r.id, 1, gen_random_uuid(), 'file', ${now}, 'citizen', r.owner::text, '{}'
        from jsonb_to_recordset(${given}::jsonb) as r(id uuid, owner uuid)`.execute(trx)
    await sql`insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
        filed_by_kind, filed_by, state, answers, frozen, filed_at, last_seq, tracking_hash)
      select ${town}::uuid, r.id, 2000, r.number, 'ADM-01',
             (select max(version) from service_version where municipality_id = ${town}::uuid and service_code = 'ADM-01'), 'web', 'principal', r.owner,
             case when r.partner is null then 'citizen' else 'partner' end, coalesce(r.partner, r.owner::text), 'submitted', '{}', '{}', ${now},
             1, decode(replace(r.id::text, '-', ''), 'hex')
        from jsonb_to_recordset(${given}::jsonb) as r(id uuid, number integer, owner uuid, partner text)`.execute(
      trx,
    )
    await sql`insert into request_closed (municipality_id, request_id, staff_id, reason, closed_at, closed_by)
      select ${town}::uuid, r.id, s::uuid, 'x', ${now}, s::uuid from jsonb_to_recordset(${given}::jsonb) as r(id uuid, "closedTo" jsonb),
             jsonb_array_elements_text(r."closedTo") s`.execute(trx)
  })
}

const office = fc.constantFrom(...offices)
const someOffices = fc.uniqueArray(office, { maxLength: 3 })
const person = () => fc.constantFrom(...people)

const aRow = () =>
  fc.record({
    owner: person(),
    parties: fc.uniqueArray(person(), { maxLength: 2 }),
    officesWithTask: someOffices,
    elsewhere: someOffices,
    partner: fc.option(fc.constantFrom(...partners), { nil: undefined }),
    closedTo: fc.subarray(colleagues),
  })

const anActor = (): fc.Arbitrary<Actor> =>
  fc.oneof(
    fc.constant<Actor>({ kind: 'anonymous' }),
    fc.constant<Actor>({ kind: 'system' }),
    fc.record({
      kind: fc.constant('citizen' as const),
      personId: person(),
      level: fc.constantFrom('claimed' as const, 'verified' as const),
      inPlaceOf: fc.option(
        fc.record({
          mandateId: fc.constant('m'),
          personId: person(),
          acts: fc.subarray([...mandateActs]),
          services: fc.option(fc.uniqueArray(fc.constantFrom('ELE-01', 'ADM-01')), { nil: undefined }),
        }),
        { nil: undefined },
      ),
    }),
    fc.record({
      kind: fc.constant('partner' as const),
      keyId: fc.constantFrom(...partners),
      scopes: fc.subarray(['requests:read', 'requests:write', 'certificates:read']),
    }),
    fc.record({
      kind: fc.constant('staff' as const),
      staffId: fc.constantFrom(...colleagues),
      appointments: fc.array(fc.record({ role: fc.constantFrom(...roles), office }), { maxLength: 3 }),
    }),
  )

/** Names whose rows are requests, or hang on them. */
const names: AccessName[] = accessNames.filter(name =>
  /^(request|paper|messages|certificate|dues|person)\./.test(name),
)

const made: Made[] = []

/** The wall, read the long way round: staff reach by the name; what citizens and partners reach is theirs whatever the name. */
function letsThrough(actor: Actor, name: AccessName, row: Row): boolean {
  if (actor.kind === 'partner') return row.partner === actor.keyId
  if (actor.kind === 'citizen') return accessNames.some(each => allows(actor, each, row))
  if (actor.kind !== 'staff' || about[name]?.includes('requests')) return allows(actor, name, row)
  // A name that is not about requests reaches none, but by its offices.
  return actor.appointments.some(
    held =>
      allows({ ...actor, appointments: [held] }, name, row) &&
      !allows({ ...actor, appointments: [held] }, name, {
        ...row,
        officesWithTask: [],
        officesConcerned: [],
      }),
  )
}

describe('the access predicate', () => {
  test('lets through in SQL exactly the rows the kernel allows, for any actor and any name', async () => {
    let number = 0
    const rows: Made[] = fc.sample(aRow(), 120).map(({ elsewhere, partner, ...row }) => {
      number += 1
      return {
        ...row,
        id: newId(db.clock.now()),
        number,
        service: 'ADM-01',
        // An office with a task is an office concerned.
        officesConcerned: [...new Set([...row.officesWithTask, ...elsewhere])],
        ...(partner !== undefined && { partner, owner: row.owner }),
      }
    })
    await insertRequests(rows)
    made.push(...rows)
    let seen = 0
    await fc.assert(
      fc.asyncProperty(anActor(), fc.constantFrom(...names), async (actor, name) => {
        const found = await db.database.read(bench.town.id, tx =>
          sql<{ request_id: string }>`select r.request_id from request r
             where r.municipality_id = ${tx.town} and r.year = 2000 and ${requestVisible(actor, name)}`.execute(
            tx.q,
          ),
        )
        seen += found.rows.length
        const allowed = rows.filter(row => allows(actor, name, row)).map(({ id }) => id)
        expect(found.rows.map(row => row.request_id).sort()).toEqual(allowed.sort())
      }),
      { numRuns: 300 },
    )
    expect(seen).toBeGreaterThan(1000)
  })

  test('forgotten by a statement, leaves the wall: the same rows, from the request and from what hangs on it', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(anActor(), fc.constantFrom(...accessNames), async (actor, name) => {
        const found = await db.database.read(
          bench.town.id,
          async tx => {
            const of = async (table: string) => {
              const { rows } = await sql<{ request_id: string }>`
                select distinct t.request_id from ${sql.table(table)} t`.execute(tx.q)
              return new Set(rows.map(row => row.request_id))
            }
            return {
              request: await of('request'),
              request_action: await of('request_action'),
              request_party: await of('request_party'),
              task: await of('task'),
            }
          },
          wallOf(actor, [name]),
        )
        const through = made.filter(row => letsThrough(actor, name, row))
        const ids = (rows: readonly Made[]) => rows.map(({ id }) => id).sort()
        const kept = (ones: ReadonlySet<string>) => ids(made.filter(row => ones.has(row.id)))
        seen += through.length
        expect(kept(found.request)).toEqual(ids(through))
        expect(kept(found.request_action)).toEqual(ids(through))
        expect(kept(found.request_party)).toEqual(ids(through.filter(row => row.parties.length > 0)))
        expect(kept(found.task)).toEqual(ids(through.filter(row => row.officesWithTask.length > 0)))
      }),
      { numRuns: 300 },
    )
    expect(seen).toBeGreaterThan(1000)
  })

  test('lies within the wall of an act, which closes to staff what is closed to them', async () => {
    await fc.assert(
      fc.asyncProperty(anActor(), fc.constantFrom(...names), async (actor, name) => {
        const { rows } = await db.database.write(
          bench.town.id,
          tx => sql<{ request_id: string }>`select request_id from request where year = 2000`.execute(tx.q),
          wallOfAct(actor, [name]),
        )
        const through = new Set(rows.map(row => row.request_id))
        for (const row of made) {
          if (allows(actor, name, row)) expect(through.has(row.id)).toBe(true)
          if (actor.kind === 'staff' && row.closedTo?.includes(actor.staffId))
            expect(through.has(row.id)).toBe(false)
          if (actor.kind !== 'staff') expect(through.has(row.id)).toBe(letsThrough(actor, name, row))
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('lists of a town with twenty thousand requests', () => {
  const count = 20_000

  beforeAll(async () => {
    const town = bench.town.id
    const base = new Date('2025-01-01T08:00:00Z')
    await db.owner.transaction().execute(async trx => {
      // The keys hold by construction; checked row by row on plans made for a small table, they would take minutes.
      await sql`set local session_replication_role = replica`.execute(trx)
      const each = sql`generate_series(1, ${sql.lit(count)}) n`
      const id = sql`('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`
      const at = sql`${base}::timestamptz + n * interval '20 minutes'`
      const officeOf = sql`(${[...offices]}::text[])[1 + (n / 20) % 10]`
      // One in twenty is still open.
      const closed = sql`case when n % 20 <> 0 then ${at} + interval '3 days' end`
      await sql`insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, data)
        select ${town}::uuid, ${id}, 1, gen_random_uuid(), 'file', ${at}, 'citizen', ${people[0]}, '{}' from ${each}`.execute(
        trx,
      )
      await sql`insert into request_office (municipality_id, office_code, request_id, since, filed_at)
        select ${town}::uuid, o, ${id}, ${at}, ${at} from ${each}, unnest(array['service-centre', ${officeOf}]) o on conflict do nothing`.execute(
        trx,
      )
      await sql`insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, state, opened_at, due_at, closed_at)
        select ${town}::uuid, gen_random_uuid(), ${id}, 'desk-review', 'step', ${officeOf}, 'officer',
               case when n % 20 <> 0 then 'closed' else 'open' end, ${at}, ${at} + interval '2 days', ${closed} from ${each}`.execute(
        trx,
      )
      await sql`insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
          filed_by_kind, filed_by, state, answers, frozen, filed_at, due_at, closed_at, last_seq, tracking_hash)
        select ${town}::uuid, ${id}, 2025, n, case when n % 3 = 0 then 'ELE-01' else 'ADM-01' end, 1, 'web', 'principal',
               ${people[0]}::uuid, 'citizen', ${people[0]}, case when n % 20 <> 0 then 'done' else 'in-process' end, '{}', '{}', ${at},
               ${at} + interval '6 days', ${closed}, 1, decode(lpad(to_hex(n), 32, '0'), 'hex') from ${each}`.execute(
        trx,
      )
    })
    for (const statement of officesOf(`'${town}'`)) await sql.raw(statement).execute(db.owner)
    for (const table of ['request', 'task', 'request_office', 'request_action']) {
      await sql`analyze ${sql.table(table)}`.execute(db.owner)
    }
  }, 120_000)

  const officer: Actor = {
    kind: 'staff',
    staffId: newId(db.clock.now()),
    appointments: [{ role: 'officer', office: 'planning' }],
  }
  const desk = {
    staffId: officer.kind === 'staff' ? officer.staffId : '',
    appointments: [{ role: 'officer', office: 'planning' }],
  }
  const clerk: Actor = { ...officer, appointments: [{ role: 'clerk', office: 'service-centre' }] } as Actor
  const manager: Actor = { ...officer, appointments: [{ role: 'manager', office: 'mayor-office' }] } as Actor

  /** The plans of every statement a piece of work sends, as the application's role. */
  async function plansOf(
    work: (tx: Parameters<Parameters<typeof db.database.read>[1]>[0]) => Promise<unknown>,
  ): Promise<string> {
    return db.database.read(bench.town.id, async tx => {
      const plans: string[] = []
      const seen: { sql: string; parameters: readonly unknown[] }[] = []
      const spying = new Proxy(tx.q, {
        get(target, key) {
          if (key !== 'getExecutor') return Reflect.get(target, key)
          return () => {
            const executor = target.getExecutor()
            return new Proxy(executor, {
              get(inner, name) {
                const own: unknown = Reflect.get(inner, name)
                if (name !== 'executeQuery') return typeof own === 'function' ? own.bind(inner) : own
                return (query: (typeof seen)[number], ...rest: unknown[]) => {
                  seen.push(query)
                  return (inner.executeQuery as (...all: unknown[]) => unknown).call(inner, query, ...rest)
                }
              },
            })
          }
        },
      })
      await work({ ...tx, q: spying })
      for (const query of seen) {
        const rows = await tx.prepared<{ 'QUERY PLAN': string }>('', `explain ${query.sql}`, query.parameters)
        plans.push(rows.map(row => row['QUERY PLAN']).join('\n'))
      }
      expect(plans.length).toBeGreaterThan(0)
      return plans.join('\n\n')
    })
  }

  const scan = /Seq Scan on (task|request)\b/

  test.each(boxes)('the box %s reads no table whole', async box => {
    expect(await plansOf(tx => listInbox(tx, desk, { box }, 'Asia/Hebron'))).not.toMatch(scan)
    expect(await plansOf(tx => countInbox(tx, desk, box, 'Asia/Hebron'))).not.toMatch(scan)
  })

  test.each([
    ['an officer', officer],
    ['a clerk', clerk],
    ['a manager', manager],
  ])('the list of requests of %s reads no table whole', async (_who, actor) => {
    for (const filter of [{}, { state: 'open' as const }, { serviceCode: 'ELE-01' }, { late: true }]) {
      expect(await plansOf(tx => listRequests(tx, actor, filter))).not.toMatch(scan)
    }
  })

  test('the list of several offices, leafed through, is what the predicate lets through, in order', async () => {
    const several = {
      ...officer,
      appointments: [
        { role: 'officer', office: 'planning' },
        { role: 'clerk', office: 'electricity' },
        { role: 'head', office: 'finance' },
      ],
    } as Actor
    await db.database.read(bench.town.id, async tx => {
      const listed: string[] = []
      let last: { filedAt: Date; id: string } | undefined
      for (let page = 0; page < 4; page++) {
        const lines = await listRequests(
          tx,
          several,
          last ? { before: last.filedAt, beforeId: last.id } : {},
          40,
        )
        listed.push(...lines.map(({ id }) => id))
        last = lines.at(-1)
      }
      const { rows } = await sql<{ request_id: string }>`select r.request_id from request r
        where r.municipality_id = ${tx.town} and ${requestVisible(several, 'request.read')}
        order by r.filed_at desc, r.request_id desc limit 160`.execute(tx.q)
      expect(listed).toEqual(rows.map(row => row.request_id))
      expect(new Set(listed).size).toBe(160)
    })
  })

  test('a spy that saw a whole table read would say so', async () => {
    expect(
      await plansOf(tx => sql`select count(*) from request r where r.paused_ms = 7`.execute(tx.q)),
    ).toMatch(scan)
  })

  test('leafing by cursor gives every task once, in the order of their deadlines', async () => {
    const { all, counts } = await db.database.read(bench.town.id, async tx => {
      const lines: { taskId: string; dueAt: Date | undefined; cursor: string }[] = []
      for (let after: string | undefined; ; after = lines.at(-1)?.cursor) {
        const page = await listInbox(tx, desk, { box: 'mine', after }, 'Asia/Hebron', 30)
        lines.push(...page)
        if (page.length < 30) break
      }
      return { all: lines, counts: await countInbox(tx, desk, 'mine', 'Asia/Hebron') }
    })
    expect(new Set(all.map(({ taskId }) => taskId)).size).toBe(all.length)
    expect(all.length).toBe(counts.mine)
    expect(counts.mine).toBeGreaterThan(60)
    const dues = all.map(({ dueAt }) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(dues).toEqual([...dues].sort((a, b) => a - b))
  })
})
