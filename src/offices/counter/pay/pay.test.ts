import { describe, expect, test } from 'vitest'
import type { BuiltPerson } from '../../../../test/builders/people.ts'
import { ils, jod } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { accountsOf, creditsOf, duesOf, getReceipt } from '../../treasury/index.ts'
import { aCounter, due } from '../testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, read, owe, counts } = counter

const today = '2026-11-09'
const pay = (person: BuiltPerson, form: Record<string, string>) =>
  ask('collector', addresses.counterPay, { person: person.id }, { form })
const openOf = async (person: BuiltPerson) =>
  (await read(tx => duesOf(tx, person.id, today))).map(each => each.open.minor)
const receiptOf = (location: string) =>
  read(tx => getReceipt(tx, /receipts\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''))

describe('money at the window without a request', () => {
  test('pays all that is owed when nothing else is said', async () => {
    const person = await counter.person()
    await owe(person, ils(12_050))
    await owe(person, ils(8_000))
    const page = await ask('collector', addresses.counterPay, { person: person.id })
    expect(page.text).toContain('200.50 شيكل')
    const answer = await pay(person, { due: due(ils(20_050)), received: '250' })
    expect(answer.status).toBe(303)
    expect(await openOf(person)).toEqual([])
    const receipt = await receiptOf(answer.location)
    expect(receipt.lines.map(line => line.paid.minor).sort()).toEqual([12_050, 8_000].sort())
  })

  test('pays what is ticked, and leaves the rest open', async () => {
    const person = await counter.person()
    const first = await owe(person, ils(3_000))
    await owe(person, ils(4_000))
    const page = await ask('collector', addresses.counterPay, { person: person.id }, { query: { d: first } })
    expect(page.text).toContain('30.00 شيكل')
    await pay(person, { d: first, due: due(ils(3_000)) })
    expect(await openOf(person)).toEqual([4_000])
  })

  test('lays a sum on what is owed, and what is left over on the account named for it', async () => {
    const person = await counter.person()
    await owe(person, ils(5_000))
    const part = await pay(person, { sum: '20', due: due(ils(2_000)) })
    expect(part.status).toBe(303)
    expect(await openOf(person)).toEqual([3_000])

    const before = await counts()
    const above = await pay(person, { sum: '100', due: due(ils(10_000)) })
    expect(above.status).toBe(422)
    expect(above.html).toContain('href="#f-sum"')
    expect(await counts()).toEqual(before)

    const [account] = await read(tx => accountsOf(tx, person.id, today))
    const kept = await pay(person, { sum: '100', account: account?.id ?? '', due: due(ils(10_000)) })
    expect(kept.status).toBe(303)
    expect(await openOf(person)).toEqual([])
    const credits = await read(tx => creditsOf(tx, person.id, today))
    expect(credits.map(each => each.free.minor)).toEqual([7_000])
  })

  test('is taken from somebody else in their own name, for the one who owes', async () => {
    const person = await counter.person()
    await owe(person, ils(1_500))
    const answer = await pay(person, { payer: 'خليل الجعبري', due: due(ils(1_500)) })
    expect((await receiptOf(answer.location)).payer).toMatchObject({ name: 'خليل الجعبري' })
    expect(await openOf(person)).toEqual([])
  })

  test('in dinars is paid in shekels by the rate of the day, or in dinars', async () => {
    const person = await counter.person()
    await owe(person, jod(10_000))
    const page = await ask('collector', addresses.counterPay, { person: person.id })
    expect(page.text).toContain('51.00 شيكل')
    const inDinars = await ask(
      'collector',
      addresses.counterPay,
      { person: person.id },
      { query: { in: 'JOD' } },
    )
    expect(inDinars.text).toContain('10.000 دينار')
    await pay(person, { in: 'JOD', due: due(jod(10_000)), received: '10' })
    expect(await openOf(person)).toEqual([])
  })

  test('is not taken when what is due is no longer what was shown, nor twice', async () => {
    const person = await counter.person()
    await owe(person, ils(1_000))
    const before = await counts()
    expect((await pay(person, { due: due(ils(900)) })).status).toBe(422)
    expect(await counts()).toEqual(before)
    const form = { due: due(ils(1_000)), _key: 'one-payment-of-one-hand' }
    const [one, two] = [await pay(person, form), await pay(person, form)]
    expect(two.location).toBe(one.location)
    expect((await counts()).receipt).toBe((before.receipt ?? 0) + 1)
  })

  test('is taken by whoever may take it', async () => {
    const person = await counter.person()
    expect((await ask('clerk', addresses.counterPay, { person: person.id })).status).toBe(403)
  })
})
