import { setTimeout as sleep } from 'node:timers/promises'
import { addresses } from '../../../src/lib/addresses.ts'
import { readMigrations } from '../../../src/platform/database/migrate.ts'
import { findFreePort } from '../../../src/platform/database/postgres/server.ts'
import { startServer } from '../../bench/server.ts'
import { countStatuses, judgeProbes, startProbes } from '../probes.ts'
import type { Outcome } from '../results.ts'
import type { Setting } from '../setting.ts'
import { onStage, until } from '../stage.ts'
import { startWorker } from '../worker.ts'
import { nextVersion, type Ran } from './other.ts'

const last = readMigrations().at(-1)?.name.slice(0, 4) ?? '0000'

/** What a next version might bring: columns and an index that the version before it need not know of … */
const additive = `-- serves: ${last}
alter table request add column of_the_next_version text;
alter table message add column of_the_next_version text;
alter table charge add column of_the_next_version text;
create index request_of_the_next_version on request (municipality_id, of_the_next_version);`
/** … and something it must not meet. */
const breaking = 'alter table request rename column of_the_next_version to renamed_by_the_next_version;'

/**
 * The next version migrates while this one serves, then both serve and work, then this one ends; and where a migration would break this one,
 * it is held back until this one is gone.
 */
export async function besideNext(setting: Setting): Promise<Outcome> {
  const ms = setting.number('seconds', 20, 5) * 1000
  const program = await setting.program()
  const next = nextVersion(program, { '9001-add-of-the-next-version': additive })
  const after = nextVersion(program, {
    '9001-add-of-the-next-version': additive,
    '9002-rename-of-the-next-version': breaking,
  })
  const older = nextVersion(program, {})
  try {
    return await onStage({ program, databaseApart: true }, async stage => {
      const { server, worker, clients } = stage
      const wrong: string[] = []
      const check = (what: string, { status, said }: Ran, wanted: RegExp) => {
        setting.say(`${what}: ${said.split('\n').at(-1)}`)
        if (!wanted.test(said)) wrong.push(`${what} ended with ${status}: ${said.slice(-300)}`)
      }
      await until('the first filings', () => clients.acknowledged.length > 5)
      const lookers = startProbes(server.port, [addresses.services.pattern], { count: 3 })

      check(
        'migrating what would break it',
        await after.run(['migrate'], stage.environment),
        /cannot run beside the \d+ programs/,
      )
      check('migrating beside it', await next.run(['migrate'], stage.environment), /Migrated: 1/)
      const atMigration = clients.acknowledged.length
      await until('filing goes on', () => clients.acknowledged.length > atMigration + 5)

      const port = await findFreePort()
      const newer = await startServer('serve', stage.environment, { port, program: next.program })
      const newWorker = startWorker(stage.environment, next.program)
      const newLookers = startProbes(port, [addresses.services.pattern], { count: 3 })
      await sleep(ms)
      const both = clients.acknowledged.length
      await worker.stop()
      await lookers.stop()
      await newLookers.stop()
      wrong.push(...judgeProbes([...lookers.seen, ...newLookers.seen]))
      clients.turnTo(port)
      await server.stop()
      const handedOver = clients.acknowledged.length
      await until('filing goes on at the next version', () => clients.acknowledged.length > handedOver + 5)
      const told = await stage.settle(async () => {
        await newWorker.stop()
        await newer.stop()
      })

      // Nobody is at work any more: now it may go on, and the older version may not come back.
      check('migrating alone', await after.run(['migrate'], stage.environment), /Migrated: 1/)
      const back = await older.run(['serve'], { ...stage.environment, PORT: String(port) })
      check('coming back', back, /9002-rename-of-the-next-version, on which this version may not work/)
      return {
        ...told,
        kills: 0,
        wrong: [...wrong, ...told.wrong],
        figures: {
          'acknowledged until both served': both,
          'answers of this version': countStatuses(lookers.seen),
          'answers of the next': countStatuses(newLookers.seen),
        },
      }
    })
  } finally {
    next.clear()
    after.clear()
    older.clear()
  }
}
