import { sql } from 'kysely'
import { addDays, dateIn } from '../../../src/lib/calendar.ts'
import { newId } from '../../../src/lib/ids.ts'
import { money } from '../../../src/lib/money.ts'
import { at, type Person, type Stage } from '../../../src/offices/demo/stage.ts'
import { accountFor, raiseCharge } from '../../../src/offices/treasury/index.ts'
import { insertSubscription } from '../../../src/offices/utilities/index.ts'
import type { Write } from '../../../src/platform/database/index.ts'

const day = 86_400_000
const utilities = [
  { kind: 'electricity', ar: 'فاتورة كهرباء', en: 'Electricity bill', minor: 14_250 },
  { kind: 'water', ar: 'فاتورة مياه', en: 'Water bill', minor: 5_830 },
] as const

/** A household's connection and its bills of the last months: one, two or three that lie open. */
export async function connectAndBill(tx: Write, stage: Stage, head: Person, each: number): Promise<void> {
  const utility = utilities[each % utilities.length] ?? utilities[0]
  const id = newId(tx.now)
  const account = await accountFor(tx, {
    objectKind: 'subscription',
    objectId: id,
    kind: utility.kind,
    holderId: head.id,
  })
  const { rows } = await sql<{ n: number }>`select next_number('subscription', 0) as n`.execute(tx.q)
  await insertSubscription(tx, {
    id,
    number: String(10_000 + (rows[0]?.n ?? 0)),
    utility: utility.kind,
    billing: 'billed',
    phases: utility.kind === 'electricity' ? 1 : undefined,
    amperes: utility.kind === 'electricity' ? 25 : undefined,
    meterNumber: `M-${400_000 + each}`,
    address: head.address,
    accountId: account.id,
    holderId: head.id,
    capacity: 'holder',
    from: dateIn(tx.now, stage.town.timeZone),
    requestId: undefined,
  })
  for (let month = 0; month <= each % 3; month++) {
    const then = at(tx, new Date(tx.now.getTime() + month * 15 * day))
    await raiseCharge(then, {
      accountId: account.id,
      debtorId: head.id,
      dueKind: utility.kind,
      refundable: false,
      label: { ar: utility.ar, en: utility.en },
      amount: money(utility.minor + each * 1_170, 'ILS'),
      reasons: { source: 'bills' },
      dueOn: addDays(dateIn(then.now, stage.town.timeZone), 20),
      by: { kind: 'system', id: 'billing' },
    })
  }
}
