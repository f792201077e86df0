import { type Logger, pino } from 'pino'
import { redact, redactText } from './redact.ts'

export type Log = Logger

/** What was given to the logger, each part of it without what may not be logged. An error given alone is named with its own message. */
function told(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args
  if (first instanceof Error)
    return [{ err: redact(first) }, ...told(rest.length > 0 ? rest : [first.message])]
  return args.map(each => (typeof each === 'string' ? redactText(each) : redact(each)))
}

/** One JSON line an event; what could tell who somebody is, or let anyone in, is left out (`redact`). */
export function openLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: never[]) => void) {
        method.apply(this, told(args) as never[])
      },
    },
    // Errors come as `redact` made them.
    serializers: { err: (error: unknown) => error },
  }
  return destination ? pino(options, destination) : pino(options)
}
