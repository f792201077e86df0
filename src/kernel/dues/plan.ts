import { addDays, type CalendarDate } from '../../lib/calendar.ts'
import type { Fault } from '../../lib/errors.ts'
import { add, type Money, money, subtract, zero } from '../../lib/money.ts'

/** One part of an instalment plan. */
export type Instalment = { readonly dueOn: CalendarDate; readonly amount: Money }

/**
 * kept: everything due so far is paid, or late by no more days than the town allows; late: within those days; broken: beyond them; done:
 * all is paid.
 */
export type PlanState = 'kept' | 'late' | 'broken' | 'done'

export type PlanStanding = {
  state: PlanState
  /** What should have been paid by today. */
  dueByNow: Money
  /** The first instalment that is not paid in full, with what is still missing of it. */
  next: { number: number; dueOn: CalendarDate; missing: Money } | undefined
}

/** Where an agreed plan stands on a day, from what has been paid on its charges since. Money pays the earliest instalment first. */
export function planStanding(
  instalments: readonly Instalment[],
  paid: Money,
  today: CalendarDate,
  graceDays: number,
): PlanStanding {
  let before = zero(paid.currency)
  let dueByNow = zero(paid.currency)
  let next: PlanStanding['next']
  for (const [at, { dueOn, amount }] of instalments.entries()) {
    const upTo = add(before, amount)
    if (dueOn <= today) dueByNow = upTo
    if (!next && upTo.minor > paid.minor) {
      const open = subtract(upTo, paid)
      const missing = open.minor < amount.minor ? open : amount
      next = { number: at + 1, dueOn, missing }
    }
    before = upTo
  }
  if (!next) return { state: 'done', dueByNow, next }
  if (next.dueOn >= today) return { state: 'kept', dueByNow, next }
  return { state: addDays(next.dueOn, graceDays) >= today ? 'late' : 'broken', dueByNow, next }
}

/** A plan that stands releases what its debtor would otherwise be held for; a broken one does not. */
export const releases = (state: PlanState): boolean => state !== 'broken'

/** What is wrong with proposed instalments: they are dated forward and one after the other, and come to exactly what is owed. */
export function planFaults(instalments: readonly Instalment[], owed: Money, today: CalendarDate): Fault[] {
  const faults: Fault[] = []
  if (instalments.length < 2) faults.push({ field: 'instalments', code: 'plan-too-short' })
  if (instalments.length > 60) faults.push({ field: 'instalments', code: 'plan-too-long' })
  for (const [at, { dueOn, amount }] of instalments.entries()) {
    const earlier = instalments[at - 1]
    if (amount.minor <= 0) faults.push({ field: `amount-${at + 1}`, code: 'amount-missing' })
    if (amount.currency !== owed.currency)
      faults.push({ field: `amount-${at + 1}`, code: 'plan-other-currency' })
    if (dueOn < today) faults.push({ field: `due-${at + 1}`, code: 'date-in-past' })
    else if (earlier && dueOn <= earlier.dueOn)
      faults.push({ field: `due-${at + 1}`, code: 'plan-out-of-order' })
  }
  const sum = instalments.reduce((total, each) => total + each.amount.minor, 0)
  if (faults.length === 0 && sum !== owed.minor)
    faults.push({ field: 'instalments', code: 'plan-sum-differs' })
  return faults
}

/** Even instalments a month apart: what does not divide goes with the first. */
export function evenInstalments(owed: Money, count: number, first: CalendarDate): Instalment[] {
  const each = Math.floor(owed.minor / count)
  return Array.from({ length: count }, (_, at) => ({
    dueOn: monthsLater(first, at),
    amount: money(at === 0 ? owed.minor - each * (count - 1) : each, owed.currency),
  }))
}

/** The same day of a later month, or that month's last. */
export function monthsLater(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const total = year * 12 + (month - 1) + months
  const target = { year: Math.floor(total / 12), month: (total % 12) + 1 }
  const leap = target.year % 4 === 0 && (target.year % 100 !== 0 || target.year % 400 === 0)
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const last = Math.min(day, lengths[target.month - 1] ?? 31)
  return `${target.year}-${String(target.month).padStart(2, '0')}-${String(last).padStart(2, '0')}`
}
