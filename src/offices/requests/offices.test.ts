import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench, townOffices } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { wallOf } from '../../kernel/access/index.ts'
import type { Projection, Task } from '../../kernel/workflow/index.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { mergePeople, unmergePeople } from '../people/index.ts'
import { getRequest } from './index.ts'
import { saveProjection } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const offices = townOffices.map(([code]) => code)
let bench: Bench
let people: string[]
const manager = { kind: 'staff' as const, id: newId(db.clock.now()), office: 'service-centre' }
const requests: string[] = []

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  people = []
  for (let each = 0; each < 4; each++) people.push((await aPerson({ house, town: bench.town.id })).id)
})

const inTown = <T>(work: Parameters<typeof db.database.write<T>>[1]) => db.database.write(bench.town.id, work)
const asOwner = (text: ReturnType<typeof sql>) => text.execute(db.owner)

/** One thing that happens; indexes are taken modulo what there is. */
type Step = { what: keyof typeof happenings; a: number; b: number; office: string }

const requestAt = (a: number) => requests[a % requests.length]
const personAt = (a: number) => people[a % people.length] ?? ''

/** Acts change a request's tasks by one statement each; only where they lie matters here. */
async function change(a: number, work: (tasks: readonly Task[], now: Date) => readonly Task[]) {
  const id = requestAt(a)
  if (id === undefined) return
  await inTown(async tx => {
    const before: Projection = (await getRequest(tx, id)).projection
    await saveProjection(tx, id, before, { ...before, tasks: [...work(before.tasks, tx.now)] })
  })
}
const aTask = (office: string, openedAt: Date): Task => ({
  id: newId(openedAt),
  step: 'desk-review',
  purpose: 'step',
  office,
  role: 'officer',
  state: 'open',
  openedAt,
})
const close = (task: Task, closedAt: Date): Task => ({ ...task, state: 'closed', closedAt })

const happenings = {
  async file({ a }: Step) {
    requests.push((await aFiledRequest(bench, personAt(a))).requestId)
  },
  'task opened': ({ a, office }: Step) => change(a, (tasks, now) => [...tasks, aTask(office, now)]),
  'task finished': ({ a }: Step) =>
    change(a, (tasks, now) => tasks.map(task => (task.closedAt ? task : close(task, now)))),
  forwarded: ({ a, office }: Step) =>
    change(a, (tasks, now) => [...tasks.map(task => close(task, now)), aTask(office, now)]),
  async 'party named'({ a, b }: Step) {
    const id = requestAt(a)
    if (id !== undefined)
      await inTown(tx =>
        sql`insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
          values (${tx.town}, ${id}, ${personAt(b)}, 'agent', ${tx.now}) on conflict do nothing`.execute(
          tx.q,
        ),
      )
  },
  'party taken away': ({ b }: Step) =>
    asOwner(sql`delete from request_party where capacity = 'agent' and person_id = ${personAt(b)}`),
  'office taken away': ({ a, office }: Step) =>
    asOwner(
      sql`delete from request_office where office_code = ${office} and request_id = ${requestAt(a) ?? null}`,
    ),
  'offices put together': ({ office }: Step) =>
    asOwner(sql`update request_office o set office_code = 'archive-room' where office_code = ${office} and not exists (
      select 1 from request_office x where x.request_id = o.request_id and x.office_code = 'archive-room')`),
  merged: ({ a, b }: Step) =>
    orNot(() =>
      inTown(tx =>
        mergePeople(
          tx,
          { mergedId: personAt(a), intoId: personAt(b), reason: 'twice', despite: true },
          manager,
        ),
      ),
    ),
  'taken apart': ({ a }: Step) =>
    orNot(() => inTown(tx => unmergePeople(tx, { personId: personAt(a), reason: 'two' }, manager))),
  'written over': ({ a, office }: Step) =>
    inTown(async tx => {
      await sql`update request set offices = ${[office]} where request_id = ${requestAt(a) ?? null}`.execute(
        tx.q,
      )
      await sql`update person set offices = ${[office]} where person_id = ${personAt(a)}`.execute(tx.q)
    }),
} satisfies Record<string, (step: Step) => Promise<unknown>>

async function orNot(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error
  })
}

/** Rows whose offices are not those that follow from where their tasks were, read the long way round. */
async function wrong(): Promise<unknown[]> {
  const { rows } = await sql`
    with plain as (select municipality_id, request_id, array_agg(office_code order by office_code collate "C") as codes from request_office group by 1, 2),
    theirs as (select municipality_id, applicant_id as person_id, request_id from request
               union select municipality_id, person_id, request_id from request_party),
    rooted as (select p.municipality_id, coalesce(p.survivor_id, p.person_id) as root, o.office_code
                 from theirs t join person p using (municipality_id, person_id) join request_office o using (municipality_id, request_id)),
    whole as (select municipality_id, root, array_agg(distinct office_code collate "C" order by office_code collate "C") as codes from rooted group by 1, 2)
    select r.request_id as id, r.offices, o.codes from request r left join plain o using (municipality_id, request_id)
     where r.offices <> coalesce(o.codes, '{}')
    union all
    select p.person_id, p.offices, w.codes from person p
      left join whole w on w.municipality_id = p.municipality_id and w.root = coalesce(p.survivor_id, p.person_id)
     where p.offices <> coalesce(w.codes, '{}')`.execute(db.owner)
  return rows
}

const aStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[])),
  a: fc.nat(40),
  b: fc.nat(40),
  office: fc.constantFrom(...offices),
})

describe('the offices on a request and on whoever applied or is a party', () => {
  test('are those its tasks lay with, whatever happens to it and to them', async () => {
    for (let each = 0; each < 3; each++) await happenings.file({ what: 'file', a: each, b: 0, office: '' })
    expect(await wrong()).toEqual([])
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 12 }), async steps => {
        for (const step of steps) {
          await happenings[step.what](step)
          expect(await wrong(), step.what).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from person where cardinality(offices) > 1`.execute(db.owner)
    expect(rows[0]?.n).toBeGreaterThan(0)
  }, 120_000)

  test('are found wrong where nothing worked them out', async () => {
    await db.owner.transaction().execute(async trx => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`update request set offices = offices || array['elsewhere'] where request_id = ${requests[0] ?? ''}`.execute(
        trx,
      )
    })
    expect(await wrong()).toHaveLength(1)
    await sql`update request set offices = '{}' where request_id = ${requests[0] ?? ''}`.execute(db.owner)
    expect(await wrong()).toEqual([])
  })

  test('let an office read whom it has a request of, as applicant, party or under another record, and nobody else', async () => {
    for (const office of [...offices, 'archive-room']) {
      const seen = await db.database.read(
        bench.town.id,
        async tx => (await sql<{ id: string }>`select person_id as id from person`.execute(tx.q)).rows,
        wallOf(
          {
            kind: 'staff',
            staffId: newId(db.clock.now()),
            appointments: [{ role: 'clerk', office }],
          },
          ['request.read'],
        ),
      )
      const { rows } = await sql<{ id: string }>`
        select distinct p.person_id as id from person p
          join person q on coalesce(q.survivor_id, q.person_id) = coalesce(p.survivor_id, p.person_id)
          join (select applicant_id as person_id, request_id from request union select person_id, request_id from request_party) t
            on t.person_id = q.person_id
          join request_office o on o.request_id = t.request_id and o.office_code = ${office}`.execute(
        db.owner,
      )
      expect(seen.map(({ id }) => id).sort(), office).toEqual(rows.map(({ id }) => id).sort())
    }
  })
})
