import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { anIdNumber, aPerson, aStaffMember, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Write } from '../../../platform/database/index.ts'
import { doorkeeper } from '../doorkeeper.ts'
import { findPersonByIdNumber, getPerson, idNumberOf } from '../persons.ts'
import { phonesOf } from '../phones/read.ts'
import { survivorOf } from '../records/same.ts'
import { logInCitizen } from './citizen.ts'
import { claimantsOf, handOverPin, logInStanding, verifyClaim } from './hand-over.ts'
import { setPin } from './pin.ts'
import {
  beginRegistration,
  finishRegistration,
  readSelfRegistration,
  registrationTicket,
} from './register.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const keeper = doorkeeper(house)
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
const clerk = await aStaffMember(place, 'clerk')
const by = { kind: 'staff', id: clerk.id } as const
const card = { shown: 'card', detail: '' } as const

let code = ''
house.events.on('people.code-sent', (_tx, sent) => {
  code = sent.code
})

let numbers = 0
const aMobile = () => {
  numbers += 1
  return `+9725698${String(10_000 + numbers)}`
}
const said = (over: Record<string, string> = {}) => {
  const typed: Record<string, string> = {
    firstName: 'ليلى',
    fatherName: 'أحمد',
    grandfatherName: 'سليم',
    familyName: 'الخطيب',
    idNumber: anIdNumber(),
    phone: aMobile(),
    ...over,
  }
  const read = readSelfRegistration(name => typed[name] ?? '')
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}
const pins = { pin: '739152', again: '739152' }

async function begin(of = said()) {
  db.clock.advance(20 * 60_000)
  const text = await beginRegistration(house, town.id, of, '10.0.0.1')
  const ticket = registrationTicket(house.crypto, town.id, text, db.clock.now())
  if (!ticket) throw new Error('no ticket')
  return { ...of, ticket }
}
async function register(of = said()) {
  const begun = await begin(of)
  const done = await finishRegistration(house, town.id, begun.ticket, { code, ...pins }, {})
  if (done.kind !== 'open') throw new Error(JSON.stringify(done))
  return { ...begun, ...done }
}
const enter = (idNumber: string, pin: string) => logInCitizen(house, town.id, { idNumber, pin })
const visitor = async (token: string) => (await keeper.visitorOf(town.id, token))?.actor

describe('somebody who registers themselves', () => {
  test('is asked for four names, a number whose check digit agrees and a mobile', () => {
    const read = readSelfRegistration(
      name => ({ firstName: 'سامي', idNumber: '123456789', phone: '092390000' })[name] ?? '',
    )
    expect(read.ok ? [] : read.faults.map(({ field }) => field)).toEqual([
      'fatherName',
      'grandfatherName',
      'familyName',
      'idNumber',
      'phone',
    ])
  })

  test('is claimed until seen, logs in by the telephone, and has no number of their own', async () => {
    const { token, personId, idNumber, phone } = await register()
    expect(await visitor(token)).toEqual({ kind: 'citizen', personId, level: 'claimed' })
    await house.database.read(town.id, async tx => {
      expect(await idNumberOf(tx, house.crypto, personId)).toBeUndefined()
      expect(await findPersonByIdNumber(tx, house.crypto, idNumber)).toBeUndefined()
      expect(await phonesOf(tx, house.crypto, personId)).toMatchObject([{ verified: true, primary: true }])
    })
    expect(await enter(idNumber, pins.pin)).toEqual({ kind: 'refused' })
    expect((await enter(phone, pins.pin)).kind).toBe('code')
  })

  test('gets nothing of a record that has the number they give', async () => {
    const person = await aPerson(place)
    const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
    const { personId } = await register(said({ idNumber: person.idNumber }))
    expect(personId).not.toBe(person.id)
    expect((await enter(person.idNumber, pins.pin)).kind).toBe('refused')
    expect((await enter(person.idNumber, pin)).kind).toBe('open')
  })

  test('is told that a telephone is known only after its code, and is not registered by it', async () => {
    const person = await aPerson(place)
    const { ticket } = await begin(said({ phone: person.phone }))
    const wrong = await finishRegistration(house, town.id, ticket, { code: '000000', ...pins }, {})
    expect(wrong).toEqual({ kind: 'faults', faults: [{ field: 'code', code: 'code-wrong' }] })
    const right = await finishRegistration(house, town.id, ticket, { code, ...pins }, {})
    expect(right).toEqual({ kind: 'phone-known' })
    const phones = await house.database.read(town.id, tx => phonesOf(tx, house.crypto, person.id))
    expect(phones.map(({ shared }) => shared)).toEqual([false])
  })

  test('registers once by a code, and uses up no try with a PIN that is weak', async () => {
    const { ticket, idNumber } = await begin()
    const weak = { code, pin: idNumber.slice(1, 7), again: idNumber.slice(1, 7) }
    for (let n = 0; n < 6; n++)
      expect(await finishRegistration(house, town.id, ticket, weak, {})).toMatchObject({ kind: 'faults' })
    const finish = () => finishRegistration(house, town.id, ticket, { code, ...pins }, {})
    expect((await finish()).kind).toBe('open')
    expect(await finish()).toEqual({ kind: 'faults', faults: [{ field: 'code', code: 'code-expired' }] })
  })

  test('cannot guess the code with many tickets of one telephone', async () => {
    const of = said()
    for (let n = 0; n < 3; n++) await beginRegistration(house, town.id, of, '10.9.9.9')
    await expect(beginRegistration(house, town.id, of, '10.9.9.8')).rejects.toMatchObject({
      code: 'codes-too-many',
    })
  })

  test('in two browsers with one telephone is registered in one', async () => {
    const of = said()
    const first = await begin(of)
    const firstCode = code
    const second = await begin(of)
    db.clock.advance(-20 * 60_000)
    const done = await Promise.all([
      finishRegistration(house, town.id, first.ticket, { code: firstCode, ...pins }, {}),
      finishRegistration(house, town.id, second.ticket, { code, ...pins }, {}),
    ])
    expect(done.map(({ kind }) => kind).sort()).toEqual(['open', 'phone-known'])
  })
})

describe('the counter', () => {
  const verify = (personId: string, cardNumber: string) =>
    write(tx => verifyClaim(tx, house, { personId, cardNumber, check: card, reason: 'x' }, by))

  test('makes the number theirs when the card says it, and their open log-in verified', async () => {
    const { personId, idNumber, token, phone } = await register()
    await expect(verify(personId, anIdNumber())).rejects.toMatchObject({ code: 'claim-differs' })
    expect(await verify(personId, idNumber)).toEqual({ personId, pin: undefined })
    expect(await visitor(token)).toMatchObject({ level: 'verified' })
    expect((await enter(idNumber, pins.pin)).kind).toBe('code')
    expect(await enter(phone, pins.pin)).toEqual({ kind: 'refused' })
    await expect(verify(personId, idNumber)).rejects.toMatchObject({ code: 'not-claimed' })
  })

  test('puts it under the record that has the number, and gives a PIN for that one', async () => {
    const person = await aPerson(place)
    const { personId, token } = await register(said({ idNumber: person.idNumber }))
    const claimants = await house.database.read(town.id, tx => claimantsOf(tx, house, person.idNumber))
    expect(claimants.map(each => each.personId)).toEqual([personId])
    const done = await verify(personId, person.idNumber)
    expect(done.personId).toBe(person.id)
    expect(await house.database.read(town.id, tx => survivorOf(tx, personId))).toBe(person.id)
    expect(await visitor(token)).toBeUndefined()
    expect(await enter(person.idNumber, done.pin ?? '')).toMatchObject({ kind: 'code', personId: person.id })
  })

  test('asks of another PIN why, and gives organisations none', async () => {
    const person = await aPerson(place)
    const give = (check = card as Parameters<typeof handOverPin>[2]['check']) =>
      write(tx => handOverPin(tx, house, { personId: person.id, check }, by))
    await give()
    await expect(give()).rejects.toMatchObject({ code: 'invalid-input' })
    await give({ ...card, reason: 'forgotten' })
    expect(await house.database.read(town.id, tx => logInStanding(tx, house, person.id))).toMatchObject({
      level: 'verified',
    })
    const company = await aPerson(place, {
      kind: 'organisation',
      first: 'شركة النور',
      idKind: 'company',
      idNumber: '562111222',
    })
    expect((await house.database.read(town.id, tx => getPerson(tx, company.id))).kind).toBe('organisation')
    await expect(
      write(tx => handOverPin(tx, house, { personId: company.id, check: card }, by)),
    ).rejects.toMatchObject({ code: 'organisations-log-in-by-people' })
  })
})
