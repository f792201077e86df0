import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Town } from '../../web/town.ts'
import { receive } from '../messaging/index.ts'
import { verifyPhone } from '../people/index.ts'
import { registerAccounts } from '../requests/index.ts'
import { accountFor, raiseCharge } from '../treasury/index.ts'
import { listenForBalances } from './texts.ts'

const db = await testDatabase()
const house = aHouse(db)
let town: Town
let sent = 0

beforeAll(async () => {
  town = await aTown(db)
  listenForBalances(house)
})

const write: typeof db.database.write = (_town, work) => db.database.write(town.id, work)

/** Somebody with an electricity account on which 154 shekels are open, and 5 dinars of fees. */
async function aDebtor({ verified = true } = {}): Promise<BuiltPerson & { account: string }> {
  const person = await aPerson({ house, town: town.id })
  const account = await write('', async tx => {
    if (verified) await verifyPhone(tx, house.crypto, person.id, person.phone, builder)
    const electricity = await accountFor(tx, {
      objectKind: 'subscription',
      objectId: person.id,
      kind: 'electricity',
      holderId: person.id,
    })
    const fees = await accountFor(tx, {
      objectKind: 'person',
      objectId: person.id,
      kind: 'fees',
      holderId: person.id,
    })
    const owed = { debtorId: person.id, by: builder, reasons: [], refundable: false } as const
    await raiseCharge(tx, {
      ...owed,
      accountId: electricity.id,
      amount: { minor: 15_400, currency: 'ILS' },
      dueKind: 'electricity',
      label: { ar: 'فاتورة كهرباء', en: 'Electricity' },
      dueOn: '2026-02-20',
    })
    await raiseCharge(tx, {
      ...owed,
      accountId: fees.id,
      amount: { minor: 5_000, currency: 'JOD' },
      dueKind: 'fees',
      label: { ar: 'رسم طلب', en: 'Fee' },
      dueOn: '2026-02-20',
    })
    return electricity.number
  })
  return { ...person, account }
}

async function text(
  from: string,
  words: string,
): Promise<{ by: string | undefined; reply: string | undefined }> {
  sent += 1
  const sms = { provider: 'test', providerRef: `t${sent}`, from, to: '1', text: words, at: db.clock.now() }
  const { id, handledBy } = await write('', tx => receive(tx, { house, town }, sms))
  const { rows } = await sql<{ body: string }>`
    select m.body from incoming_message i join message m on m.message_id = i.reply_id where i.incoming_id = ${id}`.execute(
    db.owner,
  )
  return { by: handledBy, reply: rows[0]?.body }
}

describe('«رصيد»', () => {
  test.each(['رصيد', 'كم عليّ؟', 'الرصيد', 'balance'])(
    'as «%s» tells what is owed, each currency for itself',
    async words => {
      const { phone } = await aDebtor()
      const { reply } = await text(phone, words)
      expect(reply).toContain('154.00 شيكل و5.000 دينار')
      expect(reply).toContain('فاتورة كهرباء 154.00 شيكل')
      expect(reply).toContain('رسم طلب 5.000 دينار')
    },
  )

  test('tells whoever owes nothing so', async () => {
    const person = await aPerson({ house, town: town.id })
    await write('', tx => verifyPhone(tx, house.crypto, person.id, person.phone, builder))
    expect(await text(person.phone, 'رصيد')).toEqual({ by: 'payments', reply: 'لا شيء عليك اليوم.' })
  })

  test('tells a telephone that is not verified, or shared, or nobody’s, nothing', async () => {
    const plain = await text('0598000001', 'رصيد')
    expect(plain.reply).not.toMatch(/\d/)
    const claimed = await aDebtor({ verified: false })
    expect(await text(claimed.phone, 'رصيد')).toEqual(plain)
    const shared = await aDebtor()
    await aPerson({ house, town: town.id }, { phone: shared.phone })
    expect(await text(shared.phone, 'رصيد')).toEqual(plain)
  })
})

describe('the number of an account', () => {
  test('tells its holder what is open on it, however it is typed', async () => {
    const { phone, account } = await aDebtor()
    const answer = await text(phone, account)
    expect(answer.by).toBe('payments')
    expect(answer.reply).toContain('154.00 شيكل')
    expect(answer.reply).not.toContain('دينار')
    expect(await text(phone, `رصيد ${account.replaceAll('-', '')}`)).toEqual(answer)
  })

  test('of a subscription tells the same', async () => {
    const { phone } = await aDebtor()
    registerAccounts('test', async () => [{ number: '10417', label: '', accountId: 'none' }])
    expect((await text(phone, 'اشتراك 10417'.replace('اشتراك', 'حساب'))).reply).toContain(
      'لا شيء مستحق على 10417',
    )
  })

  test('of somebody else is answered as one that does not exist', async () => {
    const { account } = await aDebtor()
    const { phone } = await aDebtor()
    const answer = await text(phone, account)
    expect(answer.by).toBe('messaging')
    expect(answer).toEqual(await text(phone, '20-999999-9'))
  })
})
