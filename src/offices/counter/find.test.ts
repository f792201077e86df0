import { describe, expect, test } from 'vitest'
import { aFiledRequest } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, townUrl } from '../../lib/addresses.ts'
import { newId } from '../../lib/ids.ts'
import { money } from '../../lib/money.ts'
import { accountFor, receiptsOfRequest } from '../treasury/index.ts'
import { insertSubscription } from '../utilities/store.ts'
import { aCounter, due } from './testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, bench, read, town, write } = counter
const find = (q: string, by: 'clerk' | 'teller' = 'teller') =>
  ask(by, addresses.counter, {}, { query: { q } })
const to = (person: { id: string }) => townUrl(town, addresses.counterPerson, { person: person.id })

/** Somebody with an account and a subscription. */
async function aSubscriber() {
  const person = await counter.person()
  const id = newId(counter.db.clock.now())
  const account = await write(async tx => {
    const opened = await accountFor(tx, {
      objectKind: 'subscription',
      objectId: id,
      kind: 'electricity',
      holderId: person.id,
    })
    await insertSubscription(tx, {
      id,
      number: '10077',
      utility: 'electricity',
      phases: 1,
      amperes: 40,
      billing: 'prepaid',
      meterNumber: 'M-55120',
      address: { block: '3', quarter: '', parcel: '', landmark: '' },
      accountId: opened.id,
      holderId: person.id,
      capacity: 'holder',
      from: '2026-01-01',
      requestId: undefined,
    })
    return opened
  })
  return { person, account }
}

describe('the one box', () => {
  test('leads straight to the holder of a subscription, a meter or an account, in either digits', async () => {
    const { person, account } = await aSubscriber()
    for (const typed of ['10077', '١٠٠٧٧', 'M-55120', account.number, account.number.replaceAll('-', '')])
      expect((await find(typed)).location, typed).toBe(to(person))
  })

  test('leads straight to a request by its number and to a receipt by its own', async () => {
    const person = await counter.person()
    const filed = await aFiledRequest(bench, person.id)
    const number = `${filed.number}/${filed.year}`
    expect((await find(number)).location).toBe(
      townUrl(town, addresses.counterReceived, { id: filed.requestId }),
    )
    await ask(
      'teller',
      addresses.counterCollect,
      { id: filed.requestId },
      { form: { due: due(money(1000, 'ILS')), received: '10', payIn: 'ILS' } },
    )
    const [receipt] = await read(tx => receiptsOfRequest(tx, filed.requestId))
    expect((await find(receipt?.number ?? '')).location).toBe(
      townUrl(town, addresses.receipt, { id: receipt?.id ?? '' }),
    )
  })

  test('finds a name in another spelling and order, without the grandfather, and tells namesakes apart', async () => {
    const name = { first: 'عبد الكريم', father: 'أيوب', grandfather: 'مصطفى', family: 'القواسمة' }
    await counter.person({ ...name, motherName: 'زهرة علي', birthDate: '1961-05-05' })
    await counter.person({ ...name, motherName: 'رابعة حمد', birthDate: '1990-05-05' })
    for (const typed of [
      'عبدالكريم القواسمه',
      'القواسمة عبد الكريم',
      'عبد الكريم ايوب القواسمة',
      'عبدالكريم القواسم',
    ]) {
      const { text } = await find(typed)
      for (const mark of ['زهرة علي', 'رابعة حمد', '1961', '1990']) expect(text, typed).toContain(mark)
    }
  })

  test('says when there is nothing, whatever was typed', async () => {
    for (const typed of [
      '99999/2026',
      'A-9/2026',
      '20-999999-0',
      'زرقاء اليمامة',
      '7QX2-7QX2-7QX2-7QX2',
      "'; --",
      '%',
    ])
      expect((await find(typed)).text, typed).toContain('لم نجد')
  })
})
