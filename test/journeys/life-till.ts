import { dateIn } from '../../src/lib/calendar.ts'
import { money } from '../../src/lib/money.ts'
import {
  addBook,
  chequesDue,
  closeSession,
  expectedOf,
  openSession,
  openSessionOf,
  takeReceipt,
} from '../../src/offices/treasury/index.ts'
import { owe } from './money.ts'
import type { Citizen, PeopledTown } from './peopled.ts'

/** A collector's tills, by what there is to see of them. */
export type Till = {
  /** Counted five shekels short, and waiting for the treasurer. */
  counted: string
  /** Lies open, with money of every kind in it. */
  open: string
  /** Paid in notes, by card, by deposit and by cheque at once. */
  receipt: string
  cheque: string
}

/** Closes the collector's till of the morning, and opens another that takes money of every kind; besides, a book that is written by hand. */
export async function aWorkingTill(town: PeopledTown, person: Citizen): Promise<Till> {
  const collectorId = town.staff.collector.id
  const by = { kind: 'staff', id: collectorId } as const
  const counted = await town.write(async tx => {
    const { id = '' } = (await openSessionOf(tx, collectorId)) ?? {}
    const lies = (await expectedOf(tx, id)).map(({ tender, amount }) => ({
      tender,
      amount: money(amount.minor - (amount.currency === 'ILS' ? 500 : 0), amount.currency),
    }))
    const reason = 'نقص خمسة شواكل، لم يُعرف سببه'
    await closeSession(tx, { sessionId: id, counted: lies, reason, by })
    return id
  })
  town.pass(5)
  const bill = await owe(town, person)
  return town.write(async tx => {
    await addBook(tx, { book: 'B', kind: 'printed', description: 'شباك القبض 2', by })
    const pages = { first: 101, last: 150 }
    await addBook(tx, { book: 'H', kind: 'hand-written', description: 'دفتر انقطاع الكهرباء', pages, by })
    const { id } = await openSession(tx, {
      collectorId,
      book: 'B',
      float: [{ tender: 'cash', amount: money(30_000, 'ILS'), notes: { 5000: 4, 2000: 3, 1000: 4 } }],
    })
    const today = dateIn(tx.now, town.town.timeZone)
    const ils = (minor: number) => money(minor, 'ILS')
    const receipt = await takeReceipt(tx, town.house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId,
      lines: [{ chargeId: bill, amount: ils(40_000), paid: ils(40_000) }],
      tenders: [
        { kind: 'cash', received: [ils(10_000)], change: [] },
        { kind: 'card', amount: ils(10_000), last4: '4471', slip: '008213' },
        { kind: 'bank', amount: ils(5_000), bank: 'بنك القدس', number: '7781204', date: today },
        {
          kind: 'cheque',
          amount: ils(15_000),
          drawer: person.displayName,
          bank: 'بنك فلسطين',
          branch: 'الخليل',
          number: '30041877',
          dueOn: '2026-04-15',
        },
      ],
    })
    const [cheque] = await chequesDue(tx, '2026-04-15')
    return { counted, open: id, receipt: receipt.id, cheque: cheque?.id ?? '' }
  })
}
