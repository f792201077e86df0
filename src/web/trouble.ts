import { Unavailable } from '../lib/errors.ts'
import { errorCode } from '../platform/plain-error.ts'

/** Troubles of the machine that pass: what was asked can be asked again, and an act of the same key is done once whatever became of the first. */
const codes: Record<string, Trouble> = {
  // No room on a disk: of the files, of the database.
  ENOSPC: 'no-room',
  EDQUOT: 'no-room',
  '53100': 'no-room',
  // Too many connections, no memory, a lock or a statement that waited too long, others in the way again and again.
  '53000': 'busy',
  '53200': 'busy',
  '53300': 'busy',
  '53400': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
  '40001': 'busy',
  '40P01': 'busy',
  // The database ends, begins, or follows another that has not handed over to it yet.
  '57P01': 'away',
  '57P02': 'away',
  '57P03': 'away',
  '57P05': 'away',
  '25006': 'away',
  '58030': 'away',
  '08000': 'away',
  '08001': 'away',
  '08003': 'away',
  '08004': 'away',
  '08006': 'away',
  '08P01': 'away',
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  EPIPE: 'away',
  ETIMEDOUT: 'away',
}

/** What the driver says of a connection that broke, or that it waited for in vain; it gives these no code. */
const sayings: readonly [RegExp, Trouble][] = [
  [/^timeout exceeded when trying to connect$/, 'busy'],
  [/^Connection terminated/, 'away'],
  [/^Client has encountered a connection error/, 'away'],
  [/^Client was closed and is not queryable$/, 'away'],
]

type Trouble = 'no-room' | 'busy' | 'away'

/** In how many seconds asking again makes sense: a full disk waits for a person, the rest for a moment. */
export const againSeconds = (code: string): number => (code === 'no-room' ? 60 : 5)

/** The trouble as a refusal that pages and programs know how to word; undefined for an error that is ours to mend. */
export function passingTrouble(error: unknown): Unavailable | undefined {
  const trouble =
    codes[errorCode(error) ?? ''] ??
    (error instanceof Error ? sayings.find(([saying]) => saying.test(error.message))?.[1] : undefined)
  return trouble && new Unavailable(trouble, {}, { cause: error })
}
