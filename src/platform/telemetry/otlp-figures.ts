import type { Attributes, HrTime } from '@opentelemetry/api'
import type { resourceFromAttributes } from '@opentelemetry/resources'
import type { MetricData, MetricProducer } from '@opentelemetry/sdk-metrics'
import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client'

type Told = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>

// As OpenTelemetry numbers them: its packages are loaded only where there is a collector, and never for four constants.
const cumulative = 1
const types = { histogram: 0, gauge: 2, sum: 3 } as const

/**
 * The figures that Prometheus reads at /metrics, handed to OpenTelemetry as they stand: each is counted once and bears one name, however it leaves.
 */
export function producerOf(
  registry: Registry,
  resource: ReturnType<typeof resourceFromAttributes>,
): MetricProducer {
  const startTime = now()
  return {
    async collect() {
      const all = (await registry.getMetricsAsJSON()) as unknown as Told[]
      const endTime = now()
      const metrics = all.flatMap(each => toOtel(each, startTime, endTime))
      return {
        resourceMetrics: { resource, scopeMetrics: [{ scope: { name: 'shubbak' }, metrics }] },
        errors: [],
      }
    },
  }
}

/** Milliseconds of this process since 1970, without reading the machine's clock again: spans and figures begin where it did. */
function now(): HrTime {
  const ms = performance.timeOrigin + performance.now()
  return [Math.trunc(ms / 1000), Math.trunc((ms % 1000) * 1e6)]
}

function toOtel(metric: Told, startTime: HrTime, endTime: HrTime): MetricData[] {
  const common = {
    descriptor: { name: metric.name, description: metric.help, unit: unitOf(metric.name), valueType: 1 },
    aggregationTemporality: cumulative,
  }
  const point = <T>(attributes: Attributes, value: T) => ({ startTime, endTime, attributes, value })
  const type = String(metric.type)
  if (type === 'histogram')
    return [
      {
        ...common,
        dataPointType: types.histogram,
        dataPoints: histograms(metric).map(({ labels, value }) => point(labels, value)),
      } as unknown as MetricData,
    ]
  if (type !== 'counter' && type !== 'gauge') return []
  const dataPoints = metric.values.map(({ labels, value }) => point(labels as Attributes, value))
  const kind =
    type === 'counter' ? { dataPointType: types.sum, isMonotonic: true } : { dataPointType: types.gauge }
  return [{ ...common, ...kind, dataPoints } as unknown as MetricData]
}

const unitOf = (name: string) =>
  /_seconds(_total)?$/.test(name) ? 's' : /_bytes(_total)?$/.test(name) ? 'By' : ''

type Histogram = {
  buckets: { boundaries: number[]; counts: number[] }
  sum: number
  count: number
}

/** Prometheus counts everything up to a boundary, OpenTelemetry what lies between two. */
function histograms({ name, values }: Told): { labels: Attributes; value: Histogram }[] {
  const found = new Map<string, { labels: Attributes; value: Histogram; below: number }>()
  for (const { labels, value, metricName } of values) {
    const { le, ...rest } = labels as Attributes & { le?: number | string }
    const key = JSON.stringify(rest)
    const one = found.get(key) ?? {
      labels: rest,
      value: { buckets: { boundaries: [], counts: [] }, sum: 0, count: 0 },
      below: 0,
    }
    found.set(key, one)
    if (metricName === `${name}_sum`) one.value.sum = value
    else if (metricName === `${name}_count`) one.value.count = value
    else if (le !== undefined) {
      if (le !== '+Inf') one.value.buckets.boundaries.push(Number(le))
      one.value.buckets.counts.push(value - one.below)
      one.below = value
    }
  }
  return [...found.values()]
}
