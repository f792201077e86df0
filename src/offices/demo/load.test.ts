import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { testDatabase } from '../../../test/database.ts'
import { openTownDirectory } from '../../web/town.ts'
import { verifyTown } from '../verify/index.ts'
import { loadDemo } from './load.ts'

const db = await testDatabase()

test('a small demo town is laid out to its end, tells where its log-ins are, and nothing is found wrong with it', async () => {
  const house = aHouse(db)
  const said: string[] = []
  await loadDemo(house, line => said.push(line), { people: 400, requests: 12, lately: 6 })
  expect(said.at(-1)).toContain('demo-logins.json')
  const [town] = await openTownDirectory(db.database, () => 0).all()
  const found: string[] = []
  if (town)
    await verifyTown(house, town, {
      found: each => found.push(`${each.code} ${JSON.stringify(each.details)}`),
    })
  expect(found).toEqual([])
}, 240_000)
