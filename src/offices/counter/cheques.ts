import { formatMoney } from '../../lib/money.ts'
import type { House } from '../../platform/house.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { told } from './told.ts'

/** A cheque the bank did not pay: whoever paid with it is told in the same act, with what to do. */
export function tellOfCheques(house: House): void {
  house.events.on('treasury.cheque-returned', async (tx, { personId, requestId, number, bank, amount }) => {
    if (personId === undefined) return
    const values = { number, bank, amount: formatMoney(amount, 'ar') }
    const words = await worded(tx, house, told['cheque-returned'], values)
    await planMessage(tx, house, { ...words, requestId, personId })
  })
}
