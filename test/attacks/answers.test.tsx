import { beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { securityTxt } from '../../src/program/security-txt.ts'
import { readCookie, sessionCookie, townCookie } from '../../src/web/cookies.ts'
import { showPage } from '../../src/web/page.tsx'
import { everyone, nothing, route } from '../../src/web/route.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import { aDoor } from '../builders/door.ts'
import { aHouse } from '../builders/house.ts'
import { aTown } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const plain = aHouse(db)
const https = aHouse(db, { PUBLIC_URL: 'https://town.test', SECURITY_CONTACT: 'mailto:security@town.test' })
let cookie: string | undefined
const page = route({
  method: 'get',
  address: addresses.help,
  access: everyone('a page of this test'),
  audit: nothing('shows nothing of anybody'),
  handle: call => {
    cookie = readCookie(call.request, sessionCookie)
    return showPage(call, <p>مرحبا</p>)
  },
})
const thrown = route({
  ...page,
  address: addresses.helpTopic,
  handle: () => {
    throw new Error('secret-of-the-inside 905123456')
  },
})
const doors = { plain: aDoor(plain, [page, thrown]), https: aDoor(https, [page, thrown]) }

beforeAll(async () => {
  await aTown(plain, { hosts: ['town.test'] })
})

describe('every answer', () => {
  test('runs no script and no style but ours, stands in no frame of others and is taken for what we say it is', async () => {
    for (const path of ['/help', '/nowhere', '/help/x']) {
      const { headers } = await doors.https.knock(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/default-src 'none'.*script-src 'nonce-[\w-]{36}' 'strict-dynamic'/)
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(policy).toMatch(/base-uri 'none'/)
      expect(policy).toMatch(/frame-ancestors 'self'/)
      expect(policy).toMatch(/form-action 'self'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('cache-control')).toContain('no-store')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('has a nonce of its own', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => (await doors.https.knock('/help')).headers.get('content-security-policy')),
    )
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('keeps browsers on https where the town is reached by it, and says nothing of it elsewhere', async () => {
    const of = async (door: typeof doors.plain) =>
      (await door.knock('/help')).headers.get('strict-transport-security')
    expect(await of(doors.https)).toBe('max-age=63072000; includeSubDomains')
    expect(await of(doors.plain)).toBeNull()
  })

  test('to a failure of ours says a reference and nothing of the inside', async () => {
    const answer = await doors.https.knock('/help/x')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toMatch(/secret-of-the-inside|905123456|Error|at .*\.tsx?/)
  })
})

describe('a cookie', () => {
  const town = { prefix: '' } as never
  const shared = { prefix: '/~dura' } as never

  test('of a town with a host of its own can be set by that host alone, over https', () => {
    expect(townCookie(https, town, sessionCookie, 'x', 60)).toBe(
      '__Host-shubbak_session=x; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
    )
    expect(townCookie(https, shared, sessionCookie, 'x', 60)).toMatch(
      /^__Secure-shubbak_session=x; .*Path=\/~dura; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('planted under the plain name from beside or over http is not read', async () => {
    await doors.https.knock('/help', { cookie: 'shubbak_session=planted' })
    expect(cookie).toBeUndefined()
    await doors.https.knock('/help', { cookie: 'shubbak_session=planted; __Host-shubbak_session=ours' })
    expect(cookie).toBe('ours')
    await doors.plain.knock('/help', { cookie: 'shubbak_session=ours' })
    expect(cookie).toBe('ours')
  })
})

test('who finds a hole finds whom to tell, and until when that holds', async () => {
  const towns = openTownDirectory(plain.database, () => performance.now())
  const text = await securityTxt(https, towns, 'town.test')
  expect(text).toContain('Contact: mailto:security@town.test\n')
  expect(text).toContain('Canonical: https://town.test/.well-known/security.txt\n')
  const [, expires = ''] = /Expires: (\S+)/.exec(text ?? '') ?? []
  const days = (Date.parse(expires) - plain.clock.now().getTime()) / 86_400_000
  expect(days).toBeGreaterThan(30)
  expect(days).toBeLessThan(366)
  expect(await securityTxt(plain, towns, 'town.test')).toMatch(/^Contact: tel:\+?\d{6,}\n/)
})
