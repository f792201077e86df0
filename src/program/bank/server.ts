import { randomBytes } from 'node:crypto'
import { type Fields, signatureHolds, signFields } from '../../lib/signed.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Book, Call, Payment } from './book.ts'
import { hostedPage, refusedPage } from './page.ts'
import { type Choice, isChoice } from './words.ts'

export type BankOptions = {
  book: Book
  merchant: string
  key: string
  clock: Clock
  /** How long a delayed call-back is delayed. */
  delayMs: number
}

/** The pretended bank: its hosted page, its call-backs, its API. `beat` makes the call-backs that are due. */
export function openBank({ book, merchant, key, clock, delayMs }: BankOptions) {
  const now = () => clock.now().getTime()
  const stamp = () => ({
    merchant,
    sent: clock.now().toISOString(),
    nonce: randomBytes(18).toString('base64url'),
  })
  const holds = (fields: Fields): boolean => fields.merchant === merchant && signatureHolds(fields, key)
  const json = (fields: Record<string, string>, status = 200): Response =>
    new Response(JSON.stringify(signFields({ ...stamp(), ...fields }, key)), {
      status,
      headers: { 'content-type': 'application/json' },
    })

  const said = (of: Payment) => ({
    payment: of.id,
    outcome: of.outcome,
    bankRef: of.bankRef,
    at: of.at,
    ...(of.taken === '' ? { amount: '', currency: '' } : { amount: of.taken, currency: of.currency }),
  })

  /** GET /pay: the signed hand-over of the town. */
  function begin(fields: Fields): Response {
    const { payment: id = '' } = fields
    if (!holds(fields)) return refusedPage('wrong')
    const known = book.payments.get(id)
    if (known) return hostedPage(known)
    if (new Date(fields.expires ?? '').getTime() < now()) return refusedPage('expired')
    const payment: Payment = {
      id,
      amount: fields.amount ?? '',
      currency: fields.currency ?? '',
      description: fields.description ?? '',
      returnUrl: fields.returnUrl ?? '',
      answerUrl: fields.answerUrl ?? '',
      expires: fields.expires ?? '',
      outcome: 'pending',
      bankRef: '',
      taken: '',
      at: '',
    }
    book.setPayment(payment)
    return hostedPage(payment)
  }

  /** POST /pay/ID: what the payer chose. */
  async function choose(id: string, choice: string): Promise<Response> {
    const payment = book.payments.get(id)
    if (!payment || !isChoice(choice)) return refusedPage('wrong')
    if (payment.outcome !== 'pending') return hostedPage(payment)
    book.setPayment({ ...payment, ...outcomeOf(choice, payment), at: clock.now().toISOString() })
    book.setCalls([...book.calls(), ...callsOf(choice, id)])
    await beat()
    return new Response(null, { status: 303, headers: { location: payment.returnUrl } })
  }

  function outcomeOf(choice: Choice, { amount }: Payment) {
    const bankRef = `TB-${randomBytes(5).toString('hex').toUpperCase()}`
    if (choice === 'cancel') return { outcome: 'cancelled' as const, bankRef: '', taken: '' }
    if (choice === 'refuse' || choice === 'poor') return { outcome: 'refused' as const, bankRef, taken: '' }
    // One minor unit less than asked for: the amount keeps its digits.
    const less = amount.replace(/\d(?=\D*$)/, digit => (digit === '0' ? '1' : String(Number(digit) - 1)))
    return { outcome: 'paid' as const, bankRef, taken: choice === 'wrong' ? less : amount }
  }

  function callsOf(choice: Choice, payment: string): Call[] {
    if (choice === 'lost') return []
    const at = (after: number): Call => ({ payment, due: now() + after, tries: 0 })
    if (choice === 'delayed') return [at(delayMs)]
    return choice === 'doubled' ? [at(0), at(0), at(delayMs)] : [at(0)]
  }

  let beating = false
  /** Makes the call-backs that are due; one that is not heard is made again, later each time. */
  async function beat(): Promise<void> {
    if (beating) return
    beating = true
    try {
      const due = book.calls().filter(call => call.due <= now())
      for (const call of due) {
        const payment = book.payments.get(call.payment)
        const heard = payment === undefined || (await callBack(payment))
        const rest = book.calls().filter(each => each !== call)
        const tries = call.tries + 1
        const again =
          heard || tries >= 12 ? [] : [{ ...call, tries, due: now() + 1000 * 2 ** Math.min(tries, 8) }]
        book.setCalls([...rest, ...again])
      }
    } finally {
      beating = false
    }
  }

  async function callBack(payment: Payment): Promise<boolean> {
    try {
      const answer = await fetch(payment.answerUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(signFields({ ...stamp(), ...said(payment) }, key)),
        signal: AbortSignal.timeout(5000),
      })
      return answer.ok
    } catch {
      return false
    }
  }

  function ask(fields: Fields): Response {
    if (!holds(fields)) return new Response(null, { status: 403 })
    const payment = book.payments.get(fields.payment ?? '')
    if (payment) return json(said(payment))
    return json({
      payment: fields.payment ?? '',
      outcome: 'unknown',
      bankRef: '',
      at: '',
      amount: '',
      currency: '',
    })
  }

  function refund(fields: Fields): Response {
    if (!holds(fields)) return new Response(null, { status: 403 })
    const { refund: id = '', payment: paymentId = '', amount = '' } = fields
    const known = book.refunds.get(id)
    if (known) return json({ refund: id, outcome: 'done', bankRef: known.bankRef })
    const payment = book.payments.get(paymentId)
    const given = [...book.refunds.values()].some(each => each.payment === paymentId)
    if (payment?.outcome !== 'paid' || given || Number(amount) > Number(payment.taken))
      return json({ refund: id, outcome: 'refused', bankRef: '' })
    const bankRef = `TR-${randomBytes(5).toString('hex').toUpperCase()}`
    book.addRefund({ id, payment: paymentId, amount, bankRef })
    return json({ refund: id, outcome: 'done', bankRef })
  }

  async function fetchOf(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const asked = `${request.method} ${pathname}`
    if (asked === 'GET /pay') return begin(Object.fromEntries(searchParams))
    if (asked === 'GET /api/payments') return ask(Object.fromEntries(searchParams))
    if (asked === 'POST /api/refunds') return refund((await request.json()) as Fields)
    const [, id] = /^\/pay\/([\w-]+)$/.exec(pathname) ?? []
    if (request.method === 'POST' && id)
      return choose(id, String((await request.formData()).get('choice') ?? ''))
    return new Response(null, { status: 404 })
  }

  return { fetch: fetchOf, beat }
}
