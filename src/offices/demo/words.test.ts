import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aStaffMember, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { openAgenda } from './agenda.ts'
import { chance } from './random.ts'
import { at, type Stage, type Worker } from './stage.ts'
import { demoWords, planWords } from './words.ts'

const db = await testDatabase()
const house = aHouse(db)

test('a demo town has words of its own in every state, each in its time', async () => {
  const town = await aTown(db, { isDemo: true })
  const place = { house, town: town.id }
  const staff = [
    { id: (await aStaffMember(place, 'clerk', 'service-centre')).id, role: 'clerk' } as Worker,
    { id: (await aStaffMember(place, 'manager', 'mayor-office')).id, role: 'manager' } as Worker,
  ]
  const stage: Stage = { house, town, chance: chance(1), staff, people: [] }
  const agenda = openAgenda()
  await db.database.write(town.id, async tx => {
    planWords(stage, agenda, tx.now)
    for (let next = agenda.next(); next; next = agenda.next()) await next.happen(at(tx, next.at))
  })
  const kept = await db.owner
    .selectFrom('message_words')
    .select(['key', 'state', 'written_at', 'from_at'])
    .execute()
  expect(Object.fromEntries(kept.map(({ key, state }) => [key, state]))).toEqual(
    Object.fromEntries(demoWords.map(({ key, becomes }) => [key, becomes])),
  )
  for (const { written_at, from_at } of kept) if (from_at) expect(from_at > written_at).toBe(true)
})
