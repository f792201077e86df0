import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../clock.ts'
import { withClient } from '../database/pool.ts'
import { sealFor } from './age.ts'
import { firstMissing, type Line, walFolder, walOf } from './place.ts'
import { openReplication, type Replication } from './replication.ts'
import { GrowingSegment } from './segment.ts'
import { readPlace, segmentOf, writePlace } from './wal.ts'

/** The name of the slot that makes PostgreSQL keep what has not come yet, and of whoever commits wait for. */
export const slotName = 'shubbak_backup'

export interface ReceiveOptions {
  url: string
  root: string
  recipients: readonly string[]
  /** Milliseconds for which what has come may wait to be written together; 0 when commits wait for it. */
  gatherMs: number
  onProgress(line: Line, kept: bigint): void
}

export interface Receiver {
  line: Line
  /** Where the log in the folder begins without a gap: a base backup that begins earlier is of no use. */
  from: bigint
  /** Rejects when the stream breaks; never resolves before `stop`. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL counts from 2000: milliseconds since 1970. */
const epoch2000 = 946_684_800_000

function status(kept: bigint): Buffer {
  const bytes = Buffer.alloc(34)
  bytes[0] = 0x72
  for (const at of [1, 9, 17]) bytes.writeBigUInt64BE(kept, at)
  bytes.writeBigInt64BE(BigInt(systemClock.now().getTime() - epoch2000) * 1000n, 25)
  return bytes
}

/**
 * Follows the write-ahead log as it is written and keeps it in the folder of backups, on the disk before it is acknowledged. A slot makes
 * PostgreSQL keep what has not come yet, so that after any interruption it goes on without a gap (else `from` says where it begins anew).
 */
export async function receiveWal(options: ReceiveOptions): Promise<Receiver> {
  const seal = sealFor(options.recipients)
  const size = await segmentSize(options.url)
  const link = await openReplication(options.url, slotName)
  const { line, from, start } = await whereToBegin(link, options, size).catch(async error => {
    await link.end()
    throw error
  })
  const folder = walFolder(options.root, line)
  const begin = (place: bigint) => {
    const name = segmentOf(place, line.timeline, size)
    return new GrowingSegment(folder, name, size, walOf(options.root, line).parts.get(name) ?? [], seal)
  }

  let place = start
  let segment = begin(start)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let keeping: Promise<void> | undefined
  let stopped = false

  /** Writes what has come, segment by segment, and tells the server; one at a time, so that what comes meanwhile goes out together. */
  async function keep(): Promise<void> {
    if (options.gatherMs > 0) await sleep(options.gatherMs)
    while (waiting.length > 0 && !stopped) {
      const all = Buffer.concat(waiting)
      waiting = []
      waitingBytes = 0
      for (let rest = all; rest.length > 0; ) {
        const taken = segment.take(rest)
        rest = rest.subarray(taken)
        place += BigInt(taken)
        if (!segment.isFull) continue
        await segment.keep()
        segment = begin(place)
      }
      await segment.keep()
      link.send(status(place))
      options.onProgress(line, place)
    }
  }

  let fail: (error: unknown) => void = () => {}
  const ended = new Promise<void>((_, failed) => {
    fail = failed
  })
  ended.catch(() => {})

  function heard(bytes: Buffer): Promise<void> | undefined {
    if (bytes[0] === 0x6b) {
      if (bytes[17] === 1) link.send(status(place))
      return undefined
    }
    if (bytes[0] !== 0x77) return undefined
    // The buffer is pg's own and used again.
    waiting.push(Buffer.from(bytes.subarray(25)))
    waitingBytes += bytes.length
    keeping ??= keep()
      .catch(fail)
      .finally(() => {
        keeping = undefined
      })
    // What is held back holds the server back, once it is much.
    return waitingBytes > 2 * size ? keeping : undefined
  }

  const command = `START_REPLICATION SLOT "${slotName}" PHYSICAL ${writePlace(start)} TIMELINE ${line.timeline}`
  const beat = setInterval(() => link.send(status(place)), 5_000)
  link
    .run(command, heard)
    .then(() => fail(new Error('the database ended the stream of its log')), fail)
    .finally(() => clearInterval(beat))
  return {
    line,
    from,
    ended,
    async stop() {
      await keeping?.catch(() => {})
      stopped = true
      clearInterval(beat)
      await link.end()
      await segment.close()
    },
  }
}

async function segmentSize(url: string): Promise<number> {
  return withClient(url, async client => {
    const { rows } = await client.query<{ size: string }>(
      `select setting as size from pg_settings where name = 'wal_segment_size'`,
    )
    return Number(rows[0]?.size)
  })
}

/** Goes on where the folder ends, if the server still has that; else where the server begins. */
async function whereToBegin(
  link: Replication,
  { url, root }: ReceiveOptions,
  size: number,
): Promise<{ line: Line; from: bigint; start: bigint }> {
  const [identity] = await link.run('IDENTIFY_SYSTEM')
  const line = { system: identity?.systemid ?? '', timeline: Number(identity?.timeline) }
  mkdirSync(walFolder(root, line), { recursive: true, mode: 0o700 })
  const oldest = await withClient(url, async client => {
    const find = () =>
      client.query<{ place: string | null; lost: boolean; busy: number | null }>(
        `select restart_lsn::text as place, wal_status = 'lost' as lost from pg_replication_slots where slot_name = $1`,
        [slotName],
      )
    let [slot] = (await find()).rows
    if (slot?.lost) {
      await client.query('select pg_drop_replication_slot($1)', [slotName])
      slot = undefined
    }
    if (!slot) {
      await client.query('select pg_create_physical_replication_slot($1, true)', [slotName])
      slot = (await find()).rows[0]
    }
    return readPlace(slot?.place ?? '0/0')
  })
  const first = oldest - (oldest % BigInt(size))
  const { whole } = walOf(root, line)
  // The newest stretch without a gap that ends where the server can go on from.
  const next = firstMissing(whole, first, line.timeline, size)
  let from = next
  while (whole.has(segmentOf(from - BigInt(size), line.timeline, size))) from -= BigInt(size)
  return { line, from, start: next }
}
