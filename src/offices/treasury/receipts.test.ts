import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aTill, collector, collectorId, collectorOf, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { newId } from '../../lib/ids.ts'
import { cancelCharge, feePointSettled, getCharge } from './charges.ts'
import { setRate } from './rates.ts'
import { findReceiptByNumber, getReceipt, receiptsOfRequest } from './receipts.ts'
import { reverseReceipt } from './reverse.ts'
import { takeReceipt } from './take.ts'
import { verifyTreasury } from './verify.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const staff = {
  kind: 'staff' as const,
  staffId: collectorId,
  appointments: [{ role: 'collector' as const, office: 'treasury' }],
}

test('a receipt settles its charge and takes the next number of its book and year', async () => {
  const person = await till.person()
  const chargeId = await charge(person, ils(15_400))
  const receipt = await take([{ chargeId, amount: ils(15_400), paid: ils(15_400) }], {
    payer: { personId: person.id, name: person.displayName },
    tenders: [{ kind: 'cash', received: [ils(20_000)], change: [ils(4_600)] }],
  })
  expect(receipt).toMatchObject({
    book: 'A',
    year: 2026,
    serial: 1,
    number: 'A-1/2026',
    reversedBy: undefined,
  })
  expect(receipt.totals).toEqual([ils(15_400)])
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(ils(0))
  const found = await read(tx => findReceiptByNumber(tx, 'A-1/2026', staff))
  expect(found?.payer.name).toBe(person.displayName)
})

test('a charge is paid in parts and never beyond what is open', async () => {
  const chargeId = await charge(await till.person(), ils(10_000))
  await take([{ chargeId, amount: ils(4_000), paid: ils(4_000) }])
  await expect(take([{ chargeId, amount: ils(6_001), paid: ils(6_001) }])).rejects.toThrow('charge-overpaid')
  const half = { chargeId, amount: ils(3_500), paid: ils(3_500) }
  await expect(take([half, half])).rejects.toThrow('charge-overpaid')
  await take([{ chargeId, amount: ils(6_000), paid: ils(6_000) }])
  expect((await read(tx => getCharge(tx, chargeId))).settled).toEqual(ils(10_000))
})

test('a fee in dinars is taken in shekels at the rate in force, which stands on the receipt with its setter', async () => {
  const treasurer = newId(house.clock.now())
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.1', setBy: treasurer }))
  const chargeId = await charge(await till.person(), jod(50_000))
  await expect(take([{ chargeId, amount: ils(25_500), paid: ils(25_500) }])).rejects.toThrow(
    'charge-other-currency',
  )
  const receipt = await take([{ chargeId, amount: jod(50_000), paid: ils(25_500), rate: '5.1' }])
  expect(receipt.totals).toEqual([ils(25_500)])
  expect(receipt.lines[0]?.rate?.toString()).toBe('5.1')
  expect(receipt.rates).toMatchObject([{ currency: 'JOD', rate: '5.1', setBy: treasurer }])
  const { rows } = await write(tx =>
    sql<{ ledger: string; currency: string; amount_minor: number }>`
      select ledger, currency, amount_minor from voucher_line where voucher_id = ${receipt.voucherId} order by ledger, currency`.execute(
      tx.q,
    ),
  )
  expect(rows).toEqual([
    { ledger: 'cash:A', currency: 'ILS', amount_minor: 25_500 },
    { ledger: 'exchange', currency: 'ILS', amount_minor: -25_500 },
    { ledger: 'exchange', currency: 'JOD', amount_minor: 50_000 },
    { ledger: 'receivable:fees', currency: 'JOD', amount_minor: -50_000 },
  ])
})

test('the rate of the day money was received counts, not that of the day it is entered', async () => {
  const before = house.clock.now()
  till.db.clock.advance(86_400_000)
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.2', setBy: collectorId }))
  const chargeId = await charge(await till.person(), jod(20_000))
  const late = { chargeId, amount: jod(10_000), paid: ils(5_100) }
  const receipt = await take([late], { receivedAt: before })
  expect([receipt.receivedAt, receipt.enteredAt]).toEqual([before, house.clock.now()])
  await expect(take([late])).rejects.toThrow('conversion-wrong')
  await take([{ ...late, paid: ils(5_200) }])
})

test('the year of a receipt is the year of the town, not that of Greenwich', async () => {
  const chargeId = await charge(await till.person(), ils(100))
  const earlier = { receivedAt: new Date('2025-12-31T22:30:00Z'), book: 'B' }
  expect((await take([{ chargeId, amount: ils(40), paid: ils(40) }], earlier)).number).toBe('B-1/2026')
  const sooner = { receivedAt: new Date('2025-12-31T21:30:00Z'), book: 'B' }
  expect((await take([{ chargeId, amount: ils(60), paid: ils(60) }], sooner)).number).toBe('B-1/2025')
})

test('eight receipts at once in one book get eight numbers in a row', async () => {
  const person = await till.person()
  const charges = await Promise.all(Array.from({ length: 8 }, () => charge(person, ils(500))))
  const receipts = await Promise.all(
    charges.map(chargeId => take([{ chargeId, amount: ils(500), paid: ils(500) }], { book: 'C' })),
  )
  expect(receipts.map(receipt => receipt.serial).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('eight receipts at once on one charge settle it once and refuse the others', async () => {
  const chargeId = await charge(await till.person(), ils(500))
  const line = { chargeId, amount: ils(500), paid: ils(500) }
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => take([line], { book: 'D' })))
  const told = results.map(result => (result.status === 'fulfilled' ? 'taken' : result.reason.code))
  expect(told.sort()).toEqual([...Array(7).fill('charge-overpaid'), 'taken'])
  const { rows } = await write(tx => sql`select serial from receipt where book = 'D'`.execute(tx.q))
  expect(rows).toEqual([{ serial: 1 }])
})

test('a receipt whose transaction is undone leaves no gap', async () => {
  const chargeId = await charge(await till.person(), ils(1_000))
  const line = { chargeId, amount: ils(300), paid: ils(300) }
  const input = { payer: { name: 'سمير' }, collectorId: collectorOf('H'), lines: [line] }
  const tenders = [{ kind: 'cash' as const, received: [ils(300)], change: [] }]
  await take([line], { book: 'H' })
  const undone = write(async tx => {
    expect((await takeReceipt(tx, house.events, { ...input, tenders })).serial).toBe(2)
    throw new Error('the light went out')
  })
  await expect(undone).rejects.toThrow('the light went out')
  expect((await take([line], { book: 'H' })).serial).toBe(2)
  expect((await read(tx => getCharge(tx, chargeId))).settled).toEqual(ils(600))
})

test('a fee point is told as settled once, when its last charge is paid, and as reopened when that is taken back', async () => {
  const told: unknown[] = []
  house.events.on('treasury.settled', (_tx, payload) => void told.push(['settled', payload]))
  house.events.on('treasury.reopened', (_tx, payload) => void told.push(['reopened', payload]))
  const person = await till.person()
  const requestId = newId(house.clock.now())
  const of = { requestId, feePoint: 'before-filing' }
  const [first, second] = [await charge(person, ils(1_000), of), await charge(person, ils(500), of)]
  await take([{ chargeId: first, amount: ils(1_000), paid: ils(1_000) }])
  expect(told).toEqual([])
  await take([{ chargeId: second, amount: ils(200), paid: ils(200) }])
  const last = await take([{ chargeId: second, amount: ils(300), paid: ils(300) }], { requestId })
  expect(told).toEqual([['settled', { ...of, receiptId: last.id, by: { kind: 'staff', id: collectorId } }]])
  expect(await read(tx => feePointSettled(tx, requestId, 'before-filing'))).toBe(true)
  await write(tx => reverseReceipt(tx, house.events, last.id, { by: collector, reason: 'المبلغ لغيره' }))
  expect(told.at(-1)).toEqual(['reopened', of])
  expect(await read(tx => feePointSettled(tx, requestId, 'before-filing'))).toBe(false)
  expect(
    (await read(tx => receiptsOfRequest(tx, requestId))).map(each => each.reversedBy !== undefined),
  ).toEqual([false, false, true])
})

test('what other offices do when a fee is paid is done before the receipt takes its number, for which others of the book wait', async () => {
  const requestId = newId(house.clock.now())
  const standing: unknown[] = []
  house.events.on('treasury.settled', async (tx, payload) => {
    if (payload.requestId !== requestId) return
    const { rows } = await sql`select last from series where name = 'receipt:L'`.execute(tx.q)
    standing.push(...rows)
  })
  const line = async (of?: object) => ({
    chargeId: await charge(await till.person(), ils(100), of),
    amount: ils(100),
    paid: ils(100),
  })
  await take([await line()], { book: 'L' })
  const receipt = await take([await line({ requestId, feePoint: 'before-filing' })], { book: 'L' })
  expect(standing).toEqual([{ last: 1 }])
  expect(receipt.serial).toBe(2)
})

test('two receipts at once that pay the last two charges of a fee point tell it once', async () => {
  const told: string[] = []
  const person = await till.person()
  const requestId = newId(house.clock.now())
  house.events.on('treasury.settled', (_tx, payload) => {
    if (payload.requestId === requestId) told.push(payload.feePoint)
  })
  const of = { requestId, feePoint: 'after-decision' }
  const charges = [await charge(person, ils(100), of), await charge(person, ils(100), of)]
  await Promise.all(
    charges.map((chargeId, at) => take([{ chargeId, amount: ils(100), paid: ils(100) }], { book: `F${at}` })),
  )
  expect(told).toHaveLength(1)
})

test('a receipt is taken back once: its charge is open again, row and number stay, and the cash goes out', async () => {
  const chargeId = await charge(await till.person(), ils(700))
  const receipt = await take([{ chargeId, amount: ils(700), paid: ils(700) }], { book: 'G' })
  const by = { kind: 'staff' as const, id: collectorOf('G') }
  const back = () => write(tx => reverseReceipt(tx, house.events, receipt.id, { by, reason: 'أُدخل مرتين' }))
  await back()
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(ils(700))
  expect((await read(tx => getReceipt(tx, receipt.id))).reversedBy).toBeDefined()
  await expect(back()).rejects.toThrow('receipt-reversed')
  const { rows } = await write(tx =>
    sql`select sum(amount_minor)::int as sum from voucher_line where ledger = 'cash:G'`.execute(tx.q),
  )
  expect(rows).toEqual([{ sum: 0 }])
  expect((await take([{ chargeId, amount: ils(700), paid: ils(700) }], { book: 'G' })).serial).toBe(2)
})

test('two who take one receipt back at once do it once', async () => {
  const chargeId = await charge(await till.person(), ils(700))
  const receipt = await take([{ chargeId, amount: ils(700), paid: ils(700) }])
  const back = () =>
    write(tx => reverseReceipt(tx, house.events, receipt.id, { by: collector, reason: 'خطأ' }))
  const results = await Promise.allSettled([back(), back()])
  expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await read(tx => getCharge(tx, chargeId))).settled).toEqual(ils(0))
})

test('a charge that was cancelled takes no money, and one that took money is not cancelled', async () => {
  const person = await till.person()
  const [cancelled, paid] = [await charge(person, ils(100)), await charge(person, ils(100))]
  await write(tx => cancelCharge(tx, cancelled, { by: collector, reason: 'رُفض الطلب' }))
  const line = { chargeId: cancelled, amount: ils(100), paid: ils(100) }
  await expect(take([line])).rejects.toThrow('charge-cancelled')
  await take([{ chargeId: paid, amount: ils(1), paid: ils(1) }])
  await expect(write(tx => cancelCharge(tx, paid, { by: collector, reason: 'خطأ' }))).rejects.toThrow(
    'charge-paid',
  )
})

test('a receipt without a payer, without lines, without money or of a later day is refused', async () => {
  const chargeId = await charge(await till.person(), ils(100))
  const line = { chargeId, amount: ils(100), paid: ils(100) }
  await expect(take([line], { payer: { name: ' ' } })).rejects.toThrow('payer-missing')
  await expect(take([])).rejects.toThrow('receipt-empty')
  const later = new Date(house.clock.now().getTime() + 1)
  await expect(take([line], { receivedAt: later })).rejects.toThrow('received-in-future')
  await expect(take([line], { tenders: [] })).rejects.toThrow('tender-missing')
  await expect(take([{ ...line, chargeId: newId(later) }])).rejects.toThrow('no-such-charge')
})

test('after all of this the books agree', async () => {
  expect(await read(verifyTreasury)).toEqual([])
})
