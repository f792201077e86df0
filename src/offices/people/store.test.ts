import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { anIdNumber, anOffice, aPerson, aStaffMember, aTown, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import {
  addPhone,
  appoint,
  appointmentsOf,
  changePhone,
  endAppointment,
  findPeople,
  findPersonByIdNumber,
  getPerson,
  idNumberOf,
  officesOf,
  phoneOwners,
  phonesOf,
  primaryPhone,
  readRegistration,
  registerMany,
  staffById,
  staffOf,
  verifyPhone,
} from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = await aTown(house)
const other = await aTown(house)
const place = { house, town: town.id }
const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)

describe('a person', () => {
  test('is found by the number of their paper, as it is typed', async () => {
    const card = await aPerson(place, { idNumber: '412345678' })
    const passport = await aPerson(place, { idKind: 'passport', idNumber: 'N 445-901' })
    const ids = await read(tx =>
      Promise.all(
        ['٤١٢٣٤٥٦٧٨', '412-345-678', 'n445901', '412345679'].map(text =>
          findPersonByIdNumber(tx, crypto, text),
        ),
      ),
    )
    expect(ids.map(each => each?.id)).toEqual([card.id, card.id, passport.id, undefined])
  })

  test('is entered once: the refusal says who is there', async () => {
    const idNumber = anIdNumber()
    const first = await aPerson(place, { idNumber })
    await expect(aPerson(place, { idNumber })).rejects.toMatchObject({
      code: 'person-exists',
      details: { personId: first.id },
    })
  })

  test('may share the digits of their card with the number of a company', async () => {
    const idNumber = anIdNumber()
    const person = await aPerson(place, { idNumber })
    await aPerson(place, { kind: 'organisation', first: 'شركة النور', idKind: 'company', idNumber })
    const found = await read(tx => findPersonByIdNumber(tx, crypto, idNumber))
    expect(found?.id).toBe(person.id)
  })

  test('may live in two towns that know nothing of each other', async () => {
    const idNumber = anIdNumber()
    const here = await aPerson(place, { idNumber })
    const there = await aPerson({ house, town: other.id }, { idNumber })
    expect(there.id).not.toBe(here.id)
    await expect(read(tx => getPerson(tx, there.id))).rejects.toMatchObject({ code: 'no-such-person' })
  })

  test('has their number sealed in the table, and open to who asks with the keys', async () => {
    const person = await aPerson(place)
    const row = await db.owner
      .selectFrom('person')
      .selectAll()
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify({ ...row, id_sealed: row.id_sealed?.toString('latin1') })).not.toContain(
      person.idNumber,
    )
    expect(await read(tx => idNumberOf(tx, crypto, person.id))).toBe(person.idNumber)
  })
})

describe('an earlier register', () => {
  test('is entered in one go, and its people are found by name, number and telephone', async () => {
    const typed = {
      fatherName: 'عادل',
      grandfatherName: 'نمر',
      familyName: 'الشرباتي',
      motherName: 'زينب',
      birthDate: '1/2/1970',
    }
    const people = ['ربيع', 'بسام'].map(firstName => {
      const card = {
        ...typed,
        firstName,
        idNumber: anIdNumber(),
        phone: firstName === 'ربيع' ? '0599700009' : '',
      }
      const read = readRegistration(card, '2026-03-01')
      if (!read.ok) throw new Error('unreadable')
      return read.value
    })
    const ids = await write(tx => registerMany(tx, crypto, people, builder, 'import:register'))
    const asked = ['شرباتي', '0599700009', people[1]?.idNumber ?? '']
    const found = await read(tx => Promise.all(asked.map(text => findPeople(tx, crypto, text))))
    expect(found.map(each => each.people.map(person => person.id).sort())).toEqual([
      [...ids].sort(),
      [ids[0]],
      [ids[1]],
    ])
    expect(await read(tx => getPerson(tx, ids[0] ?? ''))).toMatchObject({
      displayName: 'ربيع عادل نمر الشرباتي',
      source: 'import:register',
    })
  })
})

describe('telephones', () => {
  test('are shared as soon as a second person uses one, for both', async () => {
    const mother = await aPerson(place, { phone: '0599700001' })
    const son = await aPerson(place, { phone: '0599 700 001' })
    const phones = await read(tx => Promise.all([mother, son].map(({ id }) => primaryPhone(tx, crypto, id))))
    expect(phones.map(phone => phone?.shared)).toEqual([true, true])
    const owners = await read(tx => phoneOwners(tx, crypto, '+970599700001'))
    expect(owners.map(owner => owner.personId).sort()).toEqual([mother.id, son.id].sort())
  })

  test('change: the old one ends, and its verification does not pass to the new one', async () => {
    const person = await aPerson(place, { phone: '0599700002' })
    await write(async tx => {
      await verifyPhone(tx, crypto, person.id, '+970599700002', builder)
      expect((await primaryPhone(tx, crypto, person.id))?.verified).toBe(true)
      await changePhone(tx, crypto, person.id, { e164: '+970569700002' }, builder)
    })
    const phones = await read(tx => phonesOf(tx, crypto, person.id))
    expect(phones).toMatchObject([
      { e164: '+970569700002', national: '0569 700 002', shared: false, verified: false, primary: true },
    ])
    expect(await read(tx => phoneOwners(tx, crypto, '+970599700002'))).toEqual([])
  })

  test('come back unverified after they had ended, and a second one is not the primary one', async () => {
    const person = await aPerson(place, { phone: '0599700003' })
    await write(async tx => {
      await verifyPhone(tx, crypto, person.id, '+970599700003', builder)
      await changePhone(tx, crypto, person.id, { e164: '+970569700003' }, builder)
      await addPhone(tx, crypto, person.id, { e164: '+970599700003' }, builder)
    })
    const phones = await read(tx => phonesOf(tx, crypto, person.id))
    expect(phones.map(({ e164, primary, verified }) => [e164, primary, verified])).toEqual([
      ['+970569700003', true, false],
      ['+970599700003', false, false],
    ])
  })

  test('added again while in use keep what they were', async () => {
    const person = await aPerson(place, { phone: '0599700004' })
    await write(async tx => {
      await verifyPhone(tx, crypto, person.id, '+970599700004', builder)
      await addPhone(tx, crypto, person.id, { e164: '+970599700004' }, builder)
    })
    expect(await read(tx => primaryPhone(tx, crypto, person.id))).toMatchObject({
      primary: true,
      verified: true,
    })
  })
})

describe('offices and their staff', () => {
  test('stand in the order the town gave them', async () => {
    const far = await anOffice({ house, town: other.id }, { code: 'zoning', position: 1 })
    const near = await anOffice({ house, town: other.id }, { code: 'archive', position: 2 })
    const offices = await house.database.read(other.id, officesOf)
    expect(offices.map(office => office.code)).toEqual([far, near])
  })

  test('are appointed for a term, both days included', async () => {
    const office = await anOffice(place, { code: 'planning' })
    const officer = await aStaffMember(place, 'officer', 'elsewhere')
    const id = await write(tx =>
      appoint(
        tx,
        { staffId: officer.id, office, role: 'head', validFrom: '2026-03-10', validUntil: '2026-03-20' },
        builder,
      ),
    )
    const days = ['2026-03-09', '2026-03-10', '2026-03-20', '2026-03-21']
    const heads = await read(tx => Promise.all(days.map(day => staffOf(tx, office, day, 'head'))))
    expect(heads.map(list => list.length)).toEqual([0, 1, 1, 0])
    await write(tx => endAppointment(tx, id, '2026-03-12', builder))
    const held = await read(tx => appointmentsOf(tx, officer.id, '2026-03-13'))
    expect(held.map(each => each.role)).toEqual(['officer'])
    const names = await read(tx => staffById(tx, [officer.id, officer.id]))
    expect(names.get(officer.id)?.name).toEqual(officer.name)
  })

  test('have logins of their own, whatever case they are typed in', async () => {
    await aStaffMember(place, 'clerk', 'centre', { login: 'Rana' })
    await expect(aStaffMember(place, 'clerk', 'centre', { login: ' rana ' })).rejects.toMatchObject({
      code: 'login-taken',
    })
  })
})
