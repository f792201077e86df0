/**
 * How many unknown codes a town answers in a minute before it says "later". With 80 random bits nobody guesses a code; this keeps a machine
 * that tries from costing the house its time. Known codes are always answered: whoever holds a paper is never made to wait for a stranger.
 */
const most = 120
const minuteMs = 60_000

const misses = new Map<string, { since: number; count: number }>()

/** Notes a code nobody knows; false when there were too many of them lately. `usedUp` is told once in a minute. */
export function missAllowed(town: string, now: Date, usedUp: () => void = () => {}): boolean {
  const at = now.getTime()
  const seen = misses.get(town)
  if (!seen || at - seen.since >= minuteMs || at < seen.since) {
    misses.set(town, { since: at, count: 1 })
    return true
  }
  seen.count += 1
  if (seen.count === most + 1) usedUp()
  return seen.count <= most
}
