import { beforeAll, describe, expect, test } from 'vitest'
import { enterMandate, setPin, totpCode } from '../../src/offices/people/index.ts'
import { type ProviderInput, saveProvider, turnOn } from '../../src/offices/people/sign-on/providers.ts'
import { openOffices } from '../../src/offices.ts'
import { newToken } from '../../src/platform/crypto/index.ts'
import type { Town } from '../../src/web/town.ts'
import { aDoor } from '../builders/door.ts'
import { aHouse } from '../builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const house = aHouse(db)
const { knock } = aDoor(house, openOffices(house).routes)
let town: Town
const at = () => ({ house, town: town.id })
beforeAll(async () => {
  town = await aTown(house)
})

const anIssuer: ProviderInput = {
  name: { ar: 'الوزارة', en: 'Ministry' },
  issuer: 'https://sso.example',
  clientId: 'shubbak',
  forStaff: true,
  forCitizens: true,
  staffBy: 'login',
  staffClaim: 'preferred_username',
  citizenClaim: 'national_id',
  acr: ['urn:strong'],
  scope: 'openid',
}

const session = 'shubbak_session'
/** The token an answer hands the browser; undefined where it hands none. */
function handed(answer: Response): string | undefined {
  const all = answer.headers.getSetCookie().flatMap(each => /^shubbak_session=([^;]*)/.exec(each)?.[1] ?? [])
  expect(all.length).toBeLessThan(2)
  return all[0] || undefined
}
const opens = async (token: string, page: string) =>
  (await knock(page, { cookie: `${session}=${token}` })).status === 200

async function aCitizen(mustChange = false) {
  const person = await aPerson(at())
  const pin = await house.database.write(town.id, tx => setPin(tx, person.id, builder, { mustChange }))
  return { ...person, pin }
}
type Staff = Awaited<ReturnType<typeof aStaffMember>>
const proofs = ({ login, password, totpSecret }: Staff) => {
  db.clock.advance(30_000)
  return { login, password, code: totpCode(totpSecret, db.clock.now()) }
}

describe('a token that stood in the browser before a log-in', () => {
  test('is not the one after it, whatever was planted, and opens nothing then', async () => {
    const citizen = await aCitizen()
    const staff = await aStaffMember(at(), 'clerk')
    const planted = newToken(32)
    const ways = [
      { path: '/my/log-in', page: '/my', form: { idNumber: citizen.idNumber, pin: citizen.pin } },
      { path: '/office/log-in', page: '/office', form: proofs(staff) },
    ]
    for (const { path, page, form } of ways) {
      const token = handed(await knock(path, { cookie: `${session}=${planted}`, form }))
      expect(token).toMatch(/^[\w-]{43}$/)
      expect(token).not.toBe(planted)
      expect([await opens(planted, page), await opens(token ?? '', page)]).toEqual([false, true])
    }
  })

  test('of somebody else who was logged in there ends with it, for citizens and staff', async () => {
    const [first, second] = [await aCitizen(), await aCitizen()]
    const before = (await logInAs(at(), { personId: first.id })).split('=')[1] ?? ''
    const after = handed(
      await knock('/my/log-in', {
        cookie: `${session}=${before}`,
        form: { idNumber: second.idNumber, pin: second.pin },
      }),
    )
    expect([await opens(before, '/my'), await opens(after ?? '', '/my')]).toEqual([false, true])
    const [one, other] = [await aStaffMember(at(), 'clerk'), await aStaffMember(at(), 'clerk')]
    const theirs = (await logInAs(at(), { staffId: one.id })).split('=')[1] ?? ''
    const own = handed(await knock('/office/log-in', { cookie: `${session}=${theirs}`, form: proofs(other) }))
    expect([await opens(theirs, '/office'), await opens(own ?? '', '/office')]).toEqual([false, true])
  })

  test('is never taken from an address or a form', async () => {
    const token = (await logInAs(at(), { personId: (await aCitizen()).id })).split('=')[1] ?? ''
    for (const name of [session, 'session', 'token', 'sid']) {
      expect((await knock(`/my?${name}=${token}`)).status).toBe(303)
      const answer = await knock('/my/log-in', { form: { idNumber: '1', pin: '2', [name]: token } })
      expect([answer.status, handed(answer)]).toEqual([422, undefined])
    }
  })
})

describe('a session that comes to open more goes on under another token, and the one before is dead', () => {
  test('when a PIN is chosen, at first and later: every other log-in of theirs ends too', async () => {
    const person = await aCitizen(true)
    const first = await knock('/my/log-in', { form: { idNumber: person.idNumber, pin: person.pin } })
    expect(handed(first)).toBeUndefined()
    const ticket =
      first.headers
        .getSetCookie()
        .find(each => each.startsWith('shubbak_first='))
        ?.split(';')[0] ?? ''
    const chosen =
      handed(await knock('/my/pin', { cookie: ticket, form: { pin: '739152', again: '739152' } })) ?? ''
    expect(await opens(chosen, '/my')).toBe(true)
    const elsewhere = (await logInAs(at(), { personId: person.id })).split('=')[1] ?? ''
    const form = { current: '739152', pin: '804617', again: '804617' }
    const again = handed(await knock('/my/pin', { cookie: `${session}=${chosen}`, form })) ?? ''
    expect(again).not.toBe(chosen)
    expect(await Promise.all([chosen, elsewhere, again].map(each => opens(each, '/my')))).toEqual([
      false,
      false,
      true,
    ])
    expect(
      (await knock('/my/pin', { cookie: ticket, form: { pin: '918273', again: '918273' } })).status,
    ).not.toBe(200)
  })

  test('when one of the staff proves again who they are', async () => {
    const staff = await aStaffMember(at(), 'admin')
    const before = (await logInAs(at(), { staffId: staff.id })).split('=')[1] ?? ''
    const { password, code } = proofs(staff)
    const wrong = await knock('/office/confirm', {
      cookie: `${session}=${before}`,
      form: { password, code: '000000' },
    })
    expect([wrong.status, handed(wrong), await opens(before, '/manage')]).toEqual([422, undefined, true])
    const right = await knock('/office/confirm', { cookie: `${session}=${before}`, form: { password, code } })
    expect(right.status).toBe(303)
    expect([await opens(before, '/manage'), await opens(handed(right) ?? '', '/manage')]).toEqual([
      false,
      true,
    ])
  })

  test('when a citizen takes another’s place, and when they leave it', async () => {
    const [principal, agent] = [await aCitizen(), await aCitizen()]
    const terms = {
      acts: ['requests'],
      services: undefined,
      validFrom: '2026-03-01',
      validUntil: '2026-12-31',
    } as const
    const of = { principalId: principal.id, agentId: agent.id, terms }
    const proof = { kind: 'both-present', number: '', issuer: '' } as const
    const mandate = await house.database.write(town.id, tx =>
      enterMandate(tx, house, { ...of, proof }, builder),
    )
    const own = (await logInAs(at(), { personId: agent.id })).split('=')[1] ?? ''
    const taken =
      handed(await knock('/my/in-place', { cookie: `${session}=${own}`, form: { mandate } })) ?? ''
    expect([await opens(own, '/my/requests'), await opens(taken, '/my/requests')]).toEqual([false, true])
    const left = await knock('/my/in-place', {
      cookie: `${session}=${taken}`,
      form: { mandate: '', _place: mandate },
    })
    expect([await opens(taken, '/my'), await opens(handed(left) ?? '', '/my')]).toEqual([false, true])
  })
})

test('whoever leaves is out everywhere with that token, and the browser is told to forget it', async () => {
  const cookie = await logInAs(at(), { personId: (await aCitizen()).id })
  const answer = await knock('/log-out', { cookie, form: { a: '' } })
  expect(answer.headers.getSetCookie().join()).toMatch(/shubbak_session=; Max-Age=0/)
  expect((await knock('/my', { cookie })).status).toBe(303)
})

test('an answer of single sign-on opens nothing in a browser that did not ask for it, nor with a state of one’s own making', async () => {
  const by = { kind: 'staff', id: (await aStaffMember(at(), 'admin')).id } as const
  const provider = await house.database.write(town.id, async tx => {
    const id = await saveProvider(tx, house, anIssuer, { secret: 'secret', by })
    await turnOn(tx, id, by)
    return id
  })
  const sealedElsewhere = house.crypto.seal(town.id, 'parked-form', '{}').toString('base64url')
  for (const path of ['/office', '/my'])
    for (const cookie of ['', 'planted', newToken(60), sealedElsewhere]) {
      const back = `${path}/sign-on/${provider}/back?code=x&state=y&iss=${encodeURIComponent(anIssuer.issuer)}`
      const answer = await knock(back, { cookie: `shubbak_sign_on=${cookie}` })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}/log-in`])
      expect(handed(answer)).toBeUndefined()
    }
})
