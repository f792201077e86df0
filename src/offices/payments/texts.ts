import { dateIn } from '../../lib/calendar.ts'
import { formatMoney, type Money } from '../../lib/money.ts'
import { readable } from '../../lib/sms/index.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import { type Heard, onIncoming, type Reply, worded } from '../messaging/index.ts'
import { accountsOfPerson, type Desk } from '../requests/index.ts'
import { accountsOf, duesOf, duesTotals, readAccountNumber } from '../treasury/index.ts'
import { payText } from './strings.ts'
import { told } from './told.ts'

/** Lines of what is owed, one for what it is owed for; the rest stands on the portal. */
const mostLines = 3

/** Hears «رصيد», and the number of an account or a subscription: what is owed, told to the verified telephone of its holder alone. */
export function listenForBalances(house: House): void {
  onIncoming(house, {
    name: 'payments',
    async hear(tx, desk, message) {
      const { asked } = message
      if (asked.is === 'balance' && asked.account === undefined) return balance(tx, desk, message)
      if (asked.is === 'number') return ofAccount(tx, desk, message, asked.digits)
      return asked.is === 'balance' ? ofAccount(tx, desk, message, asked.account ?? '') : undefined
    },
  })
}

const inWords = (amounts: readonly Money[]): string =>
  amounts.map(amount => readable(formatMoney(amount, 'ar'))).join(' و')

async function balance(tx: Write, desk: Desk, { personId, verified }: Heard): Promise<Reply> {
  if (!verified || personId === undefined)
    return { reply: await worded(tx, desk.house, told['balance-private'], {}) }
  const dues = await duesOf(tx, personId, dateIn(tx.now, desk.town.timeZone))
  if (dues.length === 0) return { reply: await worded(tx, desk.house, told['balance-none'], {}) }
  const kinds = [...Map.groupBy(dues, due => due.label.ar)]
  const lines = kinds.slice(0, mostLines).map(([label, of]) => `${label} ${inWords(duesTotals(of))}`)
  const list = [...lines, ...(kinds.length > mostLines ? [payText('ar', 'sms-balance-more')] : [])].join('، ')
  const amount = inWords(duesTotals(dues))
  return { reply: await worded(tx, desk.house, told.balance, { amount, list }) }
}

/** What is open on one account of theirs; undefined where it is none of theirs, or it is not known who asks. */
async function ofAccount(
  tx: Write,
  desk: Desk,
  { personId, verified }: Heard,
  digits: string,
): Promise<Reply | undefined> {
  if (!verified || personId === undefined) return undefined
  const today = dateIn(tx.now, desk.town.timeZone)
  const account = await ownAccount(tx, personId, digits, today)
  if (!account) return undefined
  const dues = await duesOf(tx, personId, today)
  const open = dues.filter(({ accountId }) => accountId === account.id)
  const number = readable(account.number)
  if (open.length === 0) return { reply: payText('ar', 'sms-account-none', { number }) }
  return { reply: payText('ar', 'sms-account', { number, amount: inWords(duesTotals(open)) }) }
}

/** By the number of the account, or of the subscription whose dues are posted to it. */
async function ownAccount(
  tx: Read,
  personId: string,
  digits: string,
  today: string,
): Promise<{ id: string; number: string } | undefined> {
  const number = readAccountNumber(digits)
  const held = number === undefined ? [] : await accountsOf(tx, personId, today)
  const account = held.find(each => each.number === number)
  if (account) return account
  const subscriptions = await accountsOfPerson(tx, personId)
  const subscription = subscriptions.find(each => each.number === digits)
  return subscription?.accountId ? { id: subscription.accountId, number: subscription.number } : undefined
}
