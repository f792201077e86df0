import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aTill, collector } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { evenInstalments } from '../../../kernel/dues/index.ts'
import { DomainError } from '../../../lib/errors.ts'
import { type Currency, type Money, money, sumByCurrency } from '../../../lib/money.ts'
import { accountsOf } from '../accounts.ts'
import { cancelCharge } from '../charges.ts'
import { duesOf } from '../dues.ts'
import type { Receipt } from '../model.ts'
import { reverseReceipt } from '../reverse.ts'
import { verifyTreasury } from '../verify.ts'
import { allocateCredit, creditsOf } from './credits.ts'
import { applyExemption, grantExemption } from './exemptions.ts'
import { getPlan } from './plan-store.ts'
import { decidePlan, proposePlan } from './plans.ts'
import { statementOf, statementOfPerson } from './statement.ts'
import { transferDebt } from './transfer.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const today = '2026-03-01'
const second = { kind: 'staff', id: '0198a000-0000-7000-8000-00000000c022' } as const
const timeZone = 'Asia/Hebron'

const which = fc.nat(9)
const currency = fc.constantFrom<Currency>('ILS', 'JOD')
const step = fc.oneof(
  fc.record({
    kind: fc.constant('charge' as const),
    minor: fc.integer({ min: 10, max: 90_000 }),
    currency,
    which,
  }),
  fc.record({ kind: fc.constant('pay' as const), which, share: fc.integer({ min: 1, max: 140 }) }),
  fc.record({
    kind: fc.constant('ahead' as const),
    minor: fc.integer({ min: 1, max: 50_000 }),
    currency,
    which,
  }),
  fc.record({
    kind: fc.constantFrom('allocate' as const, 'return' as const, 'cancel' as const, 'transfer' as const),
    which,
  }),
  fc.record({ kind: fc.constant('exempt' as const), which, percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('plan' as const), which, count: fc.integer({ min: 2, max: 6 }) }),
)

/** Does it, or has it refused by the domain: anything else fails. */
async function tried<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

test('after any sequence of charges, payments, returns, counter-entries, transfers, exemptions and plans the books balance and each statement closes as its account', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 18 }), async steps => {
      const people = [await till.person(), await till.person()]
      const person = (at: number) => people[at % 2] as (typeof people)[number]
      const receipts: Receipt[] = []
      const plans: string[] = []
      const dues = async (at: number) => read(tx => duesOf(tx, person(at).id, today))
      const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
      for (const each of steps) {
        const { id } = person(each.which)
        const due = pick(await dues(each.which), each.which)
        if (each.kind === 'charge') {
          await charge(person(each.which), money(each.minor, each.currency), {
            dueKind: each.which > 4 ? 'water' : 'fees',
          })
        } else if (each.kind === 'pay' && due) {
          const amount = money(
            Math.max(1, Math.floor((due.open.minor * each.share) / 100)),
            due.open.currency,
          )
          const receipt = await tried(() => take([{ chargeId: due.chargeId, amount, paid: amount }]))
          expect(receipt !== undefined).toBe(amount.minor <= due.open.minor)
          if (receipt) receipts.push(receipt)
        } else if (each.kind === 'ahead') {
          const [account] = await read(tx => accountsOf(tx, id, today))
          if (!account) continue
          const amount = money(each.minor, each.currency)
          receipts.push(await take([{ onAccount: account.id, personId: id, amount, paid: amount }]))
        } else if (each.kind === 'allocate') {
          const before = await dues(each.which)
          const [credit] = await read(tx => creditsOf(tx, id, today))
          if (!credit) continue
          const laid = await tried(() =>
            write(tx =>
              allocateCredit(tx, house.events, {
                personId: id,
                currency: credit.free.currency,
                on: today,
                by: collector,
              }),
            ),
          )
          for (const line of laid?.lines ?? []) {
            const open = before.find(one => one.chargeId === line.chargeId)?.open
            expect(line.amount.currency).toBe(open?.currency)
            expect(line.amount.minor).toBeLessThanOrEqual(open?.minor ?? 0)
          }
        } else if (each.kind === 'return') {
          const receipt = pick(receipts, each.which)
          if (receipt)
            await tried(() =>
              write(tx =>
                reverseReceipt(tx, house.events, receipt.id, { by: collector, reason: 'خطأ', second }),
              ),
            )
        } else if (each.kind === 'cancel' && due) {
          await tried(() => write(tx => cancelCharge(tx, due.chargeId, { by: collector, reason: 'خطأ' })))
        } else if (each.kind === 'transfer' && due) {
          await tried(() =>
            write(tx =>
              transferDebt(tx, {
                fromPersonId: id,
                toPersonId: person(each.which + 1).id,
                chargeIds: [due.chargeId],
                timeZone,
                reason: 'بيع',
                proof: 'عقد',
                by: second,
              }),
            ),
          )
        } else if (each.kind === 'exempt' && due) {
          const exemptionId = await write(tx =>
            grantExemption(tx, {
              personId: id,
              accountId: undefined,
              dueKind: due.dueKind,
              relieved: { percent: each.percent },
              decision: 'ق',
              reason: 'س',
              from: today,
              until: today,
              by: second,
            }),
          )
          await tried(() =>
            write(tx =>
              applyExemption(tx, house.events, { exemptionId, chargeId: due.chargeId, timeZone, by: second }),
            ),
          )
        } else if (each.kind === 'plan' && due) {
          const instalments = evenInstalments(due.open, each.count, today)
          const input = { personId: id, chargeIds: [due.chargeId], instalments, note: 'طلب', today }
          const planId = await tried(() => write(tx => proposePlan(tx, { ...input, by: collector })))
          if (!planId) continue
          await write(tx =>
            decidePlan(tx, house.events, { planId, accept: true, decision: 'ق', today, by: second }),
          )
          plans.push(planId)
        }
      }
      await judge(
        people.map(each => each.id),
        plans,
      )
    }),
    { numRuns: 30 },
  )
})

async function judge(personIds: string[], plans: string[]): Promise<void> {
  await read(async tx => {
    expect(await verifyTreasury(tx)).toEqual([])
    for (const personId of personIds) {
      const dues = await duesOf(tx, personId, today)
      const credits = await creditsOf(tx, personId, today)
      const owed = balance([
        ...dues.map(due => due.open),
        ...credits.map(credit => money(-credit.free.minor, credit.free.currency)),
      ])
      expect(balance((await statementOfPerson(tx, personId, today)).closing)).toEqual(owed)
      let all: Money[] = []
      for (const account of await accountsOf(tx, personId, today)) {
        const statement = await statementOf(tx, account.id)
        const lines = sumByCurrency(statement.lines.map(line => line.amount))
        expect(balance(statement.closing)).toEqual(balance(lines))
        all = [...all, ...statement.closing]
      }
      expect(balance(all)).toEqual(owed)
    }
    for (const planId of plans) {
      const plan = await getPlan(tx, planId, today)
      expect(plan.instalments.reduce((sum, each) => sum + each.amount.minor, 0)).toBe(plan.amount.minor)
      expect(plan.paid.minor).toBeLessThanOrEqual(plan.amount.minor)
    }
  })
}

/** One sum for each currency that is not nothing. */
const balance = (amounts: readonly Money[]): Money[] => sumByCurrency(amounts).filter(sum => sum.minor !== 0)
