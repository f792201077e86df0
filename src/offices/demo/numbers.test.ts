import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aStaffMember, aTown, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { doubtfulNumbers, registerMany } from '../people/index.ts'
import { fillNumbers } from './numbers.ts'
import { chance } from './random.ts'
import { residents } from './residents.ts'
import type { Stage, Worker } from './stage.ts'

const db = await testDatabase()
const house = aHouse(db)

test('a demo town has numbers of every kind: proven, second, shared, unreached, and people who do without', async () => {
  const town = await aTown(db, { isDemo: true })
  const clerk = await aStaffMember({ house, town: town.id }, 'clerk', 'service-centre')
  const all = residents(chance(1), 900, 2026)
  await db.database.write(town.id, async tx => {
    const ids = await registerMany(tx, house.crypto, all, builder, 'import:demo')
    const stage: Stage = {
      house,
      town,
      chance: chance(1),
      staff: [{ id: clerk.id, office: 'service-centre', role: 'clerk', login: 'layla' } as Worker],
      people: all.map((person, at) => ({ ...person, id: ids[at] ?? '' })),
    }
    await fillNumbers(tx, stage, tx.now)
  })
  const count = async (of: string) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.raw(of)}`.execute(
      db.owner,
    )
    return rows[0]?.count ?? 0
  }
  expect(await count('person_phone where verified_at is not null')).toBeGreaterThan(100)
  expect(await count('person_phone where is_shared')).toBeGreaterThan(30)
  expect(await count('phone_health where asleep_at is not null')).toBeGreaterThan(8)
  expect(await count("contact_preference where channels = 'portal'")).toBe(2)
  expect(await count('message_opt_out')).toBeGreaterThan(30)
  const list = await db.database.read(town.id, tx => doubtfulNumbers(tx, house.crypto))
  expect(list.length).toBeGreaterThan(15)
})
