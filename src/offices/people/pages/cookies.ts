import type { Call } from '../../../web/call.ts'
import { sessionCookie, townCookie } from '../../../web/cookies.ts'
import { type SessionKind, sessionTerms } from '../log-in/sessions.ts'

/** Hands the browser its session. */
export function giveSession(call: Call, kind: SessionKind, token: string): void {
  const seconds = sessionTerms[kind].longestMs / 1000
  call.setCookies.push(townCookie(call.house, call.town, sessionCookie, token, seconds))
}

export function takeCookie(call: Call, name: string): void {
  call.setCookies.push(townCookie(call.house, call.town, name, '', 0))
}

/** What the session says of the device, so that a person knows theirs. */
export const deviceOf = (call: Call): string => call.request.headers.get('user-agent') ?? ''
