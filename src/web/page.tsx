import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ReactNode } from 'react'
import { may } from '../kernel/access/index.ts'
import { addresses } from '../lib/addresses.ts'
import type { House } from '../platform/house.ts'
import { keepFor } from '../platform/kept.ts'
import { pageHtml } from '../ui/html.tsx'
import type { Flash, Navigation, Page, Place } from '../ui/page.ts'
import { type Call, url } from './call.ts'
import { flashCookie, townCookie } from './cookies.ts'
import { missingFrom } from './sentences.ts'
import type { Town } from './town.ts'

/** What the server composes around pages, since offices do not know each other. */
export type Composer = {
  navigation(call: Call): Navigation
  asset(name: string): string
  townList(house: House, towns: Town[], status: number): Response
  /** Styles, scripts and fonts belong to the installation, not to a town. */
  assetAt(request: Request, path: string): Response | undefined
}

let composer: Composer | undefined

/** Set once by the server at start. */
export function composeWith(it: Composer): void {
  composer = it
}

/**
 * Renders a page of the town: whole HTML, with the headers every page carries. A refusal gives back what was written, though its form is
 * gone (somebody was faster, a time has passed): no page has to think of it.
 */
export function showPage(call: Call, body: ReactNode, status = 200): Response {
  const page = pageOf(call)
  const html = pageHtml(page, body)
  const typedWords = status >= 400 ? missingFrom(html, call.typed) : []
  return sendHtml(call, typedWords.length === 0 ? html : pageHtml({ ...page, typedWords }, body), status)
}

/** The HTML as this browser takes it. */
function sendHtml(call: Call, html: string, status: number): Response {
  const headers = pageHeaders(call.nonce)
  if (!/\bgzip\b/.test(call.request.headers.get('accept-encoding') ?? ''))
    return new Response(html, { status, headers })
  // A page goes over a slow line: a third of its bytes for a twentieth of a millisecond. Its own memory is small, since pages are.
  return new Response(gzipSync(html, { level: 2, memLevel: 7, windowBits: 14 }), {
    status,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  })
}

/** Pages as they were written, with the nonce they were written with. */
const written = keepFor<{ html: string; nonce: string; status: number }>(3_000)

/**
 * Shows a page open to anybody. To whoever is not logged in it looks alike, so it is written once and kept for a few seconds under the
 * town, the language and the address; each answer has a nonce of its own. Whoever is logged in gets it fresh.
 */
export async function showAlike(
  call: Call,
  compose: () => Promise<{ body: ReactNode; status?: number }>,
): Promise<Response> {
  if (call.visitor.actor.kind !== 'anonymous' || call.flash || call.here.includes('?')) {
    const { body, status } = await compose()
    return showPage(call, body, status)
  }
  const key = [call.town.prefix, call.locale, call.here].join(' ')
  const { html, nonce, status } = await written.of(call.house, call.town.id, key, async () => {
    const { body, status = 200 } = await compose()
    const page = pageOf(call)
    const html = pageHtml(page, body)
    if (html.includes(page.idempotencyKey)) throw new TypeError('A page with a form that posts is not kept')
    return { html, nonce: call.nonce, status }
  })
  return sendHtml(call, html.replaceAll(nonce, call.nonce), status)
}

/** The page's own facts, from the call. */
function pageOf(call: Call): Page {
  if (!composer) throw new Error('the server has not composed the pages')
  const { asset } = composer
  const { visitor, town, locale } = call
  const { actor } = visitor
  return {
    locale,
    dir: locale === 'ar' ? 'rtl' : 'ltr',
    town: {
      name: town.name,
      sealUrl: town.profile.seal,
      phone: town.profile.phone,
      address: town.profile.address,
      hours: town.profile.hours,
      tagline: town.profile.tagline,
    },
    actor:
      actor.kind === 'citizen'
        ? { kind: 'citizen', name: visitor.name, place: placeOf(call) }
        : actor.kind === 'staff'
          ? { kind: 'staff', name: visitor.name, office: visitor.office, post: visitor.post }
          : { kind: 'anonymous' },
    navigation: composer.navigation(call),
    nonce: call.nonce,
    url: (address, ...rest) => url(call, address, rest[0], rest[1]),
    asset,
    now: call.now,
    timeZone: town.timeZone,
    idempotencyKey: randomUUID(),
    currentAddress: town.prefix + call.here,
    flash: call.flash,
    deskHead: call.deskHead,
    asOf: worthSaying(call),
    liveUrl: may(actor, 'request.act') && actor.kind === 'staff' ? url(call, addresses.live) : undefined,
  }
}

/** What is older than this says so on the page. */
const fewSecondsMs = 5_000

/** As of when the page is, where that is no longer now. */
const worthSaying = ({ asOf, now }: Call): Date | undefined =>
  asOf && now.getTime() - asOf.getTime() > fewSecondsMs ? asOf : undefined

/** In whose place a citizen acts, for the band above their pages. */
function placeOf(call: Call): Place | undefined {
  const { actor, inPlaceOf: name = '' } = call.visitor
  if (actor.kind !== 'citizen' || !actor.inPlaceOf) return undefined
  return { mandateId: actor.inPlaceOf.mandateId, name, leave: url(call, addresses.actInPlace) }
}

/** Shown once on the next page. */
export function flash(call: Call, message: Flash): void {
  const value = Buffer.from(JSON.stringify(message)).toString('base64url')
  call.setCookies.push(townCookie(call.house, call.town, flashCookie, value, 60))
}

export function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}

function pageHeaders(nonce: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
      "frame-src 'self'",
      "worker-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
  }
}
