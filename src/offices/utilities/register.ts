import { sql } from 'kysely'
import type { Read } from '../../platform/database/transaction.ts'
import { samePerson } from '../people/index.ts'
import { type AccountOnOffer, registerAccounts, registerEffect } from '../requests/index.ts'
import { registerElectricityEffects } from './effects/electricity.ts'
import { reads } from './effects/reads.ts'
import { registerWaterEffects } from './effects/water.ts'
import { convertToBilled, openSubscription, openWaterSubscription } from './effects.ts'
import type { Utility } from './model.ts'

/** Takes the utilities into the house: effects that services name, and the subscriptions a form may ask for. */
export function registerUtilities(): void {
  registerEffect('utilities.open-subscription', openSubscription, reads.open)
  registerEffect('utilities.open-water-subscription', openWaterSubscription, reads.openWater)
  registerEffect('utilities.convert-to-billed', convertToBilled, reads.toBilled)
  registerElectricityEffects()
  registerWaterEffects()
  registerAccounts('electricity', onOffer('electricity'))
  registerAccounts('water', onOffer('water'))
}

type Row = {
  number: string
  billing: 'prepaid' | 'billed'
  meter_number: string
  address: Record<string, string>
  account_id: string
}

/** Today's open subscriptions of a person to a utility. */
const onOffer =
  (utility: Utility) =>
  async (tx: Read, personId: string): Promise<AccountOnOffer[]> => {
    const { rows } = await sql<Row>`
    select u.number, u.billing, u.meter_number, u.address, u.account_id
      from subscription_holder h
      join subscription u on u.municipality_id = h.municipality_id and u.subscription_id = h.subscription_id
     where h.municipality_id = ${tx.town} and h.person_id = any(${samePerson(personId)}) and h.valid_until is null
       and u.utility = ${utility} and u.closed_at is null
     order by u.number`.execute(tx.q)
    return rows.map(row => ({
      number: row.number,
      billing: row.billing,
      accountId: row.account_id,
      label: [row.meter_number, row.address.quarter, row.address.landmark].filter(Boolean).join(' · '),
    }))
  }
