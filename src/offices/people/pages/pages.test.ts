import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import {
  anIdNumber,
  aPerson,
  aStaffMember,
  aTown,
  builder,
  logInAs,
} from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { openDoor } from '../../../web/door.ts'
import { type Composer, composeWith } from '../../../web/page.tsx'
import { doorkeeper, peopleRoutes } from '../index.ts'
import { setPin } from '../log-in/pin.ts'
import { totpCode } from '../log-in/totp.ts'
import { localPath } from './destination.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
await aTown(house)
const prefix = `/~${town.slug}`
const place = { house, town: town.id }
const composer: Composer = {
  navigation: () => ({ home: '/', links: [], rail: [], footer: [] }),
  asset: name => name,
  townList: () => new Response(null, { status: 404 }),
  assetAt: () => undefined,
}
composeWith(composer)
const door = openDoor(house, peopleRoutes, doorkeeper(house), composer)

type Ask = { form?: Record<string, string>; cookie?: string | undefined; query?: Record<string, string> }

async function ask(address: Parameters<typeof townUrl>[1], { form, cookie, query }: Ask = {}) {
  const path = townUrl({ prefix }, address, {}, query)
  const headers: Record<string, string> = { host: 'window.test', ...(cookie ? { cookie } : {}) }
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded'
  const answer = await door.fetch(
    new Request(`http://window.test${path}`, {
      method: form ? 'POST' : 'GET',
      headers,
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    }),
  )
  const cookies = Object.fromEntries(
    answer.headers.getSetCookie().map(each => {
      const [pair = ''] = each.split(';')
      return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    }),
  )
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    cookies,
    all: answer.headers.getSetCookie(),
    html: await answer.text(),
  }
}

async function aCitizen(mustChange = false) {
  const person = await aPerson(place)
  const pin = await house.database.write(town.id, tx => setPin(tx, person.id, builder, { mustChange }))
  return { ...person, pin }
}
const inside = (path: string) => `${prefix}${path}`
const to = (path: string) => Object.fromEntries([['then', path]])
/** The words of a page without what differs on each rendering. */
const words = (html: string) =>
  html
    .replace(/value="[^"]*"/g, '')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/challenge&quot;:&quot;[^&]*/g, '')
    .replace(/<title>.*?<\/title>/, '')

describe('where the staff log-in leads', () => {
  const logIn = async (role: Parameters<typeof aStaffMember>[1], then?: string) => {
    const { login, password, totpSecret } = await aStaffMember(place, role)
    const code = totpCode(totpSecret, db.clock.now())
    return ask(addresses.staffLogIn, { form: { login, password, code, ...(then ? to(then) : {}) } })
  }

  test.each([
    ['clerk', addresses.inbox],
    ['supervisor', addresses.officeRequests],
    ['auditor', addresses.manage],
    ['admin', addresses.manage],
    ['designer', addresses.designer],
  ] as const)('a %s begins where their work is', async (role, home) => {
    const answer = await logIn(role)
    expect([answer.status, answer.location]).toEqual([303, inside(home.pattern)])
  })

  test('who has no tasks is not led to the inbox even when they came from it, and to any other page they are', async () => {
    expect((await logIn('auditor', '/office?box=mine')).location).toBe(inside(addresses.manage.pattern))
    expect((await logIn('clerk', '/office?box=mine')).location).toBe(inside('/office?box=mine'))
    expect((await logIn('auditor', '/manage?x=1')).location).toBe(inside('/manage?x=1'))
  })

  test('passes by who is logged in already', async () => {
    const { id } = await aStaffMember(place, 'admin')
    const answer = await ask(addresses.staffLogIn, { cookie: await logInAs(place, { staffId: id }) })
    expect(answer.location).toBe(inside(addresses.manage.pattern))
  })
})

describe('the citizen’s log-in', () => {
  test('opens with the page that was asked for, under a cookie of this town that no script reads', async () => {
    const { idNumber, pin } = await aCitizen()
    const page = await ask(addresses.citizenLogIn, { query: to('/my/requests?state=open') })
    expect(page.html).toContain('name="then" value="/my/requests?state=open"')
    const answer = await ask(addresses.citizenLogIn, {
      form: { idNumber, pin, ...to('/my/requests?state=open') },
    })
    expect([answer.status, answer.location]).toEqual([303, inside('/my/requests?state=open')])
    const session = answer.all.find(each => each.startsWith('shubbak_session='))
    expect(session).toMatch(new RegExp(`Path=${prefix};.*HttpOnly.*SameSite=Lax`))
  })

  test('says the same of a wrong PIN and of a number nobody has, and keeps the number but not the PIN', async () => {
    const { idNumber, pin } = await aCitizen()
    const wrong = pin === '482913' ? '482914' : '482913'
    const known = await ask(addresses.citizenLogIn, { form: { idNumber, pin: wrong } })
    const unknown = await ask(addresses.citizenLogIn, { form: { idNumber: anIdNumber(888_888), pin: wrong } })
    expect([known.status, unknown.status]).toEqual([422, 422])
    expect(words(known.html)).toBe(words(unknown.html))
    expect(known.html).toContain(`value="${idNumber}"`)
    expect(known.html).not.toContain(wrong)
  })

  test('asks for what is missing before it looks for anybody', async () => {
    const answer = await ask(addresses.citizenLogIn, { form: { idNumber: ' ', pin: '' } })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('id="f-idNumber-err"')
    expect(answer.html).toContain('id="f-pin-err"')
  })

  test('gives a new token even to a browser that came with one, and ends the old', async () => {
    const { idNumber, pin, id } = await aCitizen()
    const cookie = await logInAs(place, { personId: id })
    const answer = await ask(addresses.citizenLogIn, { form: { idNumber, pin }, cookie })
    expect(answer.cookies.shubbak_session).not.toBe(cookie.split('=')[1])
    const before = await ask(addresses.citizenPin, { cookie })
    expect(before.location).toContain(addresses.citizenLogIn.pattern)
  })

  test('never takes over a token that the browser was given by somebody else', async () => {
    const { idNumber, pin } = await aCitizen()
    const planted = 'shubbak_session=plantedplantedplantedplantedplantedplanted1'
    const answer = await ask(addresses.citizenLogIn, { form: { idNumber, pin }, cookie: planted })
    expect(answer.cookies.shubbak_session).not.toContain('planted')
    expect((await ask(addresses.citizenPin, { cookie: planted })).status).toBe(303)
  })

  test('goes on to the form that waits', async () => {
    const { idNumber, pin } = await aCitizen()
    const parked = 'abcdefghijklmnopqrstuv'
    const answer = await ask(addresses.citizenLogIn, { form: { idNumber, pin, parked } })
    expect(answer.location).toBe(townUrl({ prefix }, addresses.parked, { token: parked }))
  })

  test('passes by who is logged in already', async () => {
    const { id } = await aCitizen()
    const answer = await ask(addresses.citizenLogIn, {
      cookie: await logInAs(place, { personId: id }),
      query: to('/my/dues'),
    })
    expect([answer.status, answer.location]).toEqual([303, inside('/my/dues')])
  })
})

describe('a page to return to', () => {
  test.each([
    'https://evil.example',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'my',
    `/${'x'.repeat(3000)}`,
  ])('is not %s', async then => {
    expect(localPath(then)).toBeUndefined()
    const { idNumber, pin } = await aCitizen()
    const answer = await ask(addresses.citizenLogIn, { form: { idNumber, pin, ...to(then) } })
    expect(answer.location).toBe(inside(addresses.my.pattern))
  })

  test('is a path of the town, with its query', () => {
    expect(localPath('/my/requests?page=2')).toBe('/my/requests?page=2')
    expect(localPath('/a/../my')).toBe('/my')
  })
})

describe('the first PIN', () => {
  test('leads to choosing one’s own, and only then in', async () => {
    const { idNumber, pin } = await aCitizen(true)
    const first = await ask(addresses.citizenLogIn, { form: { idNumber, pin, ...to('/my/dues') } })
    expect(first.cookies.shubbak_session).toBeUndefined()
    const cookie = `shubbak_first=${first.cookies.shubbak_first}`
    const page = await ask(addresses.citizenPin, { cookie, query: to('/my/dues') })
    expect(page.html).not.toContain('name="current"')
    const weak = await ask(addresses.citizenPin, { cookie, form: { pin: '111111', again: '111111' } })
    expect([weak.status, weak.cookies.shubbak_session]).toEqual([422, undefined])
    const chosen = await ask(addresses.citizenPin, {
      cookie,
      form: { pin: '739152', again: '739152', ...to('/my/dues') },
    })
    expect([chosen.status, chosen.location]).toEqual([303, inside('/my/dues')])
    expect(chosen.cookies.shubbak_session).toMatch(/^[\w-]{43}$/)
  })

  test('cannot be chosen by who brings no ticket, or one of their own making', async () => {
    const form = { pin: '739152', again: '739152' }
    for (const cookie of [undefined, 'shubbak_first=bm90IGEgdGlja2V0']) {
      const answer = await ask(addresses.citizenPin, { form, cookie })
      expect([answer.status, answer.location]).toEqual([303, inside(addresses.citizenLogIn.pattern)])
    }
  })

  test('is changed later with the one before', async () => {
    const { id, pin } = await aCitizen()
    const cookie = await logInAs(place, { personId: id })
    expect((await ask(addresses.citizenPin, { cookie })).html).toContain('name="current"')
    const answer = await ask(addresses.citizenPin, {
      cookie,
      form: { current: pin, pin: '739152', again: '739152' },
    })
    expect(answer.status).toBe(303)
  })
})

describe('the staff’s log-in', () => {
  test('leads to the inbox, and refuses with one and the same words', async () => {
    const clerk = await aStaffMember(place, 'clerk')
    const code = () => totpCode(clerk.totpSecret, db.clock.now())
    const form = { login: clerk.login, password: clerk.password, code: code() }
    const wrong = await ask(addresses.staffLogIn, { form: { ...form, password: 'x' } })
    const unknown = await ask(addresses.staffLogIn, { form: { ...form, login: 'nobody' } })
    const badCode = await ask(addresses.staffLogIn, { form: { ...form, code: '000000' } })
    expect(words(wrong.html)).toBe(words(unknown.html))
    expect(words(badCode.html)).toBe(words(unknown.html))
    const open = await ask(addresses.staffLogIn, { form })
    expect([open.status, open.location]).toEqual([303, inside(addresses.inbox.pattern)])
    expect((await ask(addresses.staffLogIn, { form })).status).toBe(422)
  })
})

describe('the way out', () => {
  test('ends the session and takes the cookie, and can be taken twice', async () => {
    const { id } = await aCitizen()
    const cookie = await logInAs(place, { personId: id })
    const out = await ask(addresses.logOut, { form: {}, cookie })
    expect([out.status, out.location, out.cookies.shubbak_session]).toEqual([303, inside('/'), ''])
    expect((await ask(addresses.citizenPin, { cookie })).location).toContain(addresses.citizenLogIn.pattern)
    expect((await ask(addresses.logOut, { form: {}, cookie })).status).toBe(303)
  })

  test('leads staff to their own log-in', async () => {
    const clerk = await aStaffMember(place, 'clerk')
    const out = await ask(addresses.logOut, { form: {}, cookie: await logInAs(place, { staffId: clerk.id }) })
    expect(out.location).toBe(inside(addresses.staffLogIn.pattern))
  })
})

describe('the language', () => {
  test('is kept, and the same page comes back without a language in its address', async () => {
    const query = { to: 'en', back: '/services?lang=ar&q=water' }
    for (const answer of [
      await ask(addresses.locale, { query }),
      await ask(addresses.locale, { form: query }),
    ]) {
      expect([answer.status, answer.location, answer.cookies.shubbak_lang]).toEqual([
        303,
        inside('/services?q=water'),
        'en',
      ])
    }
    const page = await ask(addresses.citizenLogIn, { cookie: 'shubbak_lang=en' })
    expect(page.html).toContain('Identity number')
  })

  test('never leads out of the town', async () => {
    const answer = await ask(addresses.locale, { query: { to: 'fr', back: '//evil.example' } })
    expect([answer.location, answer.cookies.shubbak_lang]).toEqual([inside('/'), 'ar'])
  })
})
