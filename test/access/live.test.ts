import { beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { getRequest, writeLetter } from '../../src/offices/requests/index.ts'
import { testDatabase } from '../database.ts'
import { aGround } from './ground.ts'
import { keep } from './proof.ts'
import { permits } from './reference.ts'
import type { Visitor } from './visitors.ts'

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
      let said = ''
      const waiting = reader.read().then(({ value }) => {
        said = decoder.decode(value)
      })
      await Promise.race([waiting, new Promise(done => setImmediate(done))])
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

test('news of a request reach those who reach it, and nobody it is closed to', async () => {
  const streams = []
  for (const visitor of ground.visitors) {
    const stream = await listen(visitor)
    if (stream) streams.push(stream)
  }
  // Opened last, it hears last: when it has heard, everybody has.
  const manager = ground.visitors.find(({ name }) => name === 'manager at works')
  if (!manager) throw new Error('no manager')
  const last = await listen(manager)
  const { first, second } = ground.a.requests
  for (const id of [second, first]) await write(id)
  let heard = ''
  while (last && !heard.includes(first)) heard += await last.news()
  const unit = (name: string) => ground.ledger.units.find(each => each.name === name)
  const route = ground.door.routes.find(({ address }) => address === addresses.live)
  if (!route) throw new Error('no stream')
  let checks = 0
  for (const stream of streams) {
    const said = await stream.end()
    for (const [id, of] of [
      [first, unit('a-1')],
      [second, unit('a-2')],
    ] as const) {
      checks += 1
      if (!of || !said.includes(id)) continue
      expect(permits(stream.visitor, route, of, 'id'), `${stream.visitor.name} heard of ${of.name}`).toBe(
        true,
      )
    }
  }
  expect(streams.length).toBeGreaterThan(8)
  expect(heard).toContain(second)
  keep('live', { asked: streams.length, checks })
})
