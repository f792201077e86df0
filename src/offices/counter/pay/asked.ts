import { type AllocationOrder, allocate } from '../../../kernel/dues/index.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import { type Currency, parseAmount } from '../../../lib/money.ts'
import type { Account, Due } from '../../treasury/index.ts'
import type { Item } from '../till.ts'

/** What somebody at the window wants to pay, as it stands in the page's boxes. */
export type Asked = {
  /** Charges ticked; none means all. */
  chosen: ReadonlySet<string>
  /** A sum of their own, as typed; empty pays what is ticked whole. */
  sum: string
  /** The account a surplus lies on, when they say so. */
  account: string
  /** Who pays, when it is somebody else. */
  payer: string
  payIn: string
  /** The request being taken in that the money stood in the way of: back there afterwards. */
  draft: string
}

/** Reads the boxes, wherever they stand: in the address or in the form. The ticked charges come one by one, or together with commas. */
export const askedOf = (said: (name: string) => string, ticked: readonly string[]): Asked => ({
  chosen: new Set(ticked.flatMap(each => each.split(',')).filter(each => each !== '')),
  sum: said('sum').trim(),
  account: said('account'),
  payer: said('payer').trim(),
  payIn: said('in'),
  draft: isId(said('draft')) ? said('draft') : '',
})

/** The same boxes again, for a link or for the form of the money. */
export const boxesOf = ({ chosen, sum, account, payer, payIn, draft }: Asked): Record<string, string> => ({
  ...(chosen.size > 0 && { d: [...chosen].join(',') }),
  ...(sum && { sum }),
  ...(account && { account }),
  ...(payer && { payer }),
  ...(payIn && { in: payIn }),
  ...(draft && { draft }),
})

/** An item that is money put on an account, not a charge. */
export const onAccount = 'on-account'

type Owing = {
  dues: readonly Due[]
  accounts: readonly Account[]
  order: AllocationOrder
  label: (number: string) => Localized
}

/**
 * What is paid for: ticked charges whole, or a sum laid on them by the town's order. What is left of a sum goes on the account named for
 * it; with none named, paying more than is owed is a fault of the sum.
 */
export function itemsFor(
  asked: Asked,
  { dues, accounts, order, label }: Owing,
  payIn: Currency,
): { items: Item[]; fault?: Fault } {
  const ticked = asked.chosen.size === 0 ? dues : dues.filter(due => asked.chosen.has(due.chargeId))
  if (asked.sum === '') {
    const payable = ticked.filter(due => payIn === 'ILS' || due.open.currency === payIn)
    return { items: payable.map(due => ({ id: due.chargeId, label: due.label, amount: due.open })) }
  }
  const read = parseAmount(asked.sum, payIn)
  if (!read.ok) return { items: [], fault: { field: 'sum', code: read.code } }
  if (read.value.minor <= 0) return { items: [], fault: { field: 'sum', code: 'amount-too-small' } }
  const { lines, rest } = allocate(order, read.value, ticked)
  const items = lines.flatMap(({ chargeId, amount }): Item[] => {
    const due = ticked.find(each => each.chargeId === chargeId)
    return due ? [{ id: chargeId, label: due.label, amount }] : []
  })
  if (rest.minor === 0) return { items }
  const account = accounts.find(each => each.id === asked.account)
  if (!account) return { items: [], fault: { field: 'sum', code: 'more-than-due' } }
  return { items: [...items, { id: onAccount, label: label(account.number), amount: rest }] }
}
