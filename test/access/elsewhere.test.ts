import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { unfilled } from './exceptions.ts'
import { type Proof, prove, shownTo, told } from './proof.ts'

/** Every route, shown and done, as the staff of an office that has nothing of anybody, and as the staff of another town. */
const db = await testDatabase()
let proof: Proof

beforeAll(async () => {
  proof = await prove(db, 'elsewhere', ({ name, actor }) => actor.kind === 'staff' && / at works/.test(name))
}, 1_200_000)

test('nothing opens to anybody the reference does not let in, and no act of theirs touches a row of others', () => {
  expect(told(proof.result.leaks)).toEqual([])
  expect(proof.result.asked).toBeGreaterThan(3_000)
})

test('nothing fails on our side, whatever is asked', () => {
  expect(proof.result.fails).toEqual([])
})

test('another office and another town see nothing, the manager of the town does', () => {
  for (const role of ['officer', 'head', 'legal-adviser', 'designer'])
    expect(shownTo(proof, role, 'town'), role).toBe(0)
  for (const role of ['manager', 'clerk', 'treasurer']) {
    expect(shownTo(proof, role, 'town'), role).toBeGreaterThan(20)
    expect(shownTo(proof, role, 'other-town'), role).toBe(0)
  }
})

test('every route is asked with something, but for those of a short list with its reasons', () => {
  const bare = proof.pool.unfilled().map(({ address }) => address.pattern)
  expect(bare.filter(pattern => !(pattern in unfilled))).toEqual([])
  expect(Object.keys(unfilled).filter(pattern => !bare.includes(pattern))).toEqual([])
})
