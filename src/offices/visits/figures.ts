import type { CalendarDate } from '../../lib/calendar.ts'
import type { Read } from '../../platform/database/index.ts'
import { turnName, type Visit } from './model.ts'
import { visitsOn } from './store.ts'

/** Minutes: half were no longer than `median`, nine of ten no longer than `ninth`, and the longest. */
export type Spread = { count: number; median: number; ninth: number; longest: number }

export type Times = { waiting: Spread | undefined; serving: Spread | undefined }

export type WaitingTimes = {
  day: CalendarDate
  /** By code of the purpose, by number of the window, and of all. */
  byPurpose: Map<string, Times>
  byWindow: Map<number, Times>
  all: Times
  served: number
  /** Served without a turn. */
  walkIns: number
  waitingNow: number
  noShows: number
  left: number
  /** Called before their turn on a ground the town recognises. */
  favoured: number
  outOfTurn: {
    visitId: string
    turn: string
    reason: string
    staffId: string
    window: number | undefined
    at: Date
  }[]
}

/** How long people waited and were served on a day, who was called out of turn and why, who did not come. */
export async function waitingTimes(tx: Read, day: CalendarDate): Promise<WaitingTimes> {
  return timesOf(day, await visitsOn(tx, day))
}

export function timesOf(day: CalendarDate, visits: readonly Visit[]): WaitingTimes {
  const turns = visits.filter(visit => visit.channel !== 'walk-in')
  const by = <Key>(keyOf: (visit: Visit) => Key | undefined): Map<Key, Times> => {
    const groups = Map.groupBy(turns, keyOf)
    return new Map(
      [...groups].flatMap(([key, some]) => (key === undefined ? [] : [[key, spreads(some)] as const])),
    )
  }
  const count = (state: Visit['state']) => visits.filter(visit => visit.state === state).length
  return {
    day,
    byPurpose: by(visit => visit.purpose),
    byWindow: by(visit => visit.window),
    all: spreads(turns),
    served: count('done'),
    walkIns: visits.length - turns.length,
    waitingNow: count('waiting'),
    noShows: count('no-show'),
    left: count('left'),
    favoured: turns.filter(visit => visit.jumped).length,
    outOfTurn: turns.flatMap(visit =>
      visit.outOfTurnReason && visit.calledAt && visit.staffId
        ? [
            {
              visitId: visit.id,
              turn: turnName(visit),
              reason: visit.outOfTurnReason,
              staffId: visit.staffId,
              window: visit.window,
              at: visit.calledAt,
            },
          ]
        : [],
    ),
  }
}

const spreads = (visits: readonly Visit[]): Times => ({
  waiting: spread(visits.flatMap(({ takenAt, calledAt }) => minutesBetween(takenAt, calledAt))),
  serving: spread(
    visits.flatMap(({ servedFrom, endedAt, state }) =>
      state === 'done' ? minutesBetween(servedFrom, endedAt) : [],
    ),
  ),
})

const minutesBetween = (from: Date | undefined, until: Date | undefined): number[] =>
  from && until ? [(until.getTime() - from.getTime()) / 60_000] : []

/** Quantiles by nearest rank: each is a time somebody really waited. */
export function spread(minutes: readonly number[]): Spread | undefined {
  if (minutes.length === 0) return undefined
  const sorted = minutes.toSorted((a, b) => a - b)
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { count: sorted.length, median: rank(0.5), ninth: rank(0.9), longest: rank(1) }
}
