import { dateIn } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import { keepFor } from '../../../platform/kept.ts'
import type { Call } from '../../../web/call.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import {
  type Contact,
  contactsFor,
  countComplaints,
  type Ratings,
  ratingsSince,
} from '../../feedback/index.ts'
import { countLateCorrections } from '../../rights/index.ts'
import { floorNow, type Floor as Hall, type WaitingTimes, waitingTimes } from '../../visits/index.ts'
import type { Kept } from '../days/done.ts'
import { type CameBy, cameOutside, type DayFigures, dayFigures, type Trips, tripsOfLate } from './figures.ts'
import { asOfNow, type Overtaking, overtakings } from './overtaking.ts'
import { filesToReview, type ToReview } from './review.ts'
import { type OpenWork, openWork, type Stopper } from './work.ts'

/** Everything the manager's floor shows. */
export type FloorView = {
  review: ToReview[]
  contacts: Contact[]
  complaints: number
  /** Corrections people asked for whose day has passed. */
  corrections: number
  figures: DayFigures
  ratings: Ratings
  work: OpenWork
  kept: Kept[]
  stoppers: { name: Localized; count: number }[]
  doors: CameBy[]
  trips: Trips
  overtakings: Overtaking[]
  hall: Hall
  times: WaitingTimes
  services: Map<string, Localized>
}

/** What is counted over a month of requests and all that lie open, and names nobody. */
type Counted = Pick<FloorView, 'figures' | 'work' | 'kept' | 'doors' | 'trips' | 'overtakings'> & { at: Date }

async function count(tx: Read, { town, visitor }: Call): Promise<Counted> {
  const [{ figures, kept }, work, doors, trips, overtaken] = await Promise.all([
    dayFigures(tx, dateIn(tx.now, town.timeZone), town.timeZone),
    openWork(tx),
    cameOutside(tx),
    tripsOfLate(tx),
    overtakings(tx, visitor.actor),
  ])
  return { figures, work, kept, doors, trips, overtakings: overtaken, at: tx.now }
}

/** Where so many were done in a month, counting them takes a moment, and a minute changes little. */
const manyDone = 5_000

/** Counts of a large town, for each reach apart; those of others are always as of now. */
const counts = keepFor<Counted>(60_000, {
  worthKeeping: ({ kept }) => kept.reduce((sum, { ended }) => sum + ended, 0) >= manyDone,
})

export async function loadFloor(tx: Read, call: Call): Promise<FloorView> {
  const { actor } = call.visitor
  const today = dateIn(tx.now, call.town.timeZone)
  const reach = `${today} ${JSON.stringify([actor, call.reach.read])}`
  // Asked together, they travel together.
  const [catalogue, review, contacts, complaints, corrections, ratings, hall, times, counted] =
    await Promise.all([
      catalogueOf(tx),
      filesToReview(tx, actor),
      contactsFor(tx, 'open', 20),
      countComplaints(tx, call, actor),
      countLateCorrections(tx, today),
      ratingsSince(tx, new Date(tx.now.getTime() - 30 * 86_400_000)),
      floorNow(tx, call.town),
      waitingTimes(tx, today),
      counts.of(call.house, tx.town, reach, () => count(tx, call)),
    ])
  const { newest } = catalogue
  const { at, ...rest } = counted
  if (!call.asOf || at < call.asOf) call.asOf = at
  return {
    review,
    contacts,
    complaints,
    corrections,
    ratings,
    hall,
    times,
    ...rest,
    overtakings: await asOfNow(tx, actor, counted.overtakings),
    stoppers: byName(rest.work.stoppers, newest),
    services: new Map(newest.map(({ code, service }) => [code, service.definition.name])),
  }
}

/** The same paper stops requests of several services: it is counted once, by its name. */
function byName(
  missing: readonly Stopper[],
  newest: Awaited<ReturnType<typeof catalogueOf>>['newest'],
): FloorView['stoppers'] {
  const sums = new Map<string, { name: Localized; count: number }>()
  for (const { serviceCode, paperId, count } of missing) {
    const service = newest.find(({ code }) => code === serviceCode)?.service
    const paper = service?.definition.papers.find(({ id }) => id === paperId)
    const name = paper?.name ?? { ar: paperId, en: paperId }
    const known = sums.get(name.ar)
    sums.set(name.ar, { name, count: count + (known?.count ?? 0) })
  }
  return [...sums.values()].sort((one, other) => other.count - one.count).slice(0, 8)
}
