import { expect } from 'vitest'
import { type Address, type AddressParams, fillAddress, type Query } from '../../src/lib/addresses.ts'
import type { Route } from '../../src/web/route.ts'
import { checkAccess, settle } from '../browser.ts'
import { logInAs } from '../builders/people.ts'
import type { JourneyTown, Post } from './town.ts'
import { aVisitor, desk, phone, type Visitor } from './visitor.ts'

/** A page that somebody reaches: its route, its address with what stands in this town, and its answer where that is not 200. */
export type Stop = { pattern: string; path: string; status?: number }

export function stop<P extends string>(address: Address<P>, params: AddressParams<P>, query?: Query): Stop {
  return { pattern: address.pattern, path: fillAddress(address, params, query) }
}

/** Pages of the town that no stop leads to: who adds a page adds a stop. `besides` are addresses that show no page. */
export function unvisited(
  routes: readonly Route[],
  stops: readonly Stop[],
  besides: readonly Address[],
): string[] {
  const known = new Set([...stops, ...besides].map(({ pattern }) => pattern))
  return routes
    .filter(
      each => each.method === 'get' && each.access.who !== 'partner' && !known.has(each.address.pattern),
    )
    .map(each => each.address.pattern)
}

/** How a page is looked at: in a window of a size, by day or by night. */
export type Look = {
  name: string
  size: { width: number; height: number }
  scheme: 'light' | 'dark'
}

const everyLook: readonly Look[] = [
  { name: '360 light', size: phone, scheme: 'light' },
  { name: '1280 light', size: desk, scheme: 'light' },
  { name: '1280 dark', size: desk, scheme: 'dark' },
  { name: '360 dark', size: phone, scheme: 'dark' },
]

/** A telephone by day and a desk by night: each size and each light once. */
export const twoLooks = everyLook.filter(({ name }) => name === '360 light' || name === '1280 dark')

/** Looks at the page that stands open; gives what keeps anybody out. */
export async function inspect(
  who: string,
  visitor: Visitor,
  pattern: string,
  looks: readonly Look[],
): Promise<string[]> {
  const barriers: string[] = []
  for (const { name, size, scheme } of looks) {
    await visitor.page.setViewportSize(size)
    await visitor.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await settle(visitor.page)
    for (const { rule, where, detail } of await checkAccess(visitor.page))
      barriers.push(`${who} ${pattern} ${name}: ${rule} at ${where}: ${detail}`)
    const file = `e-${who}${pattern.replaceAll(/[/:]+/g, '-')}-${name.replace(' ', '-')}`
    if (scheme === 'light' || size === phone || looks !== everyLook) await visitor.shot(file)
  }
  return barriers
}

/** Looks at each page as it is on a telephone and on a desk, by day and by night; gives what keeps anybody out. */
export async function walk(
  who: string,
  visitor: Visitor,
  stops: readonly Stop[],
  looks: readonly Look[] = everyLook,
): Promise<string[]> {
  const barriers: string[] = []
  const { page } = visitor
  for (const [place, { path, pattern, status = 200 }] of stops.entries()) {
    await page.setViewportSize(phone)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const answer = await page.goto(path)
    if (answer?.status() !== status) barriers.push(`${who} ${path} answers ${answer?.status()}`)
    barriers.push(...(await inspect(`${who}-${place}`, visitor, pattern, looks)))
  }
  process.stdout.write(`${stops.length} pages of ${who}, each looked at ${looks.length} times\n`)
  return [...barriers, ...visitor.troubles]
}

/** Somebody's browser with their log-in, without the way through its page. */
export async function aKnownVisitor(
  town: JourneyTown,
  who: { citizen: string } | { post: Post },
): Promise<Visitor> {
  const place = { house: town.house, town: town.town.id }
  const subject = 'post' in who ? { staffId: town.staff[who.post].id } : { personId: who.citizen }
  const [name = '', value = ''] = (await logInAs(place, subject)).split('=')
  const visitor = await aVisitor(town)
  await visitor.context.addCookies([{ name, value, url: town.base }])
  return visitor
}

/** Sends a form as a browser does; gives the path it led to. */
export async function send(
  visitor: Visitor,
  town: JourneyTown,
  path: string,
  form: Record<string, string>,
): Promise<string> {
  const answer = await visitor.context.request.post(path, {
    form,
    headers: { origin: town.base },
    maxRedirects: 0,
  })
  expect(answer.status(), path).toBe(303)
  return answer.headers().location ?? ''
}
