import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Read } from '../../../platform/database/index.ts'
import { emailOf, phonesOf, reachOfPerson } from '../../people/index.ts'
import { contactRoutes } from './citizen.tsx'
import { codeTerms } from './codes.ts'
import { leftOutOf } from './opt-out.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = await aTown(db, { hosts: ['town.test'], isDemo: true })
const place = { house, town: town.id }
const { knock } = aDoor(house, contactRoutes)
const path = '/my/contact-details'
const read = <T>(work: (tx: Read) => Promise<T>) => db.database.read(town.id, work)
const phones = (personId: string) => read(tx => phonesOf(tx, crypto, personId))

let taken = 0
/** Somebody on the portal; a number is written as it is typed. */
async function somebody(phone: string | null = `05998500${String(++taken).padStart(2, '0')}`) {
  const person = await aPerson(place, { phone })
  const cookie = await logInAs(place, { personId: person.id })
  const post = (form: Record<string, string | readonly string[]>) => knock(path, { cookie, form })
  const page = async (query = '') => (await knock(`${path}${query}`, { cookie })).text()
  return { ...person, cookie, post, page }
}
type Somebody = Awaited<ReturnType<typeof somebody>>

/** The code of the last message planned for somebody. */
async function lastCode(person: { id: string }): Promise<string> {
  const row = await db.owner
    .selectFrom('message')
    .select(['body'])
    .where('person_id', '=', person.id)
    .where('kind', '=', 'code')
    .orderBy('message_id', 'desc')
    .executeTakeFirstOrThrow()
  return /\d{6}/.exec(row.body)?.[0] ?? ''
}
/** What the number before was told, where messages come to it no more. */
const toldOfMove = (person: { id: string }) =>
  db.owner
    .selectFrom('message')
    .select(['kind', 'state', 'to_index'])
    .where('person_id', '=', person.id)
    .where('event', '=', 'contact.moved')
    .execute()
const codeIdOf = (answer: Response) =>
  new URL(answer.headers.get('location') ?? '', 'http://x').searchParams.get('code') ?? ''

async function prove(person: Somebody, form: Record<string, string>): Promise<Response> {
  const sent = await person.post(form)
  return person.post({ do: 'check', id: codeIdOf(sent), code: await lastCode(person) })
}

describe('how somebody is reached', () => {
  test('shows their numbers and nobody else’s', async () => {
    const [one, other] = [await somebody(), await somebody()]
    // Between tags: the names of files have figures too.
    const shown = (await one.page()).replace(/<[^>]*>/g, ' ')
    const endsIn = (phone: string) => new RegExp(`${phone.slice(-3)}(?!\\d)`)
    expect(shown).toMatch(endsIn(one.phone))
    expect(shown).not.toMatch(endsIn(other.phone))
    expect((await knock(path)).status).toBe(303)
  })

  test('is proven by a code, typed in either digits, and the number stands as proven', async () => {
    const person = await somebody()
    const [phone] = await phones(person.id)
    const sent = await person.post({ do: 'verify', number: phone?.key ?? '' })
    const codeId = codeIdOf(sent)
    expect(await person.page(`?code=${codeId}`)).toContain('أرسلنا رمزًا إلى')
    const code = (await lastCode(person)).replace(/\d/g, digit => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
    const done = await person.post({ do: 'check', id: codeId, code })
    expect(done.status).toBe(303)
    expect(await phones(person.id)).toMatchObject([{ verified: true, verifiedHow: 'code' }])
    expect(await person.page(`?code=${codeId}`)).not.toContain('أرسلنا رمزًا إلى')
  })

  test('a number enters only when its code was typed; a wrong one is counted, and after five the right one is late', async () => {
    const person = await somebody()
    const sent = await person.post({ do: 'send', phone: '0569 870 001', label: 'work' })
    const id = codeIdOf(sent)
    const code = await lastCode(person)
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (let at = 0; at < codeTerms.tries; at += 1) {
      const answer = await person.post({ do: 'check', id, code: wrong })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('الرمز لا يطابق')
    }
    const late = await person.post({ do: 'check', id, code })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('انتهت مدة الرمز')
    expect(await phones(person.id)).toHaveLength(1)
  })

  test('a code that goes out is in the record, with who sent it', async () => {
    const person = await somebody()
    await person.post({ do: 'send', phone: '0569870007', label: 'own' })
    const acts = db.owner
      .selectFrom('audit')
      .select(['actor_kind', 'actor_id'])
      .where('act', '=', 'people.code-sent')
    expect(await acts.where('person_id', '=', person.id).execute()).toEqual([
      { actor_kind: 'citizen', actor_id: person.id },
    ])
  })

  test('a code is over after five minutes, and works once', async () => {
    const person = await somebody()
    const form = { do: 'send', phone: '0569870002', label: 'own' }
    const first = codeIdOf(await person.post(form))
    const old = await lastCode(person)
    db.clock.advance(codeTerms.validMs)
    expect((await person.post({ do: 'check', id: first, code: old })).status).toBe(422)
    expect((await prove(person, form)).status).toBe(303)
    const again = await person.post({ do: 'check', id: first, code: old })
    expect(again.status).toBe(422)
    expect((await phones(person.id)).map(each => each.e164)).toContain('+970569870002')
  })

  test('no code of somebody else’s is taken', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const id = codeIdOf(await one.post({ do: 'send', phone: '0569870003', label: 'own' }))
    const stolen = await other.post({ do: 'check', id, code: await lastCode(one) })
    expect(stolen.status).toBe(422)
    expect(await phones(other.id)).toHaveLength(1)
  })

  test('no more than three codes go out in a quarter of an hour, to one person or to one number', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const to = { do: 'send', phone: '0569870004', label: 'own' }
    for (let at = 0; at < codeTerms.soon; at += 1) expect((await one.post(to)).status).toBe(303)
    for (const answer of [await one.post({ ...to, phone: '0569870005' }), await other.post(to)]) {
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('أُرسلت رموز كثيرة')
    }
    db.clock.advance(codeTerms.soonMs)
    expect((await other.post(to)).status).toBe(303)
  })

  test('a number several share gets no code: it is entered at the counter', async () => {
    const number = '0599850090'
    await somebody(number)
    await somebody(number)
    const third = await somebody()
    const answer = await third.post({ do: 'send', phone: number, label: 'own' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('على الشباك')
    await expect(lastCode(third)).rejects.toThrow()
  })

  test('a number another person uses is shared once both proved it, and held for nobody’s own', async () => {
    const holder = await somebody('0599850091')
    const other = await somebody()
    expect((await prove(other, { do: 'send', phone: '0599850091', label: 'family' })).status).toBe(303)
    const mine = (await phones(other.id)).find(each => each.e164 === '+970599850091')
    expect(mine).toMatchObject({ shared: true, verified: false })
    expect(await phones(holder.id)).toMatchObject([{ shared: true }])
  })

  test('what is no mobile is refused in words, and what was typed stays', async () => {
    const person = await somebody()
    for (const [phone, words] of [
      ['', 'اكتب رقم الجوال'],
      ['12', 'ليس رقم هاتف كاملًا'],
      ['022234567', 'هاتف أرضي'],
      ['\u202e0599', 'ليس رقم هاتف كاملًا'],
    ] as const) {
      const answer = await person.post({ do: 'send', phone, label: 'own' })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(words)
    }
    for (const button of ['nonsense', 'constructor', 'toString'])
      expect((await person.post({ do: button })).status).toBe(400)
  })
})

describe('messages', () => {
  test('go to the proven number that is chosen; the one before is told, and what is left out is left out there too', async () => {
    const person = await somebody()
    await prove(person, { do: 'send', phone: '0569870010', label: 'own' })
    await person.post({ do: 'kinds', kinds: ['step', 'thread', 'bill', 'reminder'] })
    const added = (await phones(person.id)).find(each => !each.primary)
    expect((await person.post({ do: 'choose', number: added?.key ?? '' })).status).toBe(303)
    expect((await phones(person.id))[0]).toMatchObject({ e164: '+970569870010', primary: true })
    const [told, ...others] = await toldOfMove(person)
    expect(told).toMatchObject({ kind: 'security', state: 'planned' })
    expect(told?.to_index?.toString('hex')).not.toBe(added?.key)
    // A number messages did not go to is taken off in silence.
    const before = (await phones(person.id)).find(each => !each.primary)
    expect((await person.post({ do: 'end', number: before?.key ?? '' })).status).toBe(303)
    expect([...others, ...(await toldOfMove(person))]).toHaveLength(1)
    expect([...(await read(tx => leftOutOf(tx, crypto, person.id)))].sort()).toEqual(['awareness', 'survey'])
  })

  test('go to no number that nobody proved', async () => {
    const person = await somebody()
    const other = await somebody()
    const [unproven] = await phones(person.id)
    const answer = await person.post({ do: 'choose', number: unproven?.key ?? '' })
    expect(answer.status).toBe(422)
    const foreign = (await phones(other.id))[0]?.key ?? ''
    expect((await person.post({ do: 'choose', number: foreign })).status).toBe(422)
    expect((await person.post({ do: 'end', number: foreign })).status).toBe(422)
    expect(await phones(other.id)).toHaveLength(1)
  })

  test('go no more to a number that is taken off, after it was asked', async () => {
    const person = await somebody()
    const [phone] = await phones(person.id)
    expect(await person.page(`?end=${phone?.key}`)).toContain('لم يعد')
    expect((await person.post({ do: 'end', number: phone?.key ?? '' })).status).toBe(303)
    expect(await phones(person.id)).toEqual([])
    expect(await person.page()).toContain('لا رقم لك عندنا')
    // Whoever took over the log-in cannot put another number in its place unheard.
    expect(await toldOfMove(person)).toMatchObject([
      { kind: 'security', state: 'planned', to_index: Buffer.from(phone?.key ?? '', 'hex') },
    ])
  })

  test('come by e-mail once the address is proven, and not before', async () => {
    const person = await somebody()
    expect((await person.post({ do: 'channels', channels: 'sms+email' })).status).toBe(422)
    expect((await person.post({ do: 'email', email: 'not an address' })).status).toBe(422)
    const done = await prove(person, { do: 'email', email: 'Sami@example.ps' })
    expect(done.status).toBe(303)
    expect(await read(tx => emailOf(tx, crypto, person.id))).toEqual({
      address: 'Sami@example.ps',
      verified: true,
    })
    const message = await db.owner
      .selectFrom('message')
      .select(['channel', 'to_sealed'])
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    expect(message.channel).toBe('email')
    await person.post({ do: 'channels', channels: 'sms+email' })
    expect(await read(tx => reachOfPerson(tx, person.id))).toMatchObject({ channels: 'sms+email' })
    await person.post({ do: 'end-email' })
    expect(await read(tx => reachOfPerson(tx, person.id))).toMatchObject({
      channels: 'sms',
      email: undefined,
    })
    await prove(person, { do: 'email', email: 'Sami@example.ps' })
    await person.post({ do: 'channels', channels: 'portal' })
    await person.post({ do: 'end-email' })
    expect(await read(tx => reachOfPerson(tx, person.id))).toMatchObject({ channels: 'portal' })
  })
})
