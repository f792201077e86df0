import { type Logger, pino } from 'pino'

export type Log = Logger

const secret = [
  'password',
  'pin',
  'token',
  'secret',
  'totp',
  'code',
  'authorization',
  'cookie',
  'apiKey',
  'nationalId',
  'idNumber',
  'phone',
  'mobile',
  'payload',
]

/** Digits long enough to be an identity number or a phone are masked wherever they stand in a text. */
function maskNumbers(text: string): string {
  return text.replace(/(?<![\w.-])\+?[0-9٠-٩]{7,15}(?![\w.-])/g, '[number]')
}

/** One JSON line an event; fields that could tell who somebody is, or let anyone in, are left out. */
export function openLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secret.flatMap(name => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: never[]) => void) {
        method.apply(this, args.map(each => (typeof each === 'string' ? maskNumbers(each) : each)) as never[])
      },
    },
    serializers: {
      err: (error: unknown) => {
        if (!(error instanceof Error)) return maskNumbers(String(error))
        return {
          type: error.name,
          message: maskNumbers(error.message),
          stack: maskNumbers(error.stack ?? ''),
        }
      },
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
