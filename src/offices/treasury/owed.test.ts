import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aTill, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { duesOf, duesTotals } from './dues.ts'
import { owedByMany } from './owed.ts'

const db = await testDatabase()
const till = await aTill(db)
const today = '2026-03-01'

test('what many owe is what each of them is shown as owed, currency by currency', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ whose: fc.nat(2), minor: fc.integer({ min: 1, max: 90_000 }), dinars: fc.boolean() }),
        {
          maxLength: 5,
        },
      ),
      async charges => {
        const people = [await till.person(), await till.person(), await till.person()]
        for (const { whose, minor, dinars } of charges) {
          const person = people[whose]
          if (person) await till.charge(person, dinars ? jod(minor) : ils(minor))
        }
        const ids = people.map(person => person.id)
        const many = await till.read(tx => owedByMany(tx, ids, today))
        for (const id of ids) {
          const shown = duesTotals(await till.read(tx => duesOf(tx, id, today)))
          expect((many.get(id) ?? []).map(each => each.amount)).toEqual(shown)
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('of some kinds only those are summed, and the day is that of the oldest', async () => {
  const person = await till.person()
  await till.charge(person, ils(1_000), { dueKind: 'water', dueOn: '2026-03-10' })
  await till.charge(person, ils(2_500), { dueKind: 'water', dueOn: '2026-02-10' })
  await till.charge(person, ils(9_000), { dueKind: 'rent' })
  const owed = await till.read(tx => owedByMany(tx, [person.id], today, ['water']))
  expect(owed.get(person.id)).toEqual([{ amount: ils(3_500), dueOn: '2026-02-10' }])
})
