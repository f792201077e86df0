import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addDays, type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { RowReach } from '../../../platform/database/reach.ts'
import { countedFrom, type DoneDay, daysUntil } from './count.ts'
import { doneOn, medianOf, promisesKept } from './done.ts'
import { foldDays } from './fold.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(db)
const person = await aPerson({ house, town: town.id })
const place = { house, town: town.id }
const manager = await aStaffMember(place, 'manager', 'service-centre')
const officer = await aStaffMember(place, 'officer', 'finance')
const hour = 3_600_000
const most = 12
const days = 33

const reach = (of: Partial<Exclude<RowReach, string>>): RowReach => ({
  town: [],
  taskOffices: [],
  concernedOffices: [],
  ...of,
})
/** Everybody who might ask, by how far they reach. */
const readers: Record<string, RowReach> = {
  'the house': 'house',
  'a manager, to whom some are closed': reach({ town: ['requests'], staff: manager.id }),
  'an officer of one office': reach({ staff: officer.id, concernedOffices: ['finance'] }),
  nobody: 'nobody',
}

for (const code of ['A', 'B'])
  await sql`insert into service_version (municipality_id, service_code, version, hash, source, published_at)
    values (${town.id}, ${code}, 1, 'x', 'x', ${db.clock.now()})`.execute(db.owner)

const idAt = (at: number) => `0198a000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`

beforeEach(async () => {
  await db.owner.transaction().execute(async trx => {
    await sql`set local session_replication_role = replica`.execute(trx)
    for (const table of ['request', 'request_closed', 'request_office', 'done_day', 'done_day_changed'])
      await sql`delete from ${sql.table(table)}`.execute(trx)
  })
})

/** What may happen to requests, and when the fold runs between. Hours count back from now. */
type Step =
  | {
      kind: 'come'
      at: number
      service: string
      filed: number
      due: number
      closed: number | null
      state: string
    }
  | { kind: 'end'; at: number; closed: number; state: string }
  | { kind: 'reopen' | 'destroy' | 'vanish' | 'close-to' | 'of-office'; at: number }
  | { kind: 'move-due'; at: number; due: number }
  | { kind: 'tomorrow' }
  | { kind: 'fold' }

const at = fc.integer({ min: 0, max: most - 1 })
const ago = fc.integer({ min: 0, max: 34 * 24 })
const state = fc.constantFrom('done', 'done', 'done', 'rejected')
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('come' as const),
      at,
      service: fc.constantFrom('A', 'B'),
      filed: fc.integer({ min: 0, max: 90 * 24 }),
      due: ago,
      closed: fc.option(ago, { nil: null }),
      state,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('end' as const), at, closed: ago, state }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('reopen' as const, 'destroy', 'vanish', 'close-to', 'of-office'),
      at,
    }),
  },
  fc.record({ kind: fc.constant('move-due' as const), at, due: ago }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('fold' as const, 'fold', 'tomorrow') }) },
)

async function take(step: Step): Promise<void> {
  const before = (hours: number) => new Date(db.clock.now().getTime() - hours * hour)
  if (step.kind === 'fold')
    return void (await house.database.write(town.id, tx => foldDays(tx, town.timeZone)))
  if (step.kind === 'tomorrow') return db.clock.advance(24 * hour)
  const id = idAt(step.at)
  const of = sql`municipality_id = ${town.id} and request_id = ${id}`
  switch (step.kind) {
    case 'come':
      return void (await sql`
        insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
            filed_by_kind, filed_by, state, answers, frozen, filed_at, due_at, closed_at, last_seq, tracking_hash)
        values (${town.id}, ${id}, 2001, ${step.at + 1}, ${step.service}, 1, 'web', 'principal', ${person.id}, 'citizen', ${person.id},
            ${step.closed === null ? 'in-process' : step.state}, '{}', '{}', ${before((step.closed ?? 0) + step.filed)}, ${before(step.due)},
            ${step.closed === null ? null : before(step.closed)}, 1, decode(replace(${id}, '-', ''), 'hex'))
        on conflict do nothing`.execute(db.owner))
    case 'end':
      return void (await sql`update request set closed_at = ${before(step.closed)}, state = ${step.state} where ${of}`.execute(
        db.owner,
      ))
    case 'reopen':
      return void (await sql`update request set closed_at = null, state = 'in-process' where ${of}`.execute(
        db.owner,
      ))
    case 'destroy':
      return void (await sql`update request set answers = '{}', destroyed_at = ${db.clock.now()} where ${of}`.execute(
        db.owner,
      ))
    case 'vanish':
      await sql`delete from request_closed where ${of}`.execute(db.owner)
      await sql`delete from request_office where ${of}`.execute(db.owner)
      return void (await sql`delete from request where ${of}`.execute(db.owner))
    case 'move-due':
      return void (await sql`update request set due_at = ${before(step.due)} where ${of}`.execute(db.owner))
    case 'close-to':
      return void (await sql`
        insert into request_closed (municipality_id, request_id, staff_id, reason, closed_at, closed_by)
        select ${town.id}, request_id, ${manager.id}, 'x', ${db.clock.now()}, ${officer.id} from request where ${of}
        on conflict do nothing`.execute(db.owner))
    case 'of-office':
      return void (await sql`
        insert into request_office (municipality_id, office_code, request_id, since)
        select ${town.id}, 'finance', request_id, filed_at from request where ${of} on conflict do nothing`.execute(
        db.owner,
      ))
  }
}

const spansNow = () => daysUntil(dateIn(db.clock.now(), town.timeZone), days, town.timeZone)
const sorted = (list: readonly DoneDay[]) => [...list].sort((one, other) => (one.day < other.day ? -1 : 1))

/** What a page counts for a reader, and what it would without any fold. */
const both = (of: RowReach) =>
  house.database.read(
    town.id,
    async tx => ({
      page: sorted(await doneOn(tx, spansNow(), town.timeZone)),
      anew: sorted((await countedFrom(tx, spansNow()).execute(tx.q)).rows),
    }),
    of,
  )

test('what is folded and what is counted now are, for everybody, what counting all of it anew comes to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), async list => {
      for (const step of [...list, { kind: 'fold' } as const, ...list.slice(0, 5)]) {
        await take(step)
        if (step.kind !== 'fold' && step.kind !== 'tomorrow') continue
        for (const [who, of] of Object.entries(readers)) {
          const { page, anew } = await both(of)
          expect(page, who).toEqual(anew)
        }
      }
      for (const of of Object.values(readers)) {
        const { page, anew } = await both(of)
        expect(page).toEqual(anew)
      }
    }),
    { numRuns: 10 },
  )
})

const come = (which: number, closed: number | null): Step => ({
  kind: 'come',
  at: which,
  service: 'A',
  filed: 5,
  due: 0,
  closed,
  state: 'done',
})
const foldedOf = async (): Promise<CalendarDate[]> =>
  (await db.owner.selectFrom('done_day').select('day').orderBy('day').execute()).map(({ day }) => day)

test('a day is folded once it is over, and again only after something of it changed', async () => {
  await take(come(1, 5 * 24))
  const fold = () => house.database.write(town.id, tx => foldDays(tx, town.timeZone))
  const today = dateIn(db.clock.now(), town.timeZone)
  expect(await fold()).toHaveLength(30)
  expect((await foldedOf()).at(-1)).toBe(addDays(today, -2))
  expect(await fold()).toEqual([])
  await take({ kind: 'destroy', at: 1 })
  expect(await fold()).toEqual([])
  await take({ kind: 'reopen', at: 1 })
  expect(await fold()).toEqual([addDays(today, -5)])
  db.clock.advance(24 * hour)
  expect(await fold()).toEqual([addDays(today, -1)])
  expect((await foldedOf())[0]).toBe(addDays(today, -30))
})

test('who changes a day while it is folded is heard', async () => {
  await take(come(1, 5 * 24))
  await db.owner.transaction().execute(async trx => {
    await sql`update request set state = 'rejected' where request_id = ${idAt(1)}`.execute(trx)
    await take({ kind: 'fold' })
  })
  const { page, anew } = await both('house')
  expect(page).toEqual(anew)
  expect(page.some(each => each.services.A)).toBe(false)
})

test('counts by service, promise and hours as one counts by hand', async () => {
  const closedAgo = 6 * 24
  for (const [which, filed] of [1, 3, 30, 30, 100].entries())
    await take({ ...come(which, closedAgo), filed, due: which < 2 ? closedAgo - 1 : closedAgo + 1 } as Step)
  await take({ ...come(9, closedAgo), service: 'B', state: 'rejected' } as Step)
  await take({ kind: 'fold' })
  const { page } = await both('house')
  const [day, ...others] = page.filter(each => Object.keys(each.services).length > 0)
  expect(others).toEqual([])
  expect(day).toMatchObject({ services: { A: [5, 2] }, took: { 1: 1, 3: 1, 24: 2, 96: 1 } })
  expect(medianOf(page)).toBe(24)
  expect(medianOf([])).toBeUndefined()
  expect(promisesKept(page)).toEqual([{ serviceCode: 'A', ended: 5, inTime: 2 }])
})

test('a town that moves to another zone counts its days anew', async () => {
  await take(come(1, 5 * 24))
  await take({ kind: 'fold' })
  const spans = daysUntil(dateIn(db.clock.now(), 'Pacific/Auckland'), days, 'Pacific/Auckland')
  const [page, anew] = await house.database.read(town.id, async tx => [
    sorted(await doneOn(tx, spans, 'Pacific/Auckland')),
    sorted((await countedFrom(tx, spans).execute(tx.q)).rows),
  ])
  expect(page).toEqual(anew)
})
