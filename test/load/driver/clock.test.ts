import { describe, expect, test } from 'vitest'
import { chanceOf } from '../../faults/chance.ts'
import { arrivals, openLoop, type Time, thinking } from './clock.ts'
import { Latencies, Timeline } from './latencies.ts'

/** A clock that goes on only when nobody has anything left to do. */
class VirtualTime implements Time {
  #now = 0
  #asleep: { until: number; wake: () => void }[] = []

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise(wake => this.#asleep.push({ until: this.#now + ms, wake }))
  }

  async run(work: Promise<void>): Promise<void> {
    let isOver = false
    const over = work.finally(() => {
      isOver = true
    })
    for (;;) {
      await new Promise(resolve => setImmediate(resolve))
      if (isOver) return over
      const [next] = this.#asleep.sort((a, b) => a.until - b.until)
      if (!next) throw new Error('nobody sleeps and nothing ends')
      this.#asleep = this.#asleep.filter(each => each !== next)
      this.#now = next.until
      next.wake()
    }
  }
}

const half = () => 0.5

describe('an open loop', () => {
  /** Each act takes as long as it is told; gives how long each took from when it was due. */
  async function drive(dues: readonly number[], most: number, takes: number): Promise<number[]> {
    const time = new VirtualTime()
    const took: number[] = []
    const act = async (due: number, place: number) => {
      await time.sleep(takes)
      took[place] = time.now() - due
    }
    await time.run(openLoop(dues, act, most, time))
    return took
  }

  test('begins acts when they are due, however long the ones before take', async () => {
    expect(await drive([0, 10, 20], 8, 50)).toEqual([50, 50, 50])
  })

  test('counts the waiting of whoever finds everything busy', async () => {
    expect(await drive([0, 10, 20], 1, 50)).toEqual([50, 90, 130])
  })

  test('counts what the ones before made late, once it is over too', async () => {
    const took = await drive([0, 0, 0, 0, 500], 2, 100)
    expect(took).toEqual([100, 100, 200, 200, 100])
  })
})

test('arrivals come as often as they are told to on average, in order, and none after the end', () => {
  const all = [...arrivals(50, 100, chanceOf(1).next)]
  expect(all).toEqual(all.toSorted((a, b) => a - b))
  expect(all.at(-1)).toBeLessThan(100_000)
  expect(all.length / 100).toBeGreaterThan(45)
  expect(all.length / 100).toBeLessThan(55)
})

test('thinking is never longer than six times its average', () => {
  expect(thinking(1000, () => 1 - Number.EPSILON)).toBe(6000)
  expect(thinking(1000, half)).toBeCloseTo(693.1, 0)
})

test('latencies are told with three digits, and drawn from their first step to their last', () => {
  const latencies = new Latencies()
  for (let ms = 1; ms <= 100; ms += 1) latencies.record(ms)
  const { count, p50, p95, p99, max, latency } = latencies.summary()
  expect([count, Math.round(p50), Math.round(p95), Math.round(p99), Math.round(max)]).toEqual([
    100, 50, 95, 99, 100,
  ])
  expect(latency.upTo[0]).toBe(1)
  expect(latency.upTo.at(-1)).toBe(100)
  expect(latency.counts.reduce((sum, each) => sum + each, 0)).toBe(100)
  expect(new Latencies().summary()).toMatchObject({ count: 0, max: 0 })
})

test('a timeline has every second up to the last, with what was due, ended and failed in it', () => {
  const timeline = new Timeline(1000)
  timeline.due(1000)
  timeline.done(1500, 500)
  timeline.due(3100)
  timeline.failed(3200)
  expect(timeline.ticks()).toEqual([
    { second: 0, due: 1, done: 1, failed: 0, p95: 500 },
    { second: 1, due: 0, done: 0, failed: 0 },
    { second: 2, due: 1, done: 0, failed: 1 },
  ])
})
