import { z } from 'zod'
import { type Currency, isCurrency, type Money, parseAmount, toDecimal } from '../../../lib/money.ts'

/** How far the clocks of the bank and the town may stand apart, and how long a signed call may travel. */
export const clockToleranceMs = 5 * 60_000

const signed = {
  merchant: z.string().min(1).max(64),
  /** When it was signed, ISO 8601 in UTC. */
  sent: z.iso.datetime(),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
}

/** What the bank says of a payment: in its call-back, and when it is asked. */
export const answerShape = z.object({
  ...signed,
  payment: z.uuid(),
  outcome: z.enum(['paid', 'refused', 'cancelled', 'pending', 'unknown']),
  bankRef: z.string().max(64),
  /** '12.50'; empty where nothing was taken. */
  amount: z.string().max(20),
  currency: z.string().max(3),
  /** When the payer paid or refused; empty where neither happened. */
  at: z.string().max(30),
})

/** What the bank says of a refund it was asked for. */
export const refundShape = z.object({
  ...signed,
  refund: z.uuid(),
  outcome: z.enum(['done', 'refused']),
  bankRef: z.string().max(64),
})

export type BankAnswer = {
  paymentId: string
  outcome: 'paid' | 'refused' | 'cancelled' | 'pending' | 'unknown'
  bankRef: string
  /** What the bank took. */
  taken: Money | undefined
  nonce: string
}

export function toAnswer(read: z.output<typeof answerShape>): BankAnswer {
  return {
    paymentId: read.payment,
    outcome: read.outcome,
    bankRef: read.bankRef,
    nonce: read.nonce,
    taken: readMoney(read.amount, read.currency),
  }
}

function readMoney(amount: string, currency: string): Money | undefined {
  if (amount === '' || !isCurrency(currency)) return undefined
  const parsed = parseAmount(amount, currency as Currency)
  return parsed.ok ? parsed.value : undefined
}

/** An amount as it travels: figures without separators, and the currency's three letters. */
export const moneyFields = (amount: Money) => ({ amount: toDecimal(amount), currency: amount.currency })
