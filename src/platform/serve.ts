import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { errorCode, PlainError } from './plain-error.ts'

export interface Listener {
  port: number
  /** Takes no new connection, lets what is under way end (up to `patienceMs`), then closes the rest. */
  drain(patienceMs?: number): Promise<void>
}

/** Listens for HTTP until drained. */
export async function listen(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  host: string,
  port: number,
): Promise<Listener> {
  const server = serve({
    fetch: fetch as never,
    hostname: host,
    port,
    serverOptions: { keepAliveTimeout: 65_000 },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', error => {
      const taken = errorCode(error) === 'EADDRINUSE'
      const why = taken
        ? 'is taken by another program; set PORT'
        : `cannot be used (${errorCode(error)}); set HOST or PORT`
      reject(new PlainError(`The address ${host}:${port} ${why}`))
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    async drain(patienceMs = 10_000) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      const closer = server as { closeIdleConnections?(): void; closeAllConnections?(): void }
      closer.closeIdleConnections?.()
      await Promise.race([closed, sleep(patienceMs, undefined, { ref: false })])
      closer.closeAllConnections?.()
      await closed
    },
  }
}
