import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { anIdNumber, aPerson, aTown, builder, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { peopleRoutes } from '../index.ts'
import { setPin } from '../log-in/pin.ts'
import { verifyPhone } from '../phones/acts.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const at = { house, town: town.id }
const { knock } = aDoor(house, peopleRoutes)

let code = ''
house.events.on('people.code-sent', (_tx, sent) => {
  code = sent.code
})

/** What an answer sets in the browser, by name. */
const cookiesOf = (answer: Response): Record<string, string> =>
  Object.fromEntries(
    answer.headers.getSetCookie().map(each => {
      const [pair = ''] = each.split(';')
      return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    }),
  )
const header = (cookies: Record<string, string>) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')

async function proven() {
  const person = await aPerson(at)
  const pin = await house.database.write(town.id, async tx => {
    await verifyPhone(tx, house.crypto, person.id, person.phone, builder)
    return setPin(tx, person.id, builder, { mustChange: false })
  })
  return { ...person, pin }
}
const logIn = (idNumber: string, pin: string, cookie = '') =>
  knock('/my/log-in', { cookie, form: { idNumber, pin } })

describe('the code of a strange browser', () => {
  test('is asked for on a page of its own, and no session is there before it', async () => {
    const person = await proven()
    const asked = await logIn(person.idNumber, person.pin)
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/my/code'])
    expect(cookiesOf(asked).shubbak_session).toBeUndefined()
    const cookie = header({ shubbak_code: cookiesOf(asked).shubbak_code ?? '' })
    expect((await knock('/my/code', { cookie })).status).toBe(200)
    const wrong = await knock('/my/code', { cookie, form: { code: 'x' } })
    expect([wrong.status, cookiesOf(wrong).shubbak_session]).toEqual([422, undefined])
    const open = await knock('/my/code', { cookie, form: { code, mine: 'yes' } })
    expect([open.status, open.headers.get('location')]).toEqual([303, '/my'])
    const { shubbak_session: session = '', shubbak_device: device = '' } = cookiesOf(open)
    expect([session.length, device.length]).toEqual([43, 43])
    expect((await knock('/my/code', { cookie, form: { code } })).status).toBe(422)
  })

  test('is worth nothing in another browser, nor with a ticket of one’s own making', async () => {
    const person = await proven()
    await logIn(person.idNumber, person.pin)
    for (const cookie of ['', 'shubbak_code=bm90IGEgdGlja2V0']) {
      const answer = await knock('/my/code', { cookie, form: { code } })
      expect(answer.headers.get('location')).toBe('/my/log-in')
      expect(cookiesOf(answer).shubbak_session).toBeUndefined()
    }
    const other = await proven()
    const theirs = cookiesOf(await logIn(other.idNumber, other.pin))
    const codeOfOther = code
    await logIn(person.idNumber, person.pin)
    const mixed = await knock('/my/code', {
      cookie: header({ shubbak_code: theirs.shubbak_code ?? '' }),
      form: { code: code === codeOfOther ? '000000' : code },
    })
    expect(mixed.status).toBe(422)
  })

  test('of a browser that is known before any PIN opens no session', async () => {
    const person = await proven()
    const asked = await knock('/my/known', { form: { idNumber: person.idNumber } })
    const unknown = await knock('/my/known', { form: { idNumber: anIdNumber(870_001) } })
    expect([asked.status, asked.headers.get('location')]).toEqual([
      unknown.status,
      unknown.headers.get('location'),
    ])
    const cookie = header({ shubbak_code: cookiesOf(asked).shubbak_code ?? '' })
    const known = await knock('/my/code', { cookie, form: { code } })
    expect(cookiesOf(known).shubbak_session).toBeUndefined()
    const device = header({ shubbak_device: cookiesOf(known).shubbak_device ?? '' })
    expect((await logIn(person.idNumber, person.pin, device)).headers.get('location')).toBe('/my')
  })
})

describe('registering oneself', () => {
  const card = {
    firstName: 'هدى',
    fatherName: 'نبيل',
    grandfatherName: 'صالح',
    familyName: 'زيدان',
    idNumber: anIdNumber(880_001),
    phone: '0569 777 001',
  }

  test('keeps what was typed beside what is wrong, and leads on to the code', async () => {
    const wrong = await knock('/my/register', { form: { ...card, phone: '12' } })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="زيدان"')
    const begun = await knock('/my/register', { form: card })
    expect(begun.headers.get('location')).toBe('/my/register/code')
    expect((await knock('/my/register/code', {})).headers.get('location')).toBe('/my/register')
    const cookie = header({ shubbak_register: cookiesOf(begun).shubbak_register ?? '' })
    const form = { code, pin: '739152', again: '739152' }
    const done = await knock('/my/register/code', { cookie, form })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/my'])
    expect(cookiesOf(done).shubbak_session).toMatch(/^[\w-]{43}$/)
  })

  test('with a telephone that is known says so after the code, and opens nothing', async () => {
    const person = await aPerson(at)
    const begun = await knock('/my/register', { form: { ...card, phone: person.phone } })
    const cookie = header({ shubbak_register: cookiesOf(begun).shubbak_register ?? '' })
    const done = await knock('/my/register/code', { cookie, form: { code, pin: '739152', again: '739152' } })
    expect([done.status, cookiesOf(done).shubbak_session]).toEqual([409, undefined])
  })
})

describe('the list of devices', () => {
  test('ends one log-in, one device or all others, and nobody else’s', async () => {
    const person = await aPerson(at)
    const cookies = [await logInAs(at, { personId: person.id }), await logInAs(at, { personId: person.id })]
    const [mine = '', other = ''] = cookies
    const page = await (await knock('/my/devices', { cookie: mine })).text()
    const key = /value="(log-in:[\da-f]{32})"/.exec(page)?.[1] ?? ''
    const stranger = await logInAs(at, { personId: (await aPerson(at)).id })
    await knock('/my/devices', { cookie: stranger, form: { end: key } })
    expect((await knock('/my/devices', { cookie: other })).status).toBe(200)
    expect((await knock('/my/devices', { cookie: mine, form: { end: key } })).status).toBe(303)
    expect((await knock('/my/devices', { cookie: other })).headers.get('location')).toContain('/my/log-in')
    const third = await logInAs(at, { personId: person.id })
    // What has ended, or has another key by now, is not said to end again.
    const outs = async () =>
      (await db.owner.selectFrom('audit').select('act').where('act', '=', 'people.signed-out').execute())
        .length
    const before = await outs()
    expect((await knock('/my/devices', { cookie: mine, form: { end: key, again: 'yes' } })).status).toBe(303)
    expect(await outs()).toBe(before)
    await knock('/my/devices', { cookie: mine, form: { end: 'others' } })
    expect((await knock('/my/devices', { cookie: third })).headers.get('location')).toContain('/my/log-in')
    expect((await knock('/my/devices', { cookie: mine })).status).toBe(200)
    for (const end of ['device:x', 'nothing', ''])
      expect((await knock('/my/devices', { cookie: mine, form: { end } })).status).toBe(400)
  })
})
