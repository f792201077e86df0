import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import { countedFrom, type DoneDay, type Span } from './count.ts'
import { foldedDays } from './fold.ts'

/**
 * What was done on each of these days, as counting it from the requests within the reach of whoever asks comes to: from the fold where it
 * holds, counted now where it does not. Who does not reach every request of the town, or to whom one is closed, gets all of it counted.
 */
export async function doneOn(tx: Read, spans: readonly Span[], timeZone: string): Promise<DoneDay[]> {
  const [{ rows: folded }, { rows: reaches }] = await Promise.all([
    foldedDays(tx, spans, timeZone).execute(tx.q),
    sql<{ whole: boolean }>`
      select reach_town('requests') and reach_closed() = '{}' as whole`.execute(tx.q),
  ])
  const known = new Map(reaches[0]?.whole ? folded.map(each => [each.day, each]) : [])
  const rest = spans.filter(({ day }) => !known.has(day))
  if (rest.length > 0)
    for (const each of (await countedFrom(tx, rest).execute(tx.q)).rows) known.set(each.day, each)
  return spans.flatMap(({ day }) => known.get(day) ?? [])
}

/** How many were done on a day. */
export const doneIn = ({ services }: DoneDay): number =>
  Object.values(services).reduce((sum, [done]) => sum + done, 0)

/** Half of what was done on these days took no longer, in hours; undefined where nothing was done. */
export function medianOf(days: readonly DoneDay[]): number | undefined {
  const counts = new Map<number, number>()
  for (const { took } of days)
    for (const [hours, count] of Object.entries(took))
      counts.set(Number(hours), (counts.get(Number(hours)) ?? 0) + count)
  const sorted = [...counts].sort(([one], [other]) => one - other)
  const all = sorted.reduce((sum, [, count]) => sum + count, 0)
  let passed = 0
  return sorted.find(([, count]) => {
    passed += count
    return passed * 2 >= all
  })?.[0]
}

export type Kept = { serviceCode: string; ended: number; inTime: number }

/** Of what was done on these days, how much within its promise; by service, the best kept first. */
export function promisesKept(days: readonly DoneDay[]): Kept[] {
  const sums = new Map<string, Kept>()
  for (const { services } of days)
    for (const [serviceCode, [done, inTime]] of Object.entries(services)) {
      const sum = sums.get(serviceCode) ?? { serviceCode, ended: 0, inTime: 0 }
      sums.set(serviceCode, { serviceCode, ended: sum.ended + done, inTime: sum.inTime + inTime })
    }
  const share = (kept: Kept) => kept.inTime / kept.ended
  return [...sums.values()].sort(
    (one, other) => share(other) - share(one) || (one.serviceCode < other.serviceCode ? -1 : 1),
  )
}
