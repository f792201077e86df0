import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '../house.ts'
import { projectRoot } from '../root.ts'

/** Begins to send spans and figures where OTEL_EXPORTER_OTLP_ENDPOINT says; without it nothing is loaded and nothing is done. */
export async function startTelemetry({
  config,
  metrics,
  log,
}: Pick<House, 'config' | 'metrics' | 'log'>): Promise<{ stop(): Promise<void> }> {
  const { endpoint } = config.telemetry
  if (endpoint === undefined) return { stop: async () => {} }
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  const { openTelemetry } = await import('./otlp.ts')
  return openTelemetry({ ...config.telemetry, endpoint }, { metrics, log, version })
}
