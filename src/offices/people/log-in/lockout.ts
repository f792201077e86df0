/** Log-ins wait after too many failures: the wait doubles with each one more, and ends at a day. */
const patience = 5
const minute = 60_000
const firstWaitMs = 5 * minute
const longestWaitMs = 24 * 60 * minute

/** How long a log-in is closed after this many failures in a row. */
export function waitAfter(failures: number): number {
  if (failures < patience) return 0
  return Math.min(firstWaitMs * 2 ** (failures - patience), longestWaitMs)
}

/** The instant until which it is closed, or null. */
export function lockedUntil(failures: number, now: Date): Date | null {
  const wait = waitAfter(failures)
  return wait === 0 ? null : new Date(now.getTime() + wait)
}
