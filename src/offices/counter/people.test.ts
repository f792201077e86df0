import { describe, expect, test } from 'vitest'
import { anIdNumber } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, townUrl } from '../../lib/addresses.ts'
import { looksAt } from '../audit/index.ts'
import { findPersonByIdNumber, getPerson, phonesOf } from '../people/index.ts'
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

  test('opens whoever was registered', async () => {
    const idNumber = anIdNumber()
    const answer = await register({ ...card, idNumber })
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
    const warned = await register({ ...card, idNumber })
    expect(warned.status).toBe(422)
    expect(warned.html).toContain('name="idConfirmed"')
    expect((await register({ ...card, idNumber, idConfirmed: 'yes' })).status).toBe(303)
  })

  test('leads to the person who has the number already, and enters nobody twice', async () => {
    const there = await counter.person()
    const answer = await register({ ...card, idNumber: there.idNumber })
    expect(answer.status).toBe(409)
    expect(answer.html).toContain(townUrl(town, addresses.counterPerson, { person: there.id }))
    expect(answer.html).toContain('value="سامر"')
  })

  test('takes somebody who has no document at all', async () => {
    const answer = await register({ ...card, idKind: 'none', idNumber: '', phone: '' })
    expect(answer.status).toBe(303)
    const person = await read(tx => getPerson(tx, personOf(answer.location)))
    expect(person.idKind).toBe('none')
  })

  test('sent twice enters one person', async () => {
    const form = { ...card, idNumber: anIdNumber(), _key: 'one-form-sent-twice' }
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
    const form = { cardSeen: 'yes', _key: 'the-slip-of-one-pin' }
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

  test('is not printed by somebody of the till alone', async () => {
    const person = await counter.person()
    const answer = await ask(
      'collector',
      addresses.counterPin,
      { person: person.id },
      { form: { cardSeen: 'yes' } },
    )
    expect(answer.status).toBe(403)
  })
})
