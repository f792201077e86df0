import { expect, test } from 'vitest'
import { accessProof } from '../../src/offices/oversight/proof/file.ts'
import { openOffices } from '../../src/offices.ts'
import { showParked } from '../../src/web/parked.tsx'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'
import { everyHole } from './hole-list.ts'
import { tableOf } from './table.ts'

/** What stands at /open/access-proof is of this program: a route that came since asks for the proof to be run and published again. */
const { routes } = openOffices(aHouse(await testDatabase()))

test('the published proof names the routes of the program, all of them and no others', () => {
  expect(accessProof().routes).toEqual(tableOf([...routes, showParked]))
})

test('it was published without a leak, and with holes that were all caught', () => {
  const { leaks, holes } = accessProof()
  expect(leaks).toEqual([])
  expect(holes.map(({ hole }) => hole).sort()).toEqual([...everyHole].sort())
})
