import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { newCode } from '../../src/offices/certificates/code.ts'
import { missAllowed } from '../../src/offices/certificates/pages/guesses.ts'
import { openGuard } from '../../src/offices/messaging/links/guard.ts'
import { setPin, totpCode } from '../../src/offices/people/index.ts'
import { makeRecoveryCodes } from '../../src/offices/people/ways-in/recovery.ts'
import { openOffices } from '../../src/offices.ts'
import { noteClient } from '../../src/web/client.ts'
import type { Town } from '../../src/web/town.ts'
import { aDoor } from '../builders/door.ts'
import { aHouse } from '../builders/house.ts'
import { anIdNumber, aPerson, aStaffMember, aTown, builder } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const { verified } = vi.hoisted(() => ({ verified: { count: 0 } }))
vi.mock('@node-rs/argon2', async original => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return {
    ...real,
    verify: (...given: Parameters<typeof real.verify>) => {
      verified.count += 1
      return real.verify(...given)
    },
  }
})

const db = await testDatabase()
const house = aHouse(db)
const door = aDoor(house, openOffices(house).routes)
let town: Town
const at = () => ({ house, town: town.id })
beforeAll(async () => {
  town = await aTown(house)
})

async function aCitizen() {
  const person = await aPerson(at())
  const pin = await house.database.write(town.id, tx => setPin(tx, person.id, builder, { mustChange: false }))
  return { ...person, pin }
}

/** A form sent from an address of the net. */
function from(address: string, path: string, form: Record<string, string>): Promise<Response> {
  const request = new Request(`http://town.test${path}`, {
    method: 'POST',
    headers: { host: 'town.test' },
    body: new URLSearchParams(form),
  })
  noteClient(request, address)
  return door.fetch(request)
}
const logIn = (idNumber: string, pin: string, address = '192.0.2.1') =>
  from(address, '/my/log-in', { idNumber, pin })
const enter = (login: string, password: string, code: string) =>
  from('192.0.2.1', '/office/log-in', { login, password, code })
const isIn = (answer: Response) =>
  /shubbak_(session|first|code)=\S/.test(answer.headers.getSetCookie().join())

/** What one try costs and leaves: the statements, how often a secret was compared, what is written down. */
async function traceOf(act: () => Promise<Response>) {
  const statements: string[] = []
  const query = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const [asked] = given as [string | { text?: string }]
    const text = typeof asked === 'string' ? asked : (asked.text ?? '')
    statements.push(text.replace(/\s+/g, ' ').replace(/'[^']*'/g, "'…'"))
    return real.apply(this, given as never) as never
  } as never)
  const before = verified.count
  const rows = (await auditRows()).length
  // Which towns there are is read every few seconds, whoever asks.
  door.towns.forget()
  await door.towns.all()
  statements.length = 0
  const answer = await act()
  const all = [...statements]
  query.mockRestore()
  const after = await auditRows()
  const [row] = after.slice(-1)
  return {
    status: answer.status,
    statements: all,
    compared: verified.count - before,
    written: after.length - rows,
    act: row && [row.act, row.actor_kind, row.subject_kind],
    page: (await answer.text()).replace(/value="[^"]*"|nonce="[^"]*"|challenge&quot;:&quot;[^&]*/g, ''),
  }
}
const real = pg.Client.prototype.query as (...given: never[]) => unknown
const auditRows = () =>
  db.owner.selectFrom('audit').select(['act', 'actor_kind', 'subject_kind']).orderBy('audit_id').execute()

describe('whoever is not known', () => {
  test('costs and leaves what somebody known with a wrong PIN does, to the statement', async () => {
    const person = await aCitizen()
    const wrong = person.pin === '111222' ? '222111' : '111222'
    await logIn(person.idNumber, wrong)
    const known = await traceOf(() => logIn(person.idNumber, wrong))
    expect(known).toMatchObject({ status: 422, compared: 1, written: 1 })
    expect(known.statements.length).toBeGreaterThan(8)
    expect(await traceOf(() => logIn(anIdNumber(990_001), wrong))).toEqual(known)
    const without = await aPerson(at())
    expect(await traceOf(() => logIn(without.idNumber, wrong))).toEqual(known)
  })

  test('costs and leaves among the staff what a wrong password does', async () => {
    const staff = await aStaffMember(at(), 'clerk')
    await enter(staff.login, 'wrong password', '000000')
    const known = await traceOf(() => enter(staff.login, 'wrong password', '000000'))
    expect(known).toMatchObject({ status: 422, compared: 1, written: 1 })
    expect(await traceOf(() => enter('nobody-here', 'wrong password', '000000'))).toEqual(known)
  })
})

describe('a secret that is tried again and again', () => {
  test('closes for who tries, thirteen times in the first day, and opens nothing for the right one then', async () => {
    const person = await aCitizen()
    const login = () =>
      db.owner
        .selectFrom('citizen_login')
        .select(['failures', 'locked_until'])
        .where('person_id', '=', person.id)
        .executeTakeFirstOrThrow()
    const dayLater = db.clock.now().getTime() + 24 * 60 * 60_000
    let tries = 0
    // As fast as the log-in opens again, from another address each time.
    while (db.clock.now().getTime() < dayLater) {
      await logIn(person.idNumber, '111222', `198.51.100.${tries}`)
      tries += 1
      const { failures, locked_until: until } = await login()
      expect(failures).toBe(tries)
      if (until) db.clock.advance(until.getTime() - db.clock.now().getTime() + 1)
      else continue
      expect(tries).toBeGreaterThanOrEqual(5)
    }
    expect(tries).toBeLessThanOrEqual(13)
    await logIn(person.idNumber, '111222')
    expect(isIn(await logIn(person.idNumber, person.pin))).toBe(false)
  })

  test('shuts out nobody else: not the next at the same address, nor a counter behind it where people mistype', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, aCitizen))
    for (const { idNumber } of people)
      for (const pin of ['111222', '333444']) await logIn(idNumber, pin, '203.0.113.7')
    for (const { idNumber, pin } of people) expect(isIn(await logIn(idNumber, pin, '203.0.113.7'))).toBe(true)
  })

  test('counts wrong passwords, wrong codes of the app and wrong recovery codes of one of the staff together', async () => {
    const staff = await aStaffMember(at(), 'clerk')
    const other = await aStaffMember(at(), 'clerk')
    const [recovery = ''] = await house.database.write(town.id, tx => makeRecoveryCodes(tx, staff.id))
    await enter(staff.login, 'wrong password', '000000')
    for (const code of ['000000', '000001', 'aaaa-aaaa-aaaa-aaaa', `${recovery.slice(0, -1)}2x`])
      expect(isIn(await enter(staff.login, staff.password, code))).toBe(false)
    const codeOf = ({ totpSecret }: typeof staff) => totpCode(totpSecret, db.clock.now())
    expect(isIn(await enter(staff.login, staff.password, codeOf(staff)))).toBe(false)
    expect(isIn(await enter(staff.login, staff.password, recovery))).toBe(false)
    expect(isIn(await enter(other.login, other.password, codeOf(other)))).toBe(true)
    db.clock.advance(6 * 60_000)
    expect(isIn(await enter(staff.login, staff.password, codeOf(staff)))).toBe(true)
  })

  test('of a certificate is answered no more after a while', async () => {
    const guess = async () => (await door.knock('/verify?code=nothing')).status
    expect(await guess()).toBe(404)
    for (let n = 0; n < 10_000 && missAllowed(town.id, db.clock.now()); n += 1);
    expect(await guess()).toBe(429)
    db.clock.advance(61_000)
    expect(await guess()).toBe(404)
    // Eighty random bits: as many tries as a minute allows, for a thousand years, find one of a million papers with odds of 1 in a billion.
    expect(newCode().replaceAll('-', '')).toHaveLength(16)
  })

  test('of a short link is looked up no more for whoever misses sixty times, and for others as ever', () => {
    const guard = openGuard()
    const now = db.clock.now()
    for (let n = 0; n < 60; n += 1) guard.noteMiss('one', now)
    expect([guard.isShut('one', now), guard.isShut('other', now)]).toEqual([true, false])
    expect(guard.isShut('one', new Date(now.getTime() + 16 * 60_000))).toBe(false)
  })

  test('of a program is refused alike, whatever is wrong with it', async () => {
    const answers: [number, string][] = []
    for (const key of ['x', 'x'.repeat(43), '', "' or 1=1 --", '%', 'null']) {
      const answer = await door.knock('/api/v1/tasks', { headers: { authorization: `Bearer ${key}` } })
      answers.push([answer.status, (await answer.text()).replace(/[0-9a-f]{8}/g, '')])
    }
    expect(new Set(answers.map(each => JSON.stringify(each))).size).toBe(1)
    expect(answers[0]?.[0]).toBe(401)
  })
})
