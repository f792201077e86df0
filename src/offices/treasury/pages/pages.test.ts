import { expect, test } from 'vitest'
import { everyCause } from '../../../../test/builders/looks.ts'
import { aStaffMember, logInAs } from '../../../../test/builders/people.ts'
import { anOpenTill, aTill, ils, jod } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { type Address, type AddressParams, addresses, type Query, townUrl } from '../../../lib/addresses.ts'
import { openDoor } from '../../../web/door.ts'
import { type Composer, composeWith } from '../../../web/page.tsx'
import { looksAt } from '../../audit/index.ts'
import { doorkeeper } from '../../people/index.ts'
import { getCharge } from '../charges.ts'
import { setRate } from '../rates.ts'
import { getReceipt } from '../receipts.ts'
import { treasuryRoutes } from '../routes.ts'

everyCause()

const till = await aTill(await testDatabase())
const { house, town, place, read, write, charge, take } = till
const composer: Composer = {
  navigation: () => ({ home: '/', links: [], rail: [], footer: [] }),
  asset: name => name,
  townList: () => new Response(null, { status: 404 }),
  assetAt: () => undefined,
}
composeWith(composer)
const door = openDoor(house, treasuryRoutes, doorkeeper(house), composer)

const collector = await aStaffMember(place, 'collector')
const treasurer = await aStaffMember(place, 'treasurer')
const clerk = await aStaffMember(place, 'clerk')
const officer = await aStaffMember(place, 'officer')
const cookies = new Map<string, string>()
for (const { id } of [collector, treasurer, clerk, officer])
  cookies.set(id, await logInAs(place, { staffId: id }))

type Ask = { by: { id: string }; query?: Query; form?: Record<string, string> }

async function ask<P extends string>(
  address: Address<P>,
  params: AddressParams<P>,
  { by, query, form }: Ask,
) {
  const headers: Record<string, string> = { host: 'window.test', cookie: cookies.get(by.id) ?? '' }
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded'
  const answer = await door.fetch(
    new Request(`http://window.test${townUrl({ prefix: '' }, address, params, query)}`, {
      method: form ? 'POST' : 'GET',
      headers,
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    }),
  )
  const html = await answer.text()
  return { status: answer.status, location: answer.headers.get('location'), html, text: words(html) }
}

/** What a page says, without its markup. */
const words = (html: string) =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')

await write(tx => setRate(tx, { currency: 'JOD', rate: '5.1', setBy: treasurer.id }))
await write(tx => anOpenTill(tx, treasurer.id, 'T'))

/** Fifty dinars paid with shekels to the collector. */
async function aReceipt() {
  const person = await till.person()
  const chargeId = await charge(person, jod(50_000), { label: { ar: 'رسم اشتراك', en: 'Connection fee' } })
  const receipt = await take([{ chargeId, amount: jod(50_000), paid: ils(25_500) }], {
    payer: { personId: person.id, name: person.displayName },
    collectorId: collector.id,
    tenders: [{ kind: 'cash', received: [ils(30_000)], change: [ils(4_500)] }],
  })
  return { person, chargeId, receipt, id: receipt.id }
}

test('both sheets say payer, book, serial, amount in figures and words, original, rate and who set it', async () => {
  const { id, person, receipt } = await aReceipt()
  const { status, text } = await ask(addresses.receipt, { id }, { by: collector })
  expect(status).toBe(200)
  for (const said of [
    person.displayName,
    receipt.number,
    `${receipt.serial}/2026`,
    '255.00 شيكل',
    'مئتان وخمسة وخمسون شيكلًا فقط لا غير',
    '50.000 دينار',
    `5.1000، حدده ${treasurer.name.ar}`,
    '45.00 شيكل',
    `المحصّل: ${collector.name.ar}`,
  ])
    expect(text.split(said).length, said).toBeGreaterThan(2)
})

test('both sheets say with what it was paid: card, wallet, deposit slip and cheque beside the cash', async () => {
  const person = await till.person()
  const chargeId = await charge(person, ils(100_000))
  const receipt = await take([{ chargeId, amount: ils(100_000), paid: ils(100_000) }], {
    payer: { personId: person.id, name: person.displayName },
    collectorId: collector.id,
    tenders: [
      { kind: 'cash', received: [ils(20_000)], change: [] },
      { kind: 'card', amount: ils(10_000), last4: '4417', slip: '000912' },
      { kind: 'wallet', amount: ils(20_000), wallet: 'جوال باي', reference: 'JP77' },
      { kind: 'bank', amount: ils(30_000), bank: 'بنك القدس', number: '5561', date: '2026-02-27' },
      {
        kind: 'cheque',
        amount: ils(20_000),
        drawer: 'سمير',
        bank: 'بنك فلسطين',
        number: '30012',
        dueOn: '2026-04-15',
      },
    ],
  })
  const { text } = await ask(addresses.receipt, { id: receipt.id }, { by: collector })
  for (const said of [
    '4417',
    '000912',
    'جوال باي',
    'JP77',
    'بنك القدس',
    '5561',
    'بنك فلسطين',
    '30012',
    '15/4/2026',
    'ألف شيكل',
  ])
    expect(text.split(said).length, said).toBeGreaterThan(2)
})

test('the first sheet is the receipt, and every later one says that it is a copy', async () => {
  const { id } = await aReceipt()
  expect((await ask(addresses.receipt, { id }, { by: collector })).text).not.toContain('نسخة')
  expect((await ask(addresses.receipt, { id }, { by: clerk })).text).toContain('سند قبض، نسخة')
})

test('whoever opens a receipt is told to the payer', async () => {
  const { id, person } = await aReceipt()
  await ask(addresses.receipt, { id }, { by: clerk })
  const looks = await read(tx => looksAt(tx, person.id, { limit: 10 }))
  expect(looks.find(look => look.subjectKind === 'receipt' && look.cause !== undefined)).toMatchObject({
    who: { name: clerk.name },
    cause: 'طباعة سند قبض',
  })
})

test('an officer sees no receipt, a clerk takes none back, and nobody sees one that is not there', async () => {
  const { id } = await aReceipt()
  expect((await ask(addresses.receipt, { id }, { by: officer })).status).toBe(403)
  expect((await ask(addresses.receiptReverse, { id }, { by: clerk })).status).toBe(403)
  expect((await ask(addresses.till, {}, { by: clerk })).status).toBe(403)
  expect((await ask(addresses.receipt, { id: town.id }, { by: clerk })).status).toBe(404)
})

test('taking back asks for a reason, keeps to one counter-entry when sent twice, and marks the sheets', async () => {
  const { id, chargeId, receipt } = await aReceipt()
  const form = (reason: string) => ({ reason, _key: 'a-key-of-the-form' })
  expect((await ask(addresses.receiptReverse, { id }, { by: treasurer })).text).toContain('255.00 شيكل')
  const without = await ask(addresses.receiptReverse, { id }, { by: treasurer, form: form('  ') })
  expect([without.status, without.text.includes('اكتب السبب')]).toEqual([422, true])
  const send = () => ask(addresses.receiptReverse, { id }, { by: treasurer, form: form('أُدخل مرتين') })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status, second.location]).toEqual([303, 303, first.location])
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(jod(50_000))
  expect((await read(tx => getReceipt(tx, id))).reversedBy).toBeDefined()
  const after = await ask(addresses.receipt, { id }, { by: treasurer })
  expect(after.text).toContain('سند قبض، معكوس')
  expect(after.text).toContain(receipt.number)
  const again = { reason: 'مرة أخرى', _key: 'another-key' }
  expect((await ask(addresses.receiptReverse, { id }, { by: treasurer, form: again })).status).toBe(409)
})

test('the day lists what a collector took, with the cash of the books; the treasurer may see everybody’s', async () => {
  till.db.clock.advance(86_400_000)
  cookies.set(collector.id, await logInAs(place, { staffId: collector.id }))
  cookies.set(treasurer.id, await logInAs(place, { staffId: treasurer.id }))
  const empty = await ask(addresses.till, {}, { by: collector })
  expect(empty.text).toContain('لم يُقبض شيء في هذا اليوم')
  const { receipt } = await aReceipt()
  const mine = await ask(addresses.till, {}, { by: collector })
  expect(mine.text).toContain(receipt.number)
  expect(mine.text).toContain('255.00 شيكل')
  expect((await ask(addresses.till, {}, { by: treasurer })).text).not.toContain(receipt.number)
  const all = await ask(addresses.till, {}, { by: treasurer, query: { whose: 'all' } })
  expect(all.text).toContain(receipt.number)
  const others = await ask(addresses.till, {}, { by: collector, query: { whose: 'all' } })
  expect(others.text).not.toContain('قبض الجميع')
  const before = await ask(addresses.till, {}, { by: collector, query: { date: '2026-03-01' } })
  expect(before.text).not.toContain(receipt.number)
})

test('a citizen sees a receipt they paid or that paid their debt, and no other', async () => {
  const { id, person } = await aReceipt()
  const other = await till.person()
  const citizen = (personId: string) => ({ kind: 'citizen' as const, personId, level: 'verified' as const })
  expect((await read(tx => getReceipt(tx, id, citizen(person.id)))).id).toBe(id)
  await expect(read(tx => getReceipt(tx, id, citizen(other.id)))).rejects.toThrow('no-such-receipt')
  const debt = await charge(other, ils(500))
  const payer = { personId: person.id, name: person.displayName }
  const paid = await take([{ chargeId: debt, amount: ils(500), paid: ils(500) }], { payer })
  expect((await read(tx => getReceipt(tx, paid.id, citizen(other.id)))).id).toBe(paid.id)
})
