import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../test/builders/door.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { addresses } from '../lib/addresses.ts'
import type { Database } from '../platform/database/index.ts'
import { CitizenLayout } from '../ui/index.ts'
import { read } from './call.ts'
import { redirect, showPage } from './page.tsx'
import { everyone, nothing, route } from './route.ts'

const db = await testDatabase()
const plain = aHouse(db)
let lagSeconds: number | undefined
const asked: string[] = []
/** A replica so far behind; away when undefined. */
const database: Database = {
  ...db.database,
  async readOld(town, work, reach) {
    asked.push('replica')
    const asOf = lagSeconds === undefined ? undefined : new Date(db.clock.now().getTime() - lagSeconds * 1000)
    return { value: await db.database.read(town, work, reach), asOf }
  },
}
const url = { DATABASE_REPLICA_URL: 'postgresql://web@127.0.0.1/replica' }
const house = { ...aHouse(db, url), database }

const open = { access: everyone('test'), audit: nothing('test') }
const figures = (mayBeOld: boolean) =>
  route({
    method: 'get',
    address: mayBeOld ? addresses.openLooks : addresses.openFairness,
    ...open,
    mayBeOld,
    async handle(call) {
      await read(call, async () => {})
      return showPage(call, <CitizenLayout title="x">.</CitizenLayout>)
    },
  })
const act = route({ method: 'post', address: addresses.help, ...open, handle: () => redirect('/') })
const routes = [figures(true), figures(false), act]
const door = aDoor(house, routes)
const old = /الأرقام حتى الساعة/

beforeAll(async () => void (await aTown(plain)))

async function look(path: string, cookie?: string) {
  asked.length = 0
  const answer = await door.knock(path, cookie === undefined ? {} : { cookie })
  return { page: await answer.text(), fromReplica: asked.length > 0 }
}

describe('a page that may be a little old', () => {
  test('is read from the replica, and says as of when it is once that is some seconds ago', async () => {
    lagSeconds = 3
    const fresh = await look('/open/looks')
    expect(fresh.fromReplica).toBe(true)
    expect(fresh.page).not.toMatch(old)
    lagSeconds = 12
    // The tests' clock stands at ten o'clock of Palestine.
    expect((await look('/open/looks')).page.replace(/<[^>]+>/g, '')).toContain('الأرقام حتى الساعة 9:59:48 ص')
  })

  test('says nothing where the primary answered', async () => {
    lagSeconds = undefined
    expect((await look('/open/looks')).page).not.toMatch(old)
  })

  test('is never old for whoever has just done something, and is again after a while', async () => {
    lagSeconds = 12
    const done = await door.knock('/help', { form: {} })
    const cookie = done.headers.getSetCookie().find(each => each.startsWith('shubbak_wrote='))
    expect(cookie).toMatch(/Max-Age=35/)
    const note = cookie?.split(';')[0] ?? ''
    expect((await look('/open/looks', note)).fromReplica).toBe(false)
    db.clock.advance(36_000)
    expect((await look('/open/looks', note)).fromReplica).toBe(true)
  })

  test('is only what its route says may be', async () => {
    expect((await look('/open/fairness')).fromReplica).toBe(false)
  })
})

test('without a replica nothing is noted of an act', async () => {
  const done = await aDoor(plain, routes).knock('/help', { form: {} })
  expect(done.headers.getSetCookie().some(each => each.startsWith('shubbak_wrote='))).toBe(false)
})
