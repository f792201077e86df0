import type { Localized } from '../../lib/localized.ts'
import type { Money } from '../../lib/money.ts'

/**
 * open: begun, and nothing known yet · paid: everything meant was paid · late: the money came when some of it had been paid otherwise, and
 * lies on account · mismatch: the bank took another amount, which waits for the treasurer · failed, cancelled: the bank took nothing ·
 * expired: nobody paid in time · refunded: given back.
 */
export const intentStates = [
  'open',
  'paid',
  'late',
  'mismatch',
  'failed',
  'cancelled',
  'expired',
  'refunded',
] as const
export type IntentState = (typeof intentStates)[number]

export type IntentLine = {
  chargeId: string
  accountId: string
  accountNumber: string
  label: Localized
  amount: Money
}

/** What a citizen means to pay, its amount frozen. */
export type Intent = {
  id: string
  personId: string
  requestId: string | undefined
  amount: Money
  state: IntentState
  lines: IntentLine[]
  createdAt: Date
  expiresAt: Date
  answeredAt: Date | undefined
  bankRef: string | undefined
  /** What the bank took, where it took any. */
  taken: Money | undefined
  receiptId: string | undefined
}

export type PaymentEvent = {
  id: string
  kind: string
  at: Date
  by: { kind: string; id: string }
  facts: Readonly<Record<string, unknown>>
}

export const refundScopes = ['whole', 'credit', 'untaken'] as const
export type RefundScope = (typeof refundScopes)[number]
export type RefundState = 'asked' | 'refused' | 'approved' | 'done' | 'failed'

export type Refund = {
  id: string
  intentId: string
  /** whole: the receipt is taken back; credit: what went on account; untaken: what was never booked. */
  scope: RefundScope
  amount: Money
  reason: string
  state: RefundState
  askedBy: { kind: string; id: string }
  askedAt: Date
  decidedBy: string | undefined
  bankRef: string | undefined
  doneAt: Date | undefined
}

/** The book of receipts for what came in online. */
export const onlineBook = 'E'
/** Who acts where the bank's word does. */
export const byBank = { kind: 'system', id: 'payments' } as const
