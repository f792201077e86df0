import type { Ground } from './ground.ts'
import { median, tell } from './report.ts'
import { startServer } from './server.ts'

const goalStartMs = 5_000

/** How long a start takes when everything is there. */
export async function benchStarts(ground: Ground, quick: boolean): Promise<void> {
  const times: number[] = []
  for (let each = 0; each < (quick ? 1 : 3); each++) {
    const server = await startServer('start', ground.environment)
    times.push(server.readyMs)
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
    rounds: times,
  })
}
