import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { anOffice, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { logInStaff } from '../log-in/staff.ts'
import { totpCode } from '../log-in/totp.ts'
import { addStaff } from '../staff.ts'
import { type FirstChoice, makeWaysIn, readFirstTicket, writeFirstTicket } from './first.ts'
import { makeRecoveryCodes } from './recovery.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const office = await anOffice({ house, town: town.id })
let people = 0

async function aNewcomer() {
  people += 1
  const login = `new-${people}`
  const secrets = await house.database.write(town.id, tx =>
    addStaff(
      tx,
      house,
      {
        login,
        name: { ar: 'رنا', en: 'Rana' },
        title: { ar: 'موظفة', en: '' },
        office,
        role: 'clerk',
        handedOut: true,
      },
      builder,
    ),
  )
  const enter = (password = secrets.password, code = '') =>
    logInStaff(house, town.id, { login, password, code })
  const ticket = async () => {
    const text = await writeFirstTicket(house, town.id, secrets.staffId)
    const read = readFirstTicket(house.crypto, town.id, text, db.clock.now())
    if (!read) throw new Error('no ticket')
    return { text, ...read }
  }
  return { ...secrets, login, enter, ticket }
}

const own = 'زيتون على التل الغربي'
const choice = (over: Partial<FirstChoice>): FirstChoice => ({
  password: own,
  again: own,
  code: '',
  passkeyName: '',
  ...over,
})

describe('a password that was handed out', () => {
  test('opens no session, only the choice of one’s own', async () => {
    const person = await aNewcomer()
    expect(await person.enter()).toEqual({ kind: 'first', staffId: person.staffId })
    expect(await person.enter('another')).toEqual({ kind: 'refused' })
    const sessions = await db.owner
      .selectFrom('session')
      .selectAll()
      .where('subject_id', '=', person.staffId)
      .execute()
    expect(sessions).toEqual([])
  })

  test('works for a week', async () => {
    const person = await aNewcomer()
    db.clock.advance(7 * 24 * 3600_000)
    expect(await person.enter()).toEqual({ kind: 'refused' })
  })

  test('is replaced by a password, an app and recovery codes of one’s own, once', async () => {
    const person = await aNewcomer()
    const ticket = await person.ticket()
    const code = totpCode(ticket.totpSecret, db.clock.now())
    const made = await makeWaysIn(house, town.id, ticket, choice({ code }))
    expect(made).toMatchObject({ kind: 'done', entered: { kind: 'open' } })
    expect(await person.enter()).toEqual({ kind: 'refused' })
    expect(await person.enter(own, code)).toEqual({ kind: 'refused' })
    db.clock.advance(60_000)
    expect(await person.enter(own, totpCode(ticket.totpSecret, db.clock.now()))).toMatchObject({
      kind: 'open',
    })
    expect(await makeWaysIn(house, town.id, ticket, choice({ code }))).toEqual({ kind: 'gone' })
  })

  test.each([
    ['too short', { password: 'short', again: 'short' }, 'password-short'],
    ['common', { password: 'password1234', again: 'password1234' }, 'password-common'],
    ['typed differently', { again: `${own}!` }, 'password-differs'],
    ['without a second proof', {}, 'second-missing'],
    ['with a code of another app', { code: '000000' }, 'app-code-wrong'],
  ])('is not replaced by what is %s', async (_, over, fault) => {
    const person = await aNewcomer()
    const result = await makeWaysIn(house, town.id, await person.ticket(), choice(over))
    expect(result.kind === 'faults' && result.faults.map(each => each.code)).toContain(fault)
    expect((await person.enter()).kind).toBe('first')
  })

  test('is not replaced by itself', async () => {
    const person = await aNewcomer()
    const result = await makeWaysIn(
      house,
      town.id,
      await person.ticket(),
      choice({ password: person.password, again: person.password }),
    )
    expect(result.kind === 'faults' && result.faults.map(each => each.code)).toContain('password-unchanged')
  })

  test('gives a ticket that is worth nothing after half an hour, or in another town', async () => {
    const person = await aNewcomer()
    const { text } = await person.ticket()
    const other = await aTown(house)
    expect(readFirstTicket(house.crypto, other.id, text, db.clock.now())).toBeUndefined()
    db.clock.advance(30 * 60_000)
    expect(readFirstTicket(house.crypto, town.id, text, db.clock.now())).toBeUndefined()
  })
})

describe('a recovery code', () => {
  test('stands in for the app’s code once, beside the password only', async () => {
    const person = await aNewcomer()
    const ticket = await person.ticket()
    await makeWaysIn(house, town.id, ticket, choice({ code: totpCode(ticket.totpSecret, db.clock.now()) }))
    const [first = '', second = ''] = await house.database.write(town.id, tx =>
      makeRecoveryCodes(tx, person.staffId),
    )
    expect(await person.enter('wrong', first)).toEqual({ kind: 'refused' })
    expect(await person.enter(own, first.toUpperCase().replaceAll('-', ' '))).toMatchObject({
      kind: 'open',
      how: 'recovery',
    })
    expect(await person.enter(own, first)).toEqual({ kind: 'refused' })
    await house.database.write(town.id, tx => makeRecoveryCodes(tx, person.staffId))
    expect(await person.enter(own, second)).toEqual({ kind: 'refused' })
  })
})
