import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { sealTown } from '../seal/index.ts'
import { verifyTown } from '../verify/index.ts'
import { fillLooks } from './lookers.ts'
import { chance } from './random.ts'
import type { Person, Stage } from './stage.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }

test('the demo town shows looks that were asked about and answered, a policy, mandates, and is found whole once sealed', async () => {
  const posts = [
    ['admin', 'mayor-office'],
    ['manager', 'mayor-office'],
    ['supervisor', 'mayor-office'],
    ['clerk', 'service-centre'],
    ['officer', 'finance'],
    ['officer', 'electricity'],
  ] as const
  const staff: unknown[] = []
  for (const [role, office] of posts) staff.push(await aStaffMember(place, role, office))
  const people: Person[] = []
  for (let each = 0; each < 12; each += 1)
    people.push({ ...(await aPerson(place)), adult: true } as unknown as Person)
  const stage = { house, town, chance: chance(7), staff, people } as unknown as Stage
  await house.database.write(town.id, tx => fillLooks(tx, stage, people, db.clock.now()))

  const questions = await db.owner.selectFrom('look_question').select('found').orderBy('asked_at').execute()
  expect(questions.map(({ found }) => found)).toEqual(['justified', 'unjustified', null])
  const policies = await db.owner.selectFrom('privacy_policy').select(['decision', 'is_accepted']).execute()
  expect(policies).toEqual([{ decision: '31/2026', is_accepted: true }])
  const mandates = await db.owner.selectFrom('mandate').select('made_how').orderBy('made_at').execute()
  expect(mandates.map(({ made_how }) => made_how)).toEqual(['counter', 'portal'])
  const idle = await db.owner
    .selectFrom('look_presence')
    .select('visit_id')
    .where('is_idle', '=', true)
    .execute()
  expect(idle).toHaveLength(6)

  await sealTown(house, town.id)
  const found = await verifyTown(house, town, { deep: true })
  expect(found.findings).toBe(0)
})
