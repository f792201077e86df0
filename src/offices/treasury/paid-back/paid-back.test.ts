import { describe, expect, test } from 'vitest'
import { aTill, collector, ils, jod } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import type { Money } from '../../../lib/money.ts'
import { accountsOf } from '../accounts.ts'
import { reverseReceipt } from '../reverse.ts'
import { chequesIn, clearCheque } from '../till/cheques.ts'
import { verifyTreasury } from '../verify.ts'
import { payBack } from './pay-back.ts'
import { freeOfReceipt, paidByReceipt, paymentsOfRequest } from './store.ts'
import { depositToAccount } from './to-account.ts'

const till = await aTill(await testDatabase())
const { write, read, charge, take, house } = till
const by = collector
const books = () => read(verifyTreasury)

/** Gives back a sum of whatever a receipt settled for a person. */
const back = (receiptId: string, personId: string, amount: Money, requestId?: string) =>
  write(async tx => {
    const [of] = await paidByReceipt(tx, receiptId, [personId])
    if (!of) throw new Error('the receipt settled nothing of theirs')
    return payBack(tx, {
      personId,
      parts: [{ of, amount }],
      way: 'transfer',
      description: 'رد',
      requestId,
      by,
    })
  })

/** Turns the deposits a receipt settled for a person to money on account. */
const turned = (receiptId: string, personId: string) =>
  write(async tx => {
    const deposits = await paidByReceipt(tx, receiptId, [personId])
    return depositToAccount(tx, { personId, deposits, description: 'تحويل', by })
  })

describe('money paid back', () => {
  test('is numbered without gaps in a year, each currency by itself, and never given twice', async () => {
    const person = await till.person()
    const requestId = newId(till.db.clock.now())
    const [shekels, dinars] = [await charge(person, ils(5_000)), await charge(person, jod(70_000))]
    const first = await take([{ chargeId: shekels, amount: ils(5_000), paid: ils(5_000) }])
    const second = await take([{ chargeId: dinars, amount: jod(70_000), paid: jod(70_000) }])
    await write(async tx => {
      const parts = [
        ...(await paidByReceipt(tx, first.id, [person.id])),
        ...(await paidByReceipt(tx, second.id, [person.id])),
      ].map(of => ({ of, amount: of.left }))
      const payments = await payBack(tx, {
        personId: person.id,
        parts,
        way: 'cheque',
        reference: '77',
        description: 'رد',
        requestId,
        by,
      })
      expect(payments).toHaveLength(2)
    })
    const written = await read(tx => paymentsOfRequest(tx, requestId))
    expect(written.map(each => [each.number, each.amount])).toEqual([
      [1, ils(5_000)],
      [2, jod(70_000)],
    ])
    await expect(back(first.id, person.id, ils(1))).rejects.toMatchObject({ code: 'return-too-much' })
    await expect(
      write(tx => reverseReceipt(tx, house.events, first.id, { by, reason: 'خطأ' })),
    ).rejects.toMatchObject({ code: 'charge-returned' })
    expect(await books()).toEqual([])
  })

  test('waits for the cheque it was paid with', async () => {
    const person = await till.person()
    const chargeId = await charge(person, ils(50_000), { refundable: true })
    const paid = { chargeId, amount: ils(50_000), paid: ils(50_000) }
    const cheque = { drawer: 'سمير قطب', bank: 'بنك فلسطين', branch: 'الظاهرية', number: '00000091' }
    const receipt = await take([paid], {
      tenders: [{ kind: 'cheque', amount: ils(50_000), dueOn: '2026-03-01', ...cheque }],
    })
    await expect(back(receipt.id, person.id, ils(50_000))).rejects.toMatchObject({
      code: 'cheque-not-cleared',
    })
    await expect(turned(receipt.id, person.id)).rejects.toMatchObject({ code: 'cheque-not-cleared' })
    const [held] = await read(tx => chequesIn(tx, 'held'))
    await write(tx => clearCheque(tx, held?.id ?? '', { by }))
    await back(receipt.id, person.id, ils(50_000))
    expect(await books()).toEqual([])
  })

  test('of a receipt is no more than it brought, though its charge was paid by another too', async () => {
    const person = await till.person()
    const chargeId = await charge(person, ils(1_000))
    const part = (minor: number) => take([{ chargeId, amount: ils(minor), paid: ils(minor) }])
    const [first] = [await part(300), await part(700)]
    await expect(back(first.id, person.id, ils(301))).rejects.toMatchObject({ code: 'return-too-much' })
    await back(first.id, person.id, ils(300))
    expect(await books()).toEqual([])
  })

  test('of what lies on account is what nothing has taken', async () => {
    const person = await till.person()
    await charge(person, ils(100))
    const [account] = await read(tx => accountsOf(tx, person.id, '2026-03-01'))
    const line = { onAccount: account?.id ?? '', personId: person.id, amount: ils(900), paid: ils(900) }
    const receipt = await take([line])
    const give = (minor: number) =>
      write(async tx => {
        const [credit] = await freeOfReceipt(tx, receipt.id, [person.id])
        const parts = credit ? [{ credit, amount: ils(minor) }] : []
        return payBack(tx, { personId: person.id, parts, way: 'cash', description: 'رد', by })
      })
    await expect(give(901)).rejects.toMatchObject({ code: 'return-too-much' })
    await give(400)
    await give(500)
    await expect(give(1)).rejects.toMatchObject({ code: 'nothing-to-return' })
    expect(await books()).toEqual([])
  })
})
