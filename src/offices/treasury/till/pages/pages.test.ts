import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { aDoor } from '../../../../../test/builders/door.ts'
import { aStaffMember, logInAs } from '../../../../../test/builders/people.ts'
import { aTill, ils } from '../../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../../test/database.ts'
import {
  type Address,
  type AddressParams,
  addresses,
  fillAddress,
  townUrl,
} from '../../../../lib/addresses.ts'
import { askRelease, decideRelease } from '../../../looks/index.ts'
import { accountsOf } from '../../accounts.ts'
import { getCharge } from '../../charges.ts'
import { getReceipt } from '../../receipts.ts'
import { treasuryRoutes } from '../../routes.ts'
import { verifyTreasury } from '../../verify.ts'
import { chequesIn } from '../cheques.ts'
import { getSession, openSessionOf } from '../sessions.ts'

const db = await testDatabase()
const till = await aTill(db)
const { house, town, place, read, charge } = till
const { knock } = aDoor(house, treasuryRoutes)
const staff = {
  collector: await aStaffMember(place, 'collector'),
  other: await aStaffMember(place, 'collector'),
  treasurer: await aStaffMember(place, 'treasurer'),
  second: await aStaffMember(place, 'manager'),
}
const cookies: Record<string, string> = {}
for (const [name, { id }] of Object.entries(staff)) cookies[name] = await logInAs(place, { staffId: id })

async function ask<P extends string>(
  by: keyof typeof staff,
  address: Address<P>,
  params: AddressParams<P>,
  rest: { form?: Record<string, string>; query?: Record<string, string> } = {},
) {
  const answer = await knock(townUrl(town, address, params, rest.query), {
    cookie: cookies[by] ?? '',
    ...(rest.form && { form: rest.form }),
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const text = new TextDecoder().decode(bytes).replace(/<[^>]+>/g, '')
  return { status: answer.status, headers: answer.headers, bytes, text: text.replace(/\s+/g, ' ') }
}

const person = await till.person()
const take = (chargeId: string, minor: number, over = {}) =>
  till.take([{ chargeId, amount: ils(minor), paid: ils(minor) }], {
    collectorId: staff.collector.id,
    ...over,
  })
let sessionId = ''

test('a till is opened with its float; another collector is told that it is taken', async () => {
  expect((await ask('collector', addresses.till, {})).text).toContain('لا صندوق مفتوح لك')
  const form = { book: 'A', 'float-ILS': '٣٠٠', 'float-JOD': '', 'float-USD': '0' }
  expect((await ask('collector', addresses.tillOpen, {}, { form })).status).toBe(303)
  const session = await read(tx => openSessionOf(tx, staff.collector.id))
  sessionId = session?.id ?? ''
  expect(session?.float).toMatchObject([{ tender: 'cash', amount: ils(30_000) }])
  const taken = await ask('other', addresses.tillOpen, {}, { form })
  expect([taken.status, taken.text.includes('لا يعمل محصّلان على صندوق واحد')]).toEqual([409, true])
  const wrong = await ask('other', addresses.tillOpen, {}, { form: { ...form, 'float-ILS': 'x' } })
  expect(wrong.status).toBe(422)
})

test('a difference of five shekels comes back for its reason, and is closed with it', async () => {
  await take(await charge(person, ils(15_500)), 15_500)
  await take(await charge(person, ils(4_000)), 4_000, {
    tenders: [{ kind: 'card', amount: ils(4_000), last4: '4242', slip: '1' }],
  })
  const page = await ask('collector', addresses.tillClose, {})
  expect([page.status, page.text.includes('المفروض: 40.00')]).toEqual([200, true])
  const form = { 'n-ILS-20000': '2', 'n-ILS-5000': '1', 'a-card-ILS': '40', reason: '' }
  const off = await ask('collector', addresses.tillClose, {}, { form })
  expect([off.status, off.text.includes('نقص 5.00')]).toEqual([422, true])
  const half = await ask('collector', addresses.tillClose, {}, { form: { ...form, 'n-ILS-5000': '1.5' } })
  expect(half.status).toBe(422)
  const done = await ask(
    'collector',
    addresses.tillClose,
    {},
    { form: { ...form, reason: 'خطأ في رد الباقي' } },
  )
  expect(done.status).toBe(303)
  expect(await read(tx => getSession(tx, sessionId))).toMatchObject({
    state: 'closed',
    closingReason: 'خطأ في رد الباقي',
    counted: [{ tender: 'cash', amount: ils(45_000), notes: { 20000: 2, 5000: 1 } }, { tender: 'card' }],
  })
  expect((await ask('other', addresses.tillSession, { session: sessionId })).status).toBe(403)
  const slip = await ask('collector', addresses.tillSession, { session: sessionId })
  expect(slip.text).toContain('نسخة المحصّل')
  expect(slip.text).toContain('نسخة أمين الصندوق')
})

test('the treasurer takes over what arrived, explains what did not, and the drawer is empty', async () => {
  expect((await ask('treasurer', addresses.treasury, {})).text).toContain('450.00')
  expect((await ask('collector', addresses.treasury, {})).status).toBe(403)
  const session = { session: sessionId }
  const less = { 'a-cash-ILS': '449', 'a-card-ILS': '40', reason: '' }
  expect((await ask('treasurer', addresses.treasuryHandOver, session, { form: less })).status).toBe(422)
  const all = { ...less, 'a-cash-ILS': '450' }
  expect((await ask('treasurer', addresses.treasuryHandOver, session, { form: all })).status).toBe(303)
  expect((await read(tx => getSession(tx, sessionId))).handedTo).toBe(staff.treasurer.id)
  db.clock.advance(1_000)
  const again = await ask('treasurer', addresses.treasuryHandOver, session, { form: { ...all, reason: '' } })
  expect([again.status, again.text.includes('استُلم هذا الصندوق من قبل')]).toEqual([409, true])
  expect(await read(verifyTreasury)).toEqual([])
})

test('a receipt written by hand is entered with both its dates, its surplus on account, and once', async () => {
  const opened = await ask('collector', addresses.tillOpen, {}, { form: { book: 'A', 'float-ILS': '0' } })
  expect(opened.status).toBe(303)
  const book = { book: 'h', kind: 'hand-written', description: 'الطوارئ', first: '101', last: '150' }
  expect((await ask('treasurer', addresses.treasuryBooks, {}, { form: book })).status).toBe(303)
  const chargeId = await charge(person, ils(7_000))
  const account = (await read(tx => accountsOf(tx, person.id, '2026-03-01')))[0]
  const form = {
    book: 'H',
    serial: '103',
    collector: staff.collector.id,
    date: '1/3/2026',
    time: '9:15',
    payer: 'سمير قطب',
    account: account?.number ?? '',
    amount: '90',
  }
  const entered = await ask('treasurer', addresses.treasuryPage, {}, { form })
  expect([entered.status, entered.text.includes('H')]).toEqual([303, false])
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(ils(0))
  const { receipt_id } = await db.owner
    .selectFrom('receipt')
    .select('receipt_id')
    .where('book', '=', 'H')
    .executeTakeFirstOrThrow()
  expect(await read(tx => getReceipt(tx, receipt_id))).toMatchObject({
    number: 'H-103/2026',
    enteredBy: staff.treasurer.id,
    receivedAt: new Date('2026-03-01T07:15:00Z'),
    lines: [{ chargeId, amount: ils(7_000) }, { amount: ils(2_000) }],
  })
  const twice = await ask('treasurer', addresses.treasuryPage, {}, { form: { ...form, amount: '91' } })
  expect([twice.status, twice.text.includes('مُدخلة من قبل')]).toEqual([409, true])
  const outside = await ask('treasurer', addresses.treasuryPage, {}, { form: { ...form, serial: '99' } })
  expect([outside.status, outside.text.includes('من 101 إلى 150')]).toEqual([409, true])
  expect((await ask('treasurer', addresses.treasuryBooks, {})).text).toContain('101, 102')
})

test('a cheque is cleared when it is due, and its return is asked for with the bank’s reason', async () => {
  const amount = ils(60_000)
  const cheque = {
    kind: 'cheque' as const,
    amount,
    drawer: 'سمير',
    bank: 'بنك القدس',
    number: '55',
    dueOn: '2026-05-01',
  }
  const chargeId = await charge(person, amount)
  await take(chargeId, amount.minor, { tenders: [cheque] })
  const [held] = await read(tx => chequesIn(tx, 'held'))
  const params = { cheque: held?.id ?? '' }
  const early = await ask('treasurer', addresses.treasuryCheque, params, { form: { act: 'clear' } })
  expect([early.status, early.text.includes('لم يحن استحقاق')]).toEqual([409, true])
  const blank = await ask('treasurer', addresses.treasuryCheque, params, {
    form: { act: 'return', reason: ' ' },
  })
  expect(blank.status).toBe(422)
  const back = await ask('treasurer', addresses.treasuryCheque, params, {
    form: { act: 'return', reason: 'لا رصيد' },
  })
  expect(back.status).toBe(303)
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(amount)
  expect(
    (await ask('treasurer', addresses.treasuryCheques, {}, { query: { state: 'returned' } })).text,
  ).toContain('لا رصيد')
})

test('day book, tills and income come as pages, CSV and Excel with the same figures', async () => {
  const query = { from: '2026-03-01', to: '2026-03-01' }
  for (const address of [addresses.treasuryDayBook, addresses.treasuryTills, addresses.treasuryIncome]) {
    expect((await ask('treasurer', address, {}, { query })).status).toBe(200)
    const csv = await ask('treasurer', address, {}, { query: { ...query, as: 'csv' } })
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect([...csv.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const xlsx = await ask('treasurer', address, {}, { query: { ...query, as: 'xlsx' } })
    expect(Object.keys(unzipSync(xlsx.bytes))).toContain('xl/worksheets/sheet1.xml')
  }
  const tills = await ask('treasurer', addresses.treasuryTills, {}, { query: { ...query, as: 'csv' } })
  expect(tills.text).toContain('455.00,450.00,-5.00,خطأ في رد الباقي')
  const found = await ask('treasurer', addresses.treasuryReceipts, {}, { query: { ...query, q: 'A-1/2026' } })
  expect(found.text).toContain('A-1/2026')
})

test('a name that begins like a formula is only words in a file', async () => {
  await take(await charge(person, ils(100)), 100, { payer: { name: '=HYPERLINK("x")' } })
  const query = { from: '2026-03-01', to: '2026-03-01', as: 'csv' }
  const asks = await ask('treasurer', addresses.treasuryReceipts, {}, { query })
  expect(asks.headers.get('content-type')).toContain('text/html')
  const by = { kind: 'staff', id: staff.treasurer.id } as const
  const released = await house.database.write(town.id, async tx => {
    const address = fillAddress(addresses.treasuryReceipts, {}, query)
    const title = { ar: 'سندات', en: 'Receipts' }
    const id = await askRelease(tx, { kind: 'receipts', title, address, people: 1, why: 'تدقيق' }, by)
    await decideRelease(tx, { id, grant: true, note: '' }, { kind: 'staff', id: staff.second.id })
    return id
  })
  const csv = await ask(
    'treasurer',
    addresses.treasuryReceipts,
    {},
    { query: { ...query, release: released } },
  )
  expect(csv.text).toContain(`"'=HYPERLINK(""x"")"`)
})

test('after all of this the books agree', async () => {
  expect(await read(verifyTreasury)).toEqual([])
})
