import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { officeJobs } from '../../src/commands.ts'
import { registerCause } from '../../src/offices/looks/index.ts'
import { verifyTown } from '../../src/offices/verify/index.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { openPool } from '../../src/platform/database/pool.ts'
import type { Database } from '../../src/platform/database/transaction.ts'
import type { House } from '../../src/platform/house.ts'
import { runDueJobs } from '../../src/platform/jobs/index.ts'
import { listen } from '../../src/platform/serve.ts'
import { webApp } from '../../src/program/web.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import { logInAs } from '../builders/people.ts'
import type { Order, Told } from './child.ts'
import { openPlace } from './house.ts'

/**
 * The program's own HTTP, in a process of its own over a town of the fuzzer. What stands beside it: each answer says in `x-wrote` which tables
 * its call changed for good, and whoever started it may ask for the background's work, the auditor and a log-in.
 */
const told = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Told
const { place, town, now } = told
const began = Date.now()
const clock: Clock = { now: () => new Date(Date.parse(now) + Date.now() - began) }

const tell = (message: unknown) => process.send?.(message)
const onTheWay = new AsyncLocalStorage<Set<string>>()
const plain = await openPlace(place, clock, line => tell({ log: JSON.parse(line) as unknown }))
const house: House = { ...plain, database: watched(plain.database) }

/** The same database, which notes of each transaction that ends well what it changed. */
function watched(database: Database): Database {
  const pool = openPool(place.url, { max: 4 })
  const changes =
    'select distinct "table" || \':\' || op as at from proof_change where xid = pg_current_xact_id_if_assigned()::text::bigint'
  return {
    ...database,
    write: (of, work, reach) =>
      database.write(
        of,
        async tx => {
          const result = await work(tx)
          const store = onTheWay.getStore()
          if (store) {
            const { rows } = await sql.raw<{ at: string }>(changes).execute(tx.q)
            for (const { at } of rows) store.add(at)
          }
          return result
        },
        reach,
      ),
    async once(name, text, values) {
      const store = onTheWay.getStore()
      if (!store || name === 'people-visitor') return database.once(name, text, values)
      const client = await pool.connect()
      try {
        await client.query('begin')
        const { rows } = await client.query(text, [...values])
        for (const { at } of (await client.query(changes)).rows as { at: string }[]) store.add(at)
        await client.query('commit')
        return rows as never
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
  }
}

const app = (await webApp(house)) as (request: Request, env?: unknown) => Promise<Response>
// Everybody of the staff stands at a window with somebody; the supervisor is asked why, as the gate asks.
const [, closed] = told.gate
registerCause('9-test', async (_, asked) => (asked.staffId === closed ? undefined : { kind: 'visit' }))
const answer = async (request: Request, env: unknown) => {
  const wrote = new Set<string>()
  const given = await onTheWay.run(wrote, async () => app(request, env))
  if (wrote.size > 0) given.headers.set('x-wrote', [...wrote].sort().join(' '))
  return given
}
const listener = await listen(answer as never, '127.0.0.1', 0)

const work: Record<Order['do'], (order: Order) => Promise<unknown>> = {
  async settle() {
    await runDueJobs({ house: plain, jobs: officeJobs, url: place.ownerUrl, towns: async () => [town] })
    const pool = openPool(place.ownerUrl, { max: 1 })
    const { rows } = await pool.query<{ failed: string }>(
      `select t.identifier || ': ' || j.last_error as failed from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id where j.last_error is not null`,
    )
    await pool.end()
    return rows.map(({ failed }) => failed)
  },
  async verify() {
    const [of] = await openTownDirectory(plain.database, () => 0).all()
    if (!of) throw new Error('the town is gone')
    const found: string[] = []
    await verifyTown(plain, of, {
      deep: true,
      found: ({ code, subject, details }) => found.push(`${code} ${subject} ${JSON.stringify(details)}`),
    })
    return found
  },
  logIn: ({ as }) => (as ? logInAs({ house: plain, town }, as) : Promise.resolve('')),
  async stop() {
    await listener.drain(1_000)
    process.exit(0)
  },
}

process.on('message', (order: Order) => {
  work[order.do](order).then(
    given => tell({ id: order.id, given }),
    (error: Error) => tell({ id: order.id, failed: error.stack ?? String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
tell({ port: listener.port })
