import { Hono } from 'hono'
import type { House } from '../platform/house.ts'
import { healthRoutes } from '../platform/telemetry/health.ts'

/** What answers HTTP. */
export function webApp(house: House): (request: Request) => Response | Promise<Response> {
  const app = new Hono()
  app.route('/', healthRoutes(house.readiness, house.metrics, house.config.metricsToken))
  return app.fetch
}
