import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aTill, collector, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { newId } from '../../lib/ids.ts'
import { openPool } from '../../platform/database/pool.ts'
import { accountFor, accountsOf, changeHolder, holdersOf } from './accounts.ts'
import { cancelCharge, chargesOfRequest } from './charges.ts'
import { statementOf } from './debts/statement.ts'
import { post } from './vouchers.ts'

const db = await testDatabase()
const till = await aTill(db)
const { write, read, charge, take, town } = till

/** Statements as the application's role sends them, in one transaction. */
async function asApplication(statements: string[]): Promise<void> {
  const pool = openPool(db.url, { max: 1 })
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.municipality', '${town.id}', true)`)
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } finally {
    client.release(true)
    await pool.end()
  }
}

const aVoucher = (id: string, lines: [string, number][]) => [
  `insert into voucher values ('${town.id}', '${id}', 'opening', now(), now(), 'direct', 'staff', 'x', null, null)`,
  ...lines.map(
    ([currency, minor], at) =>
      `insert into voucher_line values ('${town.id}', '${id}', ${at + 1}, 'opening', null, null, '${currency}', ${minor})`,
  ),
]
const id = () => newId(db.clock.now())

test('the database takes a voucher that balances in each currency and no other', async () => {
  await asApplication(
    aVoucher(id(), [
      ['ILS', 500],
      ['ILS', -500],
      ['JOD', 3],
      ['JOD', -3],
    ]),
  )
  const off = asApplication(
    aVoucher(id(), [
      ['ILS', 500],
      ['ILS', -499],
    ]),
  )
  await expect(off).rejects.toMatchObject({ code: '23514', constraint: 'voucher_balances' })
  const mixed = asApplication(
    aVoucher(id(), [
      ['ILS', 500],
      ['JOD', -500],
    ]),
  )
  await expect(mixed).rejects.toMatchObject({ constraint: 'voucher_balances' })
})

test('a transaction that unsets its town before the end is judged all the same', async () => {
  const unset = `select set_config('app.municipality', '', true)`
  const off = asApplication([...aVoucher(id(), [['ILS', 500]]), unset])
  await expect(off).rejects.toMatchObject({ constraint: 'voucher_balances' })
})

test('a balanced voucher may not be bent by a line that comes later', async () => {
  const voucher = id()
  await asApplication(
    aVoucher(voucher, [
      ['ILS', 500],
      ['ILS', -500],
    ]),
  )
  const later = `insert into voucher_line values ('${town.id}', '${voucher}', 3, 'opening', null, null, 'ILS', 1)`
  await expect(asApplication([later])).rejects.toMatchObject({ constraint: 'voucher_balances' })
})

test('the application may neither change nor remove a voucher, a line or a receipt', async () => {
  for (const act of [
    'update voucher_line set amount_minor = 1',
    'delete from voucher_line',
    'update voucher set description = 0',
    'delete from voucher',
    'delete from charge',
    'update charge set amount_minor = 1',
    'update receipt set serial = 9',
    'delete from receipt',
    'delete from receipt_line',
  ])
    await expect(asApplication([act]), act).rejects.toMatchObject({ code: '42501' })
})

test('lines that do not balance are told before they reach the database', async () => {
  const voucher = { kind: 'opening' as const, at: db.clock.now(), description: 'x', by: collector }
  const lines = [
    { ledger: 'opening' as const, amount: ils(5) },
    { ledger: 'rounding' as const, amount: jod(-5) },
  ]
  await expect(write(tx => post(tx, voucher, lines))).rejects.toThrow('does not balance')
  await expect(write(tx => post(tx, voucher, []))).rejects.toThrow('does not balance')
})

test('an object has one account of a kind, also when eight open it at once', async () => {
  const person = await till.person()
  const of = { objectKind: 'person', objectId: person.id, holderId: person.id } as const
  const opened = await Promise.all(
    Array.from({ length: 8 }, () => write(tx => accountFor(tx, { ...of, kind: 'water' }))),
  )
  expect(new Set(opened.map(account => account.number)).size).toBe(1)
  const next = await write(tx => accountFor(tx, { ...of, kind: 'fees' }))
  const running = (number = '') => Number(number.split('-')[1])
  expect(running(next.number)).toBe(running(opened[0]?.number) + 1)
  expect(await read(tx => holdersOf(tx, next.id))).toEqual([
    { accountId: next.id, personId: person.id, capacity: 'holder', from: '2026-03-01', until: undefined },
  ])
})

/** Resolves once a transaction of this database waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await sql`select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where not l.granted and a.datname = current_database()`.execute(db.owner)
    if (waiting.rows.length > 0) return
  }
}

test('who asks for an account while another opens it waits, and gets that one', async () => {
  const person = await till.person()
  const of = { objectKind: 'person', objectId: person.id, kind: 'waste', holderId: person.id } as const
  const [opened, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = write(async tx => {
    const account = await accountFor(tx, of)
    opened.resolve()
    await gate.promise
    return account
  })
  await opened.promise
  const second = write(tx => accountFor(tx, of))
  await somebodyWaits()
  gate.resolve()
  expect((await second).id).toBe((await first).id)
})

test('an account changes hands on a day: until then it was the one holder, from then on the other', async () => {
  const [first, second] = [await till.person(), await till.person()]
  const account = await write(tx =>
    accountFor(tx, {
      objectKind: 'subscription',
      objectId: id(),
      kind: 'electricity',
      holderId: first.id,
      capacity: 'owner',
      from: '2020-01-01',
    }),
  )
  const change = { accountId: account.id, holderId: second.id, capacity: 'owner', from: '2026-02-01' }
  await write(tx => changeHolder(tx, change))
  const holds = async (personId: string, on: string) =>
    (await read(tx => accountsOf(tx, personId, on))).some(each => each.id === account.id)
  expect(await holds(first.id, '2026-01-31')).toBe(true)
  expect(await holds(first.id, '2026-02-01')).toBe(false)
  expect(await holds(second.id, '2026-01-31')).toBe(false)
  expect(await holds(second.id, '2026-02-01')).toBe(true)
  await expect(write(tx => changeHolder(tx, { ...change, from: '2026-02-01' }))).rejects.toThrow(
    'holder-since-later',
  )
})

test('a deposit is owed back and no income; a fee is income', async () => {
  const person = await till.person()
  const requestId = id()
  await charge(person, ils(20_000), { requestId, refundable: true, dueKind: 'electricity' })
  await charge(person, ils(500), { requestId, dueKind: 'electricity' })
  const { rows } = await write(tx =>
    sql`select l.ledger, l.amount_minor from voucher v join voucher_line l using (municipality_id, voucher_id)
         where v.request_id = ${requestId} order by v.voucher_id, l.line`.execute(tx.q),
  )
  expect(rows).toEqual([
    { ledger: 'receivable:electricity', amount_minor: 20_000 },
    { ledger: 'deposit:electricity', amount_minor: -20_000 },
    { ledger: 'receivable:electricity', amount_minor: 500 },
    { ledger: 'income:electricity', amount_minor: -500 },
  ])
  expect((await read(tx => chargesOfRequest(tx, requestId))).map(each => each.refundable)).toEqual([
    true,
    false,
  ])
})

test('the statement of an account runs its balance in each currency, through charge, payment and counter-entry', async () => {
  const person = await till.person()
  const chargeId = await charge(person, ils(1_000))
  await charge(person, jod(5_000))
  await take([{ chargeId, amount: ils(400), paid: ils(400) }])
  const mistaken = await charge(person, ils(70))
  await write(tx => cancelCharge(tx, mistaken, { by: collector, reason: 'كُررت' }))
  const [account] = await read(tx => accountsOf(tx, person.id, '2026-03-01'))
  const { lines } = await read(tx => statementOf(tx, account?.id ?? ''))
  expect(lines.map(line => [line.kind, line.amount.minor, line.balance])).toEqual([
    ['charge', 1_000, ils(1_000)],
    ['charge', 5_000, jod(5_000)],
    ['receipt', -400, ils(600)],
    ['charge', 70, ils(670)],
    ['counter-entry', -70, ils(600)],
  ])
})
