import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { anOpenTill, collectorId, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Money } from '../../lib/money.ts'
import { signFields } from '../../lib/signed.ts'
import { systemClock } from '../../platform/clock.ts'
import { findFreePort } from '../../platform/database/postgres/server.ts'
import { type Listener, listen } from '../../platform/serve.ts'
import { accountFor, creditsOf, duesOf, raiseCharge, takeReceipt, verifyTreasury } from '../treasury/index.ts'
import { setBank } from './bank/settings.ts'
import { giveBack, reconcile } from './jobs.ts'
import { decideRefund } from './refund.ts'
import { paymentRoutes } from './routes.ts'
import { eventsOf, getIntent, listIntents, refundsOf } from './store.ts'
import { aBank } from './testing/bank.ts'

const db = await testDatabase()
db.clock.set(systemClock.now())
const port = await findFreePort()
const house = aHouse(db, { PUBLIC_URL: `http://127.0.0.1:${port}` })
const bench: Bench = { house, town: await aTown(db, { isDemo: true }) }
const { town } = bench
const place = { house, town: town.id }
const { knock, fetch: answer } = aDoor(house, paymentRoutes)
const bank = await aBank(db)
let bankUrl = ''
let listener: Listener
let sent = 0

const read = <T>(work: Parameters<typeof db.database.read<T>>[1]) => db.database.read(town.id, work)
const write = <T>(work: Parameters<typeof db.database.write<T>>[1]) => db.database.write(town.id, work)
const today = () => db.clock.now().toISOString().slice(0, 10)
const introduce = () =>
  write(tx =>
    setBank(
      tx,
      { house, town },
      {
        name: 'demo-bank',
        pageUrl: bankUrl,
        apiUrl: `${bankUrl}/api`,
        ...bank.terms(),
        minutes: 30,
        late: 'on-account',
      },
      { kind: 'system', id: 'test' },
    ),
  )

beforeAll(async () => {
  await aWorkingTown(bench)
  listener = await listen(answer, '127.0.0.1', port)
  bankUrl = await bank.start()
  await introduce()
}, 120_000)
afterAll(async () => {
  await listener?.drain(500)
  await bank.end()
})

type Payer = { person: BuiltPerson; cookie: string; charge: (amount: Money) => Promise<string> }

async function aPayer(): Promise<Payer> {
  db.clock.set(systemClock.now())
  const person = await aPerson(place)
  const cookie = await logInAs(place, { personId: person.id })
  const charge = (amount: Money) =>
    write(async tx => {
      const account = await accountFor(tx, {
        objectKind: 'person',
        objectId: person.id,
        kind: 'water',
        holderId: person.id,
      })
      return raiseCharge(tx, {
        accountId: account.id,
        debtorId: person.id,
        dueKind: 'water',
        amount,
        refundable: false,
        label: { ar: 'فاتورة مياه', en: 'Water bill' },
        reasons: {},
        dueOn: today(),
        by: { kind: 'system', id: 'test' },
      })
    })
  return { person, cookie, charge }
}

/** Chooses on the portal; gives the payment's id. */
async function begin({ cookie }: Payer, charges: string[]): Promise<string> {
  const form = new FormData()
  for (const each of charges) form.append('charges', each)
  form.append('_key', `payment-form-${++sent}`)
  const gone = await knock('/my/pay', { cookie, body: form })
  expect(gone.status).toBe(303)
  return (gone.headers.get('location') ?? '').split('/').at(-1) ?? ''
}

/** Follows the link to the bank's page and chooses there; gives the page the payer comes back to. */
async function payAtBank({ cookie }: Payer, id: string, choice: string): Promise<string> {
  const page = await (await knock(`/my/pay/${id}`, { cookie })).text()
  const [, link = ''] = new RegExp(`href="(${bankUrl}/pay[^"]*)"`).exec(page) ?? []
  const hosted = await fetch(link.replaceAll('&amp;', '&'))
  expect(await hosted.text()).toContain('بنك التجربة')
  const chosen = await fetch(`${bankUrl}/pay/${id}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ choice }),
  })
  expect(chosen.headers.get('location')).toBe(`http://127.0.0.1:${port}/my/pay/${id}?back=1`)
  return (await knock(`/my/pay/${id}?back=1`, { cookie })).text()
}

const intent = (id: string) => read(tx => getIntent(tx, id))
const kinds = async (id: string) => (await read(tx => eventsOf(tx, id))).map(event => event.kind)
const owed = async ({ person }: Payer) =>
  (await read(tx => duesOf(tx, person.id, today()))).map(due => due.open)
const sound = async () => expect(await read(verifyTreasury)).toEqual([])

describe('a payment at the bank’s page', () => {
  test('settles what was chosen, gives a receipt of the book E, and says so when the payer comes back', async () => {
    const payer = await aPayer()
    const [one] = [
      await payer.charge(ils(2550)),
      await payer.charge(ils(1000)),
      await payer.charge(jod(5000)),
    ]
    const id = await begin(payer, [one])
    expect(await payAtBank(payer, id, 'pay')).toMatch(/وصلنا .*25\.50/)
    expect(await intent(id)).toMatchObject({ state: 'paid', taken: ils(2550) })
    expect(await owed(payer)).toEqual([ils(1000), jod(5000)])
    expect(await kinds(id)).toEqual(['begun', 'call-back', 'settled'])
    await sound()
  })

  test('is one payment when the same choice is made twice, and refuses two currencies, nothing, and what is paid', async () => {
    const payer = await aPayer()
    const [shekels, dinars] = [await payer.charge(ils(700)), await payer.charge(jod(700))]
    expect(await begin(payer, [shekels])).toBe(await begin(payer, [shekels]))
    for (const charges of [[], [shekels, dinars], [crypto.randomUUID()]]) {
      const form = new FormData()
      for (const each of charges) form.append('charges', each)
      expect((await knock('/my/pay', { cookie: payer.cookie, body: form })).status).toBe(422)
    }
    const [other] = [await aPayer()]
    expect((await knock(`/my/pay/${await begin(payer, [shekels])}`, { cookie: other.cookie })).status).toBe(
      404,
    )
  })

  test('is booked once however often the bank tells it', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    await payAtBank(payer, id, 'doubled')
    await expect
      .poll(async () => (await kinds(id)).filter(kind => kind === 'call-back').length, { timeout: 10_000 })
      .toBe(3)
    expect((await kinds(id)).filter(kind => kind === 'settled')).toHaveLength(1)
    expect(await owed(payer)).toEqual([])
    await sound()
  })

  test('that another amount came for settles nothing until the treasurer takes it', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    expect(await payAtBank(payer, id, 'wrong')).toContain('مبلغ غير المطلوب')
    expect(await intent(id)).toMatchObject({ state: 'mismatch', taken: ils(901), receiptId: undefined })
    expect(await owed(payer)).toEqual([ils(900)])
    const treasurer = await aWorker(bench, 'treasurer', 'treasury')
    const cookie = await logInAs(place, { staffId: treasurer.id })
    await knock(`/manage/payments/${id}/keep`, { cookie, form: { _key: 'keep-the-amount' } })
    expect(await owed(payer)).toEqual([])
    expect((await intent(id)).state).toBe('late')
    expect((await read(tx => creditsOf(tx, payer.person.id, today()))).map(credit => credit.free)).toEqual([
      ils(1),
    ])
    await sound()
  })

  test.each([
    ['refuse', 'failed', 'لم يُقبل الدفع'],
    ['poor', 'failed', 'لم يُقبل الدفع'],
    ['cancel', 'cancelled', 'أُلغي الدفع'],
  ])('that ends with %s leaves what is owed', async (choice, state, words) => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    expect(await payAtBank(payer, id, choice)).toContain(words)
    expect((await intent(id)).state).toBe(state)
    expect(await owed(payer)).toEqual([ils(900)])
  })

  test('that came after the debt was paid at the counter lies on account, and the payer is told', async () => {
    const payer = await aPayer()
    const charge = await payer.charge(ils(900))
    const id = await begin(payer, [charge])
    await write(async tx => {
      await anOpenTill(tx, collectorId)
      await takeReceipt(tx, house.events, {
        payer: { name: 'الدافع' },
        collectorId,
        lines: [{ chargeId: charge, amount: ils(300), paid: ils(300) }],
        tenders: [{ kind: 'cash', received: [ils(300)], change: [] }],
      })
    })
    expect(await payAtBank(payer, id, 'pay')).toContain('وبعضه كان مسددًا')
    expect((await intent(id)).state).toBe('late')
    expect((await read(tx => creditsOf(tx, payer.person.id, today()))).map(credit => credit.free)).toEqual([
      ils(300),
    ])
    await sound()
  })

  test('whose call-back was lost is found by asking, and one nobody paid expires', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    const never = await begin(payer, [await payer.charge(ils(400))])
    expect(await payAtBank(payer, id, 'lost')).toContain('لم يصلنا جواب البنك بعد')
    db.clock.advance(3 * 60_000)
    await reconcile(house, town.id)
    expect((await intent(id)).state).toBe('paid')
    expect((await intent(never)).state).toBe('open')
    expect(await kinds(id)).toEqual(['begun', 'asked', 'settled'])
    await write(async tx => {
      await tx.q
        .updateTable('payment_intent')
        .set({ asked_at: null })
        .where('intent_id', '=', never)
        .execute()
    })
    // Past its time, the clocks still within what they may stand apart.
    await db.owner
      .updateTable('payment_intent')
      .set({ expires_at: new Date(db.clock.now().getTime() - 1000) })
      .where('intent_id', '=', never)
      .execute()
    await reconcile(house, town.id)
    expect((await intent(never)).state).toBe('expired')
  })

  test('survives the death of the bank: what was to be told is told after the next start', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    expect(await payAtBank(payer, id, 'delayed')).toContain('لم يصلنا جواب البنك بعد')
    await bank.kill()
    expect(await bank.start()).toBe(bankUrl)
    await expect.poll(async () => (await intent(id)).state, { timeout: 15_000 }).toBe('paid')
    await sound()
  }, 60_000)
})

describe('a call-back', () => {
  const call = (over: Record<string, string> = {}, key = bank.terms().key) =>
    signFields(
      {
        merchant: bank.terms().merchant,
        sent: db.clock.now().toISOString(),
        nonce: `nonce-of-test-${++sent}`,
        outcome: 'paid',
        bankRef: `TB-${sent}`,
        amount: '9.00',
        currency: 'ILS',
        at: '',
        ...over,
      },
      key,
    )
  const post = (fields: object) =>
    knock('/payments/answer', {
      body: JSON.stringify(fields),
      headers: { 'content-type': 'application/json' },
    })

  test('that is signed by another, changed, old or of a payment nobody began does nothing', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    const good = call({ payment: id })
    for (const [fields, status] of [
      [call({ payment: id }, 'another key'), 403],
      [{ ...good, amount: '900.00' }, 403],
      [call({ payment: id, sent: new Date(db.clock.now().getTime() - 6 * 60_000).toISOString() }), 403],
      [call({ payment: id, merchant: 'another' }), 403],
      [{ ...good, signature: undefined }, 400],
      [{}, 400],
      [call({ payment: crypto.randomUUID() }), 200],
    ] as const)
      expect((await post(fields)).status).toBe(status)
    expect((await intent(id)).state).toBe('open')
    expect(await kinds(id)).toEqual(['begun'])
    expect(await (await post(good)).json()).toEqual({ heard: 'done' })
    expect(await (await post(good)).json()).toEqual({ heard: 'again' })
    expect(await (await post(call({ payment: id, bankRef: good.bankRef }))).json()).toEqual({
      heard: 'known',
    })
    await post(call({ payment: id }))
    expect(await kinds(id)).toEqual(['begun', 'call-back', 'settled', 'call-back', 'call-back', 'paid-twice'])
    expect((await post(call({ payment: id, outcome: 'refused' }))).status).toBe(200)
    expect((await intent(id)).state).toBe('paid')
    await sound()
  })
})

describe('a refund', () => {
  test('is asked by the treasurer, agreed by another, made by the bank and booked by a counter-entry, once', async () => {
    const payer = await aPayer()
    const id = await begin(payer, [await payer.charge(ils(900))])
    await payAtBank(payer, id, 'pay')
    const treasurer = await aWorker(bench, 'treasurer', 'treasury')
    const manager = await aWorker(bench, 'manager', 'service-centre')
    const cookie = await logInAs(place, { staffId: treasurer.id })
    const ask = (reason: string, key: string) =>
      knock(`/manage/payments/${id}/refund`, { cookie, form: { scope: 'whole', reason, _key: key } })
    expect((await ask('', 'refund-without-why')).status).toBe(422)
    expect((await ask('دُفع مرتين', 'refund-once')).status).toBe(303)
    expect((await ask('دُفع مرتين', 'refund-twice')).status).toBe(422)
    const [refund] = await read(tx => refundsOf(tx, id))
    const decide = (staffId: string) =>
      write(tx =>
        decideRefund(tx, { refundId: refund?.id ?? '', accept: true, by: { kind: 'staff', id: staffId } }),
      )
    await expect(decide(treasurer.id)).rejects.toMatchObject({ code: 'own-proposal' })
    await decide(manager.id)
    await giveBack(house, town.id, refund?.id ?? '')
    await giveBack(house, town.id, refund?.id ?? '')
    expect((await intent(id)).state).toBe('refunded')
    expect(await read(tx => refundsOf(tx, id))).toMatchObject([
      { state: 'done', bankRef: expect.stringMatching(/^TR-/) },
    ])
    expect(await owed(payer)).toEqual([ils(900)])
    expect((await kinds(id)).filter(kind => kind === 'refunded')).toHaveLength(1)
    await sound()
  })
})

test('the pages of the treasurer show what happened, and to nobody else', async () => {
  const [first] = await read(tx => listIntents(tx, { state: 'paid' }))
  const treasurer = await aWorker(bench, 'treasurer', 'treasury')
  const cookie = await logInAs(place, { staffId: treasurer.id })
  const list = await knock('/manage/payments?state=paid', { cookie })
  expect(await list.text()).toContain(`/manage/payments/${first?.id}`)
  expect(await (await knock(`/manage/payments/${first?.id}`, { cookie })).text()).toContain('TB-')
  const clerk = await aWorker(bench, 'clerk', 'service-centre')
  const clerks = await logInAs(place, { staffId: clerk.id })
  expect((await knock('/manage/payments', { cookie: clerks })).status).toBe(403)
})

test('the pretended bank refuses a town that is none of a demonstration', async () => {
  await aTown(db)
  const { child, said } = bank.run()
  await new Promise(done => child.once('exit', done))
  expect(child.exitCode).toBe(1)
  expect(said()).toContain('demo-bank is only for')
}, 30_000)
