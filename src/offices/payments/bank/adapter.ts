import { randomBytes } from 'node:crypto'
import { BadRequest, Forbidden, Unavailable } from '../../../lib/errors.ts'
import type { Money } from '../../../lib/money.ts'
import { type Fields, signatureHolds, signFields } from '../../../lib/signed.ts'
import { spanned } from '../../../platform/telemetry/spans.ts'
import {
  answerShape,
  type BankAnswer,
  clockToleranceMs,
  moneyFields,
  refundShape,
  toAnswer,
} from './protocol.ts'

export type HandOver = {
  paymentId: string
  amount: Money
  description: string
  expiresAt: Date
  /** Where the payer comes back to, and where the bank tells the town. */
  returnUrl: string
  answerUrl: string
}

/** A bank that takes payments on a page of its own. Whatever bank a town has, this is all the town asks of it. */
export type Bank = {
  name: string
  /** The address of the bank's page for a payment, signed. */
  handOver(payment: HandOver): string
  /** Reads a call-back. @throws Forbidden `signature-wrong`, `call-too-old`; BadRequest `call-malformed` */
  readAnswer(body: string): BankAnswer
  /** Asks what became of a payment. @throws Unavailable `bank-silent` */
  ask(paymentId: string): Promise<BankAnswer>
  /** Asks to give money back; the same refund asked twice is given once. @throws Unavailable `bank-silent` */
  refund(of: { refundId: string; paymentId: string; bankRef: string; amount: Money }): Promise<{
    done: boolean
    bankRef: string
  }>
}

export type HostedSettings = {
  name: string
  pageUrl: string
  apiUrl: string
  merchant: string
  key: string
}

const patienceMs = 10_000

/** The bank of the protocol in docs/guide/payments.md: a hosted page, signed call-backs, an API for questions and refunds. */
export function hostedBank(settings: HostedSettings, clock: { now(): Date }): Bank {
  const { key, merchant } = settings
  const stamp = () => ({
    merchant,
    sent: clock.now().toISOString(),
    nonce: randomBytes(18).toString('base64url'),
  })

  function check(fields: Fields): void {
    if (fields.merchant !== merchant || !signatureHolds(fields, key)) throw new Forbidden('signature-wrong')
    const age = Math.abs(clock.now().getTime() - new Date(fields.sent ?? '').getTime())
    if (!(age <= clockToleranceMs)) throw new Forbidden('call-too-old')
  }

  async function call(path: string, init: RequestInit): Promise<unknown> {
    try {
      const url = new URL(`${settings.apiUrl}${path}`)
      const facts = { 'peer.service': 'bank', 'server.address': url.hostname }
      return await spanned('calls', 'bank', facts, async note => {
        const signal = AbortSignal.timeout(patienceMs)
        const answer = await fetch(url, { ...init, redirect: 'error', signal })
        note({ 'http.response.status_code': answer.status })
        if (!answer.ok) throw new Error(`status ${answer.status}`)
        return await answer.json()
      })
    } catch (cause) {
      throw new Unavailable('bank-silent', {}, { cause })
    }
  }

  return {
    name: settings.name,
    handOver({ paymentId, amount, description, expiresAt, returnUrl, answerUrl }) {
      const fields = signFields(
        {
          ...stamp(),
          payment: paymentId,
          ...moneyFields(amount),
          description,
          returnUrl,
          answerUrl,
          expires: expiresAt.toISOString(),
        },
        key,
      )
      return `${settings.pageUrl}/pay?${new URLSearchParams(fields)}`
    },
    readAnswer(body) {
      const read = answerShape.safeParse(jsonOf(body))
      if (!read.success) throw new BadRequest('call-malformed')
      check(read.data)
      return toAnswer(read.data)
    },
    async ask(paymentId) {
      const fields = signFields({ ...stamp(), payment: paymentId }, key)
      const read = answerShape.parse(await call(`/payments?${new URLSearchParams(fields)}`, {}))
      check(read)
      return toAnswer(read)
    },
    async refund({ refundId, paymentId, bankRef, amount }) {
      const fields = signFields(
        { ...stamp(), refund: refundId, payment: paymentId, bankRef, ...moneyFields(amount) },
        key,
      )
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(fields)
      const read = refundShape.parse(await call('/refunds', { method: 'POST', headers, body }))
      check(read)
      return { done: read.outcome === 'done', bankRef: read.bankRef }
    },
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
