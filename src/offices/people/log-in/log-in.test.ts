import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { anIdNumber, aPerson, aStaffMember, aTown, builder } from '../../../../test/builders/people.ts'
import { lockWaits, testDatabase } from '../../../../test/database.ts'
import type { Write } from '../../../platform/database/index.ts'
import { leave } from '../index.ts'
import { choosePin, readTicket, writeTicket } from './choose-pin.ts'
import { logInCitizen } from './citizen.ts'
import { confirmStaff } from './confirm.ts'
import { waitAfter } from './lockout.ts'
import { isWeakPin, randomPin, readPin, setPin } from './pin.ts'
import { logInStaff } from './staff.ts'
import { totpCode } from './totp.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
const minutes = (count: number) => db.clock.advance(count * 60_000)

async function aCitizen() {
  const person = await aPerson(place)
  const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
  const enter = (typed: string) => logInCitizen(house, town.id, { idNumber: person.idNumber, pin: typed })
  return { ...person, pin, enter }
}
const wrongPin = (pin: string) => String((Number(pin) + 1) % 1_000_000).padStart(6, '0')

async function aClerk() {
  const clerk = await aStaffMember(place, 'clerk')
  const code = () => totpCode(clerk.totpSecret, db.clock.now())
  const enter = (change: { password?: string; code?: string; login?: string } = {}) =>
    logInStaff(house, town.id, { login: clerk.login, password: clerk.password, code: code(), ...change })
  return { ...clerk, code, enter }
}

describe('the wait after failures', () => {
  test('begins at the fifth with five minutes, doubles, and ends at a day', () => {
    expect([0, 4, 5, 6, 7].map(waitAfter)).toEqual([0, 0, 300_000, 600_000, 1_200_000])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), n => {
        expect(waitAfter(n)).toBeLessThanOrEqual(24 * 3600_000)
        expect(waitAfter(n + 1)).toBeGreaterThanOrEqual(waitAfter(n))
      }),
    )
  })
})

describe('a PIN', () => {
  test('is weak when somebody would try it first', () => {
    const person = { birthDate: '1988-11-03', idNumber: '900123456' }
    const weak = [
      '000000',
      '111111',
      '123456',
      '654321',
      '890123',
      '121212',
      '123123',
      '198801',
      '031188',
      '881103',
      '012345',
    ]
    expect(weak.filter(pin => !isWeakPin(pin, person))).toEqual([])
    expect(['482913', '700315'].filter(pin => isWeakPin(pin, person))).toEqual([])
  })

  test('made at random is never weak', () => {
    for (let n = 0; n < 500; n++)
      expect(isWeakPin(randomPin({ birthDate: '1988-11-03' }), { birthDate: '1988-11-03' })).toBe(false)
  })

  test('is read in any digits and refused in any other form', () => {
    expect(readPin('٤٨٢ ٩١٣')).toBe('482913')
    expect(['48291', '4829133', 'abcdef', ''].map(readPin)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a citizen', () => {
  test('logs in with id number and PIN, under a token made for this log-in', async () => {
    const citizen = await aCitizen()
    const first = await citizen.enter(citizen.pin)
    const second = await citizen.enter(citizen.pin)
    expect([first.kind, second.kind]).toEqual(['open', 'open'])
    const tokens = [first, second].map(each => (each.kind === 'open' ? each.token : ''))
    expect(new Set(tokens).size).toBe(2)
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32)
  })

  test('gets one and the same answer for a wrong PIN, an unknown number, a number without a log-in and a closed log-in', async () => {
    const citizen = await aCitizen()
    const without = await aPerson(place)
    const answers = [
      await citizen.enter(wrongPin(citizen.pin)),
      await logInCitizen(house, town.id, { idNumber: anIdNumber(777_777), pin: citizen.pin }),
      await logInCitizen(house, town.id, { idNumber: without.idNumber, pin: citizen.pin }),
      await logInCitizen(house, town.id, { idNumber: '', pin: '' }),
    ]
    for (let n = 0; n < 5; n++) await citizen.enter(wrongPin(citizen.pin))
    answers.push(await citizen.enter(citizen.pin))
    expect(answers).toEqual(Array(5).fill({ kind: 'refused' }))
  })

  test('waits five minutes after five failures, even with the right PIN; then longer', async () => {
    const citizen = await aCitizen()
    for (let n = 0; n < 5; n++) await citizen.enter(wrongPin(citizen.pin))
    minutes(4.9)
    expect(await citizen.enter(citizen.pin)).toEqual({ kind: 'refused' })
    minutes(0.2)
    await citizen.enter(wrongPin(citizen.pin))
    minutes(9.9)
    expect(await citizen.enter(citizen.pin)).toEqual({ kind: 'refused' })
    minutes(0.2)
    expect((await citizen.enter(citizen.pin)).kind).toBe('open')
  })

  test('starts anew after a success: old failures are forgotten', async () => {
    const citizen = await aCitizen()
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await citizen.enter(wrongPin(citizen.pin))
      expect((await citizen.enter(citizen.pin)).kind).toBe('open')
    }
  })

  test('cannot be guessed at with many guesses side by side: each is counted after the one before', async () => {
    const citizen = await aCitizen()
    const login = () =>
      db.owner
        .selectFrom('citizen_login')
        .select('failures')
        .where('person_id', '=', citizen.id)
        .executeTakeFirstOrThrow()
    let guesses: Promise<unknown> = Promise.resolve()
    // All eight stand at the row before the first of them is counted.
    await db.owner.transaction().execute(async holder => {
      await holder
        .updateTable('citizen_login')
        .set({ must_change: false })
        .where('person_id', '=', citizen.id)
        .execute()
      guesses = Promise.all(Array.from({ length: 8 }, () => citizen.enter(wrongPin(citizen.pin))))
      await expect.poll(() => lockWaits(db.owner), { timeout: 10_000 }).toBe(8)
    })
    await guesses
    expect((await login()).failures).toBe(5)
    expect(await citizen.enter(citizen.pin)).toEqual({ kind: 'refused' })
  })

  test('with the counter’s PIN gets no session before they chose their own', async () => {
    const person = await aPerson(place)
    const pin = await write(tx => setPin(tx, person.id, builder))
    const attempt = { idNumber: person.idNumber, pin }
    expect(await logInCitizen(house, town.id, attempt)).toMatchObject({ kind: 'first', personId: person.id })
    const choice = { personId: person.id, current: undefined, pin: '482913', again: '482913' }
    expect(await choosePin(house, town.id, { ...choice, pin: '123456', again: '123456' })).toEqual({
      ok: false,
      faults: [{ field: 'pin', code: 'pin-weak' }],
    })
    expect(await choosePin(house, town.id, { ...choice, again: '482914' })).toEqual({
      ok: false,
      faults: [{ field: 'again', code: 'pin-differs' }],
    })
    expect(await choosePin(house, town.id, { ...choice, pin, again: pin })).toMatchObject({ ok: false })
    expect(await choosePin(house, town.id, choice)).toMatchObject({ ok: true })
    expect(await logInCitizen(house, town.id, attempt)).toEqual({ kind: 'refused' })
    expect((await logInCitizen(house, town.id, { ...attempt, pin: '482913' })).kind).toBe('open')
    await expect(
      choosePin(house, town.id, { ...choice, pin: '739152', again: '739152' }),
    ).rejects.toMatchObject({
      code: 'pin-already-chosen',
    })
  })

  test('changes the PIN only with the one they have, and cannot guess it there either', async () => {
    const citizen = await aCitizen()
    const choice = { personId: citizen.id, pin: '482913', again: '482913' }
    for (let n = 0; n < 5; n++) {
      expect(await choosePin(house, town.id, { ...choice, current: wrongPin(citizen.pin) })).toMatchObject({
        ok: false,
      })
    }
    expect(await choosePin(house, town.id, { ...choice, current: citizen.pin })).toMatchObject({ ok: false })
    minutes(6)
    expect(await choosePin(house, town.id, { ...choice, current: citizen.pin })).toMatchObject({ ok: true })
  })

  test('finds the log-in open again, and old sessions ended, after a new PIN from the counter', async () => {
    const citizen = await aCitizen()
    await citizen.enter(citizen.pin)
    for (let n = 0; n < 5; n++) await citizen.enter(wrongPin(citizen.pin))
    const pin = await write(tx => setPin(tx, citizen.id, builder, { mustChange: false }))
    const open = await db.owner
      .selectFrom('session')
      .selectAll()
      .where('subject_id', '=', citizen.id)
      .where('ended_at', 'is', null)
      .execute()
    expect(open).toEqual([])
    expect((await citizen.enter(pin)).kind).toBe('open')
  })

  test('carries a ticket of this town for ten minutes', () => {
    const now = db.clock.now()
    const first = { personId: 'someone', knownBy: 'pin' } as const
    const ticket = writeTicket(house.crypto, town.id, first, now)
    const later = (count: number) => new Date(now.getTime() + count * 60_000)
    expect(readTicket(house.crypto, town.id, ticket, later(9))).toMatchObject(first)
    expect(readTicket(house.crypto, town.id, ticket, later(10))).toBeUndefined()
    expect(readTicket(house.crypto, builderTown, ticket, now)).toBeUndefined()
    expect(readTicket(house.crypto, town.id, `${ticket.slice(0, -2)}AA`, now)).toBeUndefined()
  })
})
const builderTown = '01890000-0000-7000-8000-000000000009'

describe('one of the staff', () => {
  test('logs in with login, password and code, and with nothing less', async () => {
    const clerk = await aClerk()
    expect(await clerk.enter({ password: 'wrong' })).toEqual({ kind: 'refused' })
    expect(await clerk.enter({ code: '' })).toEqual({ kind: 'refused' })
    expect(await clerk.enter({ login: 'nobody' })).toEqual({ kind: 'refused' })
    expect((await clerk.enter({ login: clerk.login.toUpperCase() })).kind).toBe('open')
  })

  test('uses a code once, whether logging in or signing', async () => {
    const clerk = await aClerk()
    const code = clerk.code()
    expect((await clerk.enter({ code })).kind).toBe('open')
    expect(await clerk.enter({ code })).toEqual({ kind: 'refused' })
    const sign = () => write(tx => confirmStaff(tx, house, clerk.id, { password: clerk.password, code }))
    await expect(sign()).rejects.toMatchObject({ faults: [{ code: 'confirm-wrong' }] })
  })

  test('may use the code of the step before or after, not one further off', async () => {
    const clerk = await aClerk()
    const codeAt = (seconds: number) =>
      totpCode(clerk.totpSecret, new Date(db.clock.now().getTime() + seconds * 1000))
    expect(await clerk.enter({ code: codeAt(-60) })).toEqual({ kind: 'refused' })
    expect(await clerk.enter({ code: codeAt(60) })).toEqual({ kind: 'refused' })
    expect((await clerk.enter({ code: codeAt(-30) })).kind).toBe('open')
    expect((await clerk.enter({ code: codeAt(30) })).kind).toBe('open')
    // The step of now lies before the one just used: a code that was seen over a shoulder is worth nothing.
    expect(await clerk.enter({ code: codeAt(0) })).toEqual({ kind: 'refused' })
  })

  test('waits after five failures, counted at signing too', async () => {
    const clerk = await aClerk()
    for (let n = 0; n < 4; n++) await clerk.enter({ password: 'wrong' })
    const sign = (password: string) =>
      write(tx => confirmStaff(tx, house, clerk.id, { password, code: clerk.code() }))
    await expect(sign('wrong')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await clerk.enter()).toEqual({ kind: 'refused' })
    await expect(sign(clerk.password)).rejects.toMatchObject({ code: 'invalid-input' })
    minutes(5.1)
    expect((await clerk.enter()).kind).toBe('open')
  })

  test('keeps the code when the signing it was for is undone', async () => {
    const clerk = await aClerk()
    const asked = { password: clerk.password, code: clerk.code() }
    const undone = write(async tx => {
      await confirmStaff(tx, house, clerk.id, asked)
      throw new Error('the signing failed')
    })
    await expect(undone).rejects.toThrow('the signing failed')
    await expect(write(tx => confirmStaff(tx, house, clerk.id, asked))).resolves.toBeUndefined()
  })

  test('is unknown from the moment they leave', async () => {
    const clerk = await aClerk()
    await write(tx => leave(tx, clerk.id, builder))
    expect(await clerk.enter()).toEqual({ kind: 'refused' })
    const sign = write(tx =>
      confirmStaff(tx, house, clerk.id, { password: clerk.password, code: clerk.code() }),
    )
    await expect(sign).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
