import { type Money, money } from '../../src/lib/money.ts'
import { accountFor } from '../../src/offices/treasury/accounts.ts'
import type {
  By,
  NewCharge,
  Receipt,
  ReceiptInput,
  ReceiptLineInput,
} from '../../src/offices/treasury/model.ts'
import { raiseCharge } from '../../src/offices/treasury/raise.ts'
import { takeReceipt } from '../../src/offices/treasury/take.ts'
import { addBook, findBook } from '../../src/offices/treasury/till/books.ts'
import { openSession, openSessionOf } from '../../src/offices/treasury/till/sessions.ts'
import type { Read, Write } from '../../src/platform/database/index.ts'
import type { TestDatabase } from '../database.ts'
import { aHouse } from './house.ts'
import { aPerson, aTown, type BuiltPerson } from './people.ts'

export const ils = (minor: number): Money => money(minor, 'ILS')
export const jod = (minor: number): Money => money(minor, 'JOD')
export const usd = (minor: number): Money => money(minor, 'USD')

export const collectorId = '0198a000-0000-7000-8000-00000000c011'
export const collector: By = { kind: 'staff', id: collectorId }

/** Whose till a book is: `collector`'s is A. */
export const collectorOf = (book: string): string =>
  book === 'A'
    ? collectorId
    : `0198a000-0000-7000-8000-${Buffer.from(book.padEnd(6, '.').slice(0, 6)).toString('hex')}`

/** A till open for a collector, with nothing in it; the book is added where it is not there. */
export async function anOpenTill(tx: Write, collectorId: string, book = 'A'): Promise<void> {
  if (await openSessionOf(tx, collectorId)) return
  const by = { kind: 'staff' as const, id: collectorId }
  if (!(await findBook(tx, book))) await addBook(tx, { book, kind: 'printed', description: '', by })
  await openSession(tx, { collectorId, book, float: [] })
}

/** A town with its till, for a test file. */
export async function aTill(db: TestDatabase) {
  const house = aHouse(db)
  const town = await aTown(house)
  const place = { house, town: town.id }
  const write = <T>(work: (tx: Write) => Promise<T>): Promise<T> => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => house.database.read(town.id, work)

  /** A charge on the person's own account of its kind. */
  const charge = (person: BuiltPerson, amount: Money, over: Partial<NewCharge> = {}): Promise<string> =>
    write(async tx => {
      const dueKind = over.dueKind ?? 'fees'
      const account = await accountFor(tx, {
        objectKind: 'person',
        objectId: person.id,
        kind: dueKind,
        holderId: person.id,
      })
      return raiseCharge(tx, {
        accountId: account.id,
        debtorId: person.id,
        dueKind,
        amount,
        refundable: false,
        label: { ar: 'رسم خدمة', en: 'Service fee' },
        reasons: {},
        dueOn: '2026-03-01',
        by: collector,
        ...over,
      })
    })

  const tills = new Map<string, Promise<string>>()
  /** Whose the till of a book is: opened by its collector the first time it is asked for. */
  const open = (book: string, who = collectorOf(book)): Promise<string> => {
    const opened = tills.get(book) ?? write(tx => anOpenTill(tx, who, book)).then(() => who)
    tills.set(book, opened)
    return opened
  }

  /** Takes exactly what the lines say, in notes and at the till of the book, unless it is said otherwise. */
  const take = async (
    lines: ReceiptLineInput[],
    { book = 'A', ...over }: Partial<ReceiptInput> = {},
  ): Promise<Receipt> => {
    const online = over.tenders?.some(tender => tender.kind === 'online')
    const who = online ? undefined : await open(book, over.collectorId)
    return write(tx =>
      takeReceipt(tx, house.events, {
        payer: { name: 'سمير قطب' },
        lines,
        ...(who === undefined ? { book } : { collectorId: who }),
        tenders: [{ kind: 'cash', received: lines.map(line => line.paid), change: [] }],
        ...over,
      }),
    )
  }

  return { db, house, town, place, write, read, charge, take, open, person: () => aPerson(place) }
}
