import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aTill, collector, collectorId } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { DomainError } from '../../lib/errors.ts'
import { type Currency, currencies, type Money, money } from '../../lib/money.ts'
import { cancelCharge } from './charges.ts'
import type { Receipt } from './model.ts'
import { ratesOn, setRate } from './rates.ts'
import { reverseReceipt } from './reverse.ts'
import { cashDue, convertBy } from './tender.ts'
import { verifyTreasury } from './verify.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const person = await till.person()
await write(tx => setRate(tx, { currency: 'JOD', rate: '5.0317', setBy: collectorId }))
await write(tx => setRate(tx, { currency: 'USD', rate: '3.62', setBy: collectorId }))
const rates = await read(tx => ratesOn(tx, house.clock.now()))

const treasurer = { kind: 'staff' as const, id: '0198a000-0000-7000-8000-00000000c012' }
await till.open('A')

type Step =
  | { kind: 'charge'; minor: number; currency: Currency; refundable: boolean }
  | { kind: 'pay'; which: number; share: number; with: Currency; book: string; coins: boolean }
  | { kind: 'reverse' | 'cancel'; which: number }

const currency = fc.constantFrom(...currencies)
const which = fc.nat(20)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('charge' as const),
    minor: fc.integer({ min: 1, max: 900_000 }),
    currency,
    refundable: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('pay' as const),
    which,
    share: fc.integer({ min: 1, max: 130 }),
    with: currency,
    book: fc.constantFrom('A', 'B'),
    coins: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('reverse' as const, 'cancel' as const), which }),
)

type Model = { id: string; amount: Money; settled: number; cancelled: boolean }

/** Runs a step; gives false where the treasury refused it. */
async function tried(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

test('any sequence of charges, payments, reversals and cancellations keeps the books', {
  timeout: 120_000,
}, async () => {
  const serials: Record<string, number> = { A: 0, B: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
      const charges: Model[] = []
      const receipts: { receipt: Receipt; charge: Model; reversed: boolean }[] = []
      const pick = <T>(list: T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
      for (const each of steps) {
        if (each.kind === 'charge') {
          const amount = money(each.minor, each.currency)
          const id = await charge(person, amount, { refundable: each.refundable })
          charges.push({ id, amount, settled: 0, cancelled: false })
        } else if (each.kind === 'pay') {
          const target = pick(charges, each.which)
          if (!target) continue
          const open = target.amount.minor - target.settled
          const amount = money(Math.max(1, Math.floor((open * each.share) / 100)), target.amount.currency)
          const paid = convertBy(amount, each.with, rates)
          const [coin] = cashDue([paid])
          const tender =
            each.coins && coin
              ? { kind: 'cash' as const, received: [coin.due], change: [], rounding: [coin.rounding] }
              : {
                  kind: 'cash' as const,
                  received: [money(paid.minor + 500, each.with)],
                  change: [money(500, each.with)],
                }
          const line = { chargeId: target.id, amount, paid }
          const allowed =
            !target.cancelled &&
            amount.minor <= open &&
            paid.minor > 0 &&
            !(tender.rounding && coin && coin.due.minor === 0 && coin.rounding.minor !== 0)
          let taken: Receipt | undefined
          const done = await tried(async () => {
            taken = await take([line], { book: each.book, tenders: [tender] })
          })
          expect(done).toBe(allowed)
          if (!taken) continue
          serials[each.book] = (serials[each.book] ?? 0) + 1
          expect(taken.serial).toBe(serials[each.book])
          target.settled += amount.minor
          receipts.push({ receipt: taken, charge: target, reversed: false })
        } else if (each.kind === 'reverse') {
          const target = pick(receipts, each.which)
          if (!target) continue
          const back = () =>
            write(tx =>
              reverseReceipt(tx, house.events, target.receipt.id, {
                by: collector,
                second: treasurer,
                reason: 'خطأ',
              }),
            )
          expect(await tried(back)).toBe(!target.reversed)
          if (!target.reversed) target.charge.settled -= target.receipt.lines[0]?.amount.minor ?? 0
          target.reversed = true
        } else {
          const target = pick(charges, each.which)
          if (!target) continue
          const cancel = () => write(tx => cancelCharge(tx, target.id, { by: collector, reason: 'خطأ' }))
          expect(await tried(cancel)).toBe(!target.cancelled && target.settled === 0)
          target.cancelled ||= target.settled === 0
        }
      }
      const { rows } = await write(tx =>
        sql<{ charge_id: string; settled_minor: number }>`
          select charge_id, settled_minor from charge where charge_id = any(${charges.map(each => each.id)}::uuid[])`.execute(
          tx.q,
        ),
      )
      for (const model of charges)
        expect(rows.find(row => row.charge_id === model.id)?.settled_minor).toBe(model.settled)
      expect(await read(verifyTreasury)).toEqual([])
    }),
    { numRuns: 40 },
  )
  const { rows: sums } = await write(tx =>
    sql`select currency, sum(amount_minor)::int as sum from voucher_line group by currency having sum(amount_minor) <> 0`.execute(
      tx.q,
    ),
  )
  expect(sums).toEqual([])
})
