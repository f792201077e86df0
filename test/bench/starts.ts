import type { Ground } from './ground.ts'
import { fileSome, fill } from './pages.ts'
import type { Mode } from './parts.ts'
import { median, tell } from './report.ts'
import { startServer } from './server.ts'

const goalStartMs = 5_000

/** How long a start takes when everything is there; `large` is a town of a million requests. */
export async function benchStarts(ground: Ground, mode: Mode): Promise<void> {
  const requests = mode === 'large' ? 1_000_000 : 0
  if (requests > 0) {
    await fileSome(ground)
    await fill(ground, { requests, persons: requests * 0.4 }, false)
  }
  const times: number[] = []
  for (let each = 0; each < (mode === 'quick' ? 1 : 3); each++) {
    const server = await startServer('start', ground.environment)
    times.push(server.readyMs)
    await server.stop()
  }
  const start = median(times)
  tell({
    name: 'second-start',
    value: start,
    unit: 'ms',
    ratio: start / goalStartMs,
    baseline: `the promise of ${goalStartMs} ms`,
    goal: { ratio: 1 },
    rounds: times,
    details: { requestsInTown: requests },
  })
}
