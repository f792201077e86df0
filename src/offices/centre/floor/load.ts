import { addDays, dateIn, startOfDay } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
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
import {
  type CameBy,
  cameOutside,
  type DayFigures,
  dayFigures,
  type Kept,
  promisesKept,
  type Span,
  type Trips,
  tripsOfLate,
} from './figures.ts'
import { type Overtaking, overtakings } from './overtaking.ts'
import { filesToReview, type ToReview } from './review.ts'
import { type LatePerson, latePeople, type Stopper, stoppers, type WorkAt, workByOffice } from './work.ts'

/** Everything the manager's floor shows. */
export type FloorView = {
  review: ToReview[]
  contacts: Contact[]
  complaints: number
  /** Corrections people asked for whose day has passed. */
  corrections: number
  figures: DayFigures
  ratings: Ratings
  work: WorkAt[]
  people: LatePerson[]
  kept: Kept[]
  stoppers: { name: Localized; count: number }[]
  doors: CameBy[]
  trips: Trips
  overtakings: Overtaking[]
  hall: Hall
  times: WaitingTimes
  services: Map<string, Localized>
}

/** The span of a day of the town, so many days from today. */
export function daySpan(call: Pick<Call, 'town'>, now: Date, offset = 0): Span {
  const { timeZone } = call.town
  const day = addDays(dateIn(now, timeZone), offset)
  return { from: startOfDay(day, timeZone), to: startOfDay(addDays(day, 1), timeZone) }
}

export async function loadFloor(tx: Read, call: Call): Promise<FloorView> {
  const { actor } = call.visitor
  const { newest } = await catalogueOf(tx)
  const services = new Map(newest.map(({ code, service }) => [code, service.definition.name]))
  const missing = await stoppers(tx, 40)
  return {
    services,
    review: await filesToReview(tx, actor),
    contacts: await contactsFor(tx, 'open', 20),
    complaints: await countComplaints(tx, call, actor),
    corrections: await countLateCorrections(tx, dateIn(tx.now, call.town.timeZone)),
    figures: await dayFigures(tx, daySpan(call, tx.now), daySpan(call, tx.now, -1)),
    ratings: await ratingsSince(tx, new Date(tx.now.getTime() - 30 * 86_400_000)),
    work: await workByOffice(tx),
    people: await latePeople(tx),
    kept: await promisesKept(tx),
    stoppers: byName(missing, newest),
    doors: await cameOutside(tx),
    trips: await tripsOfLate(tx),
    overtakings: await overtakings(tx, actor),
    hall: await floorNow(tx, call.town),
    times: await waitingTimes(tx, dateIn(tx.now, call.town.timeZone)),
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
