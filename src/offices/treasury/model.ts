import type { CalendarDate } from '../../lib/calendar.ts'
import type { Decimal } from '../../lib/decimal.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Currency, Money } from '../../lib/money.ts'
import type { AuditActor } from '../audit/index.ts'
import type { Tender } from './till/model.ts'

/** Who does it, as vouchers and audit rows name them. */
export type By = AuditActor

/** What an account is tied to. */
export type ObjectKind = 'person' | 'subscription' | 'parcel' | 'licence' | 'shop' | 'imported'

export type Account = {
  id: string
  /** 20-004178-3: kind, running number, check digit. */
  number: string
  /** Kind of due: electricity, water, fees …: the town's data. */
  kind: string
  object: { kind: ObjectKind; id: string }
  openedAt: Date
  closedAt: Date | undefined
  /** 'own', or 'import:NAME' of the program the town had before. */
  source: string
  asOf: Date | undefined
}

/** Whose account it was, from a day on and until another (that day no longer). */
export type Holder = {
  accountId: string
  personId: string
  capacity: string
  from: CalendarDate
  until: CalendarDate | undefined
}

export type VoucherKind =
  | 'charge'
  | 'receipt'
  | 'counter-entry'
  | 'transfer'
  | 'opening'
  | 'float'
  | 'closing'
  | 'hand-over'
  | 'cheque'
  | 'allocation'
  | 'refund'
  | 'exemption'

export type Ledger =
  | `${'receivable' | 'income' | 'deposit'}:${string}`
  /** What lies in a till's drawer, by the letter of the till. */
  | `${'cash' | 'card' | 'wallet' | 'bank'}:${string}`
  /** Cheques nobody has cleared yet. */
  | 'cheques'
  /** What came in online, by the book of its receipts. */
  | `online:${string}`
  /** What the treasurer has taken over, by kind. */
  | `treasury:${'cash' | 'card' | 'wallet' | 'bank'}`
  /** Money on account that no charge has taken yet, by kind of account. */
  | `advance:${string}`
  /** What a count found too much (credit) or missing (debit). */
  | 'over-short'
  | 'exchange'
  | 'rounding'
  | 'opening'

export type Voucher = {
  kind: VoucherKind
  /** When it happened; when it was entered is the transaction's instant. */
  at: Date
  description: string
  by: By
  requestId?: string | undefined
  reverses?: string | undefined
  /** The till session in whose drawer its money lies. */
  sessionId?: string | undefined
}

/** Debit positive, credit negative. */
export type VoucherLine = {
  ledger: Ledger
  amount: Money
  accountId?: string | undefined
  chargeId?: string | undefined
}

export type NewCharge = {
  accountId: string
  debtorId: string
  requestId?: string | undefined
  feeId?: string | undefined
  feePoint?: string | undefined
  dueKind: string
  label: Localized
  amount: Money
  /** A deposit (تأمين): owed back, not income. */
  refundable: boolean
  /** How the amount came about: tariff, formula, names read. */
  reasons: unknown
  dueOn: CalendarDate
  by: By
}

export type Charge = {
  id: string
  accountId: string
  accountNumber: string
  debtorId: string
  requestId: string | undefined
  feeId: string | undefined
  feePoint: string | undefined
  dueKind: string
  label: Localized
  amount: Money
  settled: Money
  /** What is still to be paid; nothing on a cancelled charge. */
  open: Money
  refundable: boolean
  reasons: unknown
  raisedAt: Date
  dueOn: CalendarDate
  cancelled: boolean
}

type PaidInput = {
  amount: Money
  /** The same amount in the currency it is paid in. */
  paid: Money
  /** The rate the payer was shown; refused when another is in force now. */
  rate?: Decimal | string | undefined
}

/** One charge paid, wholly or in part. */
export type ChargePaid = PaidInput & { chargeId: string; onAccount?: undefined }

/** Money put on an account for charges to come: the surplus of a payer who says so, or a payment ahead. */
export type PaidOnAccount = PaidInput & {
  /** The account it lies on. */
  onAccount: string
  /** Whose money it is, where that is known. */
  personId?: string | undefined
  chargeId?: undefined
}

export type ReceiptLineInput = ChargePaid | PaidOnAccount

export type ReceiptInput = {
  /** Who pays: the debtor, or anybody for them. */
  payer: { personId?: string | undefined; name: string }
  /**
   * The collector, into whose open till session the money goes. Nobody where every tender is online; the one who wrote it, where it was
   * written by hand.
   */
  collectorId?: string | undefined
  /** Who does it, where that is not the collector: a partner's program, the payment page, whoever types in a hand-written page. */
  by?: By | undefined
  requestId?: string | undefined
  lines: ReceiptLineInput[]
  tenders: Tender[]
  /** Of online tenders the book, 'E' unless said; anywhere else the book is the till's, and one said must be that. */
  book?: string | undefined
  /** A page of a hand-written book, written at `receivedAt` while there was no power. */
  handWritten?: { book: string; serial: number } | undefined
  /** When the money was received: now, but for a hand-written page and for what a bank or program reports late. */
  receivedAt?: Date | undefined
}

export type RateUsed = { currency: Currency; rate: string; setBy: string; from: string }

export type ReceiptLine = {
  /** The charge it paid; of money on account the credit. */
  chargeId: string | undefined
  creditId: string | undefined
  accountNumber: string
  label: Localized
  amount: Money
  paid: Money
  /** Shekels for one unit of the foreign currency. */
  rate: Decimal | undefined
  requestId: string | undefined
  feePoint: string | undefined
}

/** سند قبض. Never edited: a counter-entry takes it back, and row and number stay. */
export type Receipt = {
  id: string
  book: string
  year: number
  serial: number
  /** BOOK-SERIAL/YEAR, as people read it. */
  number: string
  payer: { personId: string | undefined; name: string }
  receivedAt: Date
  enteredAt: Date
  /** Nobody, of what came in online. */
  collectorId: string | undefined
  /** Who typed a hand-written page in, where somebody else wrote it. */
  enteredBy: string | undefined
  handWritten: boolean
  sessionId: string | undefined
  lines: ReceiptLine[]
  /** One sum for each currency paid in. */
  totals: Money[]
  tenders: Tender[]
  /** The rates it rests on, with who set them. */
  rates: RateUsed[]
  requestId: string | undefined
  voucherId: string
  /** The counter-entry that took it back. */
  reversedBy: string | undefined
}

export type Rate = { currency: Currency; rate: Decimal; from: Date; setBy: string }

/** An outstanding due as the kernel's rule reads it, with what a page shows of it. */
export type Due = {
  chargeId: string
  accountId: string
  accountNumber: string
  accountKind: string
  object: { kind: ObjectKind; id: string }
  dueKind: string
  label: Localized
  /** What is still owed: the same as `open`. */
  amount: Money
  open: Money
  /** What was charged at first. */
  charged: Money
  dueOn: CalendarDate
  overdue: boolean
  overdueSince?: CalendarDate
  source: 'own' | 'imported'
  asOf?: CalendarDate
  /** It comes from another program, and longer ago than the town takes it for true. */
  stale?: true
  /** Paid in instalments that are kept up: shown, and keeps nobody from anything. */
  planKept: boolean
  requestId: string | undefined
  debtorId: string
}

export type ExceptionScope = 'dues' | 'fee'

/** استثناء مع بقاء الذمة: a named officer lets one request pass; the debt stays. */
export type DuesException = {
  id: string
  requestId: string | undefined
  draftId: string | undefined
  personId: string
  scope: ExceptionScope
  feePoint: string | undefined
  /** The officer. */
  by: string
  reason: string
  at: Date
}

/** What verification found wrong. */
export type Finding = { code: string; subject: string; details: Readonly<Record<string, unknown>> }

export const receiptNumber = (of: { book: string; serial: number; year: number }): string =>
  `${of.book}-${of.serial}/${of.year}`

/** Reads BOOK-SERIAL/YEAR; undefined when it is none. */
export function readReceiptNumber(text: string): { book: string; serial: number; year: number } | undefined {
  const match = /^\s*([A-Za-z0-9]{1,12})-(\d{1,9})\/(\d{4})\s*$/.exec(text)
  return match?.[1] ? { book: match[1], serial: Number(match[2]), year: Number(match[3]) } : undefined
}

declare module '../../platform/events.ts' {
  interface EventPayloads {
    /** Every charge of a request's fee point is settled: by a receipt, which takes its number only afterwards, or by a decision, in its words. */
    'treasury.settled': {
      requestId: string
      feePoint: string
      /** Who took the money. */
      by: By
    } & ({ receiptId: string; decision?: undefined } | { receiptId?: undefined; decision: string })
    /** A counter-entry has opened a fee point again that was settled. */
    'treasury.reopened': { requestId: string; feePoint: string }
    /** The bank did not pay a cheque; what it had settled is open again. */
    'treasury.cheque-returned': {
      chequeId: string
      number: string
      bank: string
      amount: Money
      reason: string
      receiptId: string
      receiptNumber: string
      requestId: string | undefined
      /** Whose payment it was, where that is known. */
      personId: string | undefined
    }
  }
}
