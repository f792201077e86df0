import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { House } from '../house.ts'
import { liveOf, type News } from './hub.ts'

const channel = 'shubbak_live'
/** News of one breath travel together: a notification takes a lock of the whole database at its commit. */
const breathMs = 150
/** PostgreSQL carries 8000 bytes at once. */
const mostBytes = 7_000
const againMs = 3_000

type Parcel = { from: string; news: News[] }

/**
 * Carries news between the processes of an installation: what one commits, the open pages of the others hear. It needs a connection of its
 * own that listens (`DATABASE_DIRECT_URL`), since a pooler hands connections round. Without it pages of other processes are old until they
 * are read again; nothing else is lost.
 */
export function startRelay(house: House): { stop(): Promise<void> } {
  const hub = liveOf(house)
  const me = randomUUID()
  const leave = new AbortController()
  let client: pg.Client | undefined
  let waiting: News[] = []
  let breath: NodeJS.Timeout | undefined

  async function send(): Promise<void> {
    breath = undefined
    const news = waiting
    waiting = []
    for (const parcel of parcels(me, news))
      await client?.query('select pg_notify($1, $2)', [channel, parcel]).catch(() => undefined)
  }

  function hear(payload: string | undefined): void {
    try {
      const parcel = JSON.parse(payload ?? '') as Parcel
      if (parcel.from !== me) for (const news of parcel.news) hub.deliver(news)
    } catch {
      // Somebody else speaks on the channel: not for us.
    }
  }

  hub.relay = news => {
    waiting.push(news)
    breath ??= setTimeout(() => void send(), breathMs)
  }

  const running = (async () => {
    while (!leave.signal.aborted) {
      const mine = new pg.Client({
        connectionString: house.server.directUrl,
        application_name: 'shubbak live',
      })
      const ended = new Promise<void>(resolve => {
        mine.on('error', () => resolve())
        mine.on('end', () => resolve())
      })
      mine.on('notification', ({ payload }) => hear(payload))
      try {
        await mine.connect()
        await mine.query(`listen ${channel}`)
        client = mine
        await Promise.race([ended, aborted(leave.signal)])
      } catch (error) {
        house.log.debug({ part: 'live', err: error }, 'news between processes rest')
      }
      client = undefined
      await mine.end().catch(() => undefined)
      if (!leave.signal.aborted)
        await sleep(againMs, undefined, { signal: leave.signal }).catch(() => undefined)
    }
  })()

  return {
    async stop() {
      hub.relay = undefined
      clearTimeout(breath)
      leave.abort()
      await running
    },
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** News for every process, this one too, as parcels for a transaction to send with its commit. For what is rare: it locks the database for a moment. */
export const newsNow = (news: News): { channel: string; payload: string }[] =>
  parcels('everybody', [news]).map(payload => ({ channel, payload }))

/** News as PostgreSQL can carry them: as few parcels as hold them. What is too long for one is left out. */
export function parcels(from: string, news: readonly News[]): string[] {
  const all: string[] = []
  let packed: News[] = []
  const close = () => {
    if (packed.length > 0) all.push(JSON.stringify({ from, news: packed } satisfies Parcel))
    packed = []
  }
  for (const each of news) {
    if (Buffer.byteLength(JSON.stringify({ from, news: [...packed, each] })) > mostBytes) close()
    if (Buffer.byteLength(JSON.stringify({ from, news: [each] })) <= mostBytes) packed.push(each)
  }
  close()
  return all
}
