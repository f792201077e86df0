import type { House } from '../platform/house.ts'
import { numbersOf } from '../platform/telemetry/numbers.ts'
import { spanned } from '../platform/telemetry/spans.ts'
import { cameByProxy } from './client.ts'

const patterns = new WeakMap<Request, string>()

/** Notes by which route a request is answered, as a pattern: its ids and its query are told to nobody. */
export function noteRoute(request: Request, pattern: string): void {
  patterns.set(request, pattern)
}

type Fetch = (request: Request) => Promise<Response>

const methods = new Set(['GET', 'POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'])

/**
 * Answers as `fetch` does, counts it, and traces it where somebody looks at traces. A trace goes on from the proxy's only where the proxy is
 * believed: anybody else could join what they do to traces of others.
 */
export function watched({ metrics }: Pick<House, 'metrics'>, fetch: Fetch): Fetch {
  const { requests, requestSeconds } = numbersOf(metrics)
  return request => {
    const began = performance.now()
    const method = methods.has(request.method) ? request.method : 'OTHER'
    const parent = cameByProxy(request) ? (request.headers.get('traceparent') ?? undefined) : undefined
    const facts = { 'http.request.method': method }
    return spanned(
      'asked',
      method,
      facts,
      async note => {
        let status = 500
        try {
          const answer = await fetch(request)
          status = answer.status
          return answer
        } finally {
          const route = patterns.get(request) ?? 'none'
          requests.inc({ method, route, status })
          requestSeconds.observe({ route }, (performance.now() - began) / 1000)
          note({ 'http.route': route, 'http.response.status_code': status }, `${method} ${route}`)
        }
      },
      parent,
    )
  }
}
