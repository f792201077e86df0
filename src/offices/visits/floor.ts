import { dateIn } from '../../lib/calendar.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'
import { staffById } from '../people/index.ts'
import { type Purpose, type ServiceWindow, turnName, type Visit } from './model.ts'
import { next } from './next.ts'
import { type Day, queueOf, readDay } from './queue.ts'

export type WindowOnFloor = ServiceWindow & {
  staff: { id: string; name: Localized; since: Date } | undefined
  /** Whom it has called or serves. */
  now:
    | { visitId: string; turn: string; purpose: string; state: 'called' | 'serving'; since: Date }
    | undefined
}

export type PurposeOnFloor = Purpose & {
  waiting: number
  /** Since when the first of them waits. */
  oldest: Date | undefined
  /** Whose turn is next, as the hall reads it. */
  next: string | undefined
}

export type Floor = { windows: WindowOnFloor[]; purposes: PurposeOnFloor[]; waiting: number }

/** The hall at this instant: who is at which window, whom they serve since when, and how many wait for what. */
export async function floorNow(tx: Read, town: { timeZone: string }): Promise<Floor> {
  const day = await readDay(tx, dateIn(tx.now, town.timeZone))
  const sitting = day.windows.flatMap(window => (window.sitting ? [window.sitting.staffId] : []))
  const staff = await staffById(tx, sitting)
  const windows = day.windows.map(({ sitting: seat, ...window }): WindowOnFloor => {
    const member = seat && staff.get(seat.staffId)
    const busy = day.visits.find(visit => visit.window === window.number && isOpen(visit))
    return {
      ...window,
      staff: seat && member && { id: member.id, name: member.name, since: seat.openedAt },
      now: busy && inHand(busy),
    }
  })
  return { windows, waiting: day.waiting.length, purposes: purposesNow(day, tx.now) }
}

const isOpen = ({ state }: Visit): boolean => state === 'called' || state === 'serving'

const inHand = (visit: Visit): WindowOnFloor['now'] => ({
  visitId: visit.id,
  turn: turnName(visit),
  purpose: visit.purpose,
  state: visit.state === 'serving' ? 'serving' : 'called',
  since: visit.servedFrom ?? visit.calledAt ?? visit.takenAt,
})

function purposesNow(day: Day, now: Date): PurposeOnFloor[] {
  const queue = { ...queueOf(day, now), sinceJump: 0 }
  return day.purposes
    .filter(purpose => purpose.open || day.waiting.some(visit => visit.purpose === purpose.code))
    .map(purpose => {
      const waiting = day.waiting.filter(visit => visit.purpose === purpose.code)
      const first = next(queue, [purpose.code])
      return {
        ...purpose,
        waiting: waiting.length,
        oldest: waiting[0]?.takenAt,
        next: first && turnName({ letter: purpose.letter, number: first.turn.number }),
      }
    })
}
