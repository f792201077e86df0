import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../../platform/config.ts'
import type { House } from '../../../platform/house.ts'
import { PlainError } from '../../../platform/plain-error.ts'
import { keepBackups } from './keeper.ts'

type Tools = { config: Config; inHouse<T>(work: (house: House) => Promise<T>): Promise<T> }

/** How often it is looked whether the process that runs this one is still there. */
const watchMs = 500

/** `shubbak keep`: a process of its own beside the one that serves, so that copying and sealing slow no page. It ends with the other. */
export async function runKeeper({ config, inHouse }: Tools): Promise<void> {
  const { folder } = config.backup
  if (folder === undefined)
    throw new PlainError('BACKUP_DIR is not set: there is nowhere to keep a second copy')
  const ending = new AbortController()
  const parent = process.ppid
  const watch = setInterval(() => process.ppid !== parent && ending.abort(), watchMs)
  process.once('SIGTERM', () => ending.abort())
  // Ctrl-C goes to every process of the terminal; the one that runs this one says when.
  process.on('SIGINT', () => {})
  try {
    while (!ending.signal.aborted) {
      await inHouse(house => keepBackups(house, folder, ending.signal))
      await sleep(watchMs)
    }
  } finally {
    clearInterval(watch)
  }
}
