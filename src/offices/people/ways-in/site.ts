import type { Call } from '../../../web/call.ts'
import { typedText } from '../../../web/call.ts'
import type { Confirmation } from '../log-in/confirm.ts'
import type { PasskeyAnswer, Site } from './passkeys.ts'

/** The origin as the browser names it. A town may have a host of its own, and keys belong to a host. */
export function siteOf(call: Call): Site {
  const host = call.request.headers.get('host') ?? new URL(call.request.url).host
  const scheme = call.house.config.publicUrl?.startsWith('https:') ? 'https' : 'http'
  return { origin: `${scheme}://${host}`, host: host.replace(/:\d+$/, '') }
}

/** What an authenticator answered on this form, where one was asked. */
export function passkeyAnswer(call: Call): PasskeyAnswer | undefined {
  const response = typedText(call, 'passkey')
  return response === '' ? undefined : { response, site: siteOf(call) }
}

/** What somebody confirms with on this form: a passkey, or password and code. */
export const confirmationOf = (call: Call): Confirmation => ({
  password: typedText(call, 'password'),
  code: typedText(call, 'code'),
  passkey: passkeyAnswer(call),
  sessionHash: call.visitor.sessionHash,
})

/** The names of what is still empty of it. */
export const confirmationMissing = (call: Call): { field: string; code: string }[] =>
  passkeyAnswer(call)
    ? []
    : (['password', 'code'] as const)
        .filter(name => typedText(call, name).trim() === '')
        .map(name => ({ field: name, code: `${name}-missing` }))
