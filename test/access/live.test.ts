import { beforeAll, expect, test, vi } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { getRequest, writeLetter } from '../../src/offices/requests/index.ts'
import { testDatabase } from '../database.ts'
import { aGround } from './ground.ts'
import { isOpen, planted } from './planted.ts'
import { keep, keepHoles } from './proof.ts'
import { permits } from './reference.ts'
import type { Visitor } from './visitors.ts'

vi.mock('../../src/web/live.ts', async real => {
  const module = await real<typeof import('../../src/web/live.ts')>()
  return {
    ...module,
    liveStream: (...[call, options]: Parameters<typeof module.liveStream>) =>
      module.liveStream(call, { ...options, hears: news => isOpen('live') || options.hears(news) }),
  }
})

/** Who hears that something happened to a request: whoever reads it, and nobody else; whom it is closed to not even that. */
const db = await testDatabase()
let ground: Awaited<ReturnType<typeof aGround>>
const decoder = new TextDecoder()

beforeAll(async () => {
  ground = await aGround(db)
}, 300_000)

/** Opens the stream of somebody; gives what it has said once it is closed. */
async function listen(visitor: Visitor) {
  const response = await ground.door.fetch(
    new Request(`http://${visitor.host}${addresses.live.pattern}`, {
      headers: { host: visitor.host, ...visitor.headers },
    }),
  )
  if (response.status !== 200 || !response.body) return undefined
  const reader = response.body.getReader()
  await reader.read()
  return {
    visitor,
    /** The next piece of news, however long it takes. */
    news: async () => decoder.decode((await reader.read()).value),
    /** Whatever was said until now. */
    async end() {
      // What was told lies ready, piece by piece; where nothing more does, that was all.
      const none = Symbol('none')
      let said = ''
      for (;;) {
        const next = await Promise.race([
          reader.read(),
          new Promise<symbol>(done => setImmediate(done, none)),
        ])
        if (typeof next === 'symbol' || next.done) break
        said += decoder.decode(next.value)
      }
      await reader.cancel()
      return said
    },
  }
}

/** The owner writes a letter in a request: something happened in it. */
async function write(id: string): Promise<void> {
  const { one, a } = ground
  const actor = { kind: 'citizen', personId: a.owner.id, level: 'verified' } as const
  await one.write(async tx =>
    writeLetter(tx, one.bench, await getRequest(tx, id, true), actor, { text: 'متى تأتون؟' }),
  )
}

/** Opens a stream for everybody, lets something happen, and gives who heard of what they do not reach. */
async function overheard(): Promise<{ leaks: string[]; streams: number; checks: number; told: number }> {
  const streams = []
  for (const visitor of ground.visitors) {
    const stream = await listen(visitor)
    if (stream) streams.push(stream)
  }
  // Opened last, it hears last: when it has heard, everybody has.
  const manager = ground.visitors.find(({ name }) => name === 'manager at works')
  const last = manager && (await listen(manager))
  const route = ground.door.routes.find(({ address }) => address === addresses.live)
  if (!last || !route) throw new Error('nobody listens')
  const { first, second } = ground.a.requests
  for (const id of [second, first]) await write(id)
  let heard = ''
  while (!heard.includes(first) || !heard.includes(second)) heard += await last.news()
  await last.end()
  const leaks: string[] = []
  let told = 0
  const units = [
    [first, 'a-1'],
    [second, 'a-2'],
  ] as const
  for (const stream of streams) {
    const said = await stream.end()
    for (const [id, name] of units) {
      const unit = ground.ledger.units.find(each => each.name === name)
      if (said.includes(id)) told += 1
      if (unit && said.includes(id) && !permits(stream.visitor, route, unit, 'id'))
        leaks.push(`${stream.visitor.name} heard of ${name}`)
    }
  }
  return { leaks, streams: streams.length, checks: streams.length * units.length, told }
}

test('news of a request reach whoever reaches it, and nobody it is closed to', async () => {
  const { leaks, streams, checks, told } = await overheard()
  keep('live', { asked: streams, checks, leaks })
  expect(leaks).toEqual([])
  expect(streams).toBeGreaterThan(8)
  expect(told).toBeGreaterThan(5)
})

test('a stream that tells everybody is caught', async () => {
  planted.hole = 'live'
  const { leaks } = await overheard()
  planted.hole = undefined
  expect(leaks).toContain('closed out by name (mayor) heard of a-2')
  keepHoles('live', [
    {
      hole: 'live',
      by: 'get /office/live: news of a-2 → closed out by name (mayor)',
      wall: 'does not see it',
    },
  ])
})
