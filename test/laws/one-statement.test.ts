import { expect, test } from 'vitest'
import { openOffices } from '../../src/offices.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'

test('no office hears of every act inside its transaction: a filing stays one statement, and holds its town’s numbers for no round trip', async () => {
  const db = await testDatabase()
  const house = aHouse(db)
  openOffices(house).enter(openTownDirectory(db.database, () => 0))
  expect(house.events.heardInside('requests.done')).toBe(true)
  expect(house.events.heardInside('requests.acted')).toBe(false)
})
