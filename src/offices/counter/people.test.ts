import { describe, expect, test } from 'vitest'
import { anIdNumber, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, townUrl } from '../../lib/addresses.ts'
import { looksAt } from '../audit/index.ts'
import {
  changesOf,
  findPersonByIdNumber,
  getPerson,
  identityChecksOf,
  particularsOf,
  phonesOf,
} from '../people/index.ts'
import { aCounter } from './testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, house, knock, read, town } = counter

const card = {
  kind: 'natural',
  firstName: 'سامر',
  fatherName: 'محمود',
  grandfatherName: 'أحمد',
  familyName: 'الخطيب',
  motherName: 'فاطمة حسن',
  birthDate: '3/11/1988',
  sex: 'male',
  idKind: 'palestinian-id',
  phone: '0599 000 123',
  quarter: 'حي السوق',
}
const register = (form: Record<string, string>) => ask('clerk', addresses.counterRegister, {}, { form })
const personOf = (location: string) => /people\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''

describe('registering somebody at the counter', () => {
  test('says what is wrong at each field and keeps what was typed', async () => {
    const answer = await register({ ...card, idNumber: '12', birthDate: '31/2/1988', motherName: '' })
    expect(answer.status).toBe(422)
    for (const field of ['f-idNumber', 'f-birthDate', 'f-motherName'])
      expect(answer.html).toContain(`href="#${field}"`)
    for (const typed of ['31/2/1988', 'الخطيب', '0599 000 123'])
      expect(answer.html).toContain(`value="${typed}"`)
  })

  test('lists them in the order of the questions, and calls a box by its name', async () => {
    const { html } = await register({ ...card, idNumber: '12', fatherName: '123', motherName: '' })
    const list = /<div class="errs"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? ''
    const places = ['f-fatherName', 'f-motherName', 'f-idNumber'].map(field => list.indexOf(`#${field}"`))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(0)
    expect(list.replace(/<[^>]+>/g, '')).toContain('اسم الأب: ')
  })

  test('asks of somebody without a number why, and two witnesses or a document; of a passport its country', async () => {
    const bare = { ...card, firstName: 'تيسير', idKind: 'none', idNumber: '', phone: '' }
    const none = await register(bare)
    expect(none.status).toBe(422)
    expect(none.html).toContain('href="#f-noIdReason"')
    expect(none.html).toContain('href="#f-instead"')
    const one = await register({ ...bare, noIdReason: 'lost', witness1: 'سعيد علي أحمد بدر' })
    expect(one.html).toContain('href="#f-witness2"')
    const passport = { ...card, firstName: 'جورج', idKind: 'passport', idNumber: 'N123456' }
    expect((await register(passport)).html).toContain('href="#f-country"')
    const answer = await register({
      ...passport,
      country: 'JO',
      livesAbroad: 'yes',
      livesIn: 'عمّان',
      contactName: 'رائد بدر',
      phone: '+962 79 123 4567',
    })
    expect(answer.status).toBe(303)
    expect(await read(tx => particularsOf(tx, house.crypto, personOf(answer.location)))).toEqual({
      country: 'JO',
      abroad: { country: 'عمّان', contact: 'رائد بدر' },
    })
  })

  test('warns of who may be the same before entering somebody twice, and enters another when the clerk says so', async () => {
    const there = await counter.person({
      first: 'عبد الرحمن',
      father: 'خليل',
      grandfather: 'موسى',
      family: 'القاضي',
      motherName: 'آمنة سعد',
      birthDate: '1979-04-02',
      idKind: 'none',
      phone: null,
    })
    const form = {
      ...card,
      firstName: 'عبدالرحمن',
      fatherName: 'خليل',
      grandfatherName: 'موسى',
      familyName: 'القاضي',
      motherName: 'امنه',
      birthDate: '9/9/1979',
      idNumber: anIdNumber(),
    }
    const warned = await register(form)
    expect(warned.status).toBe(422)
    expect(warned.html).toContain(townUrl(town, addresses.counterPerson, { person: there.id }))
    expect(warned.html).toContain('name="another"')
    expect(await read(tx => findPersonByIdNumber(tx, house.crypto, form.idNumber))).toBeUndefined()
    expect((await register({ ...form, another: 'yes' })).status).toBe(303)
  })

  test('opens whoever was registered', async () => {
    const idNumber = anIdNumber()
    const answer = await register({ ...card, firstName: 'نادر', idNumber })
    expect(answer.status).toBe(303)
    const found = await read(tx => findPersonByIdNumber(tx, house.crypto, idNumber))
    expect(personOf(answer.location)).toBe(found?.id)
    expect((await ask('clerk', addresses.counter, {}, { query: { q: idNumber } })).location).toBe(
      answer.location,
    )
  })

  test('warns of a check digit that does not agree, and goes on once the clerk has compared the card', async () => {
    const good = anIdNumber()
    const idNumber = good.slice(0, 8) + ((Number(good[8]) + 1) % 10)
    const warned = await register({ ...card, firstName: 'بسام', idNumber })
    expect(warned.status).toBe(422)
    expect(warned.html).toContain('name="idConfirmed"')
    expect((await register({ ...card, firstName: 'بسام', idNumber, idConfirmed: 'yes' })).status).toBe(303)
  })

  test('leads to the person who has the number already, and enters nobody twice', async () => {
    const there = await counter.person()
    const answer = await register({ ...card, idNumber: there.idNumber })
    expect(answer.status).toBe(409)
    expect(answer.html).toContain(townUrl(town, addresses.counterPerson, { person: there.id }))
    expect(answer.html).toContain('value="سامر"')
  })

  test('takes somebody who has no document at all', async () => {
    const answer = await register({
      ...card,
      firstName: 'غالب',
      idKind: 'none',
      idNumber: '',
      phone: '',
      noIdReason: 'never-issued',
      instead: 'بطاقة مؤن',
    })
    expect(answer.status).toBe(303)
    const person = await read(tx => getPerson(tx, personOf(answer.location)))
    expect(person.idKind).toBe('none')
  })

  test('sent twice enters one person', async () => {
    const form = { ...card, firstName: 'وائل', idNumber: anIdNumber(), _key: 'one-form-sent-twice' }
    const [one, other] = [await register(form), await register(form)]
    expect([one.status, other.status]).toEqual([303, 303])
    expect(other.location).toBe(one.location)
  })
})

describe('the person at the window', () => {
  test('is told from their namesakes by mother and year of birth', async () => {
    const name = { first: 'عبد الله', father: 'سعيد', grandfather: 'علي', family: 'شاهين' }
    await counter.person({ ...name, motherName: 'مريم خليل', birthDate: '1970-01-02' })
    await counter.person({ ...name, motherName: 'سعاد جبر', birthDate: '1991-01-02' })
    const { text } = await ask('clerk', addresses.counter, {}, { query: { q: 'عبدالله شاهين' } })
    for (const mark of ['مريم خليل', 'سعاد جبر', '1970', '1991']) expect(text).toContain(mark)
  })

  test('can see that their record was opened, and why', async () => {
    const person = await counter.person()
    await ask('clerk', addresses.counterPerson, { person: person.id })
    const looks = await read(tx => looksAt(tx, person.id, { limit: 5 }))
    expect(looks.some(look => look.act === 'counter.person-opened' && look.cause === 'زيارة الشباك')).toBe(
      true,
    )
  })

  test('gets another telephone, which messages go to from then on', async () => {
    const person = await counter.person()
    const wrong = await ask(
      'clerk',
      addresses.counterPhone,
      { person: person.id },
      { form: { phone: '05991' } },
    )
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="05991"')
    await ask('clerk', addresses.counterPhone, { person: person.id }, { form: { phone: '0569 777 888' } })
    const phones = await read(tx => phonesOf(tx, house.crypto, person.id))
    expect(phones).toMatchObject([{ e164: '+970569777888', primary: true }])
  })

  test('is not opened by whoever is not logged in', async () => {
    const person = await counter.person()
    const path = townUrl(town, addresses.counterPerson, { person: person.id })
    expect((await knock(path)).status).toBe(303)
  })
})

describe('a PIN', () => {
  const pinIn = (text: string) => /(\d{3}) (\d{3})/.exec(text)?.slice(1).join('')
  const logIn = (idNumber: string, pin: string) =>
    knock(townUrl(town, addresses.citizenLogIn, {}), { form: { idNumber, pin } })

  test('is shown once, opens the portal, and is not shown or changed by the same form sent again', async () => {
    const person = await counter.person()
    const form = { shown: 'card', purpose: 'first', _key: 'the-slip-of-one-pin' }
    const slip = await ask('clerk', addresses.counterPin, { person: person.id }, { form })
    expect(slip.status).toBe(200)
    const code = pinIn(/class="code".*?<\/p>/s.exec(slip.html)?.[0].replace(/<[^>]+>/g, '') ?? '')
    expect(code).toMatch(/^\d{6}$/)

    const again = await ask('clerk', addresses.counterPin, { person: person.id }, { form })
    expect(again.status).toBe(303)
    expect(again.html).toBe('')

    const first = await logIn(person.idNumber, code ?? '')
    expect(first.headers.get('location')).toContain(addresses.citizenPin.pattern)
  })

  test('is given to nobody whose card was not seen', async () => {
    const person = await counter.person()
    const answer = await ask('clerk', addresses.counterPin, { person: person.id }, { form: {} })
    expect(answer.status).toBe(422)
    expect(answer.html).not.toContain('class="code"')
  })

  test('is given to whoever two different witnesses know, or shows a passport with its number', async () => {
    const person = await counter.person()
    const give = (form: Record<string, string>) =>
      ask('clerk', addresses.counterPin, { person: person.id }, { form })
    const one = await give({ shown: 'witnesses', witness1: 'سعيد علي أحمد بدر' })
    expect(one.html).toContain('href="#f-witness2"')
    const twice = { witness1: 'سعيد علي أحمد بدر', witness2: 'سعيد علي أحمد بدر' }
    expect((await give({ shown: 'witnesses', ...twice })).status).toBe(422)
    expect((await give({ shown: 'passport' })).html).toContain('href="#f-passport"')
    const both = { ...twice, witness2: 'ماجد سليم داود النجار' }
    expect((await give({ shown: 'witnesses', ...both })).status).toBe(200)
    expect(await read(tx => identityChecksOf(tx, person.id))).toMatchObject([
      { purpose: 'first', shown: 'witnesses' },
    ])
  })

  test('in place of another needs a reason, ends every log-in and device before it, and is told', async () => {
    const person = await counter.person()
    const give = (form: Record<string, string>) =>
      ask('clerk', addresses.counterPin, { person: person.id }, { form })
    const first = await give({ shown: 'card' })
    expect(first.status).toBe(200)
    const session = await logInAs({ house, town: town.id }, { personId: person.id })
    expect((await give({ shown: 'card' })).html).toContain('href="#f-reason"')
    expect((await give({ shown: 'card', reason: 'forgotten' })).status).toBe(200)
    const checks = await read(tx => identityChecksOf(tx, person.id))
    expect(checks.map(({ purpose, reason = '' }) => `${purpose} ${reason}`).sort()).toEqual([
      'first ',
      'recovery forgotten',
    ])
    const mine = await knock(townUrl(town, addresses.citizenPin, {}), { cookie: session })
    expect(mine.headers.get('location')).toContain(addresses.citizenLogIn.pattern)
  })

  test('is not printed by somebody of the till alone', async () => {
    const person = await counter.person()
    const answer = await ask(
      'collector',
      addresses.counterPin,
      { person: person.id },
      { form: { shown: 'card' } },
    )
    expect(answer.status).toBe(403)
  })
})

describe('the record of a person', () => {
  const correct = (id: string, form: Record<string, string>) =>
    ask('clerk', addresses.counterRecord, { person: id }, { form })
  const boxes = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<input[^>]*name="(\w+)"[^>]*>/g)].flatMap(([tag, name = '']) => {
        const value = /value="([^"]*)"/.exec(tag ?? '')?.[1]
        const chosen = !/type="(radio|checkbox)"/.test(tag ?? '') || /checked/.test(tag ?? '')
        return value !== undefined && chosen && name !== '_key' ? [[name, value]] : []
      }),
    )

  test('is corrected with a reason; old and new are kept and shown', async () => {
    const person = await counter.person({ first: 'هناء', family: 'الجابي' })
    const page = await ask('clerk', addresses.counterRecord, { person: person.id })
    const typed: Record<string, string> = { ...boxes(page.html), familyName: 'الجعبري' }
    expect((await correct(person.id, typed)).html).toContain('href="#f-reason"')
    const same = await correct(person.id, { ...typed, familyName: 'الجابي', reason: 'لا شيء' })
    expect(same.status).toBe(409)
    expect((await correct(person.id, { ...typed, reason: 'خطأ في الإدخال' })).status).toBe(303)
    expect((await read(tx => getPerson(tx, person.id))).name.family).toBe('الجعبري')
    expect(await read(tx => changesOf(tx, house.crypto, person.id))).toMatchObject([
      { reason: 'خطأ في الإدخال', fields: [{ field: 'familyName', before: 'الجابي', after: 'الجعبري' }] },
    ])
    const shown = await ask('clerk', addresses.counterRecord, { person: person.id })
    expect(shown.text).toContain('من «الجابي» إلى «الجعبري»')
    const found = await ask('clerk', addresses.counter, {}, { query: { q: 'هناء الجعبري' } })
    expect(found.text).toContain('الجعبري')
  })

  test("does not take another person's number, and names whose it is", async () => {
    const [one, other] = [await counter.person(), await counter.person()]
    const page = await ask('clerk', addresses.counterRecord, { person: one.id })
    const typed: Record<string, string> = { ...boxes(page.html), idNumber: other.idNumber, reason: 'خطأ' }
    const answer = await correct(one.id, typed)
    expect(answer.status).toBe(409)
    expect(answer.html).toContain(townUrl(town, addresses.counterPerson, { person: other.id }))
  })

  test('is merged with its double by the manager alone, and taken apart again', async () => {
    const stays = await counter.person()
    const twin = await counter.person({ idKind: 'none', phone: null })
    const form = { with: twin.id, stays: stays.id, reason: 'سُجّل مرتين' }
    const merge = (by: 'clerk' | 'manager', more: Record<string, string> = {}) =>
      ask(by, addresses.counterMerge, { person: stays.id }, { form: { ...form, ...more } })
    expect((await merge('clerk')).status).toBe(403)
    expect((await merge('manager', { reason: '' })).html).toContain('href="#f-reason"')
    expect((await merge('manager', { stays: twin.id })).status).toBe(409)
    const side = await ask(
      'manager',
      addresses.counterMerge,
      { person: stays.id },
      { query: { with: twin.id } },
    )
    expect(side.text).toContain(twin.displayName)
    expect((await merge('manager')).status).toBe(303)
    const twice = await merge('manager', { _key: 'merged-a-second-time' })
    expect(twice.status).toBe(409)
    const opened = await ask('clerk', addresses.counterPerson, { person: twin.id })
    expect(opened.location).toBe(townUrl(town, addresses.counterPerson, { person: stays.id }))
    expect((await ask('clerk', addresses.counterPerson, { person: stays.id })).text).toContain('سجلات مدموجة')
    const apart = await ask(
      'manager',
      addresses.counterUnmerge,
      { person: twin.id },
      { form: { [`reason.${twin.id}`]: 'شخصان' } },
    )
    expect(apart.location).toBe(townUrl(town, addresses.counterPerson, { person: twin.id }))
    expect((await ask('clerk', addresses.counterPerson, { person: twin.id })).status).toBe(200)
  })
})
