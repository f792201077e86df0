import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll } from 'vitest'

type Attribute = { key: string; value: { stringValue?: string; intValue?: number; doubleValue?: number } }

/** A span as it came in: its facts by name. */
export type SeenSpan = {
  name: string
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  kind: number
  facts: Record<string, string | number | undefined>
  /** All that is told beside ids and times: where something of a person could stand. */
  told: string
}

type Sent = { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
type SentSpan = {
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Attribute[]
}

export type SeenPoint = { facts: Record<string, string | number | undefined>; value: number; count: number }

export type Collector = {
  endpoint: string
  spans(): Promise<SeenSpan[]>
  /** The newest points of a figure. */
  points(name: string): Promise<SeenPoint[]>
  /** Everything it was sent, as text. */
  everything(): Promise<string>
  headers(): Promise<Record<string, string>[]>
}

const factsOf = (attributes: readonly Attribute[] = []) =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? doubleValue : Number(intValue)),
    ]),
  )

/** A collector of OTLP in a process of its own, ended with the test file. */
export async function aCollector(): Promise<Collector> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/collector.mjs`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  afterAll(() => void child.kill('SIGKILL'))
  const [port] = await once(child.stdout, 'data')
  const endpoint = `http://127.0.0.1:${String(port).trim()}`
  const seen = async () => JSON.parse(await (await fetch(endpoint)).text())
  return {
    endpoint,
    async spans() {
      const { traces } = (await seen()) as { traces: Sent[] }
      const all = traces.flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      )
      return all.map(({ traceId, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano, ...rest }) => {
        const { name, kind, attributes } = rest
        return {
          name,
          kind,
          traceId,
          spanId,
          parentSpanId,
          facts: factsOf(attributes),
          told: JSON.stringify(rest),
        }
      })
    },
    async points(name) {
      const { metrics } = await seen()
      const all = (metrics.at(-1)?.resourceMetrics ?? []).flatMap(
        (each: { scopeMetrics: { metrics: Record<string, never>[] }[] }) =>
          each.scopeMetrics.flatMap(scope => scope.metrics),
      )
      const found = all.find((each: { name: string }) => each.name === name)
      const points = (found?.sum ?? found?.gauge ?? found?.histogram)?.dataPoints ?? []
      return points.map(
        (point: {
          attributes: Attribute[]
          asDouble?: number
          asInt?: number
          sum?: number
          count?: number
        }) => ({
          facts: factsOf(point.attributes),
          value: Number(point.asDouble ?? point.asInt ?? point.sum),
          count: Number(point.count ?? 0),
        }),
      )
    },
    everything: async () => JSON.stringify(await seen()),
    headers: async () => (await seen()).headers,
  }
}
