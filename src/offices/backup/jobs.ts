import { type ChildProcess, spawn } from 'node:child_process'
import { z } from 'zod'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { isDrillDue } from './drill/command.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'backup.drill': Record<string, never>
  }
}

let under: ChildProcess | undefined

/** Starts the night's drills in a process of their own, which does one town after the other; this one does not wait for it. */
async function startDrills(house: House, townId: string): Promise<void> {
  if (under || house.config.backup.drillAt === undefined) return
  const town = await openTownDirectory(house.database, () => performance.now()).get(townId)
  if (!(await isDrillDue(house, town))) return
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'drill', '--due'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  under = child
  const over = () => {
    under = undefined
  }
  child.once('exit', over).once('error', err => {
    over()
    house.log.error({ part: 'backup', err }, 'the exit drill did not start')
  })
  child.unref()
}

/** What is done for backups by the clock. */
export const backupJobs: Job[] = [
  defineJob('backup.drill', z.object({}), startDrills, { cron: '*/15 * * * *' }),
]
