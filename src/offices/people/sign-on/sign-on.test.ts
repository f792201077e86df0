import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aDoor, type Knock } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { anOidcProvider, followAt, freePort } from '../../../../test/builders/oidc/index.ts'
import { aPerson, aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { doorkeeper, leave, peopleRoutes } from '../index.ts'
import { clocksApart } from './client.ts'
import { type ProviderInput, saveProvider, turnOn } from './providers.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const { knock } = aDoor(house, peopleRoutes)
const origin = 'http://town.test'
const admin = await aStaffMember(place, 'admin')
const by = { kind: 'staff' as const, id: admin.id }

const port = await freePort()
const issuer = `http://127.0.0.1:${port}`
const settings = {
  name: { ar: 'الوزارة', en: 'Ministry' },
  issuer,
  clientId: 'shubbak',
  forStaff: true,
  forCitizens: true,
  staffBy: 'login' as const,
  staffClaim: 'preferred_username',
  citizenClaim: 'national_id',
  acr: ['urn:strong'],
  scope: 'openid profile email',
}
const secret = 'a secret the two of us know'
const add = (over: Partial<ProviderInput> = {}) =>
  house.database.write(town.id, async tx => {
    const id = await saveProvider(tx, house, { ...settings, ...over }, { secret, by })
    await turnOn(tx, id, by)
    return id
  })
const ministry = await add()
const other = await add()
const byEmail = await add({ staffBy: 'email', staffClaim: 'email' })
const back = (kind: 'staff' | 'citizen', provider: string) =>
  origin +
  fillAddress(kind === 'staff' ? addresses.staffSignOnBack : addresses.citizenSignOnBack, { provider })
const { control } = await anOidcProvider(port, [
  {
    client_id: 'shubbak',
    client_secret: secret,
    redirect_uris: [ministry, other, byEmail].flatMap(id => [back('staff', id), back('citizen', id)]),
    post_logout_redirect_uris: [`${origin}/`],
    backchannel_logout_uri: `${origin}/hooks`,
    backchannel_logout_session_required: true,
  },
])

beforeEach(() => control({ skewSeconds: 0, nonce: null, acr: 'urn:strong' }))
afterEach(() => {
  db.clock.set(new Date('2026-03-01T08:00:00Z'))
})

type Kind = 'staff' | 'citizen'
const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map(each => each.split(';')[0] ?? '')
    .filter(each => !each.endsWith('='))
    .join('; ')

/** Sets out for a provider; gives what the browser keeps, and where the provider sends it back to. */
async function setOut(account: string, kind: Kind = 'staff', provider = ministry) {
  await control({ account })
  const start = await knock(
    fillAddress(kind === 'staff' ? addresses.staffSignOn : addresses.citizenSignOn, { provider }),
  )
  const there = start.headers.get('location') ?? ''
  return { there, cookie: cookiesOf(start), cameBack: await followAt(issuer, there) }
}

const comeBack = (url: URL, over: Knock) => knock(url.pathname + url.search, over)

const visitorAt = (answer: Response) => {
  const token = /shubbak_session=([^;]+)/.exec(answer.headers.getSetCookie().join('\n'))?.[1]
  return token === undefined ? undefined : doorkeeper(house).visitorOf(town.id, token)
}

async function aColleague() {
  const member = await aStaffMember(place, 'clerk', 'centre', { email: undefined })
  await control({ accounts: { [`sub-${member.login}`]: { preferred_username: member.login } } })
  return { ...member, sub: `sub-${member.login}` }
}

describe('single sign-on of the staff', () => {
  test('lets in whom the claim names, with state, nonce and PKCE of this log-in', async () => {
    const member = await aColleague()
    const { there, cookie, cameBack } = await setOut(member.sub)
    const asked = new URL(there).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)?.length).toBeGreaterThan(20)
    const answer = await comeBack(cameBack, { cookie })
    expect(await visitorAt(answer)).toMatchObject({ actor: { kind: 'staff', staffId: member.id } })
  })

  test('takes a code once', async () => {
    const { sub } = await aColleague()
    const { cookie, cameBack } = await setOut(sub)
    expect(await visitorAt(await comeBack(cameBack, { cookie }))).toBeDefined()
    expect(await visitorAt(await comeBack(cameBack, { cookie }))).toBeUndefined()
  })

  test('takes no answer in a browser that did not set out, or set out for another provider', async () => {
    const { sub } = await aColleague()
    const one = await setOut(sub)
    expect(await visitorAt(await comeBack(one.cameBack, {}))).toBeUndefined()
    const two = await setOut(sub)
    expect(await visitorAt(await comeBack(one.cameBack, { cookie: two.cookie }))).toBeUndefined()
    const mixed = await setOut(sub, 'staff', other)
    const swapped = new URL(mixed.cameBack)
    swapped.pathname = new URL(back('staff', ministry)).pathname
    expect(await visitorAt(await comeBack(swapped, { cookie: mixed.cookie }))).toBeUndefined()
  })

  test.each([
    ['of another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['without an issuer', (url: URL) => url.searchParams.delete('iss')],
    ['with another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['with another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
  ])('takes no answer %s', async (_, change) => {
    const { sub } = await aColleague()
    const { cookie, cameBack } = await setOut(sub)
    change(cameBack)
    expect(await visitorAt(await comeBack(cameBack, { cookie }))).toBeUndefined()
  })

  test('takes no token with another nonce', async () => {
    const { sub } = await aColleague()
    await control({ nonce: 'of-another-log-in' })
    const { cookie, cameBack } = await setOut(sub)
    expect(await visitorAt(await comeBack(cameBack, { cookie }))).toBeUndefined()
  })

  test('goes on through a change of the provider’s keys', async () => {
    const { sub } = await aColleague()
    const before = await setOut(sub)
    expect(await visitorAt(await comeBack(before.cameBack, { cookie: before.cookie }))).toBeDefined()
    await control({ rotate: 'second' })
    const after = await setOut(sub)
    expect(await visitorAt(await comeBack(after.cameBack, { cookie: after.cookie }))).toBeDefined()
  })

  test.each([
    [-(clocksApart - 20), true],
    [clocksApart - 20, true],
    [-3 * 3600, false],
  ])('with the provider’s clock %i s from ours lets in: %s', async (skewSeconds, enters) => {
    const { sub } = await aColleague()
    await control({ skewSeconds })
    const { cookie, cameBack } = await setOut(sub)
    const visitor = await visitorAt(await comeBack(cameBack, { cookie }))
    expect(visitor !== undefined).toBe(enters)
  })

  test('is too late after a quarter of an hour', async () => {
    const { sub } = await aColleague()
    const { cookie, cameBack } = await setOut(sub)
    db.clock.advance(15 * 60_000)
    expect(await visitorAt(await comeBack(cameBack, { cookie }))).toBeUndefined()
  })

  test('makes nobody, and lets in nobody who left', async () => {
    await control({ accounts: { stranger: { preferred_username: 'nobody-here' } } })
    const before = await db.owner.selectFrom('staff').select('staff_id').execute()
    const stranger = await setOut('stranger')
    expect(await visitorAt(await comeBack(stranger.cameBack, { cookie: stranger.cookie }))).toBeUndefined()
    expect(await db.owner.selectFrom('staff').select('staff_id').execute()).toHaveLength(before.length)
    const member = await aColleague()
    await house.database.write(town.id, tx => leave(tx, member.id, by))
    const gone = await setOut(member.sub)
    expect(await visitorAt(await comeBack(gone.cameBack, { cookie: gone.cookie }))).toBeUndefined()
  })

  test('never believes an address the provider has not verified, and gives nobody the place of who came before', async () => {
    const member = await aStaffMember(place, 'clerk', 'centre', { email: 'rana@example.ps' })
    const enter = async (account: string) => {
      const { cookie, cameBack } = await setOut(account, 'staff', byEmail)
      return (await visitorAt(await comeBack(cameBack, { cookie })))?.actor
    }
    await control({
      accounts: {
        liar: { email: 'rana@example.ps', email_verified: false },
        rana: { email: 'rana@example.ps', email_verified: true },
        heir: { email: 'rana@example.ps', email_verified: true },
      },
    })
    expect(await enter('liar')).toBeUndefined()
    expect(await enter('rana')).toMatchObject({ staffId: member.id })
    expect(await enter('heir')).toBeUndefined()
    await control({ accounts: { rana: { email: 'married@example.ps', email_verified: true } } })
    expect(await enter('rana')).toMatchObject({ staffId: member.id })
  })
})

describe('national single sign-on of citizens', () => {
  const enter = async (account: string) => {
    const { cookie, cameBack } = await setOut(account, 'citizen')
    return (await visitorAt(await comeBack(cameBack, { cookie })))?.actor
  }

  test('makes somebody known, by a proof the town has named', async () => {
    const person = await aPerson(place)
    await control({ accounts: { layla: { national_id: person.idNumber } }, acr: 'urn:strong' })
    expect(await enter('layla')).toMatchObject({ kind: 'citizen', personId: person.id, level: 'verified' })
  })

  test('lets nobody in by a weaker proof, or without a record here', async () => {
    const person = await aPerson(place)
    await control({ accounts: { sami: { national_id: person.idNumber } }, acr: 'urn:weak' })
    expect(await enter('sami')).toBeUndefined()
    await control({ accounts: { unknown: { national_id: '999999998' } }, acr: 'urn:strong' })
    expect(await enter('unknown')).toBeUndefined()
  })
})

describe('a log-out at the provider', () => {
  const event = { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }
  const said = async (claims: Record<string, unknown>) => {
    const { token = '' } = await control({ sign: { aud: 'shubbak', ...claims } })
    return knock(fillAddress(addresses.signOnEnded, { provider: ministry }), {
      form: { logout_token: token },
    })
  }
  const inside = async () => {
    const member = await aColleague()
    const { cookie, cameBack } = await setOut(member.sub)
    const answer = await comeBack(cameBack, { cookie })
    return { ...member, still: async () => (await visitorAt(answer)) !== undefined }
  }

  test('ends the log-in here', async () => {
    const one = await inside()
    const another = await inside()
    expect(await one.still()).toBe(true)
    expect((await said({ sub: one.sub, ...event })).status).toBe(200)
    expect(await one.still()).toBe(false)
    expect(await another.still()).toBe(true)
  })

  test.each([
    ['for another client', { aud: 'somebody-else', ...event }],
    ['of another issuer', { iss: 'https://evil.example', ...event }],
    ['without the event', {}],
    ['that is a token of a log-in', { nonce: 'x', ...event }],
    ['of yesterday', { iat: 1_700_000_000, ...event }],
  ])('is not believed %s', async (_, claims) => {
    const one = await inside()
    expect((await said({ sub: one.sub, ...claims })).status).toBe(400)
    expect(await one.still()).toBe(true)
  })

  test('names somebody', async () => {
    expect((await said({ ...event })).status).toBe(400)
  })
})
