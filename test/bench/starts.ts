import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground.ts'
import { median, tell } from './report.ts'
import { startServer } from './server.ts'

const goalStartMs = 5_000
const goalMemoryMb = 180

/** How long a start takes when everything is there, and what the process holds when nobody has come. */
export async function benchStarts(ground: Ground, quick: boolean): Promise<void> {
  const times: number[] = []
  const memory: number[] = []
  for (let each = 0; each < (quick ? 1 : 3); each++) {
    const server = await startServer('start', ground.environment)
    times.push(server.readyMs)
    await sleep(10_000)
    memory.push(server.residentMb())
    await server.stop()
  }
  const start = median(times)
  tell({
    ...{
      name: 'second-start',
      value: start,
      unit: 'ms',
      ratio: start / goalStartMs,
      baseline: `the promise of ${goalStartMs} ms`,
    },
    goal: { ratio: 1 },
    details: { all: times },
  })
  const resident = median(memory)
  tell({
    ...{
      name: 'memory-at-rest',
      value: resident,
      unit: 'MB',
      ratio: resident / goalMemoryMb,
      baseline: `the goal of ${goalMemoryMb} MB`,
    },
    goal: { ratio: 1 },
    details: { all: memory, after: '10 s idle', without: 'PostgreSQL' },
  })
}
