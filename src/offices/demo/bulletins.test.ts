import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aStaffMember, aTown, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { registerMany } from '../people/index.ts'
import { tellMany } from './bulletins.ts'
import { chance } from './random.ts'
import { residents } from './residents.ts'
import type { Stage, Worker } from './stage.ts'

const db = await testDatabase()
const house = aHouse(db)

test('a demo town has told many of late, each at its own time, and its bills wait for a second person', async () => {
  const town = await aTown(db, { isDemo: true })
  const place = { house, town: town.id }
  const clerk = await aStaffMember(place, 'clerk', 'service-centre')
  const manager = await aStaffMember(place, 'manager', 'service-centre')
  const all = residents(chance(1), 600, 2026)
  await db.database.write(town.id, tx => registerMany(tx, house.crypto, all, builder, 'import:demo'))
  const staff = [
    { id: clerk.id, role: 'clerk' },
    { id: manager.id, role: 'manager' },
  ] as Worker[]
  const stage: Stage = { house, town, chance: chance(1), staff, people: [] }
  await tellMany(stage, db.clock.now())
  const [notice, ...others] = await db.owner
    .selectFrom('bulletin')
    .selectAll()
    .orderBy('created_at')
    .execute()
  expect(notice).toMatchObject({ state: 'done', title: 'قطع المياه في حي السوق', decided_by: manager.id })
  expect(Number(db.clock.now()) - Number(notice?.ended_at)).toBe(41 * 86_400_000)
  const { states } = (notice?.progress ?? {}) as { states: Record<string, number> }
  expect(states.delivered).toBeGreaterThan(20)
  expect(Object.keys(states).filter(state => state !== 'delivered' && state !== 'failed')).toEqual([])
  expect(others.map(each => each.state)).toEqual(['counted', 'counted', 'counted'])
})
