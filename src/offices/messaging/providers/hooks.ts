import { randomUUID } from 'node:crypto'
import { BadRequest, NotFound } from '../../../lib/errors.ts'
import { hashToken } from '../../../platform/crypto/index.ts'
import { readBytes } from '../../../web/body.ts'
import { type Call, param, read } from '../../../web/call.ts'
import { placeIn } from '../carriers/http/json.ts'
import { readHttpReport, readHttpText } from '../carriers/http/reports.ts'
import { readKannelReport, readKannelText } from '../carriers/kannel/reports.ts'
import type { DeliveryReport, IncomingText } from '../carriers/model.ts'
import { httpSettings, kannelSettings } from '../carriers/settings.ts'
import type { Provider } from '../carriers/store.ts'
import { takeIncoming } from '../incoming/index.ts'
import { takeReports } from '../outbox/index.ts'
import { providerByHook } from './store.ts'

/** Longer than any word of ours, short enough to be hashed without a thought. */
const longestWord = 100
/** Bytes a provider may send at once. */
const mostBytes = 64 * 1024

/** GET and POST: a provider says what became of a message. Answered once it is written down; what does not read is refused with 400. */
export const hearReport = (call: Call): Promise<Response> =>
  hear(call, async (provider, told) => {
    const report = reportOf(provider, told, call.now)
    if (report) await takeReports(call.house, call.town.id, provider.id, [report])
    return report !== undefined
  })

/** GET and POST: a provider hands over what somebody sent. Answered once it is written down, with no words: they would be sent back. */
export const hearText = (call: Call): Promise<Response> =>
  hear(call, async (provider, told) => {
    const text = textOf(provider, told, call.now)
    if (text) await takeIncoming(call.house, call.town, provider.name, text)
    return text !== undefined
  })

/** What was told: fields of the address and of the body, and both as they came. */
export type Told = { query: string; field: (name: string) => string }

async function hear(
  call: Call,
  take: (provider: Provider, told: Told) => Promise<boolean>,
): Promise<Response> {
  const word = param(call, 'token')
  const provider =
    word.length > longestWord ? undefined : await read(call, tx => providerByHook(tx, hashToken(word)))
  if (!provider) throw new NotFound('no-such-page')
  const body = await readBytes(call.request, mostBytes).catch(refuse)
  if (body instanceof Response) return body
  const told = { query: new URL(call.request.url).search, field: fieldsOf(call, body.toString('utf8')) }
  return new Response(null, { status: (await take(provider, told)) ? 200 : 400 })
}

function reportOf(provider: Provider, told: Told, at: Date): DeliveryReport | undefined {
  if (provider.dialect === 'kannel') {
    const { hardErrors } = kannelSettings.parse(provider.settings)
    const [ref, kind, answer, to] = ['ref', 'kind', 'answer', 'to'].map(told.field)
    return readKannelReport(
      { ref: ref ?? '', kind: kind ?? '', answer: answer ?? '', to: to ?? '' },
      hardErrors,
      at,
    )
  }
  if (provider.dialect !== 'http') return undefined
  const settings = httpSettings.parse(provider.settings)
  return settings.shape === 'described' ? readHttpReport(settings, told.field, at) : undefined
}

function textOf(provider: Provider, told: Told, at: Date): IncomingText | undefined {
  if (provider.dialect === 'kannel') return readKannelText(told.query, at)
  if (provider.dialect !== 'http') return undefined
  const settings = httpSettings.parse(provider.settings)
  return settings.shape === 'described'
    ? readHttpText(settings, told.field, { at, ref: randomUUID() })
    : undefined
}

/** What is wrong with a body, without a word: a gateway may send on what it is answered. */
function refuse(error: unknown): Response {
  if (!(error instanceof BadRequest)) throw error
  return new Response(null, { status: error.code === 'body-too-large' ? 413 : 400 })
}

/** Fields by name: of a form, of the address, or places of a JSON body such as `data.id`. */
function fieldsOf(call: Call, body: string): (name: string) => string {
  const json = (call.request.headers.get('content-type') ?? '').includes('json')
  const form = new URLSearchParams(json ? '' : body)
  return name => {
    if (name === '') return ''
    const given = json ? placeIn(body, name) : form.get(name)
    return given ?? call.query[name] ?? ''
  }
}
