import type pg from 'pg'
import type { Clock } from '../clock.ts'

const everyMs = 5_000
/** By so much two clocks of one machine do not part unless somebody, or the network's time, moved one. */
const jumpMs = 90_000

/**
 * Tells when the wall clock was put forward or back: the calendar of the queue counts minutes by it. Put forward, it would plan all of them
 * at once; put back, it would rest until the time it had reached is reached again. Returns the end of the watch.
 */
export function watchClock(clock: Clock, jumped: (ms: number) => void): () => void {
  const apart = () => clock.now().getTime() - performance.now()
  let usual = apart()
  const timer = setInterval(() => {
    const ms = apart() - usual
    if (Math.abs(ms) < jumpMs) return
    usual += ms
    jumped(ms)
  }, everyMs).unref()
  return () => clearInterval(timer)
}

/** The calendar does nothing twice, and so nothing before what it did last: what it did at a time that is yet to come is forgotten. */
export async function forgetFuture(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update graphile_worker._private_known_crontabs set last_execution = null
      where last_execution > now() + interval '1 minute'`,
  )
}
