import { describe, expect, test } from 'vitest'
import { openLimits } from './limits.ts'

const policy = { name: 'few', perMinute: 60 }

function aMachine() {
  let now = 0
  const take = openLimits(() => now)
  const pass = (ms: number) => {
    now += ms
  }
  return { take: (key = 'k') => take(key, policy), pass }
}

describe('a limit', () => {
  test('lets a minute’s worth through in one breath, then as much as time brings', () => {
    const { take, pass } = aMachine()
    const breath = Array.from({ length: 61 }, () => take())
    expect(breath.filter(({ allowed }) => allowed)).toHaveLength(60)
    expect(breath.at(-1)?.headers).toEqual({
      'ratelimit-policy': '"few";q=60;w=60',
      ratelimit: '"few";r=0;t=60',
      'retry-after': '1',
    })
    pass(2_000)
    expect([take(), take(), take()].map(({ allowed }) => allowed)).toEqual([true, true, false])
  })

  test('says what is left, and is whole again after a minute', () => {
    const { take, pass } = aMachine()
    for (let i = 0; i < 30; i++) take()
    expect(take().headers.ratelimit).toBe('"few";r=29;t=31')
    pass(10 * 60_000)
    expect(take().headers.ratelimit).toBe('"few";r=59;t=1')
  })

  test('says that it is used up once, and again after it was whole', () => {
    const { take, pass } = aMachine()
    const told = (count: number) =>
      Array.from({ length: count }, () => take()).filter(turn => turn.usedUp).length
    expect(told(100)).toBe(1)
    pass(2_000)
    expect(told(100)).toBe(0)
    pass(60_000)
    expect(told(100)).toBe(1)
  })

  test('is of each key alone', () => {
    const { take } = aMachine()
    for (let i = 0; i < 61; i++) take('busy')
    expect(take('calm').allowed).toBe(true)
  })
})
