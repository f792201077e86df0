import type { Write } from '../../../platform/database/index.ts'
import type { Call } from '../../../web/call.ts'
import { readCookie, sessionCookie, townCookie } from '../../../web/cookies.ts'
import type { Browser } from '../log-in/arrive.ts'
import { deviceSeconds } from '../log-in/devices.ts'
import { renewSession, type SessionKind, sessionTerms } from '../log-in/sessions.ts'
import { ticketMinutes } from '../log-in/tickets.ts'

/** Hands the browser its session. */
export function giveSession(call: Call, kind: SessionKind, token: string): void {
  call.setCookies.push(cookieOf(call, kind, token))
}

function cookieOf(call: Call, kind: SessionKind, token: string): string {
  const seconds = sessionTerms[kind].longestMs / 1000
  return townCookie(call.house, call.town, sessionCookie, token, seconds)
}

/**
 * The cookie of the session's new token, for the answer of an act by which it comes to open more (a proof asked again, another's place):
 * whoever planted or saw the token before is out.
 */
export async function renewed(call: Call, tx: Write, kind: SessionKind): Promise<string[]> {
  const { sessionHash } = call.visitor
  const token =
    sessionHash &&
    (await renewSession(tx.asHouse('in another’s place one’s own log-in is not reached'), sessionHash))
  return token ? [cookieOf(call, kind, token)] : []
}

export function takeCookie(call: Call, name: string): void {
  call.setCookies.push(townCookie(call.house, call.town, name, '', 0))
}

/** What the session says of the device, so that a person knows theirs. */
export const deviceOf = (call: Call): string => call.request.headers.get('user-agent') ?? ''

/** What a browser is known by, long after a log-in has ended. */
const deviceCookie = 'shubbak_device'

/** The browser that asks: what it calls itself, what it is known by, the session it came with. */
export function browserOf(call: Call): Browser {
  const token = readCookie(call.request, deviceCookie)
  return {
    device: deviceOf(call),
    token: token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined,
    instead: call.visitor.sessionHash,
  }
}

/** Lets the browser be known again. */
export function giveDevice(call: Call, token: string): void {
  call.setCookies.push(townCookie(call.house, call.town, deviceCookie, token, deviceSeconds))
}

/** What a browser carries from one step of the log-in to the next. */
const tickets = { first: 'shubbak_first', code: 'shubbak_code', register: 'shubbak_register' } as const
export type TicketKind = keyof typeof tickets

export function giveTicket(call: Call, kind: TicketKind, ticket: string): void {
  call.setCookies.push(townCookie(call.house, call.town, tickets[kind], ticket, ticketMinutes * 60))
}

export const ticketOf = (call: Call, kind: TicketKind): string | undefined =>
  readCookie(call.request, tickets[kind])

export const takeTicket = (call: Call, kind: TicketKind): void => takeCookie(call, tickets[kind])
