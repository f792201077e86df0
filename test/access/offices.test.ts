import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { type Proof, prove, shownTo, told } from './proof.ts'

/** Every route, shown and done, as the staff of an office that has the first world's request, and whoever is shut out of something by name. */
const db = await testDatabase()
let proof: Proof

beforeAll(async () => {
  proof = await prove(db, 'offices', ({ name }) => / at electricity$|closed out|complained|deputy/.test(name))
}, 1_200_000)

test('nothing opens to anybody the reference does not let in, and no act of theirs touches a row of others', () => {
  expect(told(proof.result.leaks)).toEqual([])
  expect(proof.result.asked).toBeGreaterThan(3_000)
})

test('nothing fails on our side, whatever is asked', () => {
  expect(proof.result.fails).toEqual([])
})

test('the office that has the task does see the request, and those who keep the program do not', () => {
  for (const role of ['officer', 'head', 'clerk', 'manager', 'legal-adviser', 'deputy'])
    expect(shownTo(proof, role, 'office-task'), role).toBeGreaterThan(5)
  expect(shownTo(proof, 'designer', 'office-task')).toBe(0)
})
