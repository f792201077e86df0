import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { aPortal, type Portal } from './testing/portal.ts'

const db = await testDatabase()
let portal: Portal
let cookie: string

beforeAll(async () => {
  portal = await aPortal(db)
  const me = await portal.newcomer()
  cookie = me.cookie
  for (let each = 0; each < 2; each++)
    await aFiledRequest(portal.bench, me.person.id, { serviceCode: 'ADM-01' })
})
afterEach(() => vi.restoreAllMocks())

/** The statements a page sends, once what the town's people share is kept. */
async function statementsOf(path: string, as?: string): Promise<string[]> {
  const knock = () => portal.knock(path, as === undefined ? {} : { cookie: as })
  // However slow the machine, what was kept is fresh.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now())
  await knock()
  const sent = vi.spyOn(pg.Client.prototype, 'query').mockClear()
  const answer = await knock()
  expect(answer.status).toBe(200)
  return sent.mock.calls.map(([query]) => {
    const text = typeof query === 'string' ? query : (query as unknown as { text: string }).text
    return text.replace(/\s+/g, ' ').slice(0, 60)
  })
}

describe('the pages most opened', () => {
  test('ask the database for a home by five statements: who, begin, what of them, what they owe, commit', async () => {
    const statements = await statementsOf('/my', cookie)
    expect(statements).toHaveLength(5)
    expect(statements.at(0)).toMatch(/^select v\.\*/)
    expect(statements.at(1)).toMatch(/^begin/)
    expect(statements.at(-1)).toBe('commit')
  })

  test('ask nothing for a sheet or the front page that somebody saw a moment ago', async () => {
    for (const path of ['/services/ADM-01', '/services', '/']) expect(await statementsOf(path)).toEqual([])
  })
})
