import type { CalendarDate } from '../../lib/calendar.ts'
import type { Localized } from '../../lib/localized.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'

/** Where an act is done: the house and the town. A `Call` is one. */
export type Desk = { house: House; town: Town }

/** What somebody comes for. Codes are the town's own; its letter stands before the number of a turn. */
export type Purpose = {
  code: string
  letter: string
  name: Localized
  /** Words it is asked for by in an SMS, as `wordsOf` folds them. */
  words: readonly string[]
  /** How long one should wait at most, in minutes. Waiting is weighed against it. */
  promiseMinutes: number
  position: number
  open: boolean
}

/** A ground on which the town calls somebody before their turn. */
export type Ground = { code: string; name: Localized; position: number; open: boolean }

/** A window of the hall: what is served at it, and where it stands. */
export type ServiceWindow = {
  number: number
  name: Localized
  room: Localized
  purposes: readonly string[]
  open: boolean
}

export const channels = ['door', 'portal', 'sms', 'clerk', 'walk-in'] as const
export type Channel = (typeof channels)[number]

export type VisitState = 'waiting' | 'called' | 'serving' | 'done' | 'left' | 'no-show'

/** How somebody showed who they are. `none`: nothing was shown, or nobody wrote it down. */
export const identities = ['id-card', 'passport', 'known-code', 'pin', 'proxy', 'none'] as const
export type IdentityShown = (typeof identities)[number]

export const results = ['done', 'referred', 'papers-missing', 'answered'] as const
export type VisitResult = (typeof results)[number]

/** A contact at the counter, from the turn to its end. */
export type Visit = {
  id: string
  day: CalendarDate
  purpose: string
  letter: string
  /** Of its purpose and day; none for somebody served without a turn. */
  number: number | undefined
  channel: Channel
  takenAt: Date
  personId: string | undefined
  ground: string | undefined
  state: VisitState
  window: number | undefined
  staffId: string | undefined
  calledAt: Date | undefined
  /** Called before others because of its ground. */
  jumped: boolean
  outOfTurnReason: string | undefined
  returnedAt: Date | undefined
  servedFrom: Date | undefined
  endedAt: Date | undefined
  identityShown: IdentityShown | undefined
  result: VisitResult | undefined
  hasPhone: boolean
}

/** What the town has settled about its queue. */
export type VisitRules = {
  /** Of so many calls at most one is before its turn by a ground. */
  groundEvery: number
  /** From this waiting on, in minutes, only the order of coming counts. */
  ceilingMinutes: number
  /** When so many are left before somebody, their telephone is told. */
  soonAt: number
  /** Whoever missed their call may come back within so many minutes, once. */
  graceMinutes: number
}

export const usualRules: VisitRules = { groundEvery: 3, ceilingMinutes: 60, soonAt: 3, graceMinutes: 10 }

/** «ب 041»: the number as it is called, shown and printed. */
export function turnName(turn: { letter: string; number: number | undefined }): string {
  return turn.number === undefined ? turn.letter : `${turn.letter} ${String(turn.number).padStart(3, '0')}`
}

declare module '../../platform/events.ts' {
  interface EventPayloads {
    /** The queue has moved: somebody came, was called, served or left. */
    'visits.moved': { day: CalendarDate; visitId: string; state: VisitState }
  }
}
