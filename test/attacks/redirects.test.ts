import { beforeAll, describe, expect, test } from 'vitest'
import { localPath, totpCode } from '../../src/offices/people/index.ts'
import { aHouse } from '../builders/house.ts'
import { logInAs } from '../builders/people.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { sentOf } from './forms-of-pages.ts'
import { type Answered, aLivingTown, cookieOf, formsSeen, type LivingTown } from './town.ts'

const db = await testDatabase()
let living: LivingTown
beforeAll(async () => {
  living = await aLivingTown(await aPeopledTown(db, aHouse(db)))
}, 600_000)

/** Each leads a browser away from here, in some way of reading it. */
const away = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\u0000/evil.example',
  '/%09/evil.example/..//evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e%2e//evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'HTTP://evil.example',
  'http://town.test@evil.example',
  'http://town.test.evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '//evil.example%2f@town.test',
  '/ /evil.example\r\nLocation: https://evil.example',
]

/** Where a browser that stands on our page goes by this header: undefined for a page of ours. */
function leadsAway({ headers }: Answered): string | undefined {
  const location = headers.get('location')
  if (location === null) return undefined
  const target = new URL(location, 'http://town.test/office/log-in')
  return target.origin === 'http://town.test' ? undefined : location
}

describe('a way back that was written by somebody else', () => {
  test('is a page of ours or none', () => {
    for (const text of away) {
      const path = localPath(text)
      if (path !== undefined) expect(new URL(path, 'http://town.test').origin, text).toBe('http://town.test')
    }
    expect(localPath('/my/requests?state=open')).toBe('/my/requests?state=open')
  })

  test('leads nowhere else from a log-in, from a proof asked again and from a choice of language', async () => {
    const { town, knock, life } = living
    const { admin, manager } = town.staff
    const failures: string[] = []
    const look = (where: string, answer: Answered) => {
      const lost = leadsAway(answer)
      if (lost !== undefined || answer.status >= 500) failures.push(`${where}: ${answer.status} ${lost}`)
      expect(answer.html).not.toMatch(/(href|action|value)="(javascript:|data:text|https?:\/*evil|\/[\\/])/i)
    }
    for (const then of away) {
      const query = `then=${encodeURIComponent(then)}&back=${encodeURIComponent(then)}&parked=${encodeURIComponent(then)}`
      for (const path of ['/my/log-in', '/office/log-in', '/locale', '/office/confirm', '/my', '/office'])
        look(
          `GET ${path} ${then}`,
          await knock(`${path}?${query}&to=en`, path === '/office/confirm' ? cookieOf(living, 'admin') : {}),
        )
      town.pass(1)
      const cookie = await logInAs({ house: town.house, town: town.town.id }, { staffId: admin.id })
      const form = { then, back: then, parked: then, to: 'en' }
      const { idNumber, pin } = life.person
      const code = totpCode(manager.totpSecret, db.clock.now())
      look(`citizen ${then}`, await knock('/my/log-in', { form: { ...form, idNumber, pin } }))
      const staff = { login: manager.login, password: manager.password, code }
      look(`staff ${then}`, await knock('/office/log-in', { form: { ...form, ...staff } }))
      look(`locale ${then}`, await knock('/locale', { form }))
      const proof = { password: admin.password, code: totpCode(admin.totpSecret, db.clock.now()) }
      look(`confirm ${then}`, await knock('/office/confirm', { cookie, form: { ...form, ...proof } }))
    }
    expect(failures).toEqual([])
  }, 600_000)

  test('leads nowhere else from any other form, whichever of its fields says where', async () => {
    const failures: string[] = []
    let tried = 0
    for (const form of (await formsSeen(living)).filter(({ method }) => method === 'post')) {
      const whole = sentOf(form)
      const ways = form.fields.filter(
        ({ name, value }) => value.startsWith('/') || /^(then|back|to|here|return|next|parked)$/.test(name),
      )
      const each = ways.flatMap(({ name }) => away.slice(0, 12).map(text => ({ ...whole, [name]: text })))
      const all = Object.fromEntries(Object.keys(whole).map(name => [name, '//evil.example']))
      for (const typed of [...each, all]) {
        const answer = await living.knock(form.action, {
          ...cookieOf(living, form.who),
          form: { ...typed, _key: `key-${tried++}-away` },
        })
        const lost = leadsAway(answer)
        if (lost !== undefined || answer.status >= 500)
          failures.push(`${form.action}: ${answer.status} ${lost}`)
      }
    }
    expect(failures).toEqual([])
    expect(tried).toBeGreaterThan(150)
  }, 600_000)
})

describe('a line end in what was typed', () => {
  const split = 'x\r\nSet-Cookie: evil=1\r\nLocation: https://evil.example\r\n\r\n<script>'
  /** The names and values of an answer's headers, a line each. */
  const lines = ({ headers }: Answered) => [...headers].map(([name, value]) => `${name}: ${value}`)

  test('begins no header of ours, from any form or address', async () => {
    const failures: string[] = []
    const look = (where: string, answer: Answered) => {
      if (answer.status >= 500) failures.push(`${where} answers ${answer.status}`)
      for (const line of lines(answer))
        if (/[\r\n\0]/.test(line) || /^set-cookie: .*\bevil=|^location: https:/i.test(line))
          failures.push(`${where}: ${line}`)
    }
    let tried = 0
    for (const form of (await formsSeen(living)).filter(({ method }) => method === 'post')) {
      const names = Object.keys(sentOf(form))
      const typed = Object.fromEntries(names.map(name => [name, split]))
      look(
        form.action,
        await living.knock(form.action, {
          ...cookieOf(living, form.who),
          form: { ...typed, _key: `key-${tried++}-crlf` },
        }),
      )
    }
    const query = encodeURIComponent(split)
    for (const [who, pages] of living.pages)
      for (const page of pages) {
        const [path = ''] = page.split('?')
        const names = [
          'q',
          'then',
          'back',
          'from',
          'to',
          'box',
          'act',
          'lang',
          'format',
          'kind',
          'state',
          'with',
          'after',
        ]
        look(
          page,
          await living.knock(
            `${path}?${names.map(name => `${name}=${query}`).join('&')}`,
            cookieOf(living, who),
          ),
        )
        look(page, await living.knock(`${path}/${query}`, cookieOf(living, who)))
      }
    expect(failures).toEqual([])
  }, 600_000)
})
