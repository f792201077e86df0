import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  boundWaitingLog,
  isBare,
  lagMs,
  letCommitsWait,
  type Receiver,
  receiveWal,
} from '../../../platform/backup/index.ts'
import type { House } from '../../../platform/house.ts'
import { errorLine } from '../../../platform/plain-error.ts'
import { noteStream, runsOf } from '../runs.ts'
import { isDue, lastMoment } from './moments.ts'
import { nightlyLogical, nightlyPhysical, townsOf, withRecord } from './nightly.ts'

/** Under this number the one keeper of a database holds its lock. */
const keeperLock = 727003
/** What comes is written together for so long, where no commit waits for it: milliseconds. */
const gatherMs = 200
const pollMs = 5_000
const noteEveryMs = 60_000

/**
 * Keeps the second copy until `signal`: follows the log of the database into BACKUP_DIR, takes the nightly backup, and writes down how far
 * it got. Where the database is not ours it takes the nightly backup alone. One keeper works for a database; others wait.
 */
export async function keepBackups(house: House, root: string, signal: AbortSignal): Promise<void> {
  const lock = await takeLock(house, signal)
  if (!lock) return
  const ours = house.config.databaseUrl === undefined
  const follow = ours ? followLog(house, root, signal) : undefined
  try {
    while (!signal.aborted && !lock.lost()) {
      await night(house, root, ours ? follow?.receiver() : undefined).catch(error =>
        house.log.error({ part: 'backup', err: error }, 'the nightly backup could not begin'),
      )
      await rest(pollMs, signal)
    }
  } finally {
    await follow?.ended
    await lock.release()
  }
}

const rest = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})

async function takeLock(house: House, signal: AbortSignal) {
  const client = new pg.Client({
    connectionString: house.server.ownerUrl,
    application_name: 'shubbak keeper',
  })
  let lost = false
  client.on('error', () => {
    lost = true
  })
  client.on('end', () => {
    lost = true
  })
  await client.connect()
  while (!signal.aborted && !lost) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      keeperLock,
    ])
    if (rows[0]?.got) return { lost: () => lost, release: () => client.end().catch(() => {}) }
    await rest(pollMs, signal)
  }
  await client.end().catch(() => {})
  return undefined
}

/** The nightly backup, when it is due; at once where there is none yet that what follows could be added to. */
async function night(house: House, root: string, receiver: Receiver | undefined): Promise<void> {
  const ours = house.config.databaseUrl === undefined
  if (ours && !receiver) return
  const [town] = await townsOf(house)
  if (!town) return
  const kind = ours ? 'physical' : 'logical'
  const [run] = await house.database.read(town.id, tx => runsOf(tx, kind, 1))
  const now = house.clock.now()
  const tried = run && { beganAt: run.beganAt, good: run.good }
  const due = isDue(now, lastMoment(now, house.config.backup.at, town.timeZone), tried)
  if (!due && !(receiver && isBare(root, receiver) && tried?.good !== false)) return
  await withRecord(house, kind, () => (ours ? nightlyPhysical(house, root) : nightlyLogical(house, root)))
}

/** Follows the log, again and again after whatever breaks it off. */
function followLog(house: House, root: string, signal: AbortSignal) {
  const { keys, wait } = house.config.backup
  const url = house.server.ownerUrl
  let current: Receiver | undefined
  let noted = Number.NEGATIVE_INFINITY
  const note = async (trouble: string | undefined) => {
    const lag = trouble === undefined ? await lagMs(url) : undefined
    const keptUntil = lag === undefined ? undefined : new Date(house.clock.now().getTime() - lag)
    for (const { id } of await townsOf(house))
      await house.database.write(id, tx => noteStream(tx, { keptUntil, trouble }))
    noted = performance.now()
  }
  async function once(): Promise<void> {
    const stopping = new AbortController()
    try {
      await boundWaitingLog(url)
      current = await receiveWal({
        url,
        root,
        recipients: keys,
        gatherMs: wait ? 0 : gatherMs,
        onProgress() {},
      })
      await letCommitsWait(url, wait)
      const until = AbortSignal.any([signal, stopping.signal])
      const beat = async () => {
        while (!until.aborted) {
          if (performance.now() - noted >= noteEveryMs) await note(undefined)
          await rest(pollMs, until)
        }
      }
      await Promise.race([current.ended, beat()])
    } catch (error) {
      if (signal.aborted) return
      house.log.error({ part: 'backup', err: error }, 'the log of the database is not being kept')
      await letCommitsWait(url, false).catch(() => {})
      await note(errorLine(error)).catch(() => {})
      noted = Number.NEGATIVE_INFINITY
    } finally {
      stopping.abort()
      if (signal.aborted) await letCommitsWait(url, false).catch(() => {})
      await current?.stop()
      current = undefined
    }
  }
  async function always(): Promise<void> {
    while (!signal.aborted) {
      await once()
      await rest(1000, signal)
    }
  }
  return { receiver: () => current, ended: always() }
}
