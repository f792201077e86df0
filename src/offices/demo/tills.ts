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
} from '../treasury/index.ts'
import { at, bookOf, type Stage, type Worker, workerAt } from './stage.ts'

type Open = { day: string; sessionId: string; at: Date }

/** Which till each collector has open while the town is laid out. */
const open = new WeakMap<Stage, Map<string, Open>>()

const hour = 3_600_000

/** Opens a collector's till on each day money comes; the one of the day before was counted and handed over at its evening. */
export async function openTill(tx: Write, stage: Stage, collector: Worker): Promise<void> {
  const tills = open.get(stage) ?? new Map<string, Open>()
  open.set(stage, tills)
  const day = dateIn(tx.now, stage.town.timeZone)
  const known = tills.get(collector.id)
  if (known?.day === day) {
    known.at = tx.now
    return
  }
  if (known) await handIn(tx, stage, collector, known)
  else await addBookOf(tx, collector)
  const session = await openSession(tx, {
    ...{ collectorId: collector.id, book: bookOf(collector) },
    float: [{ tender: 'cash', amount: money(30_000, 'ILS'), notes: { 5000: 4, 2000: 3, 1000: 4 } }],
  })
  tills.set(collector.id, { day, sessionId: session.id, at: tx.now })
}

async function addBookOf(tx: Write, collector: Worker): Promise<void> {
  const book = bookOf(collector)
  if ((await booksOf(tx)).some(each => each.book === book)) return
  const by = { kind: 'staff' as const, id: collector.id }
  await addBook(tx, { book, kind: 'printed', description: `شباك القبض ${book}`, by })
}

/** Counted half an hour after the last receipt; once in a while a coin is missing. */
async function handIn(
  tx: Write,
  stage: Stage,
  collector: Worker,
  { sessionId, at: last }: Open,
): Promise<void> {
  const evening = at(tx, new Date(Math.min(tx.now.getTime() - 2, last.getTime() + hour / 2)))
  const missing = stage.chance.happens(0.05) ? 500 : 0
  const counted = (await expectedOf(tx, sessionId)).map((figure): Figure => {
    const { tender, amount } = figure
    const short = tender === 'cash' && amount.currency === 'ILS' ? missing : 0
    return { tender, amount: money(amount.minor - short, amount.currency) }
  })
  const reason = missing > 0 ? 'نقص خمسة شواكل، لم يُعرف سببه' : undefined
  await closeSession(evening, { sessionId, counted, reason, by: { kind: 'staff', id: collector.id } })
  const treasurer = workerAt(stage, 'treasury', 'treasurer')
  const later = at(tx, new Date(evening.now.getTime() + 1))
  await handOver(later, { sessionId, received: counted, by: { kind: 'staff', id: treasurer.id } })
}
