import { dateIn } from '../../lib/calendar.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Write } from '../../platform/database/transaction.ts'
import {
  beginServing,
  callNext,
  callOutOfTurn,
  currentVisit,
  finish,
  leaveTurn,
  noShow,
  openWindow,
  settleUsual,
  setWindow,
  takeTurn,
  type Visit,
} from '../visits/index.ts'
import { chance } from './random.ts'
import { at, type Stage, type Worker } from './stage.ts'

const bySystem = { kind: 'system', id: 'demo' } as const
const minute = 60_000

/** Each window with whoever sits at it, and what is served there. */
const windows: readonly { login: string | undefined; purposes: string[]; room: Localized }[] = [
  { login: 'layla', purposes: ['file', 'papers', 'receive', 'ask'], room: { ar: 'الصالة', en: 'Hall' } },
  { login: 'osama', purposes: ['file', 'papers', 'receive', 'ask'], room: { ar: 'الصالة', en: 'Hall' } },
  { login: 'maher', purposes: ['pay'], room: { ar: 'الصالة، الصندوق', en: 'Hall, cashier' } },
  { login: undefined, purposes: ['receive', 'ask'], room: { ar: 'المدخل', en: 'Entrance' } },
]

/** Who came this morning: minutes of a morning of three hours, and for what. */
const turns = 30

/**
 * The windows of the centre and its morning up to now: most have been served, one did not come, one was called out of turn with a reason,
 * two are being served and some wait. At night the morning is the last hours: somebody who looks at the demo then sees a hall alive too.
 */
export async function fillHall(tx: Write, stage: Stage, until: Date): Promise<void> {
  const desk = { house: stage.house, town: alwaysOpen(stage) }
  const luck = chance(41)
  const midnight = firstInstantOf(until, stage.town.timeZone)
  const start = new Date(Math.max(until.getTime() - 180 * minute, midnight.getTime() + minute))
  const when = (share: number) => new Date(start.getTime() + share * (until.getTime() - start.getTime()))
  // Shortly after midnight the morning is minutes long: nobody presses so fast at one door.
  const atDoor = until.getTime() - start.getTime() > 60 * minute
  await settleUsual(tx)
  for (const [place, { purposes, room }] of windows.entries()) {
    const number = place + 1
    const name = { ar: `شباك ${number}`, en: `Window ${number}` }
    await setWindow(at(tx, start), { number, name, room, purposes, open: true }, bySystem)
  }
  const clerks = windows.flatMap(({ login }, place) => {
    const worker = stage.staff.find(each => each.login === login)
    return worker ? [{ number: place + 1, worker, free: 0 }] : []
  })
  for (const { number, worker } of clerks) await openWindow(at(tx, start), { number, ...asWorker(worker) })

  let outOfTurn = false
  const waiting: Visit[] = []
  for (let each = 0; each < turns; each++) {
    const share = (each + luck.next() * 0.5) / turns
    const purpose = luck.weighted([
      ['file', 9],
      ['papers', 5],
      ['pay', 9],
      ['receive', 5],
      ['ask', 3],
    ])
    const ground = luck.happens(0.12) ? luck.pick(['elderly', 'disability', 'pregnant']) : undefined
    const person = luck.happens(0.3) ? luck.pick(stage.people) : undefined
    const { visit } = await takeTurn(
      at(tx, when(share)),
      desk,
      {
        purpose,
        channel: atDoor ? luck.pick(['door', 'door', 'portal', 'clerk']) : 'clerk',
        ground,
        personId: person?.id,
      },
      bySystem,
    )
    waiting.push(visit)
    if (each === 9) await leaveTurn(at(tx, when(share + 0.02)), desk, visit.id, bySystem)
    // Whoever is free calls; in the end the queue has grown a little.
    for (const clerk of clerks) {
      if (clerk.free > share || (share > 0.82 && clerk.number !== 3)) continue
      const now = at(tx, when(share + 0.004))
      const of = asWorker(clerk.worker)
      await endVisit(now, desk, of, luck.happens(0.05))
      const last = waiting.at(-1)
      if (!outOfTurn && each > 15 && clerk.number === 1 && last && last.purpose !== 'pay') {
        outOfTurn = true
        await callOutOfTurn(now, desk, { ...of, visitId: last.id, reason: 'حالة طارئة' }).catch(
          () => undefined,
        )
      } else await callNext(now, desk, of)
      const identity = luck.weighted([
        ['id-card', 8],
        ['passport', 1],
        ['known-code', 1],
      ] as const)
      if (await currentVisit(now, of.staffId))
        await beginServing(at(tx, when(share + 0.008)), desk, { ...of, identity })
      clerk.free = share + 0.03 + luck.next() * 0.09
    }
  }
  // The second window has just ended: its clerk is about to call.
  const second = clerks[1]
  if (second) await endVisit(at(tx, when(0.995)), desk, asWorker(second.worker), false)
}

async function endVisit(
  tx: Write,
  desk: Parameters<typeof finish>[1],
  of: Parameters<typeof noShow>[2],
  away: boolean,
): Promise<void> {
  const visit = await currentVisit(tx, of.staffId)
  if (!visit) return
  if (visit.state === 'called' && away) await noShow(tx, desk, of)
  else {
    if (visit.state === 'called') await beginServing(tx, desk, { ...of, identity: 'id-card' })
    await finish(tx, desk, of)
  }
}

const asWorker = (worker: Worker) => ({
  staffId: worker.id,
  by: { kind: 'staff', id: worker.id, office: worker.office },
})

/** The town as if its day had no end, for laying out alone. */
function alwaysOpen({ town }: Stage): Stage['town'] {
  const day = { from: '00:00', to: '23:59' }
  return {
    ...town,
    calendar: { timeZone: town.timeZone, closures: [], week: [day, day, day, day, day, day, day] },
  }
}

/** The first minute of the day it is in the town. */
function firstInstantOf(now: Date, timeZone: string): Date {
  const day = dateIn(now, timeZone)
  let first = now
  while (dateIn(new Date(first.getTime() - 5 * minute), timeZone) === day)
    first = new Date(first.getTime() - 5 * minute)
  return first
}
