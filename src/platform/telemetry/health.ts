import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import { sameSecret } from '../crypto/index.ts'
import type { Readiness } from './readiness.ts'

/** /healthz, /readyz and, for who carries METRICS_TOKEN, /metrics. */
export function healthRoutes(
  readiness: Readiness,
  metrics: Registry,
  metricsToken: string | undefined,
): Hono {
  const app = new Hono()
  app.get('/healthz', c => c.text('ok\n'))
  app.get('/readyz', async c => {
    const missing = await readiness.missing()
    return c.json({ ready: missing.length === 0, missing }, missing.length === 0 ? 200 : 503)
  })
  app.get('/metrics', async c => {
    const shown = c.req.header('authorization')?.replace(/^Bearer /, '')
    if (!metricsToken || !shown || !sameSecret(shown, metricsToken)) return c.text('not found\n', 404)
    return c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
  return app
}
