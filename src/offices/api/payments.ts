import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { type Fault, InvalidInput, NotFound } from '../../lib/errors.ts'
import { sumByCurrency } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import { actorKey } from '../../web/actor.ts'
import { type Call, param, read, url, write } from '../../web/call.ts'
import { acts, looks } from '../../web/route.ts'
import { lookInto } from '../looks/index.ts'
import { getPerson } from '../people/index.ts'
import { type Charge, findReceiptByNumber, getCharge, type Receipt, takeReceipt } from '../treasury/index.ts'
import { endpoint } from './endpoint.ts'
import { pointer } from './faults.ts'
import { keyOf } from './key.ts'
import { id, instant, money, moneyIn, moneyOut, time } from './shapes.ts'
import { causeToSee } from './store.ts'

/** The serial book of what programs take: «API-17/2026». */
const book = 'API'

const payment = z.strictObject({
  charges: z
    .array(z.strictObject({ charge: id, amount: money }))
    .min(1)
    .max(50),
  payer: z
    .strictObject({ person: id.optional(), name: z.string().trim().min(2).max(120).optional() })
    .describe('a person found by lookup, or the name of whoever paid'),
})

const receipt = z.object({
  number: z.string().describe('BOOK-SERIAL/YEAR'),
  received: instant,
  payer: z.string(),
  totals: z.array(money),
  lines: z.array(
    z.object({ charge: id.optional(), account: z.string(), label: z.string(), amount: money, paid: money }),
  ),
  reversed: z.boolean().describe('taken back by a counter-entry'),
  request: id.optional(),
})

const anybodysDues = 'a program that takes payments settles the dues of anybody, and reads its own receipts'

export const paymentEndpoints = [
  endpoint({
    method: 'post',
    address: addresses.apiPayments,
    scope: 'payments:write',
    house: anybodysDues,
    audit: acts('treasury.receipt-taken'),
    summary: 'Report a payment that was received; gives the receipt',
    description:
      'Wholly or in part, each in the currency of its charge. What a fee waited for goes on at once.',
    body: payment,
    answer: receipt,
    status: 201,
    idempotent: 'required',
    handle: (call, { body }) =>
      write(call, async tx => {
        const taken = await take(tx, call, body)
        const location = url(call, addresses.apiReceipt, { number: taken.number })
        return { json: receiptOut(taken), status: 201, location }
      }),
  }),
  endpoint({
    method: 'get',
    address: addresses.apiReceipt,
    scope: 'payments:write',
    house: anybodysDues,
    audit: looks('api.receipt'),
    summary: 'A receipt of this key, or of a request it filed',
    description: 'The number stands percent-encoded in the address: API-17%2F2026.',
    answer: receipt,
    handle: async call => {
      const { actor, name } = call.visitor
      const found = await read(call, async tx => {
        const receipt = await findReceiptByNumber(tx, param(call, 'number'), actor)
        if (!receipt) throw new NotFound('no-such-receipt')
        const { personId } = receipt.payer
        if (personId)
          await lookInto(call, tx, { personId, subjectKind: 'receipt', subjectId: receipt.id, cause: name })
        return receipt
      })
      return receiptOut(found)
    },
  }),
]

async function take(tx: Write, call: Call, body: z.output<typeof payment>): Promise<Receipt> {
  const keyId = keyOf(call)
  const lines = body.charges.map(({ charge, amount }, at) => ({
    chargeId: charge,
    amount: moneyIn(amount, pointer('charges', at, 'amount')),
  }))
  const charges = await chargesFor(
    tx,
    keyId,
    lines.map(line => line.chargeId),
  )
  const faults = lines.flatMap(({ amount }, at): Fault[] =>
    charges[at]?.amount.currency === amount.currency
      ? []
      : [{ field: pointer('charges', at, 'amount', 'currency'), code: 'charge-other-currency' }],
  )
  if (faults.length > 0) throw new InvalidInput(faults)
  const requests = new Set(charges.map(charge => charge.requestId))
  const [only] = requests
  return takeReceipt(tx, call.house.events, {
    book,
    payer: await payerOf(tx, keyId, body.payer),
    by: actorKey(call.visitor.actor),
    ...(requests.size === 1 && only !== undefined && { requestId: only }),
    lines: lines.map(line => ({ ...line, paid: line.amount })),
    tenders: sumByCurrency(lines.map(line => line.amount)).map(amount => ({
      kind: 'online' as const,
      amount,
      provider: call.visitor.name,
      reference: keyId,
    })),
  })
}

/** The charges named, each owed by somebody the program looked up or filed for; whose it is not, is not there. */
async function chargesFor(tx: Write, keyId: string, chargeIds: string[]): Promise<Charge[]> {
  const charges: Charge[] = []
  const reached = new Set<string>()
  for (const [at, chargeId] of chargeIds.entries()) {
    const charge = await foundOr(getCharge(tx, chargeId), pointer('charges', at, 'charge'), 'no-such-charge')
    if (!reached.has(charge.debtorId))
      await foundOr(
        causeToSee(tx, keyId, charge.debtorId),
        pointer('charges', at, 'charge'),
        'no-such-charge',
      )
    reached.add(charge.debtorId)
    charges.push(charge)
  }
  return charges
}

async function payerOf(
  tx: Write,
  keyId: string,
  { person, name }: z.output<typeof payment>['payer'],
): Promise<{ personId?: string; name: string }> {
  if (person === undefined) {
    if (name === undefined) throw new InvalidInput([{ field: pointer('payer', 'name'), code: 'required' }])
    return { name }
  }
  await foundOr(causeToSee(tx, keyId, person), pointer('payer', 'person'), 'no-such-person')
  return { personId: person, name: name ?? (await getPerson(tx, person)).displayName }
}

/** What is named in the body and not there is a fault of the body, not an address that does not exist. */
async function foundOr<T>(finding: Promise<T>, field: string, code: string): Promise<T> {
  try {
    return await finding
  } catch (error) {
    if (error instanceof NotFound) throw new InvalidInput([{ field, code }])
    throw error
  }
}

function receiptOut(of: Receipt): z.input<typeof receipt> {
  return {
    number: of.number,
    received: time(of.receivedAt),
    payer: of.payer.name,
    totals: of.totals.map(moneyOut),
    lines: of.lines.map(line => ({
      charge: line.chargeId,
      account: line.accountNumber,
      label: line.label.ar,
      amount: moneyOut(line.amount),
      paid: moneyOut(line.paid),
    })),
    reversed: of.reversedBy !== undefined,
    request: of.requestId,
  }
}
