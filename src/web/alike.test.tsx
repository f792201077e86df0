import { beforeAll, describe, expect, test, vi } from 'vitest'
import { aDoor } from '../../test/builders/door.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aPerson, aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { addresses } from '../lib/addresses.ts'
import { openSession } from '../offices/people/index.ts'
import { CitizenLayout, Form } from '../ui/index.ts'
import { showAlike } from './page.tsx'
import { everyone, nothing, route } from './route.ts'

const db = await testDatabase()
const house = aHouse(db)
const composed: string[] = []

const open = { method: 'get', access: everyone('test'), audit: nothing('test') } as const
const routes = [
  route({
    ...open,
    address: addresses.help,
    handle: call =>
      showAlike(call, async () => {
        composed.push(call.here)
        return { body: <CitizenLayout title="x">{String(composed.length)}</CitizenLayout> }
      }),
  }),
  route({
    ...open,
    address: addresses.privacy,
    handle: call =>
      showAlike(call, async () => ({
        body: (
          <CitizenLayout title="x">
            <Form action="/help">.</Form>
          </CitizenLayout>
        ),
      })),
  }),
]
const door = aDoor(house, routes)
let cookie: string

beforeAll(async () => {
  // However slow the machine, what was kept is fresh.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now())
  const town = await aTown(house)
  const person = await aPerson({ house, town: town.id })
  const token = await db.database.write(town.id, tx =>
    openSession(tx, { kind: 'citizen', subjectId: person.id }),
  )
  cookie = `shubbak_session=${token}`
})

async function look(path: string, headers: Record<string, string> = {}) {
  const before = composed.length
  const answer = await door.knock(path, { headers })
  const [, said] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? []
  const page = await answer.text()
  const [, written] = /<script[^>]* nonce="([^"]+)"/.exec(page) ?? []
  return { page, said, written, anew: composed.length - before }
}

describe('a page open to anybody', () => {
  test('is written once for all who are not logged in, each with a nonce of their own', async () => {
    const [first, second] = [await look('/help'), await look('/help')]
    expect([first.anew, second.anew]).toEqual([1, 0])
    for (const { said, written } of [first, second]) expect(written).toBe(said)
    expect(first.said).not.toBe(second.said)
    expect(second.page.replaceAll(second.said ?? '', '')).toBe(first.page.replaceAll(first.said ?? '', ''))
  })

  test('is another in the other language, and is not kept for what is asked for', async () => {
    expect((await look('/help', { cookie: 'shubbak_lang=en' })).page).toContain('<html lang="en"')
    expect((await look('/help')).page).toContain('<html lang="ar"')
    expect((await look('/help?q=a')).anew).toBe(1)
    expect((await look('/help?q=a')).anew).toBe(1)
  })

  test('is written anew for whoever is logged in, and nobody else gets theirs', async () => {
    await look('/help')
    const mine = await look('/help', { cookie })
    expect(mine.anew).toBe(1)
    expect((await look('/help')).page).not.toBe(mine.page)
    expect((await look('/help')).anew).toBe(0)
  })

  test('holds no form that posts: its key would be everybody’s', async () => {
    const answer = await door.knock('/privacy')
    expect(answer.status).toBe(500)
    expect((await door.knock('/privacy', { cookie })).status).toBe(200)
  })
})
