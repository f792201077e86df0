import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { anIdNumber, aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Write } from '../../../platform/database/index.ts'
import { addPhone, verifyPhone } from '../phones/acts.ts'
import { setSetting } from '../settings.ts'
import { addressSetting } from './budget.ts'
import { type CitizenLogIn, logInCitizen } from './citizen.ts'
import { admitByCode, askToBeKnown, becomeKnown, type CodeTicket, sendAnother } from './device-code.ts'
import { deviceName, devicesOf, endDevice } from './devices.ts'
import { setPin } from './pin.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
const minutes = (count: number) => db.clock.advance(count * 60_000)

/** What went to telephones, and what people were told. */
const sent: { purpose: string; code: string; personId: string | undefined }[] = []
const told: string[] = []
house.events.on('people.code-sent', (_tx, { purpose, code, personId }) => {
  sent.push({ purpose, code, personId })
})
house.events.on('people.log-in-told', (_tx, { personId, news }) => void told.push(`${news} ${personId}`))
const lastCode = () => sent.at(-1)?.code ?? ''
const other = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0')
const agent = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36'

async function aCitizen({ proven = false } = {}) {
  const person = await aPerson(place)
  if (proven) await write(tx => verifyPhone(tx, house.crypto, person.id, person.phone, builder))
  const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
  const enter = (typed: string, from: Partial<CitizenLogIn> = {}) =>
    logInCitizen(house, town.id, { idNumber: person.idNumber, pin: typed, device: agent, ...from })
  return { ...person, pin, enter }
}
type Citizen = Awaited<ReturnType<typeof aCitizen>>

/** Logs in with PIN and code; gives the token the browser is known by. */
async function enterByCode(
  citizen: Citizen,
  { token, trusted = true }: { token?: string; trusted?: boolean } = {},
) {
  const asked = await citizen.enter(citizen.pin, { token })
  if (asked.kind !== 'code') throw new Error(`no code was asked: ${asked.kind}`)
  const ticket = ticketOf(asked)
  const open = await admitByCode(house, town.id, ticket, lastCode(), { device: agent, token, trusted })
  if (open.kind !== 'open') throw new Error(`the code did not open: ${open.kind}`)
  return { deviceToken: open.deviceToken, ticket }
}
const ticketOf = (asked: { codeId: string; personId: string; setAt: Date }) =>
  ({ ...asked, kind: 'device', setAt: asked.setAt.getTime() }) satisfies CodeTicket

async function closeStrangers(citizen: Citizen) {
  for (let n = 0; n < 5; n++) await citizen.enter(other(citizen.pin))
}

describe('a strange browser', () => {
  test('with the right PIN opens nothing before the code of their telephone', async () => {
    const citizen = await aCitizen({ proven: true })
    const asked = await citizen.enter(citizen.pin)
    if (asked.kind !== 'code') throw new Error(asked.kind)
    const ticket = ticketOf(asked)
    const wrong = await admitByCode(house, town.id, ticket, other(lastCode()), { trusted: false })
    expect(wrong).toEqual({ kind: 'wrong', code: 'code-wrong' })
    expect(await admitByCode(house, town.id, ticket, lastCode(), { trusted: false })).toMatchObject({
      kind: 'open',
    })
    expect(told.at(-1)).toBe(`device-new ${citizen.id}`)
    const twice = await admitByCode(house, town.id, ticket, lastCode(), { trusted: false })
    expect(twice).toEqual({ kind: 'wrong', code: 'code-expired' })
  })

  test('has five tries at a code and five minutes', async () => {
    const citizen = await aCitizen({ proven: true })
    const asked = await citizen.enter(citizen.pin)
    if (asked.kind !== 'code') throw new Error(asked.kind)
    const code = lastCode()
    for (let n = 0; n < 5; n++)
      await admitByCode(house, town.id, ticketOf(asked), other(code), { trusted: false })
    const sixth = await admitByCode(house, town.id, ticketOf(asked), code, { trusted: false })
    expect(sixth).toEqual({ kind: 'wrong', code: 'code-expired' })
    const again = await sendAnother(house, town.id, ticketOf(asked))
    if (again?.kind !== 'device') throw new Error('no code')
    minutes(5)
    const late = await admitByCode(house, town.id, again, lastCode(), { trusted: false })
    expect(late).toEqual({ kind: 'wrong', code: 'code-expired' })
  })

  test('is not let in by a code whose PIN was changed meanwhile', async () => {
    const citizen = await aCitizen({ proven: true })
    const asked = await citizen.enter(citizen.pin)
    if (asked.kind !== 'code') throw new Error(asked.kind)
    const code = lastCode()
    minutes(1)
    await write(tx => setPin(tx, citizen.id, builder, { mustChange: false }))
    const late = await admitByCode(house, town.id, ticketOf(asked), code, { trusted: false })
    expect(late).toEqual({ kind: 'wrong', code: 'code-expired' })
  })

  test('is let in without a code where no telephone is proven or theirs alone, and they are told', async () => {
    const citizen = await aCitizen()
    expect((await citizen.enter(citizen.pin)).kind).toBe('open')
    expect(told.at(-1)).toBe(`device-unproven ${citizen.id}`)
    const shared = await aCitizen({ proven: true })
    const neighbour = await aPerson(place)
    await write(tx => addPhone(tx, house.crypto, neighbour.id, { e164: shared.phone }, builder))
    const before = sent.length
    expect((await shared.enter(shared.pin)).kind).toBe('open')
    expect(sent.length).toBe(before)
  })

  test('gets no more codes than a quarter of an hour and a day allow', async () => {
    const citizen = await aCitizen({ proven: true })
    for (let n = 0; n < 3; n++) expect((await citizen.enter(citizen.pin)).kind).toBe('code')
    await expect(citizen.enter(citizen.pin)).rejects.toMatchObject({ code: 'codes-too-many' })
    for (let n = 3; n < 10; n++) {
      minutes(16)
      expect((await citizen.enter(citizen.pin)).kind).toBe('code')
    }
    minutes(16)
    await expect(citizen.enter(citizen.pin)).rejects.toMatchObject({ code: 'codes-too-many' })
  })
})

describe('a browser that is theirs', () => {
  test('is asked for no code again; one they did not call theirs is', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    minutes(60)
    expect((await citizen.enter(citizen.pin, { token: deviceToken })).kind).toBe('open')
    const lent = await enterByCode(citizen, { trusted: false })
    minutes(60)
    expect((await citizen.enter(citizen.pin, { token: lent.deviceToken })).kind).toBe('code')
  })

  test('is strange again once it was taken off the list', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    const [device] = await house.database.read(town.id, tx => devicesOf(tx, citizen.id))
    expect(device?.name).toBe('Chrome · Android')
    await write(tx => endDevice(tx, citizen.id, device?.id ?? ''))
    minutes(60)
    expect((await citizen.enter(citizen.pin, { token: deviceToken })).kind).toBe('code')
    const neighbour = await aCitizen()
    await expect(write(tx => endDevice(tx, neighbour.id, device?.id ?? ''))).rejects.toMatchObject({
      code: 'no-such-device',
    })
  })

  test('is known for nobody by a token that was planted there', async () => {
    const attacker = await aCitizen({ proven: true })
    const victim = await aCitizen({ proven: true })
    const planted = (await enterByCode(attacker)).deviceToken
    const { deviceToken } = await enterByCode(victim, { token: planted })
    expect(deviceToken).not.toBe(planted)
    minutes(60)
    expect((await victim.enter(victim.pin, { token: planted })).kind).toBe('code')
    expect((await victim.enter(victim.pin, { token: deviceToken })).kind).toBe('open')
    expect((await attacker.enter(attacker.pin, { token: deviceToken })).kind).toBe('open')
  })

  test('of one person is strange for another', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    const sibling = await aCitizen({ proven: true })
    expect((await sibling.enter(sibling.pin, { token: deviceToken })).kind).toBe('code')
  })
})

describe('the lock', () => {
  test('that strangers closed leaves the person’s own browser open', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    await closeStrangers(citizen)
    expect(await citizen.enter(citizen.pin)).toEqual({ kind: 'refused' })
    expect((await citizen.enter(citizen.pin, { token: deviceToken })).kind).toBe('open')
    expect(await citizen.enter(citizen.pin)).toEqual({ kind: 'refused' })
  })

  test('of one browser grows by its own failures and closes no other', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    for (let n = 0; n < 5; n++) await citizen.enter(other(citizen.pin), { token: deviceToken })
    expect(await citizen.enter(citizen.pin, { token: deviceToken })).toEqual({ kind: 'refused' })
    expect((await citizen.enter(citizen.pin)).kind).toBe('code')
    minutes(5.1)
    expect((await citizen.enter(citizen.pin, { token: deviceToken })).kind).toBe('open')
  })

  test('closed to strangers opens by a code to their telephone, before any PIN', async () => {
    const citizen = await aCitizen({ proven: true })
    await closeStrangers(citizen)
    const ticket = await askToBeKnown(house, town.id, { idNumber: citizen.idNumber, address: '10.0.0.1' })
    expect(sent.at(-1)).toMatchObject({ purpose: 'known', personId: citizen.id })
    const known = await becomeKnown(house, town.id, ticket, lastCode(), { device: agent })
    if (known.kind !== 'known') throw new Error(known.kind)
    expect((await citizen.enter(citizen.pin, { token: known.deviceToken })).kind).toBe('open')
  })

  test('is never told apart by asking for that code: unknown numbers, no telephone and too many codes look the same', async () => {
    const without = await aCitizen()
    const often = await aCitizen({ proven: true })
    const ask = (idNumber: string, address = '10.0.0.2') =>
      askToBeKnown(house, town.id, { idNumber, address })
    for (let n = 0; n < 3; n++) await ask(often.idNumber)
    const before = sent.length
    for (const idNumber of [anIdNumber(888_888), without.idNumber, often.idNumber, 'x']) {
      const ticket = await ask(idNumber)
      expect(Object.keys(ticket).sort()).toEqual(['codeId', 'kind'])
      const tries = []
      for (let n = 0; n < 6; n++) tries.push(await becomeKnown(house, town.id, ticket, '123456', {}))
      expect(tries.map(each => each.kind === 'wrong' && each.code)).toEqual([
        ...Array(5).fill('code-wrong'),
        'code-expired',
      ])
    }
    expect(sent.length).toBe(before)
  })

  test('has every code that was asked for in the record, whether the number is anybody’s or not', async () => {
    const citizen = await aCitizen({ proven: true })
    const asked = () =>
      db.owner.selectFrom('audit').select('person_id').where('act', '=', 'people.code-asked').execute()
    const before = (await asked()).length
    await askToBeKnown(house, town.id, { idNumber: citizen.idNumber, address: '10.0.0.3' })
    await askToBeKnown(house, town.id, { idNumber: 'x', address: '10.0.0.3' })
    const people = (await asked()).slice(before).map(row => row.person_id)
    expect(people).toHaveLength(2)
    expect(people).toContain(citizen.id)
    expect(people).toContain(null)
  })

  test('cannot be made to use up the codes that a right PIN earns', async () => {
    const citizen = await aCitizen({ proven: true })
    for (let n = 0; n < 20; n++)
      await askToBeKnown(house, town.id, { idNumber: citizen.idNumber, address: `10.1.0.${n}` })
    expect((await citizen.enter(citizen.pin)).kind).toBe('code')
  })

  test('holds for any order of failures: strangers never move the count of a known browser, nor it theirs', async () => {
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async byDevice => {
        const counts = async () => ({
          strangers: (
            await db.owner
              .selectFrom('citizen_login')
              .select('failures')
              .where('person_id', '=', citizen.id)
              .executeTakeFirstOrThrow()
          ).failures,
          device: (
            await db.owner
              .selectFrom('citizen_device')
              .select('failures')
              .where('person_id', '=', citizen.id)
              .executeTakeFirstOrThrow()
          ).failures,
        })
        minutes(60 * 25)
        for (const own of byDevice) {
          const before = await counts()
          await citizen.enter(other(citizen.pin), own ? { token: deviceToken } : {})
          const after = await counts()
          if (own) expect(after.strangers).toBe(before.strangers)
          else expect(after.device).toBe(before.device)
        }
      }),
      { numRuns: 12 },
    )
  })
})

describe('an address', () => {
  test('where many log-ins failed asks strangers for more than a PIN, and leaves known browsers alone', async () => {
    const today = '2026-01-01'
    await write(tx => setSetting(tx, { key: addressSetting, from: today, value: 6, by: builder }))
    const citizen = await aCitizen({ proven: true })
    const { deviceToken } = await enterByCode(citizen)
    const address = '185.1.1.1'
    for (let n = 0; n < 6; n++)
      await logInCitizen(house, town.id, { idNumber: anIdNumber(900_000 + n), pin: '482913', address })
    expect(await citizen.enter(citizen.pin, { address })).toEqual({ kind: 'refused' })
    expect((await citizen.enter(citizen.pin, { address, token: deviceToken })).kind).toBe('open')
    expect((await citizen.enter(citizen.pin, { address: '185.1.1.2' })).kind).toBe('code')
    minutes(61)
    expect((await citizen.enter(citizen.pin, { address })).kind).toBe('code')
  })

  test('that goes on slowly all day is full too, and open again the day after', async () => {
    await write(tx => setSetting(tx, { key: addressSetting, from: '2026-01-01', value: 6, by: builder }))
    const citizen = await aCitizen({ proven: true })
    const address = '185.1.1.9'
    for (let n = 0; n < 18; n++) {
      if (n === 17) expect((await citizen.enter(citizen.pin, { address })).kind).toBe('code')
      await logInCitizen(house, town.id, { idNumber: anIdNumber(910_000 + n), pin: '482913', address })
      minutes(20)
    }
    expect(await citizen.enter(citizen.pin, { address })).toEqual({ kind: 'refused' })
    expect((await citizen.enter(citizen.pin, { address: '185.1.1.2' })).kind).toBe('code')
    minutes(60 * 24)
    expect((await citizen.enter(citizen.pin, { address })).kind).toBe('code')
  })

  test('of a hall where everybody mistypes once and then gets in is never full', async () => {
    const address = '185.1.1.3'
    for (let n = 0; n < 8; n++) {
      const citizen = await aCitizen()
      await citizen.enter(other(citizen.pin), { address })
      await citizen.enter(other(citizen.pin), { address })
      expect((await citizen.enter(citizen.pin, { address })).kind).toBe('open')
    }
  })
})

describe('the name of a browser', () => {
  test('is what people call it', () => {
    expect(deviceName(agent)).toBe('Chrome · Android')
    expect(
      deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1'),
    ).toBe('Safari · iOS')
    expect(deviceName('curl/8')).toBe('')
  })
})
