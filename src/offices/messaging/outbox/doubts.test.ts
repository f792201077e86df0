import { expect, test } from 'vitest'
import { openDoubts } from './doubts.ts'

test('what one channel adds while another takes back is taken back the next time, and so is what failed', async () => {
  const taken: (readonly string[])[] = []
  let during = () => {}
  const doubts = openDoubts(async handings => {
    during()
    taken.push([...handings])
  })
  doubts.add('one')
  during = () => doubts.add('two')
  await doubts.forget()
  during = () => {
    doubts.add('three')
    throw new Error('away')
  }
  await expect(doubts.forget()).rejects.toThrow('away')
  during = () => {}
  await doubts.forget()
  await doubts.forget()
  expect(taken.map(each => each.toSorted())).toEqual([['one'], ['three', 'two']])
})
