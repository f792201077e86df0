import { accountFor, chargesOfRequest, raiseCharge, takeReceipt } from '../../src/offices/treasury/index.ts'
import { builder } from '../builders/people.ts'
import { anOpenTill } from '../builders/treasury.ts'
import type { Citizen, PeopledTown } from './peopled.ts'

/** An electricity bill of 400 shekels that nobody paid; gives its charge. */
export function owe(town: PeopledTown, person: Citizen): Promise<string> {
  return town.write(async tx => {
    const { id } = await accountFor(tx, {
      objectKind: 'person',
      objectId: person.id,
      kind: 'electricity',
      holderId: person.id,
    })
    return raiseCharge(tx, {
      accountId: id,
      debtorId: person.id,
      dueKind: 'electricity',
      refundable: false,
      reasons: {},
      amount: { minor: 40_000, currency: 'ILS' },
      label: { ar: 'فاتورة كهرباء', en: 'Electricity bill' },
      dueOn: '2026-01-15',
      by: builder,
    })
  })
}

/** Settles everything that is asked for a request, each in its own currency. */
export async function pay(town: PeopledTown, person: Citizen, requestId: string): Promise<void> {
  await town.write(async tx => {
    const open = (await chargesOfRequest(tx, requestId)).filter(charge => charge.open.minor > 0)
    await anOpenTill(tx, town.staff.collector.id)
    await takeReceipt(tx, town.house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: town.staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}
