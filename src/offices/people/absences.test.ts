import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aStaffMember, aTown, type BuiltStaff, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { InvalidInput } from '../../lib/errors.ts'
import type { Town } from '../../web/town.ts'
import { absencesFrom, endAbsence, enterAbsence, type NewAbsence } from './absences.ts'
import { doorkeeper } from './doorkeeper.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
let officer: BuiltStaff
let deputy: BuiltStaff

beforeAll(async () => {
  db.clock.set(new Date('2026-03-01T08:00:00Z'))
  town = await aTown(db)
  const place = { house, town: town.id }
  officer = await aStaffMember(place, 'officer', 'electricity')
  deputy = await aStaffMember(place, 'clerk', 'service-centre')
})

const enter = (absence: Partial<NewAbsence> = {}) =>
  db.database.write(town.id, tx =>
    enterAbsence(
      tx,
      {
        staffId: officer.id,
        deputyId: deputy.id,
        from: '2026-03-02',
        until: '2026-03-04',
        reason: 'إجازة سنوية',
        ...absence,
      },
      { kind: 'staff', id: officer.id },
    ),
  )

/** What somebody may stand in for when they knock at this instant. */
async function deputisedAt(at: string, who = deputy): Promise<unknown[]> {
  db.clock.set(new Date(at))
  const cookie = await logInAs({ house, town: town.id }, { staffId: who.id })
  const token = decodeURIComponent(/=([^;]+)/.exec(cookie)?.[1] ?? '')
  const visitor = await doorkeeper(house).visitorOf(town.id, token)
  if (visitor?.actor.kind !== 'staff') throw new Error('nobody knocked')
  return visitor.actor.appointments.filter(({ deputyOf }) => deputyOf !== undefined)
}

describe('an absence', () => {
  test('takes no look at the others of the staff where somebody stands in for nobody', async () => {
    await db.database.read(town.id, async tx => {
      // Counted on this connection so far: of transactions before too.
      const looked = async () =>
        await sql`select relname, seq_tup_read, idx_tup_fetch from pg_stat_xact_user_tables
          where relname in ('staff', 'appointment') order by 1`.execute(tx.q)
      const before = await looked()
      await sql`select deputised_by(${tx.town}, ${officer.id}, ${tx.now})`.execute(tx.q)
      expect((await looked()).rows).toEqual(before.rows)
    })
  })

  test('lets the deputy in on its days alone, by the town’s date', async () => {
    const id = await enter()
    const standing = [{ role: 'officer', office: 'electricity', deputyOf: officer.id }]
    expect(await deputisedAt('2026-03-01T20:00:00Z')).toEqual([])
    // ten in the evening at Greenwich is the next day in the town
    expect(await deputisedAt('2026-03-01T22:30:00Z')).toEqual(standing)
    expect(await deputisedAt('2026-03-04T12:00:00Z')).toEqual(standing)
    expect(await deputisedAt('2026-03-04T12:00:00Z', officer)).toEqual([])
    expect(await deputisedAt('2026-03-05T06:00:00Z')).toEqual([])
    db.clock.set(new Date('2026-03-03T08:00:00Z'))
    await db.database.write(town.id, tx => endAbsence(tx, id, { kind: 'staff', id: officer.id }))
    expect(await deputisedAt('2026-03-03T09:00:00Z')).toEqual([])
    await expect(
      db.database.write(town.id, tx => endAbsence(tx, id, { kind: 'staff', id: officer.id })),
    ).rejects.toMatchObject({ code: 'absence-ended' })
  })

  test('is refused with the field that is wrong', async () => {
    db.clock.set(new Date('2026-05-01T08:00:00Z'))
    const stranger = '0198a000-0000-7000-8000-00000000aaaa'
    const wrong: [Partial<NewAbsence>, string][] = [
      [{ from: '2026-04-30', until: '2026-05-04' }, 'date-in-past'],
      [{ from: '2026-05-03', until: '2026-05-02' }, 'ends-before-it-begins'],
      [{ from: '2026-05-03', until: '2027-06-02' }, 'absence-too-long'],
      [{ from: '2026-05-03', until: '2026-05-04', deputyId: officer.id }, 'deputy-of-oneself'],
      [{ from: '2026-05-03', until: '2026-05-04', deputyId: stranger }, 'deputy-not-in-office'],
      [{ from: '2026-05-03', until: '2026-05-04', reason: ' ' }, 'reason-missing'],
    ]
    for (const [absence, code] of wrong) {
      const error = await enter(absence).catch(caught => caught)
      expect(error, code).toBeInstanceOf(InvalidInput)
      expect(error.faults).toMatchObject([{ code }])
    }
    expect(await db.database.read(town.id, tx => absencesFrom(tx, '2026-05-01'))).toEqual([])
  })

  test('does not overlap another, nor leave the deputy to somebody who is away', async () => {
    db.clock.set(new Date('2026-06-01T08:00:00Z'))
    await enter({ from: '2026-06-02', until: '2026-06-05' })
    const overlap = enter({ from: '2026-06-05', until: '2026-06-08' })
    await expect(overlap).rejects.toMatchObject({ faults: [{ field: 'from', code: 'absence-overlaps' }] })
    const away = enter({
      staffId: deputy.id,
      deputyId: officer.id,
      from: '2026-06-04',
      until: '2026-06-04',
    })
    await expect(away).rejects.toMatchObject({ faults: [{ field: 'deputy', code: 'deputy-away' }] })
    const listed = await db.database.read(town.id, tx => absencesFrom(tx, '2026-06-05', [officer.id]))
    expect(listed).toMatchObject([{ from: '2026-06-02', until: '2026-06-05', deputyId: deputy.id }])
  })
})
