import { dateIn } from '../../lib/calendar.ts'
import { money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/transaction.ts'
import {
  addBook,
  booksOf,
  closeSession,
  expectedOf,
  type Figure,
  handOver,
  openSession,
  openSessionOf,
} from '../treasury/index.ts'
import { type Chance, chance } from './random.ts'
import { at, bookOf, type Stage, type Worker } from './stage.ts'

type Open = { day: string; sessionId: string; at: Date; collector: Worker }

/** Which till each collector has open while the town is laid out; luck of its own, so that the rest of the town stays as it was. */
type Tills = { luck: Chance; open: Map<string, Open> }
const tillsOf = new WeakMap<Stage, Tills>()
const seed = 20_260_717

const hour = 3_600_000
const day = 24 * hour

export function tillsAt(stage: Stage): Tills {
  const tills = tillsOf.get(stage) ?? { luck: chance(seed), open: new Map<string, Open>() }
  tillsOf.set(stage, tills)
  return tills
}

/** Opens a collector's till on each day money comes; the one of the day before was counted and handed over at its evening. */
export async function openTill(tx: Write, stage: Stage, collector: Worker): Promise<void> {
  const { open } = tillsAt(stage)
  const today = dayOrWeek(tx, stage)
  const known = open.get(collector.id)
  if (known?.day === today) {
    known.at = tx.now
    return
  }
  if (known) await handIn(tx, stage, known)
  else await addBookOf(tx, collector)
  const session = await openSession(tx, {
    collectorId: collector.id,
    book: bookOf(collector),
    float: [{ tender: 'cash', amount: money(30_000, 'ILS'), notes: { 5000: 4, 2000: 3, 1000: 4 } }],
  })
  open.set(collector.id, { day: today, sessionId: session.id, at: tx.now, collector })
}

/** A till lies open for a day; in the years before, which nobody looks at day by day, for a week: that is quicker to lay out. */
function dayOrWeek(tx: Write, stage: Stage): string {
  const lately = stage.house.clock.now().getTime() - tx.now.getTime() < 90 * day
  return lately ? dateIn(tx.now, stage.town.timeZone) : `week ${Math.floor(tx.now.getTime() / (7 * day))}`
}

async function addBookOf(tx: Write, collector: Worker): Promise<void> {
  const book = bookOf(collector)
  if ((await booksOf(tx)).some(each => each.book === book)) return
  const by = { kind: 'staff' as const, id: collector.id }
  await addBook(tx, { book, kind: 'printed', description: `شباك القبض ${book}`, by })
}

/** Counted half an hour after the last receipt; once in a while a coin is missing. */
async function count(
  tx: Write,
  stage: Stage,
  { sessionId, at: last, collector }: Open,
): Promise<{ later: Write; counted: Figure[] }> {
  const { luck } = tillsAt(stage)
  const evening = at(tx, new Date(Math.min(tx.now.getTime() - 2, last.getTime() + hour / 2)))
  const missing = luck.happens(0.05) ? 500 : 0
  const counted = (await expectedOf(tx, sessionId)).map((figure): Figure => {
    const { tender, amount } = figure
    const short = tender === 'cash' && amount.currency === 'ILS' ? missing : 0
    return { tender, amount: money(amount.minor - short, amount.currency) }
  })
  const reason = missing > 0 ? 'نقص خمسة شواكل، لم يُعرف سببه' : undefined
  await closeSession(evening, { sessionId, counted, reason, by: { kind: 'staff', id: collector.id } })
  return { later: at(tx, new Date(evening.now.getTime() + 1)), counted }
}

async function handIn(tx: Write, stage: Stage, till: Open): Promise<void> {
  const { later, counted: received } = await count(tx, stage, till)
  await handOver(later, {
    sessionId: till.sessionId,
    received,
    by: { kind: 'staff', id: treasurerOf(stage).id },
  })
}

const treasurerOf = (stage: Stage): Worker => {
  const treasurer = stage.staff.find(each => each.role === 'treasurer')
  if (!treasurer) throw new Error('the demo town has no treasurer')
  return treasurer
}

/** As the town stands when somebody looks in: one till lies open, one that was counted waits for the treasurer, the rest are in. */
export async function leaveTills(tx: Write, stage: Stage, until: Date): Promise<void> {
  const now = at(tx, until)
  const shown = stage.staff.find(each => each.role === 'collector')
  const tills = [...tillsAt(stage).open.values()].toSorted(
    (one, other) => other.at.getTime() - one.at.getTime(),
  )
  const [waiting] = tills.filter(till => till.collector !== shown)
  for (const till of tills) {
    const today = until.getTime() - till.at.getTime() < day / 2
    if (till === waiting) await count(now, stage, till)
    else if (till.collector !== shown || !today) await handIn(now, stage, till)
  }
  if (shown && !(await openSessionOf(now, shown.id))) {
    if (!tills.some(till => till.collector === shown)) await addBookOf(now, shown)
    const float = [{ tender: 'cash' as const, amount: money(50_000, 'ILS') }]
    await openSession(now, { collectorId: shown.id, book: bookOf(shown), float })
  }
  const by = { kind: 'staff' as const, id: treasurerOf(stage).id }
  const pages = { first: 101, last: 150 }
  await addBook(now, { book: 'H', kind: 'hand-written', description: 'دفتر انقطاع الكهرباء', pages, by })
}
