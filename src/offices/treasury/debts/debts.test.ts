import { describe, expect, test } from 'vitest'
import { aTill, collector, ils, jod } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { evenInstalments, judgeClearance } from '../../../kernel/dues/index.ts'
import { accountsOf, changeHolder } from '../accounts.ts'
import { cancelCharge, getCharge } from '../charges.ts'
import { duesOf, duesTotals } from '../dues.ts'
import { raiseCharge } from '../raise.ts'
import { verifyTreasury } from '../verify.ts'
import { arrearsByAge } from './arrears.ts'
import { allocateCredit, creditsOf } from './credits.ts'
import { applyExemption, grantExemption } from './exemptions.ts'
import { getPlan, plansOf } from './plan-store.ts'
import { decidePlan, endPlan, proposePlan, takeReminders } from './plans.ts'
import { statementOf, statementOfPerson } from './statement.ts'
import { transferDebt } from './transfer.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const today = '2026-03-01'
const timeZone = 'Asia/Hebron'
const treasurer = { kind: 'staff', id: '0198a000-0000-7000-8000-00000000c022' } as const

const accountOf = async (personId: string): Promise<string> =>
  (await read(tx => accountsOf(tx, personId, today)))[0]?.id ?? ''
const dues = (personId: string, on = today) => read(tx => duesOf(tx, personId, on))

describe('money on account', () => {
  test('lies there until it is laid on what is owed, by the town’s order, and never on another currency', async () => {
    const person = await till.person()
    const first = await charge(person, ils(1000), { dueOn: '2026-02-01' })
    const second = await charge(person, ils(700), { dueOn: '2026-01-01' })
    await charge(person, jod(5000))
    const accountId = await accountOf(person.id)
    await take([{ onAccount: accountId, personId: person.id, amount: ils(1200), paid: ils(1200) }])
    expect((await read(tx => creditsOf(tx, person.id, today))).map(credit => credit.free)).toEqual([
      ils(1200),
    ])
    const paid = await write(tx =>
      allocateCredit(tx, house.events, { personId: person.id, currency: 'ILS', on: today, by: collector }),
    )
    expect(paid.lines).toEqual([
      { chargeId: second, amount: ils(700) },
      { chargeId: first, amount: ils(500) },
    ])
    expect(duesTotals(await dues(person.id))).toEqual([ils(500), jod(5000)])
    await expect(
      write(tx =>
        allocateCredit(tx, house.events, { personId: person.id, currency: 'JOD', on: today, by: collector }),
      ),
    ).rejects.toMatchObject({ code: 'nothing-on-account' })
    const statement = await read(tx => statementOf(tx, accountId))
    expect(statement.closing).toEqual([ils(500), jod(5000)])
    expect(await read(verifyTreasury)).toEqual([])
  })
})

describe('an exemption by decision', () => {
  test('makes a charge smaller as it is raised and says why, settles one it covers whole, and comes off one that is there', async () => {
    const person = await till.person()
    const before = await charge(person, ils(900), { dueKind: 'waste' })
    const exemptionId = await write(tx =>
      grantExemption(tx, {
        personId: person.id,
        dueKind: 'waste',
        accountId: undefined,
        relieved: { percent: 50 },
        decision: 'ق 12/2026',
        reason: 'حالة اجتماعية',
        from: '2026-01-01',
        until: undefined,
        by: treasurer,
      }),
    )
    const half = await charge(person, ils(501), { dueKind: 'waste' })
    expect(await read(tx => getCharge(tx, half))).toMatchObject({
      amount: ils(250),
      reasons: { exemption: { decision: 'ق 12/2026', percent: 50, full: ils(501) } },
    })
    await write(tx =>
      applyExemption(tx, house.events, { exemptionId, chargeId: before, timeZone, by: treasurer }),
    )
    expect((await read(tx => getCharge(tx, before))).open).toEqual(ils(450))
    await expect(
      write(tx =>
        applyExemption(tx, house.events, { exemptionId, chargeId: before, timeZone, by: treasurer }),
      ),
    ).rejects.toMatchObject({ code: 'exemption-used' })
    await write(tx =>
      grantExemption(tx, {
        personId: person.id,
        dueKind: 'rent',
        accountId: undefined,
        relieved: { amount: ils(100_000) },
        decision: 'ق 13/2026',
        reason: 'تعويض',
        from: '2026-01-01',
        until: '2026-12-31',
        by: treasurer,
      }),
    )
    const whole = await charge(person, ils(800), { dueKind: 'rent' })
    expect(await read(tx => getCharge(tx, whole))).toMatchObject({ amount: ils(800), open: ils(0) })
    expect(await read(verifyTreasury)).toEqual([])
  })

  test('is refused without a decision, for nobody, or ending before it begins', async () => {
    await expect(
      write(tx =>
        grantExemption(tx, {
          personId: undefined,
          dueKind: undefined,
          accountId: undefined,
          relieved: { percent: 0 },
          decision: ' ',
          reason: '',
          from: '2026-02-01',
          until: '2026-01-01',
          by: treasurer,
        }),
      ),
    ).rejects.toMatchObject({
      faults: [
        { code: 'decision-number-missing' },
        { code: 'reason-missing' },
        { code: 'exemption-of-nothing' },
        { code: 'ends-before-start' },
        { code: 'percent-wrong' },
      ],
    })
  })
})

describe('a transfer of debt', () => {
  test('makes another the debtor of what is open, and both statements say it', async () => {
    const [from, to] = [await till.person(), await till.person()]
    const chargeId = await charge(from, ils(1000), { dueKind: 'water' })
    await take([{ chargeId, amount: ils(300), paid: ils(300) }])
    const input = {
      fromPersonId: from.id,
      toPersonId: to.id,
      chargeIds: [chargeId],
      timeZone,
      by: treasurer,
      reason: 'بيع العقار',
      proof: 'عقد بيع 55/2026',
    }
    await write(tx => transferDebt(tx, input))
    expect(await dues(from.id)).toEqual([])
    expect(await dues(to.id)).toMatchObject([{ open: ils(700), dueKind: 'water', dueOn: today }])
    const mine = await read(tx => statementOfPerson(tx, from.id, today))
    expect(mine.lines.map(line => [line.kind, line.balance.minor])).toEqual([
      ['charge', 1000],
      ['receipt', 700],
      ['transfer', 0],
    ])
    expect(mine.lines[1]?.document).toMatch(/^A-\d+\/2026$/)
    await expect(write(tx => transferDebt(tx, input))).rejects.toMatchObject({ code: 'charge-settled' })
    const [moved] = await dues(to.id)
    await write(tx => cancelCharge(tx, moved?.chargeId ?? '', { by: treasurer, reason: 'خطأ' }))
    expect(await dues(to.id)).toEqual([])
    expect(await read(verifyTreasury)).toEqual([])
  })

  test('is refused to oneself, without proof, or of what another owes, and writes nothing', async () => {
    const [from, to] = [await till.person(), await till.person()]
    const chargeId = await charge(from, ils(1000))
    const input = {
      fromPersonId: from.id,
      toPersonId: from.id,
      chargeIds: [chargeId],
      reason: '',
      proof: '',
      timeZone,
      by: treasurer,
    }
    await expect(write(tx => transferDebt(tx, input))).rejects.toMatchObject({
      faults: [{ code: 'reason-missing' }, { code: 'proof-missing' }, { code: 'transfer-to-self' }],
    })
    await expect(
      write(tx =>
        transferDebt(tx, { ...input, fromPersonId: to.id, toPersonId: from.id, reason: 'س', proof: 'ص' }),
      ),
    ).rejects.toMatchObject({ code: 'charge-of-another' })
    expect(await dues(from.id)).toHaveLength(1)
  })
})

describe('an instalment plan', () => {
  const propose = async (owed: number, over: Partial<Parameters<typeof proposePlan>[1]> = {}) => {
    const person = await till.person()
    const chargeId = await charge(person, ils(owed), { dueKind: 'water', dueOn: '2025-12-01' })
    const input = {
      personId: person.id,
      chargeIds: [chargeId],
      note: 'طلب المواطن',
      today,
      by: collector,
      instalments: evenInstalments(ils(owed), 3, '2026-03-10'),
      ...over,
    }
    return { person, chargeId, input, propose: () => write(tx => proposePlan(tx, input)) }
  }

  test('is agreed by another with a decision, releases while it is kept, and no more once it is broken', async () => {
    const { person, chargeId, propose: ask } = await propose(900)
    const planId = await ask()
    expect((await dues(person.id))[0]?.planKept).toBe(false)
    const decide = { planId, accept: true, decision: 'ق 5/2026', today }
    await expect(
      write(tx => decidePlan(tx, house.events, { ...decide, by: collector })),
    ).rejects.toMatchObject({
      code: 'own-proposal',
    })
    await expect(
      write(tx => decidePlan(tx, house.events, { ...decide, decision: ' ', by: treasurer })),
    ).rejects.toMatchObject({ faults: [{ code: 'decision-number-missing' }] })
    await write(tx => decidePlan(tx, house.events, { ...decide, by: treasurer }))
    expect((await dues(person.id))[0]?.planKept).toBe(true)
    expect(judgeClearance(await dues(person.id)).outcome).toBe('by-plan')
    expect((await dues(person.id, '2026-03-17'))[0]?.planKept).toBe(true)
    expect((await dues(person.id, '2026-03-18'))[0]?.planKept).toBe(false)
    await take([{ chargeId, amount: ils(300), paid: ils(300) }])
    expect((await dues(person.id, '2026-03-18'))[0]?.planKept).toBe(true)
    await expect(ask()).rejects.toMatchObject({ code: 'charge-in-plan' })
    await write(tx => endPlan(tx, { planId, why: 'طلب', today, by: treasurer }))
    expect((await dues(person.id))[0]?.planKept).toBe(false)
  })

  test('is refused when its sum differs, and nothing of it is written', async () => {
    const { person, propose: ask } = await propose(900, {
      instalments: evenInstalments(ils(901), 3, '2026-03-10'),
    })
    await expect(ask()).rejects.toMatchObject({ faults: [{ code: 'plan-sum-differs' }] })
    expect(await read(tx => plansOf(tx, person.id, today))).toEqual([])
  })

  test('is not agreed when something was paid since, and recalls each instalment once', async () => {
    const stale = await propose(900)
    const stalePlan = await stale.propose()
    await take([{ chargeId: stale.chargeId, amount: ils(1), paid: ils(1) }])
    const agree = (planId: string) =>
      write(tx => decidePlan(tx, house.events, { planId, accept: true, decision: 'ق', today, by: treasurer }))
    await expect(agree(stalePlan)).rejects.toMatchObject({ code: 'plan-stale' })
    const { person, propose: ask } = await propose(900)
    const planId = await ask()
    await agree(planId)
    const due = await write(tx => takeReminders(tx, '2026-03-07', '2026-03-10'))
    expect(due.filter(each => each.personId === person.id)).toMatchObject([{ number: 1, missing: ils(300) }])
    expect(await write(tx => takeReminders(tx, '2026-03-08', '2026-03-11'))).toEqual([])
    expect((await read(tx => getPlan(tx, planId, today))).standing.state).toBe('kept')
  })
})

test('a statement between two days opens with what was owed before and closes as the account', async () => {
  const person = await till.person()
  await charge(person, ils(1000))
  const accountId = await accountOf(person.id)
  const statement = await read(tx => statementOf(tx, accountId, { from: '2026-03-02' }))
  expect(statement).toEqual({ opening: [ils(1000)], lines: [], closing: [ils(1000)] })
  expect((await read(tx => statementOf(tx, accountId, { until: '2026-02-28' }))).closing).toEqual([])
})

test('a new holder’s statement shows nothing of the old holder’s debt, a tenant’s nothing of the owner’s', async () => {
  const [old, next] = [await till.person(), await till.person()]
  await charge(old, ils(1000))
  const accountId = await accountOf(old.id)
  await write(tx =>
    changeHolder(tx, { accountId, holderId: next.id, capacity: 'tenant', from: '2026-03-02' }),
  )
  const seen = await read(tx => statementOfPerson(tx, next.id, '2026-03-03'))
  expect(seen.lines).toEqual([])
  await write(tx =>
    raiseCharge(tx, {
      accountId,
      debtorId: next.id,
      dueKind: 'fees',
      amount: ils(50),
      refundable: false,
      reasons: {},
      label: { ar: 'رسم', en: 'Fee' },
      dueOn: today,
      by: collector,
    }),
  )
  expect((await read(tx => statementOfPerson(tx, next.id, '2026-03-03'))).closing).toEqual([ils(50)])
})

test('arrears are counted by kind, currency and age', async () => {
  const fresh = await aTill(till.db)
  const person = await fresh.person()
  for (const [dueOn, minor] of [
    ['2026-03-05', 1],
    ['2026-02-01', 20],
    ['2026-01-15', 300],
    ['2025-06-01', 4000],
    ['2020-01-01', 50_000],
  ] as const)
    await fresh.charge(person, ils(minor), { dueKind: 'water', dueOn })
  await fresh.charge(person, jod(7), { dueKind: 'water', dueOn: '2026-02-28' })
  const arrears = await fresh.read(tx => arrearsByAge(tx, today))
  expect(arrears).toMatchObject([
    {
      dueKind: 'water',
      total: ils(54_321),
      charges: 5,
      byAge: { 'not-due': ils(1), month: ils(20), quarter: ils(300), year: ils(4000), older: ils(50_000) },
    },
    { dueKind: 'water', total: jod(7), byAge: { month: jod(7) } },
  ])
})
