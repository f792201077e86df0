import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aTill, collectorId, collectorOf, ils } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { DomainError } from '../../../lib/errors.ts'
import { type Currency, currencies, type Money, money, sumByCurrency } from '../../../lib/money.ts'
import { accountFor } from '../accounts.ts'
import type { Receipt, ReceiptInput } from '../model.ts'
import { ratesOn, setRate } from '../rates.ts'
import { reverseReceipt } from '../reverse.ts'
import { takeReceipt } from '../take.ts'
import { convertBy } from '../tender.ts'
import { verifyTreasury } from '../verify.ts'
import { addBook } from './books.ts'
import { chequesIn, clearCheque } from './cheques.ts'
import { closeSession, handOver } from './close.ts'
import { expectedOf } from './expected.ts'
import type { Tender } from './model.ts'
import { returnCheque } from './return-cheque.ts'
import { openSession, openSessionOf } from './sessions.ts'

const db = await testDatabase()
const till = await aTill(db)
const { write, read, charge, house } = till
const person = await till.person()
const treasurer = { kind: 'staff' as const, id: '0198a000-0000-7000-8000-00000000c012' }
const by = { kind: 'staff' as const, id: collectorId }
await write(tx => setRate(tx, { currency: 'JOD', rate: '5.0317', setBy: collectorId }))
await write(tx => setRate(tx, { currency: 'USD', rate: '3.62', setBy: collectorId }))
await write(tx =>
  addBook(tx, { book: 'H', kind: 'hand-written', description: '', pages: { first: 1, last: 900 }, by }),
)
await till.open('A')
await till.open('B')
const account = await write(tx =>
  accountFor(tx, { objectKind: 'person', objectId: person.id, kind: 'fees', holderId: person.id }),
)

const other = fc.constantFrom('card', 'wallet', 'bank', 'cheque')
const which = fc.nat(20)
const step = fc.oneof(
  fc.record({
    kind: fc.constant('charge' as const),
    minor: fc.integer({ min: 1, max: 900_000 }),
    currency: fc.constantFrom(...currencies),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      which,
      share: fc.integer({ min: 1, max: 120 }),
      other,
      /** How much of it is no cash, in percent; what hangs over goes on account where the payer says so. */
      part: fc.integer({ min: 0, max: 100 }),
      ahead: fc.nat(5_000),
      with: fc.constantFrom(...currencies),
      place: fc.constantFrom('A', 'B', 'H', 'E'),
    }),
  },
  fc.record({ kind: fc.constantFrom('reverse' as const, 'return' as const, 'clear' as const), which }),
  fc.record({
    kind: fc.constant('close' as const),
    off: fc.integer({ min: -700, max: 700 }),
    book: fc.constantFrom('A', 'B'),
  }),
  fc.record({ kind: fc.constant('rate' as const), rate: fc.constantFrom('4.9', '5.1234', '5.2') }),
)

/** Runs a step; what the treasury refused undid itself. */
async function tried(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

let papers = 0
/** The sum split between something of the other kind and cash. */
function tendersFor(sum: Money, kind: string, part: number): Tender[] {
  const first = money(Math.floor((sum.minor * part) / 100), sum.currency)
  const rest = money(sum.minor - first.minor, sum.currency)
  papers += 1
  const paper = String(papers)
  const of = {
    card: { kind: 'card', amount: first, last4: '4242', slip: paper },
    wallet: { kind: 'wallet', amount: first, reference: paper },
    bank: { kind: 'bank', amount: first, bank: 'بنك فلسطين', number: paper, date: '2026-02-28' },
    cheque: {
      kind: 'cheque',
      amount: first,
      drawer: 'سمير',
      bank: 'بنك فلسطين',
      number: paper,
      dueOn: '2026-03-01',
    },
  } as Record<string, Tender>
  const tender = of[kind]
  const coins: Tender = {
    kind: 'cash',
    received: [money(rest.minor + 500, rest.currency)],
    change: [money(500, rest.currency)],
  }
  return [...(first.minor > 0 && tender ? [tender] : []), ...(rest.minor > 0 ? [coins] : [])]
}

/** What lies in the drawers by hand count: session → 'cash ILS' → minor units. */
const drawers = new Map<string, Map<string, number>>()

function lay(session: string | undefined, tender: Tender, sign: 1 | -1): void {
  if (session === undefined) return
  const drawer = drawers.get(session) ?? new Map<string, number>()
  drawers.set(session, drawer)
  const add = ({ currency, minor }: Money, times: number) => {
    const key = `${tender.kind} ${currency}`
    drawer.set(key, (drawer.get(key) ?? 0) + minor * sign * times)
  }
  if (tender.kind !== 'cash') add(tender.amount, 1)
  if (tender.kind !== 'cash') return
  for (const each of tender.received) add(each, 1)
  for (const each of tender.change) add(each, -1)
}

async function drawerAgrees(session: string): Promise<void> {
  const books = (await read(tx => expectedOf(tx, session))).map(({ tender, amount }) => [
    `${tender} ${amount.currency}`,
    amount.minor,
  ])
  const counted = [...(drawers.get(session) ?? [])].filter(([, minor]) => minor !== 0)
  expect(books.sort()).toEqual(counted.sort())
}

const happened: Record<string, number> = {}
const count = (what: string) => {
  happened[what] = (happened[what] ?? 0) + 1
}

test('any sequence of charges, mixed tenders, returned cheques, counter-entries, rates and closings keeps the books', {
  timeout: 60_000,
}, async () => {
  let page = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async steps => {
      const charges: { id: string; amount: Money; paid: number }[] = []
      const receipts: Receipt[] = []
      const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
      for (const each of steps) {
        db.clock.advance(1_000)
        if (each.kind === 'charge') {
          const amount = money(each.minor, each.currency as Currency)
          charges.push({ id: await charge(person, amount), amount, paid: 0 })
        } else if (each.kind === 'pay') {
          const target = pick(charges, each.which)
          if (!target) continue
          const rates = await read(tx => ratesOn(tx, db.clock.now()))
          const amount = money(
            Math.max(1, Math.floor((target.amount.minor * each.share) / 100)),
            target.amount.currency,
          )
          const paid = convertBy(amount, each.with, rates)
          const ahead = money(each.ahead, each.with)
          const sum = sumByCurrency([paid, ahead])[0] ?? paid
          const { place } = each
          const written = place === 'H' ? { handWritten: { book: 'H', serial: ++page } } : {}
          const input: ReceiptInput = {
            payer: { name: 'دافع' },
            lines: [
              { chargeId: target.id, amount, paid },
              ...(ahead.minor > 0 ? [{ onAccount: account.id, amount: ahead, paid: ahead }] : []),
            ],
            ...(place === 'E' ? {} : { collectorId: collectorOf(place === 'B' ? 'B' : 'A') }),
            ...written,
            tenders:
              place === 'E'
                ? [{ kind: 'online', amount: sum, provider: 'page', reference: 'x' }]
                : tendersFor(sum, each.other, each.part),
          }
          await tried(async () => {
            const receipt = await write(tx => takeReceipt(tx, house.events, input))
            receipts.push(receipt)
            for (const tender of receipt.tenders) {
              lay(receipt.sessionId, tender, 1)
              count(tender.kind)
            }
          })
        } else if (each.kind === 'reverse') {
          const receipt = pick(receipts, each.which)
          if (!receipt) continue
          const now = await read(tx => openSessionOf(tx, collectorId))
          const back = () =>
            write(tx =>
              reverseReceipt(tx, house.events, receipt.id, { by, second: treasurer, reason: 'خطأ' }),
            )
          if (!(await tried(back))) continue
          count('reverse')
          for (const tender of receipt.tenders)
            if (tender.kind === 'cheque') lay(receipt.sessionId, tender, -1)
            else if (tender.kind !== 'online') lay(now?.id, tender, -1)
        } else if (each.kind === 'return' || each.kind === 'clear') {
          const state = each.kind === 'return' && each.which % 3 === 0 ? 'cleared' : 'held'
          const cheque = pick(await read(tx => chequesIn(tx, state)), each.which)
          if (!cheque) continue
          const act = each.kind === 'return' ? returnCheque : undefined
          expect(
            await tried(() =>
              write(tx =>
                act
                  ? act(tx, house.events, cheque.id, { by: treasurer, reason: 'لا رصيد' })
                  : clearCheque(tx, cheque.id, { by: treasurer }),
              ),
            ),
          ).toBe(true)
          count(each.kind)
        } else if (each.kind === 'rate') {
          await write(tx => setRate(tx, { currency: 'JOD', rate: each.rate, setBy: collectorId }))
        } else if (each.kind === 'close') {
          const who = { kind: 'staff' as const, id: collectorOf(each.book) }
          const session = await read(tx => openSessionOf(tx, who.id))
          if (!session) throw new Error('no till')
          const counted = (await read(tx => expectedOf(tx, session.id))).map(figure => ({
            ...figure,
            amount: money(
              figure.amount.minor +
                (figure.tender === 'cash' && figure.amount.currency === 'ILS' ? each.off : 0),
              figure.amount.currency,
            ),
          }))
          const { id: sessionId } = session
          await drawerAgrees(sessionId)
          count('close')
          await write(tx => closeSession(tx, { sessionId, counted, reason: 'فرق', by: who }))
          await write(tx => handOver(tx, { sessionId, received: counted, by: treasurer }))
          const float = [{ tender: 'cash' as const, amount: ils(20_000) }]
          const next = await write(tx => openSession(tx, { collectorId: who.id, book: each.book, float }))
          drawers.set(next.id, new Map([['cash ILS', 20_000]]))
        }
      }
      expect(await read(verifyTreasury)).toEqual([])
    }),
    { numRuns: 110 },
  )
  const all = await write(tx =>
    sql<{ book: string; serials: number[] }>`
      select book, array_agg(serial order by serial) as serials from receipt where not hand_written group by book order by book`.execute(
      tx.q,
    ),
  )
  expect(all.rows.map(row => row.book)).toEqual(['A', 'B', 'E'])
  for (const { serials } of all.rows) expect(serials).toEqual(serials.map((_, at) => at + 1))
  for (const kind of [
    'cash',
    'card',
    'wallet',
    'bank',
    'cheque',
    'online',
    'reverse',
    'return',
    'clear',
    'close',
  ])
    expect(happened[kind] ?? 0, kind).toBeGreaterThan(10)
  expect(await read(verifyTreasury)).toEqual([])
})
