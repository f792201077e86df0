import { clockScript } from './clock.ts'
import { diskFullScript } from './disk-full.ts'
import { jobScript } from './job.ts'
import { killScript } from './kill.ts'
import { messagesScript } from './messages.ts'
import { migrateScript } from './migrations/script.ts'
import { poolScript } from './pool.ts'
import { restoreScript } from './restore.ts'
import type { Script } from './results.ts'
import { slowDiskScript } from './slow-disk.ts'
import { versionsScript } from './versions/script.ts'

/** Everything that is done to the program, by name, in the order of `all`. */
export const scripts: Record<string, Script> = {
  kill: killScript,
  messages: messagesScript,
  restore: restoreScript,
  pool: poolScript,
  'disk-full': diskFullScript,
  'slow-disk': slowDiskScript,
  clock: clockScript,
  job: jobScript,
  migrate: migrateScript,
  versions: versionsScript,
}
