import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/calendar.ts'
import { type Money, money } from '../../../lib/money.ts'
import { type Authority, documentKinds, mayStandUnder, type SigningQuestion } from './authority.ts'

const today = '2026-03-10'
const day = (offset: number) => addDays(today, offset)
const row = (over: Partial<Authority> = {}): Authority => ({
  id: 'a',
  staffId: 'mayor',
  role: 'mayor',
  kind: 'contract',
  ceilings: [],
  decision: '12/2026',
  from: day(-10),
  until: undefined,
  deputyFor: undefined,
  ...over,
})
const asked = (over: Partial<SigningQuestion> = {}): SigningQuestion => ({
  staffId: 'mayor',
  roles: ['mayor'],
  role: 'mayor',
  kind: 'contract',
  amounts: [],
  today,
  ...over,
})
const codeOf = (rows: Authority[], question: SigningQuestion) => {
  const judged = mayStandUnder(rows, question)
  return judged.ok ? (judged.deputy ? 'deputy' : 'ok') : judged.code
}

describe('the authority to sign', () => {
  test('is the appointment where the town has written none for the kind', () => {
    expect(codeOf([], asked())).toBe('ok')
    expect(codeOf([row({ kind: 'licence' })], asked())).toBe('ok')
    expect(codeOf([], asked({ roles: ['head'] }))).toBe('no-authority-to-sign')
  })

  test('is, once written, that of the persons named, and of no other who holds the role', () => {
    expect(codeOf([row()], asked())).toBe('ok')
    expect(codeOf([row()], asked({ staffId: 'other' }))).toBe('no-authority-to-sign')
    expect(codeOf([row({ kind: '*' })], asked({ staffId: 'other' }))).toBe('no-authority-to-sign')
    expect(codeOf([row()], asked({ roles: [] }))).toBe('no-authority-to-sign')
  })

  test('ends with its last day, and says so', () => {
    expect(codeOf([row({ until: today })], asked())).toBe('ok')
    expect(mayStandUnder([row({ until: day(-1) })], asked())).toEqual({
      ok: false,
      code: 'authority-ended',
      on: day(-1),
    })
    expect(mayStandUnder([row({ from: day(1) })], asked())).toMatchObject({
      code: 'authority-not-begun',
      on: day(1),
    })
  })

  test('stops at its ceiling, currency by currency', () => {
    const limited = row({ ceilings: [money(100_00, 'ILS')] })
    expect(codeOf([limited], asked({ amounts: [money(100_00, 'ILS')] }))).toBe('ok')
    expect(codeOf([limited], asked({ amounts: [money(100_01, 'ILS')] }))).toBe('ceiling-exceeded')
    expect(codeOf([limited], asked({ amounts: [money(1, 'JOD')] }))).toBe('ceiling-exceeded')
    expect(codeOf([limited], asked({ amounts: [money(0, 'JOD')] }))).toBe('ok')
    expect(codeOf([row()], asked({ amounts: [money(1e9, 'JOD')] }))).toBe('ok')
  })

  test('is a deputy’s within both terms and under the same ceiling', () => {
    const deputy = row({ id: 'd', staffId: 'deputy', deputyFor: 'a', from: day(-2), until: day(2) })
    const by = { staffId: 'deputy', roles: ['head'] }
    expect(codeOf([row(), deputy], asked(by))).toBe('deputy')
    expect(codeOf([row({ until: day(-1) }), deputy], asked(by))).toBe('authority-ended')
    expect(codeOf([row(), { ...deputy, until: day(-1) }], asked(by))).toBe('authority-ended')
    expect(codeOf([row(), deputy], asked({ ...by, kind: 'licence' }))).toBe('no-authority-to-sign')
    const limited = row({ ceilings: [money(5, 'ILS')] })
    expect(codeOf([limited, deputy], asked({ ...by, amounts: [money(6, 'ILS')] }))).toBe('ceiling-exceeded')
  })
})

const people = ['mayor', 'deputy', 'head']
const ceiling = fc.uniqueArray(
  fc.record({
    minor: fc.integer({ min: 0, max: 9 }),
    currency: fc.constantFrom('ILS' as const, 'JOD' as const),
  }),
  { maxLength: 2, selector: each => each.currency },
)
const aRow = fc.record({
  staffId: fc.constantFrom(...people),
  role: fc.constantFrom('mayor', 'head'),
  kind: fc.constantFrom(...documentKinds),
  ceilings: ceiling,
  from: fc.integer({ min: -3, max: 3 }).map(day),
  length: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  standsFor: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
})
const someRows = fc.array(aRow, { maxLength: 6 }).map(rows =>
  rows.map((each, place): Authority => {
    const { length, standsFor, ...rest } = each
    const target = standsFor !== undefined && standsFor < place ? rows[standsFor] : undefined
    const isDeputy = target !== undefined && target.standsFor === undefined
    return {
      ...rest,
      id: `r${place}`,
      decision: '1',
      until: length === undefined ? undefined : addDays(each.from, length),
      deputyFor: isDeputy ? `r${standsFor}` : undefined,
    }
  }),
)
const aQuestion = fc.record({
  staffId: fc.constantFrom(...people),
  roles: fc.subarray(['mayor', 'head']),
  role: fc.constantFrom('mayor', 'head'),
  kind: fc.constantFrom('contract', 'licence'),
  amounts: ceiling,
  today: fc.constant(today),
})

/** Every day, every row, the long way round. */
function naive(rows: readonly Authority[], q: SigningQuestion): boolean {
  const onDay = (each: Authority) => each.from <= q.today && (each.until ?? '9999-12-31') >= q.today
  const fits = (each: Authority) => each.role === q.role && [q.kind, '*'].includes(each.kind)
  const enough = (each: Authority) =>
    each.ceilings.length === 0 ||
    q.amounts.every((sum: Money) => {
      const top = each.ceilings.find(({ currency }) => currency === sum.currency)
      return sum.minor === 0 || (top !== undefined && sum.minor <= top.minor)
    })
  const principals = rows.filter(each => each.deputyFor === undefined && fits(each))
  if (principals.length === 0) return q.roles.includes(q.role)
  for (const principal of principals) {
    if (!onDay(principal) || !enough(principal)) continue
    if (principal.staffId === q.staffId && q.roles.includes(q.role)) return true
    for (const deputy of rows) {
      if (deputy.deputyFor === principal.id && deputy.staffId === q.staffId && onDay(deputy)) return true
    }
  }
  return false
}

describe('the rule', () => {
  test('says what reading every row on the day says, for any dates, ceilings and deputies', () => {
    let allowed = 0
    fc.assert(
      fc.property(someRows, aQuestion, (rows, question) => {
        const judged = mayStandUnder(rows, question)
        allowed += judged.ok ? 1 : 0
        expect(judged.ok).toBe(naive(rows, question))
      }),
      { numRuns: 3_000 },
    )
    expect(allowed).toBeGreaterThan(200)
  })
})
