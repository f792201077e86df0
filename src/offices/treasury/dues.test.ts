import { expect, test } from 'vitest'
import { aTill, collector, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { applyDuesRule } from '../../kernel/dues/index.ts'
import { newId } from '../../lib/ids.ts'
import { accountFor, changeHolder } from './accounts.ts'
import { cancelCharge } from './charges.ts'
import { duesOf, duesTotals } from './dues.ts'
import { carryExceptions, exceptionsFor, grantException } from './exceptions.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const dues = (personId: string, on = '2026-03-01') => read(tx => duesOf(tx, personId, on))
const id = () => newId(house.clock.now())

test('what is open is owed, in its own currency, and overdue from the day after it was due', async () => {
  const person = await till.person()
  const first = await charge(person, ils(10_000), { dueOn: '2026-02-28', dueKind: 'electricity' })
  await charge(person, jod(5_000), { dueOn: '2026-03-01' })
  const [paid, cancelled] = [await charge(person, ils(1)), await charge(person, ils(2))]
  await take([{ chargeId: first, amount: ils(2_500), paid: ils(2_500) }])
  await take([{ chargeId: paid, amount: ils(1), paid: ils(1) }])
  await write(tx => cancelCharge(tx, cancelled, { by: collector, reason: 'خطأ' }))
  const owed = await dues(person.id)
  expect(owed).toMatchObject([
    {
      dueKind: 'electricity',
      amount: ils(7_500),
      charged: ils(10_000),
      overdueSince: '2026-02-28',
      source: 'own',
    },
    { amount: jod(5_000), overdue: false, accountKind: 'fees', object: { kind: 'person', id: person.id } },
  ])
  expect(duesTotals(owed)).toEqual([ils(7_500), jod(5_000)])
})

/** A subscription of an owner, and what is charged on it. */
async function aSubscription() {
  const owner = await till.person()
  const account = await write(tx =>
    accountFor(tx, {
      objectKind: 'subscription',
      objectId: id(),
      kind: 'water',
      holderId: owner.id,
      capacity: 'owner',
      from: '2020-01-01',
    }),
  )
  const bill = (minor: number) => charge(owner, ils(minor), { accountId: account.id, dueKind: 'water' })
  return { owner, account, bill }
}

test("a tenant is not shown the owner's debt, and the owner still is", async () => {
  const { owner, account, bill } = await aSubscription()
  const tenant = await till.person()
  await bill(5_000)
  await write(tx =>
    changeHolder(tx, { accountId: account.id, holderId: tenant.id, capacity: 'tenant', from: '2026-02-01' }),
  )
  await bill(300)
  expect(await dues(tenant.id)).toEqual([])
  expect(duesTotals(await dues(owner.id))).toEqual([ils(5_300)])
  await charge(tenant, ils(80), { accountId: account.id, dueKind: 'water' })
  expect(duesTotals(await dues(tenant.id))).toEqual([ils(80)])
})

test('a new owner is shown what is charged from then on, not what was owed before', async () => {
  const { account, bill } = await aSubscription()
  const buyer = await till.person()
  await bill(5_000)
  till.db.clock.advance(86_400_000)
  await write(tx =>
    changeHolder(tx, { accountId: account.id, holderId: buyer.id, capacity: 'owner', from: '2026-03-02' }),
  )
  await bill(700)
  expect(duesTotals(await dues(buyer.id, '2026-03-02'))).toEqual([ils(700)])
  expect(await dues(buyer.id, '2026-03-01')).toEqual([])
})

test('an imported balance says so and its day, and warns where an own one holds', async () => {
  const rule = { neverHeld: false, rule: 'hold' as const, kinds: [], above: [] }
  const person = await till.person()
  const asOf = new Date('2026-02-14T22:30:00Z')
  const account = await write(tx =>
    accountFor(tx, {
      objectKind: 'subscription',
      objectId: id(),
      kind: 'electricity',
      holderId: person.id,
      source: 'import:billing',
      asOf,
    }),
  )
  await charge(person, ils(9_000), { accountId: account.id })
  const imported = await dues(person.id)
  expect(imported).toMatchObject([{ source: 'imported', asOf: '2026-02-15' }])
  expect(applyDuesRule(rule, imported).outcome).toBe('warn')
  await charge(person, ils(1))
  expect(applyDuesRule(rule, await dues(person.id)).outcome).toBe('hold')
})

test('an exception by name lets a held request pass, goes with its draft, and leaves the debt', async () => {
  const person = await till.person()
  await charge(person, ils(9_000))
  const [draftId, requestId] = [id(), id()]
  const grant = { draftId, personId: person.id, grantedBy: collector, reason: 'حالة إنسانية' }
  await write(tx => grantException(tx, { ...grant, scope: 'dues' }))
  const exceptions = await read(tx => exceptionsFor(tx, { draftId }))
  const owed = await dues(person.id)
  const rule = { neverHeld: false, rule: 'hold' as const, kinds: [], above: [] }
  expect(applyDuesRule(rule, owed, exceptions).outcome).toBe('passed-by-exception')
  expect(owed).toHaveLength(1)
  await write(tx => carryExceptions(tx, draftId, requestId))
  expect(await read(tx => exceptionsFor(tx, { requestId }))).toMatchObject([
    { scope: 'dues', by: collector.id },
  ])
  await expect(write(tx => grantException(tx, { ...grant, scope: 'dues', reason: ' ' }))).rejects.toThrow(
    'reason-missing',
  )
  await expect(write(tx => grantException(tx, { ...grant, scope: 'fee' }))).rejects.toThrow(
    'fee-point-missing',
  )
})
