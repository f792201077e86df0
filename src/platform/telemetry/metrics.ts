import { collectDefaultMetrics, Registry } from 'prom-client'

/** The numbers this process tells Prometheus; parts add their own to the registry. */
export function createMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'shubbak_' })
  return registry
}
