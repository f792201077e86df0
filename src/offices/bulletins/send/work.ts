import { sql } from 'kysely'
import { addDays } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { anyWaiting, cancelBulk, releaseBulk, smsTariff, underWay } from '../../messaging/index.ts'
import { todayOf } from '../audience/today.ts'
import { tellBulletins } from '../live.ts'
import type { Bulletin } from '../model.ts'
import { getBulletin } from '../store.ts'
import { planNext } from './plan.ts'
import { countProgress, finishIfDone } from './progress.ts'

/** Messages let into the outbox in one transaction, and those of a bulletin that are in it at one time. */
const slice = 1_000
const mostUnderWay = 5_000
/** Of what the providers still take today so much is left for what somebody waits for: a tenth. */
const keptBack = 0.1

const goesOn = ({ state, paused }: Bulletin) => state === 'sending' && !paused

/**
 * Carries a bulletin on: plans what is not planned yet, lets as many into the outbox as there is room for, and counts where its messages
 * stand; of one that was stopped it takes back what has not left. Each slice is a transaction of its own, so that it is paused, stopped or
 * killed between any two. True while something moves and there is more to do.
 */
export async function carryOn(house: House, town: string, id: string): Promise<boolean> {
  const slices = [planSlice, releaseSlice, takeBackSlice]
  for (const slice of slices)
    while (
      await house.database.write(town, async tx => {
        const bulletin = await getBulletin(tx, id, true)
        return (await slice(tx, bulletin)) > 0
      })
    )
      tellBulletins(house, town)
  const moved = await house.database.write(town, async tx => {
    const bulletin = await getBulletin(tx, id, true)
    const before = JSON.stringify(sorted(bulletin.progress.states))
    const { states } = await countProgress(tx, bulletin)
    if (!goesOn(bulletin) || (await finishIfDone(tx, bulletin))) return false
    return JSON.stringify(sorted(states)) !== before
  })
  tellBulletins(house, town)
  return moved
}

const sorted = (states: object) => Object.entries(states).sort()

const planSlice = (tx: Write, bulletin: Bulletin): Promise<number> =>
  goesOn(bulletin) ? planNext(tx, bulletin) : Promise.resolve(0)

const takeBackSlice = (tx: Write, { id, state }: Bulletin): Promise<number> =>
  state === 'stopped' ? cancelBulk(tx, id, 'stopped', slice) : Promise.resolve(0)

/** Lets the next slice go, as far as there is room in the outbox and in the day; gives how many. */
async function releaseSlice(tx: Write, bulletin: Bulletin): Promise<number> {
  const { id } = bulletin
  if (!goesOn(bulletin) || !(await anyWaiting(tx, id))) return 0
  const room = mostUnderWay - (await underWay(tx, id, mostUnderWay))
  const today = await todayOf(tx)
  const before = bulletin.released.on === today ? bulletin.released.parts : 0
  const each = Math.max(1, Math.ceil(bulletin.partsEach ?? 1))
  // One message a day at least, however few parts are given: it would never end.
  const daily =
    bulletin.dailyParts === undefined ? Number.POSITIVE_INFINITY : Math.max(bulletin.dailyParts, each)
  const parts = Math.min(daily - before, await leftToday(tx, today, bulletin))
  const limit = Math.min(slice, room, Math.floor(parts / each))
  if (limit <= 0) return 0
  // What the law has the town tell is told however late, or goes by post: it must not end unseen.
  const expiresAt =
    bulletin.kind === 'legal' ? undefined : new Date(`${addDays(today, bulletin.expiresDays + 1)}T00:00:00Z`)
  const released = await releaseBulk(tx, id, { limit, expiresAt })
  await sql`
    update bulletin set released_on = ${today}::date, released_parts = ${before + released.parts}
     where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  return released.messages
}

/** What the providers take today besides, less what this bulletin has in the outbox and what is kept back for steps. */
async function leftToday(tx: Write, today: string, { id, partsEach }: Bulletin): Promise<number> {
  const { left } = await smsTariff(tx, today)
  if (left === undefined) return Number.POSITIVE_INFINITY
  const waiting = (await underWay(tx, id, mostUnderWay)) * (partsEach ?? 1)
  return Math.floor((left - waiting) * (1 - keptBack))
}
