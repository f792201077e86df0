import { beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { acts, everyone, route } from '../../src/web/route.ts'
import { aDoor, type Knock } from '../builders/door.ts'
import { aHouse } from '../builders/house.ts'
import { aTown } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const house = aHouse(db)
let seen: Record<string, unknown> | undefined
const taking = aDoor(house, [
  route({
    method: 'post',
    address: addresses.helpTopic,
    access: everyone('takes whatever comes, for this test'),
    audit: acts('test.taken'),
    bodyLimit: 200_000,
    handle: call => {
      seen = call.typed
      return new Response('taken')
    },
  }),
])
beforeAll(async () => {
  await aTown(house)
})

const post = async (knock: Knock) => {
  seen = undefined
  const answer = await taking.knock('/help/x', { method: 'POST', form: { name: 'سلمى' }, ...knock })
  return { status: answer.status, taken: seen !== undefined }
}
const refused = (status: number) => ({ status, taken: false })
const taken = { status: 200, taken: true }

describe('a form of another site', () => {
  test('is refused by what the browser says of where it comes from', async () => {
    for (const site of ['cross-site', 'same-site'])
      expect(await post({ headers: { 'sec-fetch-site': site } })).toEqual(refused(403))
    expect(await post({ headers: { 'sec-fetch-site': 'same-origin' } })).toEqual(taken)
    expect(await post({ headers: { 'sec-fetch-site': 'none' } })).toEqual(taken)
  })

  test('is refused by its origin in a browser that says no more', async () => {
    for (const origin of [
      'https://evil.example',
      'http://town.test.evil.example',
      'null',
      'nonsense',
      'http://',
    ])
      expect(await post({ headers: { origin } })).toEqual(refused(403))
    expect(await post({ headers: { origin: 'http://town.test' } })).toEqual(taken)
  })

  test('is refused from a frame without an origin, and taken from ours where the browser vouches for it', async () => {
    expect(await post({ headers: { origin: 'null', 'sec-fetch-site': 'cross-site' } })).toEqual(refused(403))
    expect(await post({ headers: { origin: 'null', 'sec-fetch-site': 'same-origin' } })).toEqual(taken)
  })
})

describe('a body', () => {
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536).fill(97))
      },
    })
  const type = (name: string) => ({ 'content-type': name })

  test('that never ends and says no length is not read past the limit, of whatever kind', async () => {
    for (const kind of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json',
    ])
      expect(await post({ form: undefined as never, body: endless(), headers: type(kind) })).toEqual(
        refused(413),
      )
  })

  test('that says too much is refused unread', async () => {
    const headers = { ...type('application/x-www-form-urlencoded'), 'content-length': '9999999' }
    expect(await post({ form: undefined as never, body: 'a=1', headers })).toEqual(refused(413))
  })

  test('of a hundred thousand fields is refused in words, one of five thousand is read', async () => {
    const fields = (count: number) => 'a=&'.repeat(count).slice(0, -1)
    const headers = type('application/x-www-form-urlencoded')
    const flood = { form: undefined as never, headers, body: fields(60_000) }
    expect(await post(flood)).toEqual(refused(400))
    expect(await post({ ...flood, body: fields(5_000) })).toEqual(taken)
    expect(seen?.a).toHaveLength(5_000)
  })

  test('cannot reach beyond what was typed by names that mean something to the language', async () => {
    expect(await post({ form: { constructor: 'x', toString: 'y', ['__proto__']: 'z' } })).toEqual(taken)
    expect(Object.hasOwn(seen ?? {}, 'constructor')).toBe(true)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})
