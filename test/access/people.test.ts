import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { type Proof, prove, shownTo, told } from './proof.ts'

/** Every route, shown and done, as everybody who is not of the staff: nobody known, citizens in every relation, who acts for them, programs. */
const db = await testDatabase()
let proof: Proof

beforeAll(async () => {
  proof = await prove(db, 'people', ({ actor }) => actor.kind !== 'staff')
}, 1_200_000)

test('nothing opens to anybody the reference does not let in, and no act of theirs touches a row of others', () => {
  expect(told(proof.result.leaks)).toEqual([])
  expect(proof.result.asked).toBeGreaterThan(3_000)
})

test('nothing fails on our side, whatever is asked', () => {
  expect(proof.result.fails).toEqual([])
})

test('what is theirs does open, so that a program which shows nothing proves nothing', () => {
  expect(shownTo(proof, 'citizen', 'own')).toBeGreaterThan(50)
  expect(shownTo(proof, 'citizen', 'party')).toBeGreaterThan(3)
  expect(shownTo(proof, 'mandate', 'mandate')).toBeGreaterThan(10)
  expect(shownTo(proof, 'partner', 'filed')).toBeGreaterThan(1)
  for (const group of ['anonymous', 'mandate', 'partner'])
    expect(shownTo(proof, group, 'none'), group).toBe(0)
})
