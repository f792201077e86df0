import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { House } from '../platform/house.ts'
import { healthRoutes } from '../platform/telemetry/health.ts'
import { openWindow } from '../server.ts'
import { noteClient } from '../web/client.ts'

/** What answers HTTP: the signs of life of the process, then the towns. */
export async function webApp(house: House): Promise<(request: Request) => Response | Promise<Response>> {
  const door = await openWindow(house)
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.route('/', healthRoutes(house.readiness, house.metrics, house.config.metricsToken))
  app.all('*', c => {
    noteClient(c.req.raw, c.env?.incoming?.socket?.remoteAddress)
    return door.fetch(c.req.raw)
  })
  return app.fetch
}
