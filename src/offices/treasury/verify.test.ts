import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { aTill, collector, ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { reverseReceipt } from './reverse.ts'
import { verifyTreasury } from './verify.ts'

const db = await testDatabase()
const till = await aTill(db)
const { read, write, charge, take, house } = till
const person = await till.person()
const chargeId = await charge(person, ils(1_000))
const first = await take([{ chargeId, amount: ils(300), paid: ils(300) }])
const second = await take([{ chargeId, amount: ils(200), paid: ils(200) }])
await write(tx => reverseReceipt(tx, house.events, second.id, { by: collector, reason: 'خطأ' }))

/** Bends the books as the owner, past every guard, and puts them right again after the test. */
const undo: (() => Promise<unknown>)[] = []
async function bend(bent: string, straight: string): Promise<string[]> {
  undo.push(() => sql.raw(straight).execute(db.owner))
  await sql.raw(bent).execute(db.owner)
  return [...new Set((await read(verifyTreasury)).map(finding => finding.code))].sort()
}
afterEach(async () => {
  for (const straighten of undo.splice(0).reverse()) await straighten()
  expect(await read(verifyTreasury)).toEqual([])
})

test('books that were never bent have nothing to find', async () => {
  expect(await read(verifyTreasury)).toEqual([])
})

test('a settled amount that was changed by hand is found', async () => {
  const of = `where charge_id = '${chargeId}'`
  expect(
    await bend(`update charge set settled_minor = 301 ${of}`, `update charge set settled_minor = 300 ${of}`),
  ).toEqual(['account-balance-wrong', 'charge-books-differ', 'charge-settled-wrong'])
})

test('a line of a voucher that was changed by hand is found', async () => {
  const of = `where voucher_id = '${first.voucherId}' and ledger = 'cash:A'`
  expect(
    await bend(
      `update voucher_line set amount_minor = 299 ${of}`,
      `update voucher_line set amount_minor = 300 ${of}`,
    ),
  ).toEqual(['receipt-tender-wrong', 'session-receipts-differ', 'voucher-unbalanced'])
})

test('a voucher without lines is found', async () => {
  const id = '0198a000-0000-7000-8000-00000000aaaa'
  expect(
    await bend(
      `insert into voucher values ('${till.town.id}', '${id}', 'opening', now(), now(), '', '', '', null, null)`,
      `delete from voucher where voucher_id = '${id}'`,
    ),
  ).toEqual(['voucher-empty'])
})

test('a receipt number that is missing is found, in the middle and at the end', async () => {
  const shift = (from: number, to: number) => `update receipt set serial = ${to} where serial = ${from}`
  expect(await bend(shift(1, 7), shift(7, 1))).toEqual(['receipt-counter-behind', 'receipt-number-missing'])
  await undo.pop()?.()
  const counter = (last: number) => `update series set last = ${last} where name = 'receipt:A'`
  expect(await bend(counter(3), counter(2))).toEqual(['receipt-number-missing'])
})

test('a receipt number given twice is found where the index was lost', async () => {
  const bent = `drop index receipt_serial; update receipt set serial = 1`
  const straight = `update receipt set serial = 2 where receipt_id = '${second.id}';
    create unique index receipt_serial on receipt (municipality_id, book, year, serial)`
  expect(await bend(bent, straight)).toEqual(['receipt-number-doubled', 'receipt-number-missing'])
})

test('a receipt that says it was taken back, and was not, is found', async () => {
  const set = (to: string) => `update receipt set reversed_by = ${to} where receipt_id = '${first.id}'`
  expect(await bend(set(`'${first.id}'`), set('null'))).toEqual([
    'charge-settled-wrong',
    'receipt-reversal-wrong',
  ])
})

test('a counter-entry that is no mirror of its voucher is found', async () => {
  const set = (to: string, from: string) =>
    `update voucher_line l set ledger = '${to}' from voucher v where v.voucher_id = l.voucher_id and v.reverses is not null and l.ledger = '${from}'`
  expect(await bend(set('rounding', 'cash:A'), set('cash:A', 'rounding'))).toEqual(['counter-entry-wrong'])
})
