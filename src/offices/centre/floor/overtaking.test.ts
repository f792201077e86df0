import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import { aCentreTown, actorOf, type CentreTown } from '../testing/centre.ts'
import { asOfNow, giveReason, overtakings } from './overtaking.ts'

const db = await testDatabase()
let town: CentreTown
beforeAll(async () => {
  town = await aCentreTown(db)
})

type Made = { service: string; filed: number; closed: number | null; state: string; paused: number }
const hour = 3_600_000

/** Requests as bare rows, hours before now. */
async function fill(rows: Made[]): Promise<string[]> {
  const now = db.clock.now()
  const at = (ago: number) => new Date(now.getTime() - ago * hour)
  const made = rows.map((row, place) => ({
    id: newId(now),
    number: place + 1,
    service: row.service,
    state: row.closed === null ? 'in-process' : row.state,
    filed: at(row.filed),
    closed: row.closed === null ? null : at(row.closed),
    paused: row.paused,
  }))
  await db.owner.transaction().execute(async trx => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`delete from overtaking_reason`.execute(trx)
    await sql`delete from request where municipality_id = ${town.bench.town.id}`.execute(trx)
    await sql`insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
        filed_by_kind, filed_by, state, answers, frozen, filed_at, closed_at, paused_ms, last_seq, tracking_hash)
      select ${town.bench.town.id}::uuid, r.id, 2001, r.number, r.service, 1, 'web', 'principal', ${town.person.id}::uuid, 'citizen',
             ${town.person.id}, r.state, '{}', '{}', r.filed, r.closed, r.paused, 1, decode(replace(r.id::text, '-', ''), 'hex')
        from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r(id uuid, number integer, service text, state text, filed timestamptz,
             closed timestamptz, paused bigint)`.execute(trx)
  })
  return made.map(({ id }) => id)
}

const found = () => town.read('', tx => overtakings(tx, actorOf(town.staff.manager), 100))

/** Every pair, the long way round. Hours ago: more is earlier. */
function naive(rows: Made[]): Map<number, { first: number; over: number }> {
  const week = 7 * 24
  const known = new Map<number, { first: number; over: number }>()
  for (const [place, later] of rows.entries()) {
    if (later.closed === null || later.closed > week || later.state !== 'done') continue
    const over = rows.flatMap((earlier, each) =>
      earlier.service === later.service &&
      earlier.filed > later.filed &&
      (earlier.closed === null || earlier.closed < (later.closed ?? 0))
        ? [each]
        : [],
    )
    const [first] = over.sort((a, b) => (rows[b]?.filed ?? 0) - (rows[a]?.filed ?? 0))
    if (first !== undefined) known.set(place, { first, over: over.length })
  }
  return known
}

const someRows = fc.uniqueArray(
  fc
    .record({
      service: fc.constantFrom('ADM-01', 'ELE-01'),
      filed: fc.integer({ min: 1, max: 260 }),
      share: fc.option(fc.double({ min: 0, max: 0.99, noNaN: true }), { nil: null }),
      state: fc.constantFrom('done', 'done', 'rejected', 'withdrawn'),
      paused: fc.constantFrom(0, 5),
    })
    .map(
      ({ share, ...row }): Made => ({
        ...row,
        closed: share === null ? null : Math.floor(row.filed * share),
      }),
    ),
  { minLength: 2, maxLength: 14, selector: row => row.filed },
)

describe('overtaking', () => {
  test('is found as comparing every pair finds it, with the earliest overtaken and how many', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(someRows, async rows => {
        const ids = await fill(rows)
        const list = await found()
        const told = new Map(
          list.map(each => [
            ids.indexOf(each.requestId),
            { first: ids.indexOf(each.over.requestId), over: each.overtook },
          ]),
        )
        seen += list.length
        expect(told).toEqual(naive(rows))
      }),
      { numRuns: 60 },
    )
    expect(seen).toBeGreaterThan(20)
  })

  test('tells the reason that was given, and that the earlier one waited for its applicant', async () => {
    const rows = [
      { service: 'ADM-01', filed: 50, closed: null, state: 'done', paused: 9 },
      { service: 'ADM-01', filed: 40, closed: 10, state: 'done', paused: 0 },
    ]
    const [, later = ''] = await fill(rows)
    expect(await found()).toMatchObject([{ requestId: later, over: { waitedForCitizen: true } }])
    expect((await found())[0]?.reason).toBeUndefined()
    const actor = actorOf(town.staff.manager)
    await town.write('', tx => giveReason(tx, { requestId: later, reason: 'سفر للعلاج', actor }))
    expect((await found())[0]?.reason).toBe('سفر للعلاج')
    const kept = (await found()).map(each => ({ ...each, reason: undefined }))
    const now = () => town.read('', tx => asOfNow(tx, actor, kept))
    expect((await now())[0]?.reason).toBe('سفر للعلاج')
    await sql`insert into request_closed (municipality_id, request_id, staff_id, reason, closed_at, closed_by)
      values (${town.bench.town.id}, ${later}, ${actor.staffId}, 'x', now(), ${actor.staffId})`.execute(
      db.owner,
    )
    expect(await now()).toEqual([])
    await sql`delete from request_closed`.execute(db.owner)
    await expect(
      town.write('', tx => giveReason(tx, { requestId: later, reason: ' ', actor })),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
