import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }

test('builders make a town, a person, one of the staff and their cookies', async () => {
  const person = await aPerson(place)
  const clerk = await aStaffMember(place, 'clerk')
  expect(person.displayName.split(' ').length).toBeGreaterThanOrEqual(4)
  expect(await logInAs(place, { personId: person.id })).toMatch(/^shubbak_session=/)
  expect(await logInAs(place, { staffId: clerk.id })).toMatch(/^shubbak_session=/)
})
