import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { House } from '../platform/house.ts'
import { trustedProxies } from '../platform/proxies.ts'
import { healthRoutes } from '../platform/telemetry/health.ts'
import { openWindow } from '../server.ts'
import { noteClient } from '../web/client.ts'
import { guarded } from '../web/guarded.ts'
import { watched } from '../web/watched.ts'
import { securityTxt } from './security-txt.ts'

/** What answers HTTP: the signs of life of the process, then the towns. */
export async function webApp(house: House): Promise<(request: Request) => Response | Promise<Response>> {
  const door = await openWindow(house)
  const answer = watched(house, request => door.fetch(request))
  const isProxy = trustedProxies(house.config.trustedProxies)
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.use('*', async (c, next) => {
    await next()
    // What the door answers is guarded by it already.
    if (!c.res.headers.has('x-content-type-options')) guarded(house, c.res)
  })
  app.route('/', healthRoutes(house.readiness, house.metrics, house.config.metricsToken))
  app.get('/.well-known/security.txt', async c => {
    const text = await securityTxt(house, door.towns, c.req.header('host') ?? '')
    return text === undefined ? c.text('not found\n', 404) : c.text(text)
  })
  app.all('*', c => {
    noteClient(c.req.raw, c.env?.incoming?.socket?.remoteAddress, isProxy)
    return answer(c.req.raw)
  })
  return app.fetch
}
