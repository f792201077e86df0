import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Currency, Money } from '../../../lib/money.ts'

/** Notes and coins: what was handed over, what went back, and what no coin could give (`cashDue` says it). */
export type CashTender = {
  kind: 'cash'
  received: Money[]
  change: Money[]
  /** More was kept than was due, or less when negative. */
  rounding?: Money[] | undefined
}

/** The slip of a card terminal. */
export type CardTender = { kind: 'card'; amount: Money; last4: string; slip: string }

/** A transfer from an electronic wallet, by its reference. */
export type WalletTender = { kind: 'wallet'; amount: Money; wallet?: string | undefined; reference: string }

/** The slip of a deposit at the town's bank account (إشعار إيداع). */
export type BankTender = { kind: 'bank'; amount: Money; bank: string; number: string; date: CalendarDate }

/** A cheque: money only when the bank has cleared it. */
export type ChequeTender = {
  kind: 'cheque'
  amount: Money
  drawer: string
  bank: string
  branch?: string | undefined
  number: string
  dueOn: CalendarDate
}

/** What a payment page or a partner's program reports; it comes over no counter and belongs to no till. */
export type OnlineTender = { kind: 'online'; amount: Money; provider: string; reference: string }

/** What is handed over for a receipt; one receipt may carry several, in several currencies. */
export type Tender = CashTender | CardTender | WalletTender | BankTender | ChequeTender | OnlineTender

/** The kinds that lie in a drawer and are counted when it is closed. */
export const drawerKinds = ['cash', 'card', 'wallet', 'bank', 'cheque'] as const
export type DrawerKind = (typeof drawerKinds)[number]

export type BookKind = 'printed' | 'hand-written' | 'online'

/** دفتر: what serials belong to. */
export type Book = {
  book: string
  kind: BookKind
  description: string
  /** The pages of a hand-written book, as printed. */
  pages: { first: number; last: number } | undefined
  active: boolean
}

/** How many notes or coins of each face value, in minor units: {'20000': 3} is three notes of two hundred shekels. */
export type Notes = Record<string, number>

/** One figure of a drawer: of a kind and a currency; cash with its notes and coins where they were counted one by one. */
export type Figure = { tender: DrawerKind; amount: Money; notes?: Notes | undefined }

export type SessionState = 'open' | 'closed' | 'handed-over'

/** A collector's time at a till (وردية): from the float to the count, and from the count to the treasurer's hand. */
export type TillSession = {
  id: string
  /** The till, by the letter of its book. */
  book: string
  collectorId: string
  state: SessionState
  openedAt: Date
  float: Figure[]
  closedAt: Date | undefined
  counted: Figure[]
  closingReason: string | undefined
  handedAt: Date | undefined
  /** The treasurer who took it over. */
  handedTo: string | undefined
  received: Figure[]
  handingReason: string | undefined
}

/** What should lie in a drawer beside what was counted there. */
export type Reckoning = { tender: DrawerKind; expected: Money; counted: Money; difference: Money }

const faces: Record<Currency, readonly number[]> = {
  ILS: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 10],
  JOD: [50_000, 20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100],
}

/** Notes and coins in circulation, by face value in minor units, the largest first. */
export const defaultDenominations: Readonly<Record<Currency, readonly number[]>> = faces

/** Each kind and currency of the two lists once, with what is on both sides. */
export function reckon(expected: readonly Figure[], counted: readonly Figure[]): Reckoning[] {
  const rows = new Map<string, Reckoning>()
  const rowOf = ({ tender, amount: { currency } }: Figure): Reckoning => {
    const key = `${drawerKinds.indexOf(tender)} ${currency}`
    const none = { minor: 0, currency }
    const row = rows.get(key) ?? { tender, expected: none, counted: none, difference: none }
    rows.set(key, row)
    return row
  }
  const plus = (to: Money, minor: number): Money => ({ ...to, minor: to.minor + minor })
  for (const figure of expected) {
    const row = rowOf(figure)
    row.expected = plus(row.expected, figure.amount.minor)
    row.difference = plus(row.difference, -figure.amount.minor)
  }
  for (const figure of counted) {
    const row = rowOf(figure)
    row.counted = plus(row.counted, figure.amount.minor)
    row.difference = plus(row.difference, figure.amount.minor)
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}
