import { dateIn } from '../../lib/calendar.ts'
import { plainDate } from '../../lib/dates.ts'
import { formatMoney } from '../../lib/money.ts'
import type { House } from '../../platform/house.ts'
import type { TownDirectory } from '../../web/town.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { getPlan } from '../treasury/index.ts'
import { listenForBalances } from './texts.ts'
import { told } from './told.ts'

/** Takes the payments office into the house: whoever may pay in instalments is told of what was agreed. */
export function registerPayments(house: House, towns: TownDirectory): void {
  listenForBalances(house)
  house.events.on('treasury.plan-agreed', async (tx, { planId, personId }) => {
    const { timeZone } = await towns.get(tx.town)
    const plan = await getPlan(tx, planId, dateIn(tx.now, timeZone))
    const [first] = plan.instalments
    if (!first) return
    const words = await worded(tx, house, told.plan, {
      total: formatMoney(plan.amount, 'ar'),
      count: plan.instalments.length,
      amount: formatMoney(first.amount, 'ar'),
      decision: plan.decision ?? '',
      date: plainDate(first.dueOn, tx.now, { locale: 'ar', timeZone }),
    })
    await planMessage(tx, house, { ...words, personId })
  })
}
