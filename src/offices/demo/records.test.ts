import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { demoRecords } from '../destruction/index.ts'
import { demoConsents } from '../rights/index.ts'
import { sealTown } from '../seal/index.ts'
import { verifyTown } from '../verify/index.ts'

const db = await testDatabase()
const house = aHouse(db)

test('the demo town has rules for its records, one of which waits, and a purpose that people answered', async () => {
  const town = await aTown(house)
  const place = { house, town: town.id }
  const actorOf = async (role: 'admin' | 'manager') => {
    const { id } = await aStaffMember(place, role, 'mayor-office')
    return { kind: 'staff', id, office: 'mayor-office' } as const
  }
  const [writer, reviewer] = [await actorOf('admin'), await actorOf('manager')]
  const people = [await aPerson(place), await aPerson(place), await aPerson(place)]
  await house.database.write(town.id, async tx => {
    await demoRecords(tx, { writer, reviewer }, tx.now)
    await demoConsents(tx, house, people, writer, tx.now)
  })
  const rules = await db.owner
    .selectFrom('retention_rule')
    .select('is_accepted')
    .orderBy('written_at')
    .execute()
  expect(rules.map(each => each.is_accepted)).toEqual([true, true, true, null])
  const answers = await db.owner.selectFrom('consent_entry').select('is_given').orderBy('at').execute()
  expect(answers.map(({ is_given }) => is_given)).toEqual([true, true, false])
  await sealTown(house, town.id)
  expect((await verifyTown(house, town, { deep: true })).findings).toBe(0)
})
