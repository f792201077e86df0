import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Money, sumByCurrency } from '../../lib/money.ts'
import type { DuesRule } from '../definition/model.ts'
import { applyDuesRule, type Due } from './index.ts'

const ils = (minor: number): Money => ({ minor, currency: 'ILS' })
const due = (dueKind: string, amount: Money, source: Due['source'] = 'own'): Due => ({
  dueKind,
  amount,
  accountId: 'a-1',
  source,
})
const holding: DuesRule = { neverHeld: false, rule: 'hold', kinds: ['electricity'], above: [] }
const exception = { by: 'the mayor', reason: 'a humanitarian case' }

describe('the dues rule', () => {
  it('holds for its kinds and shows the others', () => {
    expect(applyDuesRule(holding, []).outcome).toBe('clear')
    expect(applyDuesRule(holding, [due('water', ils(500))]).outcome).toBe('show')
    expect(applyDuesRule(holding, [due('water', ils(500)), due('electricity', ils(100))])).toEqual({
      outcome: 'hold',
      totals: [ils(600)],
      because: [{ kind: 'electricity', amount: ils(100) }],
    })
  })

  it('warns up to its limit and holds above it, each currency by itself', () => {
    const rule: DuesRule = { ...holding, above: [{ currency: 'ILS', minor: 10_000 }] }
    expect(applyDuesRule(rule, [due('electricity', ils(10_000))]).outcome).toBe('warn')
    expect(
      applyDuesRule(rule, [due('electricity', ils(6_000)), due('electricity', ils(4_001))]).outcome,
    ).toBe('hold')
    const dinars = due('electricity', { minor: 1, currency: 'JOD' })
    expect(applyDuesRule(rule, [due('electricity', ils(9_000)), dinars])).toEqual({
      outcome: 'hold',
      totals: [ils(9_000), { minor: 1, currency: 'JOD' }],
      because: [{ kind: 'electricity', amount: { minor: 1, currency: 'JOD' } }],
    })
  })

  it('is passed by an exception that says who and why; the debt remains', () => {
    const judged = applyDuesRule(holding, [due('electricity', ils(100))], [exception])
    expect(judged).toMatchObject({ outcome: 'passed-by-exception', totals: [ils(100)] })
    expect(
      applyDuesRule(holding, [due('electricity', ils(100))], [{ by: 'the mayor', reason: ' ' }]).outcome,
    ).toBe('hold')
  })
})

const anyDue: fc.Arbitrary<Due> = fc.record({
  dueKind: fc.constantFrom('electricity', 'water', 'waste'),
  amount: fc.record({
    minor: fc.integer({ min: -1_000, max: 100_000 }),
    currency: fc.constantFrom('ILS', 'JOD', 'USD'),
  }),
  accountId: fc.constantFrom('a-1', 'a-2'),
  source: fc.constantFrom('own', 'imported'),
})
const anyRule: fc.Arbitrary<DuesRule> = fc.record({
  neverHeld: fc.boolean(),
  rule: fc.constantFrom('show', 'warn', 'hold'),
  kinds: fc.subarray(['electricity', 'water']),
  above: fc.uniqueArray(
    fc.record({ currency: fc.constantFrom('ILS', 'JOD', 'USD'), minor: fc.integer({ min: 0, max: 50_000 }) }),
    { selector: limit => limit.currency },
  ),
})
const anyDues = fc.array(anyDue, { maxLength: 12 })
const anyExceptions = fc.subarray([exception])

describe('whatever is owed', () => {
  it('never holds a service that may never be held', () => {
    fc.assert(
      fc.property(anyRule, anyDues, anyExceptions, (rule, dues, exceptions) => {
        const { outcome } = applyDuesRule({ ...rule, neverHeld: true }, dues, exceptions)
        expect(['clear', 'show', 'warn']).toContain(outcome)
      }),
    )
  })

  it('never holds for an imported balance alone', () => {
    fc.assert(
      fc.property(anyRule, anyDues, (rule, dues) => {
        const imported = dues.map((each): Due => ({ ...each, source: 'imported' }))
        expect(['clear', 'show', 'warn']).toContain(applyDuesRule(rule, imported).outcome)
        const { outcome, because } = applyDuesRule(rule, dues)
        if (outcome !== 'hold') return
        const own = sumByCurrency(
          dues.filter(each => each.source === 'own' && each.amount.minor > 0).map(each => each.amount),
        )
        for (const { amount } of because) {
          const sum = own.find(each => each.currency === amount.currency)
          expect(amount.minor).toBeLessThanOrEqual(sum?.minor ?? 0)
        }
      }),
    )
  })

  it('is shown whole, and is never clear while something is owed', () => {
    fc.assert(
      fc.property(anyRule, anyDues, anyExceptions, (rule, dues, exceptions) => {
        const { outcome, totals, because } = applyDuesRule(rule, dues, exceptions)
        const owed = dues.filter(each => each.amount.minor > 0)
        expect(totals).toEqual(sumByCurrency(owed.map(each => each.amount)))
        expect(outcome === 'clear').toBe(owed.length === 0)
        expect(because.length === 0).toBe(owed.length === 0)
      }),
    )
  })

  it('never gets lighter by owing more', () => {
    const weight = { clear: 0, show: 1, warn: 2, hold: 3, 'passed-by-exception': 3 }
    fc.assert(
      fc.property(anyRule, anyDues, anyDue, (rule, dues, another) => {
        const before = applyDuesRule(rule, dues).outcome
        expect(weight[applyDuesRule(rule, [...dues, another]).outcome]).toBeGreaterThanOrEqual(weight[before])
      }),
    )
  })
})
