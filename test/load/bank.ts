import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { signatureHolds, signFields } from '../../src/lib/signed.ts'

/**
 * A bank in a process of its own that is never what is waited for: it keeps nothing on the disk, tells the town of each payment at once,
 * side by side, and again until it is heard. The demo town's bank (src/program/bank) speaks the same, one call after another.
 */

export type BankTerms = { merchant: string; key: string }

const [terms] = (await once(process, 'message')) as [BankTerms]
const payments = new Map<string, Record<string, string>>()

const server = createServer((request, response) => {
  void answer(request, response).catch(error => {
    response.writeHead(500).end(String(error))
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bank')
  if (request.method === 'GET' && pathname === '/pay') {
    const fields = Object.fromEntries(searchParams)
    if (!signatureHolds(fields, terms.key)) return void response.writeHead(403).end('signature')
    const id = fields.payment ?? ''
    if (!payments.has(id)) payments.set(id, fields)
    response.end(
      `<form method="post" action="/pay/${id}"><button name="choice" value="pay">ادفع</button></form>`,
    )
    return
  }
  const payment = payments.get(/^\/pay\/([\w-]+)$/.exec(pathname)?.[1] ?? '')
  if (!payment) return void response.writeHead(404).end()
  for await (const _ of request) {
    // What is chosen is always to pay.
  }
  await tell(payment)
  response.writeHead(303, { location: payment.returnUrl ?? '' }).end()
}

/** Calls back as long as nobody has heard; the same answer each time, under a nonce of its own. */
async function tell(of: Record<string, string>): Promise<void> {
  of.bankRef ??= `LB-${createHmac('sha256', 'load')
    .update(of.payment ?? '')
    .digest('hex')
    .slice(0, 12)}`
  of.paidAt ??= new Date().toISOString()
  for (let tries = 0; tries < 10; tries += 1) {
    const said = {
      merchant: terms.merchant,
      sent: new Date().toISOString(),
      nonce: `${randomUUID()}${randomBytes(4).toString('hex')}`,
      payment: of.payment ?? '',
      outcome: 'paid',
      bankRef: of.bankRef,
      at: of.paidAt,
      amount: of.amount ?? '',
      currency: of.currency ?? '',
    }
    const heard = await fetch(of.answerUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signFields(said, terms.key)),
    }).catch(() => undefined)
    await heard?.body?.cancel()
    if (heard?.ok) return
    await sleep(200 * 2 ** tries)
  }
}
