import { addDays, dateIn } from '../../lib/calendar.ts'
import { type Money, money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { chequesDue, clearCheque, returnCheque, type Tender } from '../treasury/index.ts'
import { at, type Stage } from './stage.ts'
import { tillsAt } from './tills.ts'

const banks = ['بنك فلسطين', 'البنك العربي', 'بنك القدس', 'البنك الإسلامي الفلسطيني'] as const
const hour = 3_600_000

/** What people hand over for a sum in shekels: mostly notes, now and then a card, a wallet, a deposit slip or a post-dated cheque. */
export function handedOver(tx: Write, stage: Stage, paid: readonly Money[], payer: string): Tender[] {
  const { luck } = tillsAt(stage)
  const sum = paid.reduce((total, each) => total + each.minor, 0)
  const cash: Tender = { kind: 'cash', received: [...paid], change: [] }
  if (paid.some(each => each.currency !== 'ILS')) return [cash]
  const amount = money(sum, 'ILS')
  const kind = luck.weighted([
    ['cash', 80],
    ['card', 9],
    ['wallet', 5],
    ['bank', 3],
    ['cheque', sum > 30_000 ? 12 : 0],
  ] as const)
  const digits = (count: number) => String(luck.between(10 ** (count - 1), 10 ** count - 1))
  const today = dateIn(tx.now, stage.town.timeZone)
  switch (kind) {
    case 'card':
      return [{ kind, amount, last4: digits(4), slip: digits(6) }]
    case 'wallet':
      return [{ kind, amount, reference: digits(9) }]
    case 'bank':
      return [{ kind, amount, bank: luck.pick(banks), number: digits(7), date: today }]
    case 'cheque': {
      const dueOn = addDays(today, luck.between(10, 75))
      return [
        { kind, amount, drawer: payer, bank: luck.pick(banks), branch: 'الخليل', number: digits(8), dueOn },
      ]
    }
    default:
      return [cash]
  }
}

/** What the bank has said of the cheques that fell due since: most are paid, one in fourteen is not. */
export async function settleCheques(tx: Write, stage: Stage, until: Date): Promise<void> {
  const { luck } = tillsAt(stage)
  const treasurer = stage.staff.find(each => each.role === 'treasurer')
  const by = { kind: 'staff' as const, id: treasurer?.id ?? '' }
  for (const { id, dueOn } of await chequesDue(tx, dateIn(until, stage.town.timeZone))) {
    const morning = at(tx, new Date(Math.min(until.getTime() - 1, Date.parse(`${dueOn}T08:00:00Z`) + hour)))
    if (luck.happens(0.07))
      await returnCheque(morning, stage.house.events, id, { by, reason: 'لا يوجد رصيد كافٍ' })
    else await clearCheque(morning, id, { by })
  }
}
