import { type Money, money } from '../../src/lib/money.ts'
import { accountFor } from '../../src/offices/treasury/accounts.ts'
import { raiseCharge } from '../../src/offices/treasury/charges.ts'
import type {
  By,
  NewCharge,
  Receipt,
  ReceiptInput,
  ReceiptLineInput,
} from '../../src/offices/treasury/model.ts'
import { takeReceipt } from '../../src/offices/treasury/take.ts'
import type { Read, Write } from '../../src/platform/database/index.ts'
import type { TestDatabase } from '../database.ts'
import { aHouse } from './house.ts'
import { aPerson, aTown, type BuiltPerson } from './people.ts'

export const ils = (minor: number): Money => money(minor, 'ILS')
export const jod = (minor: number): Money => money(minor, 'JOD')
export const usd = (minor: number): Money => money(minor, 'USD')

export const collectorId = '0198a000-0000-7000-8000-00000000c011'
export const collector: By = { kind: 'staff', id: collectorId }

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
        ...{ objectKind: 'person', objectId: person.id, kind: dueKind, holderId: person.id },
      })
      return raiseCharge(tx, {
        ...{ accountId: account.id, debtorId: person.id, dueKind, amount, refundable: false },
        ...{ label: { ar: 'رسم خدمة', en: 'Service fee' }, reasons: {}, dueOn: '2026-03-01', by: collector },
        ...over,
      })
    })

  /** Takes exactly what the lines say, unless the tender is given. */
  const take = (lines: ReceiptLineInput[], over: Partial<ReceiptInput> = {}): Promise<Receipt> =>
    write(tx =>
      takeReceipt(tx, house.events, {
        ...{ book: 'A', payer: { name: 'سمير قطب' }, collectorId, lines },
        tender: { kind: 'cash', received: lines.map(line => line.paid), change: [] },
        ...over,
      }),
    )

  return { db, house, town, place, write, read, charge, take, person: () => aPerson(place) }
}
