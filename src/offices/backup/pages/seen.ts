import type { Read } from '../../../platform/database/index.ts'
import { type BackupRun, lastGood, messagesWaiting, runsOf, streamOf } from '../runs.ts'
import type { Seen } from './judge.ts'

/** Messages are counted so far. */
export const mostCounted = 10_000

/** What the pages show, read from the record. */
export async function readSeen(tx: Read): Promise<Seen> {
  const pair = async (kind: 'physical' | 'logical' | 'drill') => {
    const [last] = (await runsOf(tx, kind, 2)).filter(run => run.good !== undefined)
    return { last, good: last?.good ? last : await lastGood(tx, kind) }
  }
  const [physical, logical] = [await pair('physical'), await pair('logical')]
  return {
    waiting: await messagesWaiting(tx, mostCounted),
    backup: { last: newer(physical.last, logical.last), good: newer(physical.good, logical.good) },
    stream: await streamOf(tx),
    drill: await pair('drill'),
  }
}

const newer = (a: BackupRun | undefined, b: BackupRun | undefined): BackupRun | undefined =>
  a && b ? (a.beganAt > b.beganAt ? a : b) : (a ?? b)
