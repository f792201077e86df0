import { addresses } from '../../src/lib/addresses.ts'
import type { Life } from './life.ts'
import type { MoneyLife } from './life-money.ts'
import type { Post } from './town.ts'
import { type Stop, stop } from './walk.ts'

/** What a citizen sees of their money. */
export const citizenMoneyStops = ({ till, payments }: MoneyLife): Stop[] => [
  stop(addresses.myDues, {}),
  stop(addresses.myStatement, {}),
  stop(addresses.myStatement, {}, { format: 'print' }),
  stop(addresses.myReceipt, { id: till.receipt }),
  stop(addresses.myPay, {}),
  ...Object.values(payments).map(id => stop(addresses.myPayment, { id })),
]

/** Pages of money and of papers by the post that works with them; `draft` is a form in the clerk's hand. */
export const moneyStops = (life: MoneyLife, draft: string) => {
  const { till, plans, payments, original, other, requests } = life
  const person = life.person.id
  return {
    clerk: [
      stop(addresses.counterDues, { person }),
      stop(addresses.counterStatement, { person }),
      stop(addresses.counterPlan, { person }),
      stop(addresses.counterRecord, { person }),
      stop(addresses.plan, { plan: plans.agreed }),
      stop(addresses.counterDraftScreen, { draft }),
      stop(addresses.counterParties, { id: requests.new }),
      stop(addresses.counterHandOver, { id: requests.done }),
      stop(addresses.counterOriginals, {}),
      stop(addresses.counterOriginals, {}, { person, request: requests.lacking }),
      stop(addresses.counterOriginal, { original }),
    ],
    collector: [
      stop(addresses.till, {}),
      stop(addresses.tillClose, {}),
      stop(addresses.tillSession, { session: till.counted }),
      stop(addresses.counterPay, { person }),
      stop(addresses.receipt, { id: till.receipt }),
    ],
    treasurer: [
      stop(addresses.treasury, {}),
      stop(addresses.treasuryHandOver, { session: till.counted }),
      stop(addresses.treasuryBooks, {}),
      stop(addresses.treasuryCheques, {}),
      stop(addresses.treasuryCheque, { cheque: till.cheque }),
      stop(addresses.treasuryPage, {}),
      stop(addresses.treasuryReceipts, {}),
      stop(addresses.treasuryDayBook, {}),
      stop(addresses.treasuryTills, {}),
      stop(addresses.treasuryIncome, {}),
      stop(addresses.treasuryRules, {}),
      stop(addresses.counterDues, { person }),
      stop(addresses.counterTransfer, { person }),
      stop(addresses.managePayments, {}),
      ...[payments.paid, payments.refused].map(id => stop(addresses.managePayment, { id })),
    ],
    manager: [
      stop(addresses.plan, { plan: plans.proposed }),
      stop(addresses.managePlans, {}),
      stop(addresses.managePlans, {}, { state: 'agreed' }),
      stop(addresses.manageArrears, {}),
      stop(addresses.manageExceptions, {}),
      stop(addresses.manageExemptions, {}),
      stop(addresses.counterMerge, { person }, { with: other.id }),
    ],
    admin: [stop(addresses.manageCounter, {})],
  } satisfies Partial<Record<Post, Stop[]>>
}

/** All of them, where no more is asked than which pages they are of: what they would show has not happened. */
export function everyMoneyStop(life: Life): Stop[] {
  const till = { counted: 'counted', open: 'open', receipt: 'receipt', cheque: 'cheque' }
  const plans = { proposed: 'proposed', agreed: 'agreed' }
  const payments = { open: 'open', paid: 'paid', refused: 'refused' }
  const all: MoneyLife = { ...life, till, plans, payments, original: 'original', other: life.person }
  return [...citizenMoneyStops(all), ...Object.values(moneyStops(all, 'draft')).flat()]
}
