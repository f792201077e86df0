import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, money } from '../../lib/money.ts'
import { type Allocatable, type AllocationOrder, allocate } from './index.ts'

const charge = (chargeId: string, over: Partial<Allocatable> = {}): Allocatable => ({
  chargeId,
  dueKind: 'water',
  dueOn: '2026-01-01',
  open: money(1000, 'ILS'),
  ...over,
})

const ids = (order: AllocationOrder, charges: Allocatable[], request?: string) =>
  allocate(order, money(100_000, 'ILS'), charges, request).lines.map(line => line.chargeId)

describe('money on what is owed', () => {
  test('goes to the oldest first', () => {
    const charges = [charge('a', { dueOn: '2026-03-01' }), charge('b', { dueOn: '2025-12-01' })]
    expect(ids({ by: 'oldest' }, charges)).toEqual(['b', 'a'])
  })

  test('goes by the kinds the council named, and to what it did not name last', () => {
    const charges = [
      charge('a', { dueKind: 'rent', dueOn: '2020-01-01' }),
      charge('b', { dueKind: 'water', dueOn: '2026-02-01' }),
      charge('c', { dueKind: 'electricity' }),
      charge('d', { dueKind: 'water' }),
    ]
    expect(ids({ by: 'kind', kinds: ['electricity', 'water'] }, charges)).toEqual(['c', 'd', 'b', 'a'])
  })

  test('goes to the request somebody came for, to other requests, and then to the rest', () => {
    const charges = [
      charge('a', { dueOn: '2020-01-01' }),
      charge('b', { requestId: 'r1', dueOn: '2026-02-01' }),
      charge('c', { requestId: 'r2', dueOn: '2026-01-01' }),
    ]
    expect(ids({ by: 'request' }, charges, 'r1')).toEqual(['b', 'c', 'a'])
    expect(ids({ by: 'request' }, charges)).toEqual(['c', 'b', 'a'])
  })

  test('stops where the money ends, and keeps what nothing is open for', () => {
    const { lines, rest } = allocate({ by: 'oldest' }, money(1500, 'ILS'), [charge('a'), charge('b')])
    expect(lines.map(line => line.amount.minor)).toEqual([1000, 500])
    expect(rest).toEqual(money(0, 'ILS'))
    expect(allocate({ by: 'oldest' }, money(2500, 'ILS'), [charge('a'), charge('b')]).rest.minor).toBe(500)
  })

  test('never gives a charge more than is open, never pays another currency, and loses nothing', () => {
    const anOrder: fc.Arbitrary<AllocationOrder> = fc.oneof(
      fc.constant<AllocationOrder>({ by: 'oldest' }),
      fc.constant<AllocationOrder>({ by: 'request' }),
      fc
        .uniqueArray(fc.constantFrom('water', 'electricity', 'rent'))
        .map(kinds => ({ by: 'kind', kinds }) as const),
    )
    const aCurrency = fc.constantFrom<Currency>('ILS', 'JOD', 'USD')
    const someCharges = fc
      .array(
        fc.record({
          dueKind: fc.constantFrom('water', 'electricity', 'rent', 'waste'),
          dueOn: fc.constantFrom('2025-01-01', '2025-06-01', '2026-01-01'),
          requestId: fc.option(fc.constantFrom('r1', 'r2'), { nil: undefined }),
          open: fc.record({ minor: fc.integer({ min: 0, max: 50_000 }), currency: aCurrency }),
        }),
        { maxLength: 12 },
      )
      .map(all => all.map((each, at) => ({ ...each, chargeId: `c${at}` })))
    fc.assert(
      fc.property(
        anOrder,
        fc.integer({ min: 0, max: 200_000 }),
        aCurrency,
        someCharges,
        (order, minor, currency, charges) => {
          const { lines, rest } = allocate(order, money(minor, currency), charges, 'r1')
          const given = new Map(lines.map(line => [line.chargeId, line.amount]))
          expect(given.size).toBe(lines.length)
          for (const [id, amount] of given) {
            const open = charges.find(each => each.chargeId === id)?.open
            expect(open?.currency).toBe(currency)
            expect(amount.minor).toBeGreaterThan(0)
            expect(amount.minor).toBeLessThanOrEqual(open?.minor ?? 0)
          }
          expect(lines.reduce((sum, line) => sum + line.amount.minor, 0) + rest.minor).toBe(minor)
          const open = charges
            .filter(each => each.open.currency === currency)
            .reduce((sum, each) => sum + each.open.minor, 0)
          expect(rest.minor).toBe(Math.max(0, minor - open))
        },
      ),
    )
  })
})
