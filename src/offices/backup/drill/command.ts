import type { Command } from 'commander'
import { withClient } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { PlainError } from '../../../platform/plain-error.ts'
import type { Town } from '../../../web/town.ts'
import { isDue, lastMoment } from '../keeper/moments.ts'
import { townsOf } from '../keeper/nightly.ts'
import { runsOf } from '../runs.ts'
import { clearOldDrills, drillTown } from './drill.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }

/** Under this number the one drill of a database holds its lock. */
const drillLock = 727004
const firstWithinMs = 3 * 3_600_000

/** `shubbak drill`: takes towns out, brings them back into an empty installation and compares. */
export function drillCommand(program: Command, { inHouse, say }: Tools): void {
  program
    .command('drill')
    .description(
      'take a town out, bring it back into an empty installation and compare; ends with 1 when anything differs',
    )
    .argument('[town]', 'short name of one town; all of them otherwise')
    .option('--due', 'only towns whose nightly drill is due', false)
    .action((slug: string | undefined, { due }: { due: boolean }) =>
      inHouse(house =>
        alone(house, async () => {
          await clearOldDrills(house)
          const towns = (await townsOf(house)).filter(town => slug === undefined || town.slug === slug)
          if (slug !== undefined && towns.length === 0) throw new PlainError(`There is no town ${slug}`)
          let failed = 0
          for (const town of towns) {
            if (due && !(await isDrillDue(house, town))) continue
            const began = performance.now()
            const { good, rows, files, trouble } = await drillTown(house, town, {
              program: process.argv[1] ?? '',
              say,
            })
            const seconds = ((performance.now() - began) / 1000).toFixed(1)
            if (good)
              say(`${town.slug}: ${rows} rows and ${files} files came back as they were, ${seconds} s`)
            else say(`${town.slug}: FAILED after ${seconds} s\n${trouble}`)
            if (!good) failed += 1
          }
          if (failed > 0) throw new PlainError(`${failed} towns did not come back as they were`)
        }),
      ),
    )
}

/** Whether the night's drill of a town is still to be done. */
export async function isDrillDue(house: House, town: Town): Promise<boolean> {
  const { drillAt } = house.config.backup
  if (drillAt === undefined) return false
  const [run] = await house.database.read(town.id, tx => runsOf(tx, 'drill', 1))
  const now = house.clock.now()
  const moment = lastMoment(now, drillAt, town.timeZone)
  // A new town waits for its first night.
  if (!run) return now.getTime() - moment.getTime() < firstWithinMs
  return isDue(now, moment, { beganAt: run.beganAt, good: run.good })
}

async function alone(house: House, work: () => Promise<void>): Promise<void> {
  await withClient(house.server.ownerUrl, async client => {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      drillLock,
    ])
    if (!rows[0]?.got) throw new PlainError('A drill is under way already')
    await work()
  })
}
