import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../test/builders/door.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aPerson, aTown, logInAs } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { addresses } from '../lib/addresses.ts'
import { leaveRoutes } from '../offices/people/pages/leave.ts'
import { openLog } from '../platform/telemetry/log.ts'
import { guarded } from './guarded.ts'
import { everyone, nothing, route, staff } from './route.ts'

const db = await testDatabase()
const lines: string[] = []
const log = openLog('info', { write: line => void lines.push(line) })
const house = { ...aHouse(db, { PUBLIC_URL: 'https://town.test' }), log }
const page = route({
  method: 'get',
  address: addresses.help,
  access: everyone('a page of this test'),
  audit: nothing('shows nothing of anybody'),
  handle: async () => new Response('{"a":1}', { headers: { 'content-type': 'application/json' } }),
})
const closed = route({ ...page, address: addresses.helpTopic, access: staff('floor.read') })
const door = aDoor(house, [page, closed, ...leaveRoutes])
let town: string
beforeAll(async () => {
  town = (await aTown(house, { hosts: ['town.test'] })).id
})

describe('an answer that is no page', () => {
  test('loads nothing, is kept by nobody and stands in no frame of others', async () => {
    const { headers } = await door.knock('/help')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toMatch(/max-age=63072000/)
  })

  test('keeps what it says of itself; a PDF can be read in its frame', () => {
    const own = guarded(house, new Response('x', { headers: { 'cache-control': 'public, max-age=300' } }))
    expect(own.headers.get('cache-control')).toBe('public, max-age=300')
    const pdf = guarded(house, new Response('x', { headers: { 'content-type': 'application/pdf' } }))
    expect(pdf.headers.get('content-security-policy')).toMatch(
      /style-src 'unsafe-inline'.*frame-ancestors 'self'/,
    )
    expect(pdf.headers.get('content-security-policy')).not.toMatch(/script/)
  })
})

test.each(['TRACE', 'PUT', 'DELETE', 'OPTIONS', 'FOO'])('%s of a page is not found', async method => {
  const request = new Request('http://town.test/help', { headers: { host: 'town.test' } })
  const asked = new Proxy(request, {
    get: (target, name) => {
      const value = name === 'method' ? method : Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  expect((await door.fetch(asked)).status).toBe(404)
})

test('whoever is not let in is written down by id, with where and why, and nothing of who they are', async () => {
  const person = await aPerson({ house, town })
  const cookie = await logInAs({ house, town }, { personId: person.id })
  expect((await door.knock('/help/pin?code=1234567&name=x', { cookie })).status).toBe(403)
  const event = JSON.parse(lines.at(-1) ?? '{}')
  expect(event).toMatchObject({
    part: 'access',
    status: 403,
    code: 'staff-only',
    who: { kind: 'citizen', id: person.id },
    at: '/help/pin?code=[hidden]&name=[hidden]',
  })
})

test('whoever leaves takes along what the browser kept', async () => {
  const person = await aPerson({ house, town })
  const cookie = await logInAs({ house, town }, { personId: person.id })
  const answer = await door.knock(addresses.logOut.pattern, { method: 'POST', form: {}, cookie })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('clear-site-data')).toBe('"cache"')
})
