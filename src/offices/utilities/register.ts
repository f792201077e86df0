import { sql } from 'kysely'
import type { Read } from '../../platform/database/transaction.ts'
import { type AccountOnOffer, registerAccounts, registerEffect } from '../requests/index.ts'
import { convertToBilled, openSubscription } from './effects.ts'

/** Takes the utilities into the house: effects that services name, and the subscriptions a form may ask for. */
export function registerUtilities(): void {
  registerEffect('utilities.open-subscription', openSubscription)
  registerEffect('utilities.convert-to-billed', convertToBilled)
  registerAccounts('electricity', electricityOnOffer)
}

type Row = {
  number: string
  billing: 'prepaid' | 'billed'
  meter_number: string
  address: Record<string, string>
}

/** Today's open electricity subscriptions of a person. */
async function electricityOnOffer(tx: Read, personId: string): Promise<AccountOnOffer[]> {
  const { rows } = await sql<Row>`
    select u.number, u.billing, u.meter_number, u.address
      from subscription_holder h
      join subscription u on u.municipality_id = h.municipality_id and u.subscription_id = h.subscription_id
     where h.municipality_id = ${tx.town} and h.person_id = ${personId} and h.valid_until is null
       and u.utility = 'electricity' and u.closed_at is null
     order by u.number`.execute(tx.q)
  return rows.map(row => ({
    number: row.number,
    billing: row.billing,
    label: [row.meter_number, row.address.quarter, row.address.landmark].filter(Boolean).join(' · '),
  }))
}
