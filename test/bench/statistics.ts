import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { foldDays } from '../../src/offices/centre/index.ts'
import { openSession } from '../../src/offices/people/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { openHouse } from '../../src/platform/house.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import { aStaffMember } from '../builders/people.ts'
import { fillCountry } from '../bulk/country/country.ts'
import { dataOf } from './ground.ts'
import { getText, send } from './http.ts'
import type { Mode } from './parts.ts'
import { histogramOf, note, quantile, tell } from './report.ts'
import { startServer } from './server.ts'

const goalMs = 200
/** As many as are asked by for the first time: what is kept for a minute is kept for each of them apart. */
const managers = 30

/** The manager's floor of one town with all requests: as somebody finds it for whom nothing is kept, and as it is found again within the minute. */
export async function benchStatistics(
  mode: Mode,
  requests: number = mode === 'large' ? 1_000_000 : 100_000,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-statistics-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  try {
    const { foldMs, slug, cookies } = await lay(environment, requests)
    const server = await startServer('serve', environment)
    try {
      const path = `/~${slug}${fillAddress(addresses.floor, {})}`
      const ask = async (texts: readonly string[]) => {
        let at = 0
        const next = () => texts[at++ % texts.length] ?? ''
        const done = await send({ port: server.port, connections: 1, count: texts.length, next })
        if (Object.keys(done.statuses).some(status => status !== '200'))
          throw new Error(`the floor answered ${JSON.stringify(done.statuses)}: ${done.sample.slice(0, 600)}`)
        return done.ms
      }
      const [first = '', ...others] = cookies.map(cookie => getText(path, cookie))
      // Code that has run and statements that are prepared, as on any morning; its counts are nobody else's.
      await ask(Array.from({ length: 20 }, () => first))
      const anew = await ask(others)
      const again = await ask(Array.from({ length: 200 }, () => first))
      const p95 = quantile(anew, 0.95)
      tell({
        name: 'statistics',
        value: p95,
        unit: 'ms p95',
        ratio: p95 / goalMs,
        goal: { ratio: 1 },
        baseline: `the goal of ${goalMs} ms`,
        latency: histogramOf(anew),
        details: {
          p50: quantile(anew, 0.5),
          againP50: quantile(again, 0.5),
          againP95: quantile(again, 0.95),
          pages: anew.length,
          requestsInTown: requests,
          foldMs,
        },
      })
    } finally {
      await server.stop()
    }
  } finally {
    for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A town of a country, filled; its days folded as the hourly job folds them; managers who are logged in. */
async function lay(environment: { DATA_DIR: string; SYSTEM_DIR: string }, requests: number) {
  const house = await openHouse(readConfig({ ...environment, LOG_LEVEL: 'silent' }), {
    prepare: true,
    hold: true,
  })
  try {
    const began = performance.now()
    const { towns } = await fillCountry(house, { requests, seed: 1, towns: 1, lives: 20, thin: true })
    const town = await openTownDirectory(house.database, () => 0).get(towns[0]?.id ?? '')
    note(
      `${requests} requests in ${town.slug}, written in ${Math.round((performance.now() - began) / 1000)} s`,
    )
    const folding = performance.now()
    await house.database.write(town.id, tx => foldDays(tx, town.timeZone))
    const foldMs = performance.now() - folding
    const cookies: string[] = []
    for (let each = 0; each < managers; each++) {
      const { id } = await aStaffMember({ house, town: town.id }, 'manager', 'service-centre')
      const token = await house.database.write(town.id, tx =>
        openSession(tx, { kind: 'staff', subjectId: id }),
      )
      cookies.push(`shubbak_session=${token}`)
    }
    return { foldMs, slug: town.slug, cookies }
  } finally {
    await house.close()
  }
}
