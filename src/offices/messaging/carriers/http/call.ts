import { spanned } from '../../../../platform/telemetry/spans.ts'
import type { Failure, HandedOver } from '../model.ts'

export type Call = {
  url: string
  method: 'GET' | 'POST'
  headers?: Record<string, string> | undefined
  /** In the address of a GET, in the body of a POST. */
  fields: Record<string, string>
  body?: 'form' | 'json' | undefined
  answerMs: number
}

/** What an address answered; `unsent` where nothing reached it, `lost` where something may have. */
export type Called =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'unsent'; why: string }
  | { kind: 'lost'; why: string }

const mostAnswer = 65_536

/** Failures before a single byte of the request was written. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_INVALID_URL',
  'BAD_PORT',
])

/** Calls an address once: no redirects, no second try, no more of the answer than anybody needs. Never throws. */
export async function callAddress(call: Call): Promise<Called> {
  try {
    const { url, body } = requestOf(call)
    const facts = {
      'http.request.method': call.method,
      'peer.service': 'gateway',
      'server.address': url.hostname,
    }
    return await spanned('calls', 'gateway', facts, async note => {
      const answer = await fetch(url, {
        method: call.method,
        redirect: 'manual',
        signal: AbortSignal.timeout(call.answerMs),
        headers: { ...(call.body === 'json' ? { 'content-type': 'application/json' } : {}), ...call.headers },
        ...(body === undefined ? {} : { body }),
      })
      note({ 'http.response.status_code': answer.status })
      return { kind: 'answered', status: answer.status, text: await bounded(answer) }
    })
  } catch (error) {
    const why = codeOf(error)
    return { kind: unsentCodes.has(why) ? 'unsent' : 'lost', why }
  }
}

function requestOf(call: Call): { url: URL; body?: string | URLSearchParams } {
  const url = new URL(call.url)
  if (call.method === 'POST')
    return {
      url,
      body: call.body === 'json' ? JSON.stringify(call.fields) : new URLSearchParams(call.fields),
    }
  for (const [name, value] of Object.entries(call.fields)) url.searchParams.set(name, value)
  return { url }
}

async function bounded(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer.body ?? []) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= mostAnswer) break
  }
  return Buffer.concat(pieces).subarray(0, mostAnswer).toString('utf8').trim()
}

/** The network's own word for it; the words of an error may hold an address with a password. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = (cause as { code?: unknown }).code
  if (typeof code === 'string') return code
  if (!(cause instanceof Error)) return 'unknown'
  // Ports that belong to other protocols are never called.
  return cause.message === 'bad port' ? 'BAD_PORT' : cause.name
}

/** What became of something handed to an address that did not answer, or answered as no gateway does. */
export function handedTo(called: Called): HandedOver | undefined {
  if (called.kind === 'unsent')
    return { outcome: 'refused', failure: 'no-connection', cause: 'carrier', detail: called.why }
  if (called.kind === 'lost')
    return { outcome: 'uncertain', failure: 'answer-lost', refs: [], detail: called.why }
  const { status } = called
  const detail = `HTTP ${status}`
  if (status === 429) return { outcome: 'refused', failure: 'throttled', cause: 'throttled', detail }
  const refused = refusedStatus[status]
  if (refused) return { outcome: 'refused', failure: refused, cause: 'carrier', detail }
  if (status >= 400 && status < 500)
    return { outcome: 'refused', failure: 'carrier-refused', cause: 'carrier', detail }
  // Whatever stands before the gateway may have passed the message on before it failed.
  if (status >= 500) return { outcome: 'uncertain', failure: 'answer-unknown', refs: [], detail }
  return undefined
}

const refusedStatus: Record<number, Failure> = {
  301: 'carrier-trouble',
  302: 'carrier-trouble',
  307: 'carrier-trouble',
  308: 'carrier-trouble',
  401: 'not-authorised',
  402: 'no-credit',
  403: 'not-authorised',
  407: 'not-authorised',
  404: 'carrier-trouble',
  405: 'carrier-trouble',
  503: 'carrier-trouble',
}
