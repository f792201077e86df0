import { Logger } from 'graphile-worker'
import type { Log } from '../telemetry/log.ts'

/** The queue's own chatter is of no use to an operator: only what went wrong is kept, in our log. */
export function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ part: 'jobs' }, message)
    else if (level === 'warning') log.warn({ part: 'jobs' }, message)
    else log.debug({ part: 'jobs' }, message)
  })
}

export const quietLogger = new Logger(() => () => {})
