import type { CalendarDate } from '../../lib/calendar.ts'
import type { Read } from '../../platform/database/index.ts'
import type { Purpose, Visit, VisitRules } from './model.ts'
import { type Foreseen, foresee, type OpenWindow, type Queue, type Turn } from './next.ts'
import { visitRules } from './setup.ts'
import { purposesOf, visitsOn, type WindowNow, windowsOf } from './store.ts'

/** A day of the queue as it stands at this instant. */
export type Day = {
  day: CalendarDate
  purposes: Purpose[]
  windows: WindowNow[]
  rules: VisitRules
  visits: Visit[]
  waiting: Visit[]
}

/** Reads a whole day: what is asked of the queue is asked of all of it, and a day holds some hundreds. */
export async function readDay(tx: Read, day: CalendarDate): Promise<Day> {
  const visits = await visitsOn(tx, day)
  return {
    day,
    visits,
    waiting: visits.filter(visit => visit.state === 'waiting'),
    purposes: await purposesOf(tx),
    windows: await windowsOf(tx),
    rules: await visitRules(tx, day),
  }
}

export const turnOf = (visit: Visit): Turn => ({
  id: visit.id,
  purpose: visit.purpose,
  number: visit.number ?? 0,
  takenAt: visit.takenAt,
  ground: visit.ground,
})

export const queueOf = (of: Day, now: Date): Omit<Queue, 'sinceJump'> => ({
  waiting: of.waiting.map(turnOf),
  promises: new Map(of.purposes.map(purpose => [purpose.code, purpose.promiseMinutes])),
  rules: of.rules,
  now,
})

/** Calls of a window since its last one by a ground, on this day. */
export function sinceJump(visits: readonly Visit[], window: number): number | undefined {
  const called = visits
    .filter(visit => visit.window === window && visit.calledAt && visit.channel !== 'walk-in')
    .toSorted((a, b) => (a.calledAt?.getTime() ?? 0) - (b.calledAt?.getTime() ?? 0))
  const last = called.findLastIndex(visit => visit.jumped)
  return last < 0 ? undefined : called.length - 1 - last
}

const minute = 60_000
/** Fewer than these say nothing about how long it takes. */
const enough = 3

/** How long serving took today, in minutes by purpose: the median, where enough were served. */
export function measuredServing(of: Pick<Day, 'visits' | 'purposes'>): Map<string, number> {
  const served = of.visits.filter(
    ({ state, channel, calledAt }) => state === 'done' && channel !== 'walk-in' && calledAt,
  )
  const takes = (some: readonly Visit[]) =>
    some
      .map(({ calledAt, endedAt }) => ((endedAt?.getTime() ?? 0) - (calledAt?.getTime() ?? 0)) / minute)
      .toSorted((a, b) => a - b)
  const all = takes(served)
  if (all.length < enough) return new Map()
  const overall = all[all.length >> 1] ?? 1
  return new Map(
    of.purposes.map(({ code }) => {
      const mine = takes(served.filter(visit => visit.purpose === code))
      return [code, Math.max(0.5, mine.length < enough ? overall : (mine[mine.length >> 1] ?? overall))]
    }),
  )
}

/** What everybody who waits may expect. */
export function expectations(of: Day, now: Date): Map<string, Foreseen> {
  const serving = measuredServing(of)
  const open = of.windows.flatMap((window): OpenWindow[] => {
    if (!window.sitting || !window.open) return []
    const busy = of.visits.find(
      visit => visit.window === window.number && (visit.state === 'called' || visit.state === 'serving'),
    )
    const takes = busy && (serving.get(busy.purpose) ?? 1) * minute
    const freeAt = busy?.calledAt && takes ? new Date(busy.calledAt.getTime() + takes) : now
    return [{ purposes: window.purposes, freeAt, sinceJump: sinceJump(of.visits, window.number) }]
  })
  return foresee(queueOf(of, now), open, serving)
}

/** Minutes as they are told: nobody is promised a single minute. */
export const roundMinutes = (minutes: number): number => Math.max(5, Math.ceil(minutes / 5) * 5)
