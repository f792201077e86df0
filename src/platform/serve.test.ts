import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { listen } from './serve.ts'

/** Longer than a test may take: who waits for it to pass fails. */
const forEver = 600_000

// As a proxy in front does, which has its connections at hand for the next request.
const agent = new Agent({ keepAlive: true })
afterEach(() => agent.destroy())

const answerTo = (request: ClientRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => request.on('response', resolve).on('error', reject))

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

test('what leaves ends as soon as those it was answering have their answer, though a proxy holds the connections', async () => {
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const open = Promise.withResolvers<ReadableStreamDefaultController>()
  const live = () => new Response(new ReadableStream({ start: open.resolve }))
  const listener = await listen(
    async request => {
      if (request.url.endsWith('/live')) return live()
      asked.resolve()
      await gate.promise
      return new Response('done')
    },
    '127.0.0.1',
    0,
  )
  const at = `http://127.0.0.1:${listener.port}`
  const page = get(`${at}/live`, { agent })
  const heard = answerTo(page)
  const stream = await open.promise
  stream.enqueue(new TextEncoder().encode('news'))
  const slow = answerTo(get(`${at}/slow`, { agent }))
  await asked.promise
  const left = listener.drain(forEver, { lingerMs: 0, leave: () => stream.close() })
  gate.resolve()
  expect(await textOf(await slow)).toBe('done')
  expect(await textOf(await heard)).toBe('news')
  await left
})
