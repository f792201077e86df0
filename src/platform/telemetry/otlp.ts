import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, Tracer as OtelTracer, Span } from '@opentelemetry/api'
import type { Registry } from 'prom-client'
import type { TelemetryConfig } from '../config.ts'
import { errorCode } from '../plain-error.ts'
import type { Log } from './log.ts'
import { producerOf } from './otlp-figures.ts'
import { redactText } from './redact.ts'
import { type SpanFacts, type SpanKind, type Tracer, traceWith } from './spans.ts'

/** What goes out to the collector; `stop` hands over what is left. */
export type Telemetry = { stop(): Promise<void> }

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const stopWithinMs = 2_000
const longest = 120

/** Only words of ours ever come here; whatever else came by mistake is made unreadable, as in the log. */
const told = (facts: SpanFacts) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? redactText(value).slice(0, longest) : value,
    ]),
  )

/**
 * Sends spans and figures to the collector of OTEL_EXPORTER_OTLP_ENDPOINT (OTLP over HTTP, JSON) until stopped. The packages are loaded here
 * and nowhere else: an installation without a collector pays nothing for them.
 */
export async function openTelemetry(
  { endpoint, headers, sample, service, everyMs }: TelemetryConfig & { endpoint: string },
  { metrics, log, version }: { metrics: Registry; log: Log; version: string },
): Promise<Telemetry> {
  const api = await import('@opentelemetry/api')
  const traces = await import('@opentelemetry/sdk-trace')
  const figures = await import('@opentelemetry/sdk-metrics')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')

  const at = (signal: string) => ({ url: `${endpoint.replace(/\/$/, '')}/v1/${signal}`, headers })
  const resource = resourceFromAttributes({ 'service.name': service, 'service.version': version })
  const trouble = quietly(log)
  api.diag.setLogger(
    { error: trouble, warn: trouble, info() {}, debug() {}, verbose() {} },
    api.DiagLogLevel.WARN,
  )

  const provider = new traces.TracerProvider({
    resource,
    sampler: new traces.ParentBasedSampler({ root: new traces.TraceIdRatioBasedSampler(sample) }),
    spanLimits: { attributeValueLengthLimit: longest },
    spanProcessors: [new traces.BatchSpanProcessor({ exporter: new OTLPTraceExporter(at('traces')) })],
  })
  const reader = new figures.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(at('metrics')),
    exportIntervalMillis: everyMs,
    exportTimeoutMillis: Math.min(everyMs, 10_000),
    metricProducers: [producerOf(metrics, resource)],
  })
  const meters = new figures.MeterProvider({ resource, readers: [reader] })
  traceWith(tracerOver(api, provider.getTracer('shubbak', version)))
  return {
    async stop() {
      traceWith(undefined)
      // A collector that is away keeps nobody from closing.
      const late = new Promise(resolve => setTimeout(resolve, stopWithinMs).unref())
      await Promise.race([Promise.allSettled([provider.shutdown(), meters.shutdown()]), late])
    },
  }
}

/** A collector that is away is said once a minute, not with each batch. */
function quietly(log: Log): () => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - saidAt < 60_000) return
    saidAt = performance.now()
    log.warn(
      { part: 'telemetry' },
      'the collector of OTEL_EXPORTER_OTLP_ENDPOINT does not take what it is sent',
    )
  }
}

/** Our spans over a tracer of OpenTelemetry; which one is under way follows the asynchronous calls. */
function tracerOver(api: typeof import('@opentelemetry/api'), tracer: OtelTracer): Tracer {
  const under = new AsyncLocalStorage<Span>()
  const kinds: Record<SpanKind, number> = {
    asked: api.SpanKind.SERVER,
    inside: api.SpanKind.INTERNAL,
    calls: api.SpanKind.CLIENT,
    job: api.SpanKind.CONSUMER,
  }
  const contextOf = (parent: string | undefined): Context => {
    const span = under.getStore()
    if (span) return api.trace.setSpan(api.ROOT_CONTEXT, span)
    const [, traceId, spanId, flags] = traceparent.exec(parent ?? '') ?? []
    if (!traceId || !spanId || !flags) return api.ROOT_CONTEXT
    const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
    return api.isSpanContextValid(remote)
      ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote)
      : api.ROOT_CONTEXT
  }
  return {
    async within(kind, name, facts, work, parent) {
      // What a process does by itself all day (looking for what is due) is no trace: calls belong to something that was asked.
      if (kind === 'calls' && under.getStore() === undefined) return work(() => {})
      const span = tracer.startSpan(
        redactText(name),
        { kind: kinds[kind], attributes: told(facts) },
        contextOf(parent),
      )
      try {
        return await under.run(span, () =>
          work((more, renamed) => {
            span.setAttributes(told(more))
            if (renamed !== undefined) span.updateName(redactText(renamed))
          }),
        )
      } catch (error) {
        const type = errorCode(error) ?? (error instanceof Error ? error.constructor.name : 'unknown')
        span.setAttributes(told({ 'error.type': type }))
        span.setStatus({ code: api.SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    current() {
      const span = under.getStore()
      if (!span) return undefined
      const { traceId, spanId, traceFlags } = span.spanContext()
      return `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, '0')}`
    },
  }
}
