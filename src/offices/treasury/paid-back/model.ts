import type { Money } from '../../../lib/money.ts'
import type { By } from '../model.ts'

/** How money goes out: a cheque of the town, a transfer from its bank, notes from the treasurer. */
export type PaymentWay = 'cheque' | 'transfer' | 'cash'
export const paymentWays: readonly PaymentWay[] = ['cheque', 'transfer', 'cash']

/** سند صرف: money that went out of the town to somebody. */
export type PaymentVoucher = {
  id: string
  number: number
  year: number
  personId: string
  payee: string
  way: PaymentWay
  reference: string | undefined
  bank: string | undefined
  amount: Money
  description: string
  requestId: string | undefined
  voucherId: string
  at: Date
}

/** A charge that was paid, with what of the money the town still has to give back. */
export type PaidCharge = {
  chargeId: string
  requestId: string | undefined
  feeId: string | undefined
  accountId: string
  accountKind: string
  debtorId: string
  dueKind: string
  refundable: boolean
  /** Paid, and neither let off, moved to another, nor given back. */
  left: Money
}

/** Money that lies on account and nothing has taken. */
export type FreeCredit = { creditId: string; accountId: string; ledger: `advance:${string}`; left: Money }

/** What is given back: of a charge, of which the town may keep a part for what it repaired; or of money on account. */
export type PartGivenBack =
  | { of: PaidCharge; amount: Money; kept?: Money | undefined }
  | { credit: FreeCredit; amount: Money }

export type PayBackInput = {
  /** Whose cheque it is. */
  personId: string
  parts: readonly PartGivenBack[]
  way: PaymentWay
  reference?: string | undefined
  bank?: string | undefined
  description: string
  requestId?: string | undefined
  by: By
}
