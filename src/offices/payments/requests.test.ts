import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { evenInstalments } from '../../kernel/dues/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { messagesOfPerson } from '../messaging/index.ts'
import { getRequest, registerRequests } from '../requests/index.ts'
import { accountFor, chargesOfRequest, decidePlan, proposePlan, raiseCharge } from '../treasury/index.ts'
import { setBank } from './bank/settings.ts'
import { beginPayment } from './begin.ts'
import { hear } from './hear.ts'
import { remind } from './jobs.ts'
import { registerPayments } from './register.ts'
import { getIntent } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  const towns = openTownDirectory(db.database, () => 0)
  registerRequests(house, towns)
  registerPayments(house, towns)
  await db.database.write(bench.town.id, tx =>
    setBank(
      tx,
      bench,
      {
        name: 'bank',
        pageUrl: 'http://127.0.0.1:1',
        apiUrl: 'http://127.0.0.1:1',
        merchant: 'm',
        key: 'k'.repeat(32),
        minutes: 30,
        late: 'on-account',
      },
      { kind: 'system', id: 'test' },
    ),
  )
})

test('a request that waits for its fee goes on by itself when the bank says that it was paid', async () => {
  const person = await aPerson({ house, town: bench.town.id })
  const { requestId } = await aFiledRequest(bench, person.id)
  const state = () => db.database.read(bench.town.id, tx => getRequest(tx, requestId))
  expect((await state()).projection.state).toBe('awaiting-fee')
  await db.database.write(bench.town.id, async tx => {
    const [charge] = await chargesOfRequest(tx, requestId)
    const id = await beginPayment(tx, bench, { personId: person.id, chargeIds: [charge?.id ?? ''] })
    expect(await getIntent(tx, id)).toMatchObject({ requestId, amount: ils(1000) })
    const answer = {
      paymentId: id,
      outcome: 'paid' as const,
      bankRef: 'TB-1',
      taken: ils(1000),
      nonce: 'nonce-1234',
    }
    expect(await hear(tx, bench, answer, 'call-back')).toBe('done')
  })
  expect((await state()).projection).toMatchObject({
    state: 'submitted',
    settledFeePoints: ['before-filing'],
  })
})

test('nobody is cleared who owes, until a plan is agreed and kept; they are told of it, and of each instalment', async () => {
  const person = await aPerson({ house, town: bench.town.id })
  const by = { kind: 'staff', id: '0198a000-0000-7000-8000-00000000c011' } as const
  const second = { ...by, id: '0198a000-0000-7000-8000-00000000c022' }
  const clearance = () => aFiledRequest(bench, person.id, { serviceCode: 'FIN-01' })
  const { planId } = await db.database.write(bench.town.id, async tx => {
    const account = await accountFor(tx, {
      objectKind: 'person',
      objectId: person.id,
      kind: 'waste',
      holderId: person.id,
    })
    const chargeId = await raiseCharge(tx, {
      accountId: account.id,
      debtorId: person.id,
      dueKind: 'waste',
      amount: ils(100),
      refundable: false,
      label: { ar: 'نفايات', en: 'Waste' },
      reasons: {},
      dueOn: '2026-02-01',
      by,
    })
    const instalments = evenInstalments(ils(100), 2, '2026-03-03')
    const input = {
      personId: person.id,
      chargeIds: [chargeId],
      instalments,
      note: 'طلب',
      today: '2026-03-01',
      by,
    }
    return { planId: await proposePlan(tx, input) }
  })
  await expect(clearance()).rejects.toMatchObject({ code: 'dues-hold' })
  await db.database.write(bench.town.id, tx =>
    decidePlan(tx, house.events, { planId, accept: true, decision: 'ق 3', today: '2026-03-01', by: second }),
  )
  expect((await clearance()).requestId).toBeTruthy()
  await remind(house, bench.town.id)
  await remind(house, bench.town.id)
  const said = await db.database.read(bench.town.id, tx => messagesOfPerson(tx, person.id))
  expect(said.filter(message => message.body.includes('قسطين'))).toHaveLength(1)
  expect(said.filter(message => message.body.startsWith('تذكير'))).toHaveLength(1)
})
