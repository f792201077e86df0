import type { CodePurpose } from './codes.ts'

/** What somebody is told of their log-in, in words of their own for each. */
export type LogInNews =
  | 'device-new'
  | 'device-unproven'
  | 'pin-renewed'
  | 'verified'
  | 'mandate-offered'
  | 'mandate-in-force'
  | 'mandate-ended'

declare module '../../../platform/events.ts' {
  interface EventPayloads {
    /** A code is to go to a telephone. Whoever hears of it sends it, and keeps it nowhere else. */
    'people.code-sent': {
      purpose: CodePurpose
      personId: string | undefined
      code: string
      to: { index: Buffer; sealed: Buffer }
      expiresAt: Date
    }
    /** Something happened to somebody's log-in that they are told of. */
    'people.log-in-told': { personId: string; news: LogInNews }
  }
}
