import type { Write } from '../../platform/database/transaction.ts'
import { chargesOfRequest, rateOn, takeReceipt } from '../treasury/index.ts'
import { hangOn } from '../visits/index.ts'
import { type Person, type Stage, workerAt } from './stage.ts'
import { openTill } from './tills.ts'

/** Pays at the till whatever a request waits for, in shekels. */
export async function payFees(tx: Write, stage: Stage, person: Person, requestId: string): Promise<void> {
  const open = (await chargesOfRequest(tx, requestId)).filter(
    charge => !charge.cancelled && charge.open.minor > 0,
  )
  if (open.length === 0) return
  const collector = workerAt(stage, 'treasury', 'collector')
  const lines = []
  for (const { id, open: amount } of open) {
    const rate = amount.currency === 'ILS' ? undefined : await rateOn(tx, amount.currency, tx.now)
    const paid = rate
      ? { minor: Math.round((amount.minor / 1000) * rate.rate.toNumber() * 100), currency: 'ILS' as const }
      : amount
    lines.push({ chargeId: id, amount, paid })
  }
  await openTill(tx, stage, collector)
  await takeReceipt(tx, stage.house.events, {
    payer: {
      personId: person.id,
      name: [person.name.first, person.name.father, person.name.family].join(' '),
    },
    collectorId: collector.id,
    requestId,
    lines,
    tenders: [{ kind: 'cash', received: lines.map(line => line.paid), change: [] }],
  })
  await hangOn(tx, { staffId: collector.id, act: 'receipt.taken', requestId, personId: person.id })
}
