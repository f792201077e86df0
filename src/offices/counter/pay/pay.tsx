import type { AllocationOrder } from '../../../kernel/dues/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { DomainError, type Fault } from '../../../lib/errors.ts'
import type { Currency } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type Person } from '../../people/index.ts'
import {
  type Account,
  accountsOf,
  allocationOrder,
  type Due,
  duesOf,
  type Receipt,
  type ReceiptLineInput,
  takeReceipt,
} from '../../treasury/index.ts'
import { dueWords } from '../case/due.ts'
import { refusalText } from '../case/refusals.ts'
import { clerkOf } from '../clerk.ts'
import type { CounterText } from '../strings.ts'
import { readHanded } from '../tenders/handed.ts'
import { openingFaults, openTillHere } from '../tenders/open.ts'
import { tenderFault } from '../tenders/refused.ts'
import { type Bill, type BillWithoutRate, billFor, closedTill, isBill, waysToPay } from '../till.ts'
import { hang } from '../visit/hang.ts'
import { type Asked, askedOf, boxesOf, itemsFor, onAccount } from './asked.ts'
import { PayPage } from './page.tsx'
import { payText } from './strings.ts'

export const payRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterPay,
    access: staff('receipt.take'),
    audit: looks('counter.dues-shown'),
    handle: call => show(call, inAddress(call)),
  }),
  route({
    method: 'post',
    address: addresses.counterPay,
    access: staff('receipt.take'),
    audit: acts('treasury.receipt-taken'),
    handle: collect,
  }),
]

/** What is asked for in the address: a box ticked several times stands there several times. */
function inAddress(call: Call): Asked {
  const { searchParams } = new URL(call.request.url)
  return askedOf(name => searchParams.get(name) ?? '', searchParams.getAll('d'))
}

/** What a person may pay at the window, and the bill of what was asked for. */
export type Payable = {
  person: Person
  dues: Due[]
  accounts: Account[]
  order: AllocationOrder
  ways: Currency[]
  payIn: Currency
  bill: Bill | BillWithoutRate
  fault?: Fault | undefined
  /** Books to open a till with, where whoever asks has none open. */
  closed: string[] | undefined
}

async function payable(tx: Read, call: Call, asked: Asked): Promise<Payable> {
  const personId = idParam(call, 'person')
  const today = dateIn(call.now, call.town.timeZone)
  const seen = { personId, subjectKind: 'person', subjectId: personId }
  await lookInto(call, tx, { ...seen, cause: payText('look').ar })
  const [person, dues, accounts, order, closed] = await Promise.all([
    getPerson(tx, personId),
    duesOf(tx, personId, today),
    accountsOf(tx, personId, today),
    allocationOrder(tx, today),
    closedTill(tx, clerkOf(call).staffId),
  ])
  const ways = waysToPay(dues.map(due => ({ id: due.chargeId, label: due.label, amount: due.open })))
  const payIn = ways.find(each => each === asked.payIn) ?? 'ILS'
  const label = (number: string) => payText('on-account', { number })
  const { items, fault } = itemsFor(asked, { dues, accounts, order, label }, payIn)
  const bill = await billFor(tx, items, payIn)
  return { person, dues, accounts, order, ways, payIn, bill, closed, fault }
}

type Again = { faults?: Fault[]; refusal?: CounterText }

async function show(call: Call, asked: Asked, again: Again = {}, status = 200): Promise<Response> {
  const of = await read(call, tx => payable(tx, call, asked))
  const faults = [...(of.fault ? [of.fault] : []), ...(again.faults ?? [])]
  const typed = (name: string) => typedText(call, name)
  return showPage(
    call,
    <PayPage of={of} asked={asked} faults={faults} refusal={again.refusal} typed={typed} />,
    of.fault && status === 200 ? 422 : status,
  )
}

/** Takes the money, on charges and on account, into the open till; what was shown must still be what is due. */
async function collect(call: Call): Promise<Response> {
  const asked = askedOf(name => typedText(call, name), typedList(call, 'd'))
  if (typedText(call, 'do') === 'open-till') return openThenShow(call, asked)
  try {
    return await write(call, async tx => {
      const now = await payable(tx, call, asked)
      if (now.fault) throw new Refused(now.fault)
      if (!isBill(now.bill) || now.bill.lines.length === 0)
        return { redirect: url(call, addresses.counterPay, { person: now.person.id }) }
      if (typedText(call, 'due') !== dueWords(now.bill))
        throw new Refused({ field: 'received', code: 'amount-changed' })
      const receipt = await take(tx, call, asked, now, now.bill)
      if (asked.draft === '') return { redirect: url(call, addresses.receipt, { id: receipt.id }) }
      const back = url(call, addresses.counterDraft, { draft: asked.draft }, { receipt: receipt.id })
      return { redirect: `${back}#dues` }
    })
  } catch (error) {
    if (error instanceof Refused) return show(call, asked, { faults: [error.fault] }, 422)
    const fault = tenderFault(error, name => typedText(call, name))
    if (fault) return show(call, asked, { faults: [fault] }, 422)
    if (!(error instanceof DomainError)) throw error
    return show(call, asked, { refusal: refusalText(error) }, 409)
  }
}

async function take(tx: Write, call: Call, asked: Asked, of: Payable, bill: Bill): Promise<Receipt> {
  const { handed, fault } = readHanded(name => typedText(call, name), bill)
  if (fault) throw new Refused(fault)
  const { person } = of
  const lines = bill.lines.map((line): ReceiptLineInput => {
    const paid = { amount: line.amount, paid: line.paid, ...(line.rate && { rate: line.rate.rate }) }
    return line.id === onAccount
      ? { ...paid, onAccount: asked.account, personId: person.id }
      : { ...paid, chargeId: line.id }
  })
  const receipt = await takeReceipt(tx, call.house.events, {
    // Somebody else's name stands on the receipt; whose debt it was stands on its lines.
    payer: asked.payer === '' ? { personId: person.id, name: person.displayName } : { name: asked.payer },
    collectorId: clerkOf(call).staffId,
    lines,
    tenders: handed.tenders,
  })
  await hang(tx, call, 'receipt.taken', { receiptId: receipt.id, personId: person.id })
  return receipt
}

async function openThenShow(call: Call, asked: Asked): Promise<Response> {
  const person = idParam(call, 'person')
  try {
    return await write(call, async tx => {
      await openTillHere(tx, call)
      return { redirect: url(call, addresses.counterPay, { person }, boxesOf(asked)) }
    })
  } catch (error) {
    return show(call, asked, { faults: openingFaults(error) }, 422)
  }
}

/** A fault of a field, found inside the transaction: it undoes all of it. */
class Refused extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}
