import { formatMoney } from '../../lib/money.ts'
import type { House } from '../../platform/house.ts'
import { planMessage } from '../messaging/index.ts'
import { counterText } from './strings.ts'

/** A cheque the bank did not pay: whoever paid with it is told in the same act, with what to do. */
export function tellOfCheques(house: House): void {
  house.events.on('treasury.cheque-returned', async (tx, { personId, requestId, number, bank, amount }) => {
    if (personId === undefined) return
    const body = counterText('ar', 'sms-cheque-returned', { number, bank, amount: formatMoney(amount, 'ar') })
    await planMessage(tx, house, {
      requestId,
      personId,
      kind: 'legal',
      event: 'treasury.cheque-returned',
      body,
    })
  })
}
