import { expect, test } from 'vitest'
import type { Claimed } from './model.ts'
import { openStock } from './stock.ts'
import type { Terms } from './terms.ts'

const terms = (): Terms => ({ paused: new Set(), quietUntil: () => undefined })
const message = (id: string, lane = 1) => ({ id, lane }) as Claimed
const room = (most: number, bulk = most) => ({ most, bulk })

/** A database in which so many are due; `held` are those in somebody's hands. */
function due(messages: Claimed[]) {
  const held = new Set<string>()
  let reads = 0
  const stock = openStock(
    async ({ most }) => {
      reads += 1
      const ready = messages.filter(({ id }) => !held.has(id)).slice(0, most)
      for (const { id } of ready) held.add(id)
      return { due: ready.length, ready }
    },
    list => {
      for (const { id } of list) held.delete(id)
    },
  )
  return { stock, held, reads: () => reads }
}
const ids = (taken: Claimed[] | 'none') => (taken === 'none' ? taken : taken.map(({ id }) => id))

test('gives as many as there is room for, the urgent first, and of those said to many no more than theirs', async () => {
  const now = terms()
  const { stock } = due([message('b', 2), message('c', 2), message('s'), message('code', 0)])
  expect(ids(await stock.take(room(3, 1), room(10), now))).toEqual(['code', 's', 'b'])
  expect(ids(await stock.take(room(3, 0), room(10), now))).toBe('none')
  expect(ids(await stock.take(room(3), room(10), now))).toEqual(['c'])
  expect(ids(await stock.take(room(3), room(10), now))).toBe('none')
  expect(stock.seen()).toBe(4)
})

test('reads on while nothing is taken, once', async () => {
  const now = terms()
  const { stock, reads } = due([message('a'), message('b'), message('c')])
  expect(ids(await stock.take(room(2), room(2), now))).toEqual(['a', 'b'])
  stock.readAhead(room(2), now)
  stock.readAhead(room(2), now)
  expect(ids(await stock.take(room(2), room(2), now))).toEqual(['c'])
  expect(reads()).toBe(2)
})

test('lets be what was read by other terms, and reads it anew', async () => {
  const { stock, reads, held } = due([message('a')])
  stock.readAhead(room(2), terms())
  expect(ids(await stock.take(room(2), room(2), terms()))).toEqual(['a'])
  expect(reads()).toBe(2)
  expect([...held]).toEqual(['a'])
})

test('lets be what was never taken', async () => {
  const { stock, held } = due([message('a'), message('b')])
  stock.readAhead(room(2), terms())
  await stock.close()
  expect([...held]).toEqual([])
})

test('hears of a reading that failed when it takes', async () => {
  const stock = openStock(
    () => Promise.reject(new Error('no database')),
    () => {},
  )
  stock.readAhead(room(1), terms())
  await expect(stock.take(room(1), room(1), terms())).rejects.toThrow('no database')
})
