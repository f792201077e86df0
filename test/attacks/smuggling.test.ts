import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listener, listen } from '../../src/platform/serve.ts'

/** What the program understood, a line a request. */
const understood: string[] = []
let listener: Listener
beforeAll(async () => {
  const answer = async (request: Request) => {
    understood.push(`${request.method} ${new URL(request.url).pathname} ${(await request.text()).length}`)
    return new Response('ok')
  }
  listener = await listen(answer, '127.0.0.1', 0)
})
afterAll(() => listener.drain(100))

/** Everything the server says to these bytes until it hangs up, or says nothing for a moment after an answer. */
async function send(bytes: string): Promise<string> {
  understood.length = 0
  const socket = connect(listener.port, '127.0.0.1')
  let heard = ''
  socket.on('data', chunk => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.end(bytes, 'latin1')
  await new Promise(resolve => socket.once('close', resolve))
  return heard
}

const head = 'POST /one HTTP/1.1\r\nHost: town.test\r\n'
const hidden = 'GET /office/hidden HTTP/1.1\r\nHost: town.test\r\n\r\n'

/** Each is read in two ways by two programs in a row; whichever the proxy takes, ours must not see a second request in the first one's body. */
const ambiguous: Record<string, string> = {
  'a length beside chunks': `${head}Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'two lengths': `${head}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'a list of lengths': `${head}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
  'a length with a sign': `${head}Content-Length: +0\r\n\r\n${hidden}`,
  'a length in another base': `${head}Content-Length: 0x0\r\n\r\n${hidden}`,
  'chunks under a name with a space': `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'chunks of an unknown kind': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
  'chunks twice': `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
  'a size of a chunk that is none': `${head}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${hidden}`,
  'a size with a tail across lines': `${head}Transfer-Encoding: chunked\r\n\r\n2;\n00\r\n0\r\n\r\n${hidden}`,
  'a header folded over two lines': `${head}Content-Length:\r\n 0\r\n\r\n${hidden}`,
  'line feeds alone': `POST /one HTTP/1.1\nHost: town.test\nContent-Length: 0\n\n${hidden}`,
  'a carriage return alone in a header': `${head}X: a\rContent-Length: ${hidden.length}\r\nContent-Length: 0\r\n\r\n${hidden}`,
  'a NUL in a header': `${head}X: a\u0000b\r\nContent-Length: 0\r\n\r\n${hidden}`,
}

test.each(Object.entries(ambiguous))(
  'a request with %s is refused, and what hides behind it is not read',
  async (_, bytes) => {
    const heard = await send(bytes)
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
    expect(heard.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(understood).not.toContain('GET /office/hidden 0')
  },
)

test('two plain requests in a row are two, each with its own body', async () => {
  const heard = await send(
    `${head}Content-Length: 5\r\n\r\nabcde${hidden.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`,
  )
  expect(heard.match(/HTTP\/1\.1 200 /g)).toHaveLength(2)
  expect(understood.sort()).toEqual(['GET /office/hidden 0', 'POST /one 5'])
})

test.each(['999999999999.99', 'a b', '[::1', 'town.test:99999', 'a%00b'])(
  'a host that can be none (%s) is refused before anybody reads it',
  async host => {
    const heard = await send(`GET /one HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
    expect(understood).toEqual([])
  },
)

test('headers without end are cut off', async () => {
  const heard = await send(`${head}${'X: aaaaaaaaaaaaaaaa\r\n'.repeat(5_000)}\r\n`)
  expect(heard).toMatch(/^HTTP\/1\.1 431 /)
  expect(understood).toEqual([])
})
