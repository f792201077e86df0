import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { leftOutOf } from '../../messaging/index.ts'
import { indexPhone, notePhoneOutcomes, phoneQuestionsOf, phonesOf, phoneToAsk } from '../../people/index.ts'
import { aCounter } from '../testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, db, house, read, staff, write } = counter
const { crypto } = house

const dayMs = 86_400_000
/** Somebody whose number took nothing for eight days. */
async function unreached() {
  const person = await counter.person()
  const at = (day: number) => new Date(db.clock.now().getTime() - (10 - day) * dayMs)
  await write(tx =>
    notePhoneOutcomes(
      tx,
      [0, 4, 8].map(day => ({
        index: indexPhone({ tx, crypto }, person.phone),
        outcome: 'hard' as const,
        at: at(day),
      })),
    ),
  )
  return person
}
const phones = (personId: string) => read(tx => phonesOf(tx, crypto, personId))
const asksAbout = async (personId: string) =>
  read(async tx => phoneToAsk(tx, personId, await phonesOf(tx, crypto, personId)))
const said = async (personId: string) =>
  (await read(tx => phoneQuestionsOf(tx, crypto, personId))).map(each => `${each.answer} ${each.byName}`)
const numbers = (personId: string, form?: Record<string, string | string[]>) =>
  ask('clerk', addresses.counterNumbers, { person: personId }, form ? { form } : {})

describe('at the next visit', () => {
  test('the clerk is asked to ask; yes is one key, wakes the number and is kept with who asked', async () => {
    const person = await unreached()
    const page = await ask('clerk', addresses.counterPerson, { person: person.id })
    expect(page.text).toContain('هل ما زال رقمه؟')
    expect(page.html).toContain('data-key="F7"')
    const [phone] = await phones(person.id)
    const form = { number: phone?.key ?? '', answer: 'still' }
    const done = await ask('clerk', addresses.counterNumberAsked, { person: person.id }, { form })
    expect(done.status).toBe(303)
    expect(await phones(person.id)).toMatchObject([{ failures: 0, primary: true }])
    expect(await said(person.id)).toEqual([`still ${staff.clerk.name.ar}`])
    const after = await ask('clerk', addresses.counterPerson, { person: person.id })
    expect(after.text).not.toContain('هل ما زال رقمه؟')
  })

  test('another number typed in its place is kept as the answer, and what was not wanted is not sent there', async () => {
    const person = await unreached()
    await numbers(person.id, { do: 'kinds', kinds: ['step', 'thread', 'bill', 'reminder', 'awareness'] })
    await ask('clerk', addresses.counterPhone, { person: person.id }, { form: { phone: '0569880001' } })
    expect(await said(person.id)).toEqual([`changed ${staff.clerk.name.ar}`])
    expect(await phones(person.id)).toMatchObject([{ e164: '+970569880001', primary: true }])
    expect([...(await read(tx => leftOutOf(tx, crypto, person.id)))]).toEqual(['survey'])
    expect(await asksAbout(person.id)).toBeUndefined()
  })

  test('a number that is no longer theirs is taken off, and one that is put off is asked at the next visit', async () => {
    const [gone, later] = [await unreached(), await unreached()]
    const answer = async (personId: string, how: string) =>
      ask(
        'clerk',
        addresses.counterNumberAsked,
        { person: personId },
        { form: { number: (await phones(personId))[0]?.key ?? '', answer: how } },
      )
    await answer(gone.id, 'gone')
    await answer(later.id, 'later')
    expect(await phones(gone.id)).toEqual([])
    expect(await asksAbout(later.id)).toBeUndefined()
    db.clock.advance(dayMs)
    expect(await asksAbout(later.id)).toBeDefined()
    db.clock.advance(-dayMs)
  })
})

describe('the numbers of somebody at the window', () => {
  test('are entered with whose they are, and proven by the card and the telephone before the clerk', async () => {
    const person = await counter.person()
    const wrong = await numbers(person.id, { do: 'add', phone: '022234567', label: 'work' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="022234567"')
    const form = { do: 'add', phone: '0569880010', label: 'family', proven: 'yes', primary: 'yes' }
    expect((await numbers(person.id, form)).status).toBe(303)
    expect(await phones(person.id)).toMatchObject([
      { e164: '+970569880010', label: 'family', primary: true, verified: true, verifiedHow: 'counter' },
      { primary: false, verified: false },
    ])
    const row = await db.owner
      .selectFrom('person_phone')
      .select(['verified_by'])
      .where('person_id', '=', person.id)
      .where('is_primary', '=', true)
      .executeTakeFirstOrThrow()
    expect(row.verified_by).toBe(staff.clerk.id)
  })

  test('are proven only with the tick that the card was seen', async () => {
    const person = await counter.person()
    const key = (await phones(person.id))[0]?.key ?? ''
    const bare = await numbers(person.id, { do: 'seen', number: key })
    expect(bare.status).toBe(422)
    expect((await numbers(person.id, { do: 'seen', number: key, [`seen-${key}`]: 'yes' })).status).toBe(303)
    expect((await phones(person.id))[0]).toMatchObject({ verified: true, verifiedHow: 'counter' })
  })

  test('are said to be shared, chosen and taken off; each shows what it is', async () => {
    const person = await counter.person()
    const [first] = await phones(person.id)
    await numbers(person.id, { do: 'add', phone: '0569880011', label: 'own' })
    const second = (await phones(person.id))[1]
    await numbers(person.id, {
      do: 'describe',
      number: second?.key ?? '',
      [`label-${second?.key}`]: 'home',
      [`shared-${second?.key}`]: 'yes',
    })
    await numbers(person.id, { do: 'choose', number: second?.key ?? '' })
    await numbers(person.id, { do: 'end', number: first?.key ?? '' })
    expect(await phones(person.id)).toMatchObject([
      { e164: '+970569880011', label: 'home', shared: true, primary: true },
    ])
    const page = await numbers(person.id)
    for (const word of ['مشترك', 'إليه تصل الرسائل', 'غير مؤكَّد']) expect(page.text).toContain(word)
  })

  test('get a code that the clerk types as it is read out', async () => {
    const person = await counter.person()
    const key = (await phones(person.id))[0]?.key ?? ''
    const sent = await numbers(person.id, { do: 'verify', number: key })
    const id = new URL(sent.location, 'http://x').searchParams.get('code') ?? ''
    const message = await db.owner
      .selectFrom('message')
      .select(['body'])
      .where('person_id', '=', person.id)
      .where('event', '=', 'contact.code')
      .executeTakeFirstOrThrow()
    const code = /\d{6}/.exec(message.body)?.[0] ?? ''
    expect((await numbers(person.id, { do: 'check', id, code })).status).toBe(303)
    expect((await phones(person.id))[0]).toMatchObject({ verified: true, verifiedHow: 'code' })
  })

  test('are opened by no collector, and only with a look written down', async () => {
    const person = await counter.person()
    expect((await ask('collector', addresses.counterNumbers, { person: person.id })).status).toBe(403)
    await numbers(person.id)
    const looks = await db.owner
      .selectFrom('audit')
      .select(['act'])
      .where('person_id', '=', person.id)
      .where('act', '=', 'counter.numbers-opened')
      .execute()
    expect(looks).toHaveLength(1)
  })
})
