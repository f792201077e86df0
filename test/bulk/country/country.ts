import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { hashPassword } from '../../../src/platform/crypto/index.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import type { House } from '../../../src/platform/house.ts'
import { Copier } from './copy.ts'
import { buildIndexes, dropIndexes, secondaryIndexes } from './indexes.ts'
import { makeMould } from './mould.ts'
import { founded } from './pattern.ts'
import { stampTown, townIdAt } from './town.ts'
import { type CountryTown, divide, someTowns } from './towns.ts'

const day = 86_400_000
const years = 3

export type CountryOptions = {
  requests: number
  /** The same seed gives the same rows (what is sealed with random nonces, and hashes of secrets, apart). */
  seed?: number
  /** How many towns, of all sizes; all hundred unless fewer. */
  towns?: number
  /** How many lives are lived by the product before they are stamped; the more, the more various. */
  lives?: number
  /** Without papers, visits and the parts of messages: a fifth fewer rows. */
  thin?: boolean
  /** When the last requests were filed; now unless given. */
  until?: Date
  onProgress?: (progress: Progress) => void
}

/** How far it is: a stage, and of how much how much is done. */
export type Progress = {
  stage: 'pattern' | 'rows' | 'indexes' | 'analyze'
  done: number
  of: number
  rows: number
}

export type FilledTown = CountryTown & { id: string; people: number; requests: number }

export type Filled = {
  towns: readonly FilledTown[]
  rows: ReadonlyMap<string, number>
  /** Wall time of each stage, and this process's own CPU, in seconds. */
  seconds: Readonly<Record<Progress['stage'], number>>
  cpuSeconds: number
  /** The PIN of everybody who has a log-in: drawn anew each time. */
  pin: string
}

/**
 * Fills a database without towns with a country: municipalities of true sizes, their people, offices, staff and services, requests with their
 * whole histories spread over three years, bills, messages, tills and sealed logs. Lives are lived by the product once, in a town that is taken
 * away again, and stamped as often as is wanted: with other people, times, numbers and ids. `shubbak verify` finds nothing on what comes of it.
 */
export async function fillCountry(house: House, options: CountryOptions): Promise<Filled> {
  const { requests, seed = 1, lives = 60, thin = false } = options
  const tell = (stage: Progress['stage'], done: number, of: number, rows = 0) =>
    options.onProgress?.({ stage, done, of, rows })
  const seconds: Record<Progress['stage'], number> = { pattern: 0, rows: 0, indexes: 0, analyze: 0 }
  const cpu = process.cpuUsage()
  const timed = async <T>(stage: Progress['stage'], work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await work()
    seconds[stage] = (performance.now() - began) / 1000
    return result
  }
  tell('pattern', 0, 1)
  const mould = await timed('pattern', () => makeMould(house, { lives, seed, thin }))
  const towns = shareOut(someTowns(options.towns ?? 100), requests, seed)
  const until = options.until ?? house.clock.now()
  const start = new Date(Math.max(founded.getTime() + 30 * day, until.getTime() - years * 365 * day))
  const pin = String(randomInt(1_000_000)).padStart(6, '0')
  const pinHash = await hashPassword(pin)
  const rows = await withClient(house.server.ownerUrl, first =>
    withClient(house.server.ownerUrl, async second => {
      const tables = mould.tables.map(table => table.name)
      const indexes = await secondaryIndexes(first, tables)
      await dropIndexes(first, indexes)
      const counts = await timed('rows', async () => {
        await first.query('set session_replication_role = replica')
        await first.query('set synchronous_commit = off')
        const place = await first.query<{ horizon: string; cluster: string }>(
          `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, system_identifier::text as cluster from pg_control_system()`,
        )
        const { horizon = '0', cluster = '' } = place.rows[0] ?? {}
        const copier = new Copier(first)
        let before = 0
        let done = 0
        for (const [at, town] of towns.entries()) {
          await stampTown({
            house,
            mould,
            copier,
            town,
            place: at,
            people: town.people,
            before,
            requests: town.requests,
            seed,
            start,
            until,
            pinHash,
            horizon,
            cluster,
            onProgress(some) {
              done += some
              tell('rows', done, requests, sum(copier.counts))
            },
          })
          before += town.people
        }
        await copier.end()
        await shareServices(first, towns)
        await first.query('set session_replication_role = origin')
        return copier.counts
      })
      await timed('indexes', async () => {
        let built = 0
        tell('indexes', 0, indexes.length)
        await buildIndexes([first, second], heaviestFirst(indexes, counts), () =>
          tell('indexes', ++built, indexes.length),
        )
      })
      await timed('analyze', async () => {
        tell('analyze', 0, 1)
        await first.query('vacuum analyze')
        tell('analyze', 1, 1)
      })
      return counts
    }),
  )
  const used = process.cpuUsage(cpu)
  return { towns, rows, seconds, cpuSeconds: (used.user + used.system) / 1e6, pin }
}

/**
 * Gives every town the services of the first. They are the same texts, four megabytes of them: so they need not be packed anew for each. Nothing in
 * them is of a town.
 */
async function shareServices(client: pg.Client, towns: readonly FilledTown[]): Promise<void> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns from information_schema.columns
      where table_schema = 'public' and table_name = 'service_version' and column_name <> 'municipality_id'`,
  )
  const columns = rows[0]?.columns ?? ''
  for (const { id } of towns.slice(1))
    await client.query(
      `insert into service_version (municipality_id, ${columns}) select $1, ${columns} from service_version where municipality_id = $2`,
      [id, towns[0]?.id],
    )
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

/** Those over most rows first, so that none is left over at the end for one connection alone. */
function heaviestFirst<I extends { table: string }>(
  indexes: readonly I[],
  counts: ReadonlyMap<string, number>,
): I[] {
  return indexes.toSorted((a, b) => (counts.get(b.table) ?? 0) - (counts.get(a.table) ?? 0))
}

/** Requests by population, and two people for five requests. */
function shareOut(towns: readonly CountryTown[], requests: number, seed: number): FilledTown[] {
  const parts = divide(
    requests,
    towns.map(town => town.population),
  )
  return towns.map((town, at) => {
    const some = parts[at] ?? 1
    return { ...town, id: townIdAt(at, seed), requests: some, people: Math.max(5, Math.round(some * 0.4)) }
  })
}
