import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/calendar.ts'
import { money } from '../../lib/money.ts'
import type { DuesRule } from '../definition/model.ts'
import {
  applyDuesRule,
  type Due,
  evenInstalments,
  judgeClearance,
  monthsLater,
  planFaults,
  planStanding,
  releases,
} from './index.ts'

const ils = (minor: number) => money(minor, 'ILS')
const plan = [
  { dueOn: '2026-03-01', amount: ils(400) },
  { dueOn: '2026-04-01', amount: ils(300) },
  { dueOn: '2026-05-01', amount: ils(300) },
]
const standing = (paid: number, today: string, grace = 7) => planStanding(plan, ils(paid), today, grace)

describe('an instalment plan', () => {
  test('is kept while what is due is paid, late for the days of grace, and broken after them', () => {
    expect(standing(0, '2026-03-01').state).toBe('kept')
    expect(standing(0, '2026-03-08').state).toBe('late')
    expect(standing(0, '2026-03-09').state).toBe('broken')
    expect(standing(400, '2026-03-09').state).toBe('kept')
    expect(standing(399, '2026-03-09').state).toBe('broken')
    expect(standing(1000, '2027-01-01').state).toBe('done')
  })

  test('is taken up again by paying what is missing', () => {
    expect(standing(650, '2026-04-20')).toMatchObject({
      state: 'broken',
      next: { number: 2, missing: ils(50) },
      dueByNow: ils(700),
    })
    expect(standing(700, '2026-04-20').state).toBe('kept')
  })

  test('is refused when it does not come to what is owed, goes backwards or lies in the past', () => {
    const codes = (of: typeof plan, owed = ils(1000), today = '2026-02-20') =>
      planFaults(of, owed, today).map(fault => fault.code)
    expect(codes(plan)).toEqual([])
    expect(codes(plan, ils(999))).toEqual(['plan-sum-differs'])
    expect(codes(plan.toReversed())).toEqual(['plan-out-of-order', 'plan-out-of-order'])
    expect(codes(plan, ils(1000), '2026-03-15')).toEqual(['date-in-past'])
    expect(codes(plan.slice(0, 1), ils(400))).toEqual(['plan-too-short'])
    expect(codes(plan, money(1000, 'JOD'))).toContain('plan-other-currency')
  })

  test('in even parts comes to the whole, month after month', () => {
    expect(monthsLater('2026-01-31', 1)).toBe('2026-02-28')
    expect(monthsLater('2027-11-30', 3)).toBe('2028-02-29')
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 5_000_000 }),
        fc.integer({ min: 2, max: 60 }),
        (minor, count) => {
          const parts = evenInstalments(ils(minor), count, '2026-03-31')
          expect(planFaults(parts, ils(minor), '2026-03-31')).toEqual([])
        },
      ),
    )
  })

  test('never releases once it is late beyond the grace, and always releases while nothing due is missing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 30 }),
        (paid, day, grace) => {
          const today = addDays('2026-02-20', day)
          const { state, dueByNow, next } = standing(paid, today, grace)
          const overdue = paid < dueByNow.minor && next !== undefined && next.dueOn < today
          expect(releases(state)).toBe(!overdue || addDays(next.dueOn, grace) >= today)
          if (next) expect(next.missing.minor).toBeGreaterThan(0)
        },
      ),
    )
  })
})

const due = (over: Partial<Due> = {}): Due => ({
  dueKind: 'water',
  amount: ils(500),
  accountId: 'a',
  source: 'own' as const,
  ...over,
})
const holding: DuesRule = { neverHeld: false, rule: 'hold', kinds: [], above: [] }

describe('what a plan and a clearance release', () => {
  test('a debt under a plan that is kept up is shown and holds nothing; beside another it does not help', () => {
    expect(applyDuesRule(holding, [due({ planKept: true })]).outcome).toBe('show')
    expect(applyDuesRule(holding, [due({ planKept: false })]).outcome).toBe('hold')
    expect(applyDuesRule(holding, [due({ planKept: true }), due()]).outcome).toBe('hold')
  })

  test('nobody is cleared who owes in any kind, unless by a plan that is kept or by name', () => {
    expect(judgeClearance([]).outcome).toBe('clear')
    expect(judgeClearance([due({ amount: ils(0) })]).outcome).toBe('clear')
    expect(judgeClearance([due({ dueKind: 'rent' })])).toMatchObject({ outcome: 'owing', mayIssue: false })
    expect(judgeClearance([due({ planKept: true })])).toMatchObject({ outcome: 'by-plan', mayIssue: true })
    expect(judgeClearance([due({ source: 'imported' })])).toMatchObject({
      outcome: 'uncertain',
      mayIssue: false,
    })
    const named = [{ by: 'the mayor', reason: 'decision 12' }]
    expect(judgeClearance([due()], named)).toMatchObject({ outcome: 'by-exception', mayIssue: true })
    expect(judgeClearance([due()], [{ by: 'the mayor', reason: ' ' }]).mayIssue).toBe(false)
  })
})
