import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { newId } from '../../../lib/ids.ts'
import { centreRoutes } from '../routes.ts'
import { countFairness, type Fairness, fairnessOf } from './count.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(db)
const person = await aPerson({ house, town: town.id })
const hour = 3_600_000

/** Hours ago; `closed` null lies open. */
type Made = {
  service: string
  filed: number
  closed: number | null
  state: string
  paused: boolean
  reason: boolean
}

const aRequest: fc.Arbitrary<Made> = fc
  .record({
    service: fc.constantFrom('A', 'B'),
    filed: fc.integer({ min: 2, max: 2000 }),
    share: fc.option(fc.integer({ min: 0, max: 99 }), { nil: null }),
    state: fc.constantFrom('done', 'done', 'rejected'),
    paused: fc.boolean(),
    reason: fc.boolean(),
  })
  .map(({ share, ...made }) => ({
    ...made,
    closed: share === null ? null : Math.floor((made.filed * share) / 100),
  }))

async function lay(rows: readonly Made[]): Promise<void> {
  const now = db.clock.now().getTime()
  const made = rows.map((row, place) => ({
    ...row,
    id: newId(new Date(now)),
    number: place + 1,
    state: row.closed === null ? 'in-process' : row.state,
    // Nobody files in the same instant as another.
    filed: new Date(now - row.filed * hour + place),
    closed: row.closed === null ? null : new Date(now - row.closed * hour),
  }))
  await db.owner.transaction().execute(async trx => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`delete from overtaking_reason`.execute(trx)
    await sql`delete from request where municipality_id = ${town.id}`.execute(trx)
    await sql`insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
        filed_by_kind, filed_by, state, answers, frozen, filed_at, closed_at, paused_ms, last_seq, tracking_hash)
      select ${town.id}::uuid, r.id, 2001, r.number, r.service, 1, 'web', 'principal', ${person.id}::uuid, 'citizen', ${person.id}, r.state,
             '{}', '{}', r.filed, r.closed, case when r.paused then 5 else 0 end, 1, decode(replace(r.id::text, '-', ''), 'hex')
        from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r(id uuid, number integer, service text, state text, filed timestamptz,
             closed timestamptz, paused boolean)`.execute(trx)
    await sql`insert into overtaking_reason (municipality_id, request_id, reason, given_at, given_by)
      select ${town.id}::uuid, r.id, 'x', now(), ${person.id}::uuid
        from jsonb_to_recordset(${JSON.stringify(made.filter(each => each.reason))}::jsonb) as r(id uuid)`.execute(
      trx,
    )
  })
}

/** Every pair, the long way round. */
function naive(rows: readonly Made[]): Map<string, Fairness> {
  const known = new Map<string, Fairness>()
  for (const [place, later] of rows.entries()) {
    if (later.closed === null || later.state !== 'done') continue
    const closed = later.closed
    const over = rows.filter(
      (earlier, each) =>
        earlier.service === later.service &&
        (earlier.filed > later.filed || (earlier.filed === later.filed && each < place)) &&
        (earlier.closed === null || earlier.closed < closed),
    )
    const sums = known.get(later.service) ?? {
      serviceCode: later.service,
      served: 0,
      reasoned: 0,
      waited: 0,
      unreasoned: 0,
    }
    sums.served += 1
    if (over.length > 0) {
      if (later.reason) sums.reasoned += 1
      else if (over.every(each => each.paused)) sums.waited += 1
      else sums.unreasoned += 1
    }
    known.set(later.service, sums)
  }
  return known
}

const count = () => house.database.write(town.id, tx => countFairness(tx, town.timeZone))
const counted = () => house.database.read(town.id, tx => fairnessOf(tx, town.timeZone))

test('is counted from the record as comparing every pair counts it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aRequest, { maxLength: 25 }), async rows => {
      await lay(rows)
      await count()
      const { rows: found } = await counted()
      expect(new Map(found.map(each => [each.serviceCode, each]))).toEqual(naive(rows))
    }),
    { numRuns: 25 },
  )
})

test('is public, says that nothing was counted before it was, and shows sums afterwards', async () => {
  const door = aDoor(house, centreRoutes)
  await sql`delete from fairness_month`.execute(db.owner)
  const at = addresses.openFairness.pattern
  expect(await (await door.knock(at)).text()).toContain('لم تُحسب الأرقام بعد')
  const usual = { service: 'A', state: 'done', paused: false, reason: false }
  await lay([
    { ...usual, filed: 100, closed: null },
    { ...usual, filed: 50, closed: 10 },
  ])
  await count()
  const answer = await door.knock(at)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('أي <bdi class="n" dir="ltr">100.0</bdi>')
})
