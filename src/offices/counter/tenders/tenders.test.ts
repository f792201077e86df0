import { expect, test } from 'vitest'

import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { ils } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { closeSession, openSessionOf, receiptsOfRequest } from '../../treasury/index.ts'
import { aCounter, due } from '../testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, read, write, staff, bench } = counter

async function unpaid(): Promise<string> {
  const person = await counter.person()
  const { requestId } = await aFiledRequest(bench, person.id)
  return requestId
}
const collect = (id: string, form: Record<string, string>) =>
  ask('teller', addresses.counterCollect, { id }, { form: { payIn: 'ILS', due: due(ils(1_000)), ...form } })

test('a fee is paid by card and the rest in cash, on one receipt, and the request goes on', async () => {
  const id = await unpaid()
  const card = { 'card-amount': '6', 'card-last4': '4242', 'card-slip': '8812' }
  expect((await collect(id, { ...card, received: '10.00' })).status).toBe(303)
  const [receipt] = await read(tx => receiptsOfRequest(tx, id))
  expect(receipt?.tenders).toMatchObject([
    { kind: 'card', amount: ils(600), last4: '4242', slip: '8812' },
    { kind: 'cash', received: [ils(400)], change: [] },
  ])
  expect((await counter.request(id)).projection.state).not.toBe('awaiting-fee')
})

test('a card without its digits, and a cheque of yesterday, come back at their boxes with nothing written', async () => {
  const id = await unpaid()
  const before = await counter.counts()
  const short = await collect(id, { 'card-amount': '10', 'card-last4': '42', 'card-slip': '1' })
  expect([short.status, short.text.includes('اكتب آخر أربعة أرقام')]).toEqual([422, true])
  const cheque = {
    'cheque-amount': '10',
    'cheque-drawer': 'سمير',
    'cheque-bank': 'بنك فلسطين',
    'cheque-number': '17',
    'cheque-date': '28/2/2026',
  }
  const past = await collect(id, cheque)
  expect([past.status, past.text.includes('تاريخ الشيك ماضٍ')]).toEqual([422, true])
  expect(past.html).toContain('value="سمير"')
  const over = await collect(id, { 'wallet-amount': '11', 'wallet-reference': '9' })
  expect([over.status, over.text.includes('أكثر من المستحق')]).toEqual([422, true])
  expect(await counter.counts()).toEqual(before)
})

test('without an open till nothing is taken: it is opened in place, and then the money is', async () => {
  const id = await unpaid()
  const by = { kind: 'staff' as const, id: staff.teller.id }
  const session = await read(tx => openSessionOf(tx, staff.teller.id))
  await write(tx => closeSession(tx, { sessionId: session?.id ?? '', counted: [], reason: 'فُرّغ', by }))
  expect((await ask('teller', addresses.counterCollect, { id })).text).toContain('لا صندوق مفتوح لك')
  expect((await collect(id, { received: '10' })).text).toContain('لا صندوق مفتوح لك')
  const taken = await ask(
    'teller',
    addresses.counterCollect,
    { id },
    { form: { do: 'open-till', payIn: 'ILS', tillBook: 'B', tillFloat: '0' } },
  )
  expect([taken.status, taken.text.includes('مفتوح لمحصّل آخر')]).toEqual([422, true])
  const opened = await ask(
    'teller',
    addresses.counterCollect,
    { id },
    { form: { do: 'open-till', payIn: 'ILS', tillBook: 'A', tillFloat: '50' } },
  )
  expect(opened.status).toBe(303)
  expect((await collect(id, { received: '20' })).status).toBe(303)
  expect((await read(tx => openSessionOf(tx, staff.teller.id)))?.float).toEqual([
    { tender: 'cash', amount: ils(5_000), notes: undefined },
  ])
})
