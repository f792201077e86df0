import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerType, serve } from '@hono/node-server'
import { errorCode, PlainError } from './plain-error.ts'

export interface Listener {
  port: number
  /**
   * Goes on answering for `lingerMs`, each answer the last of its connection, so that a proxy turns to others; then takes no new connection,
   * lets what is under way end (up to `patienceMs`), and closes the rest. `leave` is called when nobody new can come.
   */
  drain(patienceMs?: number, linger?: { lingerMs: number; leave(): void }): Promise<void>
}

/**
 * A connection at rest is kept longer than a proxy in front keeps it (nginx 60 s): closed from this side, it may be just when the next request
 * is on its way.
 */
const keepAliveMs = 65_000
/** How often a server that ends looks for connections at rest. */
const restingMs = 50

type Fetch = (request: Request, env: never) => Response | Promise<Response>

/**
 * Whether a request says one host that can be one, and its first line names a path of it: two programs in a row must not take it for two
 * different hosts (RFC 9112, 3.2).
 */
function saysOneHost({ incoming }: { incoming?: IncomingMessage }): boolean {
  if (!incoming) return true
  const hosts = incoming.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
  const { host } = incoming.headers
  if (host !== undefined && !URL.canParse(`http://${host}/`)) return false
  return hosts.length < 2 && (incoming.url?.startsWith('/') ?? false)
}

/** A server that listens, or nothing when the address is taken. */
function tryListen(fetch: Fetch, host: string, port: number): Promise<ServerType | undefined> {
  return new Promise((resolve, reject) => {
    const answer: Fetch = (request, env) =>
      saysOneHost(env) ? fetch(request, env) : new Response(null, { status: 400 })
    const server = serve({ fetch: answer as never, hostname: host, port })
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = keepAliveMs
    server.once('listening', () => resolve(server))
    server.once('error', error => {
      const code = errorCode(error)
      if (code === 'EADDRINUSE') resolve(undefined)
      else reject(new PlainError(`The address ${host}:${port} cannot be used (${code}); set HOST or PORT`))
    })
  })
}

/** Listens for HTTP until drained. */
export async function listen(fetch: Fetch, host: string, port: number): Promise<Listener> {
  let server = await tryListen(fetch, host, port)
  // A program that was told to stop a moment ago may still hold the address.
  for (let attempt = 0; !server && attempt < 10; attempt++) {
    await sleep(300)
    server = await tryListen(fetch, host, port)
  }
  if (!server) throw new PlainError(`The address ${host}:${port} is taken by another program; set PORT`)
  const listening = server
  return {
    port: (listening.address() as AddressInfo).port,
    async drain(patienceMs = 10_000, linger = { lingerMs: 0, leave: () => {} }) {
      listening.prependListener('request', (_request, response: ServerResponse) => {
        response.shouldKeepAlive = false
      })
      await sleep(linger.lingerMs)
      const closed = new Promise<void>(resolve => listening.close(() => resolve()))
      const closer = listening as { closeIdleConnections?(): void; closeAllConnections?(): void }
      // Whoever was being answered already was told that the connection is kept: it is closed as soon as it rests.
      const resting = setInterval(() => closer.closeIdleConnections?.(), restingMs)
      linger.leave()
      await Promise.race([closed, sleep(patienceMs, undefined, { ref: false })])
      clearInterval(resting)
      closer.closeAllConnections?.()
      await closed
    },
  }
}
