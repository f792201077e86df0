// A collector that takes OTLP over HTTP (JSON) and gives back what it was sent: a process of its own, as any collector is.
import { createServer } from 'node:http'

const seen = { traces: [], metrics: [], headers: [] }
const read = async request => {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
const server = createServer(async (request, answer) => {
  const body = await read(request)
  const [, signal] = /^\/v1\/(traces|metrics)$/.exec(request.url) ?? []
  if (request.method === 'GET') return answer.end(JSON.stringify(seen))
  if (!signal || request.headers['content-type'] !== 'application/json') {
    answer.statusCode = 415
    return answer.end()
  }
  seen[signal].push(JSON.parse(body))
  seen.headers.push(request.headers)
  answer.setHeader('content-type', 'application/json')
  return answer.end('{}')
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.stdin.once('close', () => process.exit(0)).resume()
