import { expect, test } from 'vitest'
import { changeShared, keepFor } from './kept.ts'

const counting = () => {
  let made = 0
  return async () => ++made
}

test('a value is made once for all who ask by its key while it is fresh', async () => {
  const keeper = keepFor<number>(60_000)
  const [house, make] = [{}, counting()]
  const asked = [
    keeper.of(house, 'town', 'a', make),
    keeper.of(house, 'town', 'a', make),
    keeper.of(house, 'town', 'b', make),
  ]
  expect(await Promise.all(asked)).toEqual([1, 1, 2])
  expect(await keeper.of({}, 'town', 'a', make)).toBe(3)
})

test('one that is too old, or was forgotten, is made anew', async () => {
  const [house, make] = [{}, counting()]
  const never = keepFor<number>(0)
  expect([await never.of(house, 'town', 'a', make), await never.of(house, 'town', 'a', make)]).toEqual([1, 2])
  const long = keepFor<number>(60_000)
  await long.of(house, 'town', 'a', make)
  long.forget(house)
  expect(await long.of(house, 'town', 'a', make)).toBe(4)
})

test('a failure is told to whoever waited, and not kept', async () => {
  const keeper = keepFor<number>(60_000)
  const house = {}
  await expect(keeper.of(house, 'town', 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await keeper.of(house, 'town', 'a', async () => 7)).toBe(7)
})

test('no more are kept than said', async () => {
  const keeper = keepFor<number>(60_000, { most: 2 })
  const [house, make] = [{}, counting()]
  for (const key of ['a', 'b', 'c']) await keeper.of(house, 'town', key, make)
  expect(await keeper.of(house, 'town', 'c', make)).toBe(3)
  expect(await keeper.of(house, 'town', 'a', make)).toBe(4)
})

test('once a change of the town is committed, nothing from before it is given', async () => {
  const keeper = keepFor<number>(60_000)
  const [house, make] = [{}, counting()]
  await keeper.of(house, 'dura', 'a', make)
  await keeper.of(house, 'yatta', 'a', make)
  const commits: (() => unknown)[] = []
  changeShared({ town: 'dura', afterCommit: work => void commits.push(work) })
  expect(await keeper.of(house, 'dura', 'a', make)).toBe(1)
  for (const commit of commits) commit()
  expect(await keeper.of(house, 'dura', 'a', make)).toBe(3)
  expect(await keeper.of(house, 'yatta', 'a', make)).toBe(2)
})

test('what is not worth it is made anew each time', async () => {
  const keeper = keepFor<number>(60_000, { worthKeeping: value => value > 2 })
  const [house, make] = [{}, counting()]
  const asked = async () => keeper.of(house, 'town', 'a', make)
  expect([await asked(), await asked(), await asked(), await asked()]).toEqual([1, 2, 3, 3])
})
