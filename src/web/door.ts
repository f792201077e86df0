import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { type Actor, may } from '../kernel/access/index.ts'
import { addresses } from '../lib/addresses.ts'
import { BadRequest, Forbidden, NotFound, Unauthorized } from '../lib/errors.ts'
import type { Locale } from '../lib/localized.ts'
import type { House } from '../platform/house.ts'
import { placeField } from '../ui/page.ts'
import { type Doorkeeper, nobody, type Visitor } from './actor.ts'
import { readBody } from './body.ts'
import { type Call, url } from './call.ts'
import { flashCookie, localeCookie, notePrefix, readCookie, sessionCookie, townCookie } from './cookies.ts'
import { showError } from './errors.tsx'
import { mayBeOld, noteAct } from './freshness.ts'
import { guarded, stayingSecure } from './guarded.ts'
import type { Composer } from './page.tsx'
import { parkForm } from './parked.tsx'
import { type Route, reachAt } from './route.ts'
import { doorText } from './strings.ts'
import { openTownDirectory, type TownDirectory } from './town.ts'
import { againSeconds, passingTrouble } from './trouble.ts'
import { noteRoute } from './watched.ts'

type Matched = { route: Route; params: Record<string, string> }

export type Door = {
  fetch(request: Request): Promise<Response>
  towns: TownDirectory
  routes: readonly Route[]
}

/**
 * Opens the door of all offices: finds the town, the visitor and the route; lets in who may; writes down looks at somebody's data before
 * the answer leaves; words every error once.
 */
export function openDoor(
  house: House,
  routes: readonly Route[],
  keeper: Doorkeeper,
  composer: Composer,
): Door {
  const towns = openTownDirectory(house.database, () => performance.now())
  const table = routeTable(routes)

  async function fetch(request: Request): Promise<Response> {
    // What is everybody's needs no more headers than it has, and each costs a telephone bytes.
    const asset = composer.assetAt(request, new URL(request.url).pathname)
    if (asset) return stayingSecure(house, asset)
    const given = await answer(request).catch(error => withoutTown(error))
    return guarded(house, given)
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, search, searchParams } = new URL(request.url)
    const found = await towns.find(request.headers.get('host') ?? '', pathname)
    if (!found) return composer.townList(house, await towns.all(), pathname === '/' ? 200 : 404)
    notePrefix(request, house, found.town)
    const call = await greet(request, found.town, found.path + search, searchParams)
    let matched: Matched | undefined
    try {
      matched = table(request.method, found.path)
      if (!matched) throw new NotFound('no-such-page')
      refuseForeignForms(request)
      noteRoute(request, matched.route.address.pattern)
      call.params = matched.params
      call.visitor = await visitorOf(call, matched.route)
      call.reach = reachAt(matched.route.access, call.visitor.actor)
      call.mayBeOld = mayBeOld(call, matched.route)
      if (!matched.route.rawBody) await readBody(call, matched.route)
      const refusal = await admit(call, matched.route)
      const given = refusal ?? (await matched.route.handle(call))
      if (call.looks.length > 0) await writeLooks(call, matched.route)
      return finish(call, given)
    } catch (error) {
      // The page that says so gives back what was typed.
      if (matched && !matched.route.rawBody && passingTrouble(error) && !request.bodyUsed)
        await readBody(call, matched.route).catch(() => {})
      return finish(call, await showError(call, error))
    }
  }

  async function greet(
    request: Request,
    town: Call['town'],
    here: string,
    asked: URLSearchParams,
  ): Promise<Call> {
    // PostgreSQL holds no NUL: it is dropped here as it is from a form.
    const query = Object.fromEntries([...asked].map(([name, text]) => [name, text.replaceAll('\0', '')]))
    const flash = readCookie(request, flashCookie)
    return {
      house,
      towns,
      town,
      visitor: nobody,
      reach: { read: 'nobody', act: 'nobody' },
      mayBeOld: false,
      asOf: undefined,
      locale: localeOf(request, query),
      now: house.clock.now(),
      request,
      here,
      params: {},
      query,
      typed: {},
      files: {},
      bodyText: undefined,
      nonce: randomUUID(),
      looks: [],
      flash: flash ? readFlash(flash) : undefined,
      setCookies: flash && request.method === 'GET' ? [townCookie(house, town, flashCookie, '', 0)] : [],
    }
  }

  async function visitorOf(call: Call, route: Route): Promise<Visitor> {
    if (route.access.who === 'partner') {
      const [, key] = /^Bearer\s+(\S+)$/i.exec(call.request.headers.get('authorization') ?? '') ?? []
      return (key && (await keeper.partnerOf(call.town.id, key))) || nobody
    }
    const token = readCookie(call.request, sessionCookie)
    return (token && (await keeper.visitorOf(call.town.id, token))) || nobody
  }

  async function writeLooks(call: Call, route: Route): Promise<void> {
    const { looks, visitor } = call
    const name = route.audit.kind === 'nothing' ? 'look' : route.audit.name
    await house.database.write(call.town.id, tx => keeper.recordLooks(tx, visitor, name, looks))
  }

  return { fetch, towns, routes }
}

/** Before it is known which town is asked for there is no page to say it on: the program began while the database was away. */
function withoutTown(error: unknown): Response {
  const trouble = passingTrouble(error)
  if (!trouble) throw error
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'retry-after': String(againSeconds(trouble.code)),
  }
  return new Response(`${doorText('ar', 'error-away')}\n${doorText('en', 'error-away')}\n`, {
    status: 503,
    headers,
  })
}

/** Lets the visitor in (undefined), sends them to the log-in with what they typed kept, or refuses. */
async function admit(call: Call, route: Route): Promise<Response | undefined> {
  const { access } = route
  const { actor } = call.visitor
  if (access.who === 'everyone') return undefined
  if (access.who === 'partner') {
    if (actor.kind !== 'partner') throw new Unauthorized('api-key-missing')
    if (!actor.scopes.includes(access.scope)) throw new Forbidden('scope-missing', { scope: access.scope })
    return undefined
  }
  if (actor.kind === 'anonymous') return askToLogIn(call, route)
  if (access.who === 'citizen') {
    if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
    keepToPlace(call, actor)
    if (access.mine === undefined && actor.inPlaceOf) throw new Forbidden('own-account-only')
    if (access.mine !== undefined && !may(actor, access.mine))
      throw new Forbidden(actor.inPlaceOf ? 'mandate-does-not-cover' : 'not-verified', { act: access.mine })
    return undefined
  }
  if (access.who === 'staff' && actor.kind !== 'staff') throw new Forbidden('staff-only')
  if (!may(actor, access.may)) throw new Forbidden('not-yours', { act: access.may })
  const { stepUp } = route
  const asks = typeof stepUp === 'function' ? stepUp(call) : stepUp
  return asks && isStale(call) ? askToConfirm(call, route) : undefined
}

/** A form says in whose place it was opened: sent after that changed, by another tab or the end of a mandate, it would be done for another. */
function keepToPlace({ typed }: Call, { inPlaceOf }: Extract<Actor, { kind: 'citizen' }>): void {
  const { [placeField]: place } = typed
  // A form that waited for a log-in carries where it was opened beside where it is sent on: both must be here.
  const here = inPlaceOf?.mandateId ?? ''
  if ([place ?? []].flat().some(each => each !== here)) throw new Forbidden('place-changed')
}

/** How long a proof of who somebody is holds for what gives power or moves money. */
const freshMs = 15 * 60_000

function isStale({ visitor: { actor, confirmedAt }, now }: Call): boolean {
  return actor.kind === 'staff' && now.getTime() - (confirmedAt?.getTime() ?? 0) > freshMs
}

/** Somebody whose log-in is old proves again who they are; what they typed waits for them. */
async function askToConfirm(call: Call, route: Route): Promise<Response> {
  const target =
    route.method === 'post' ? { parked: await parkForm(call) } : Object.fromEntries([['then', call.here]])
  return new Response(null, {
    status: 303,
    headers: { location: url(call, addresses.staffConfirm, {}, target) },
  })
}

/** A log-in that expired in the middle of a form loses nothing: the form is parked, and waits after the log-in. */
async function askToLogIn(call: Call, route: Route): Promise<Response> {
  const accepted = call.request.headers.get('accept') ?? ''
  // A page left open past the end of its log-in asks for news again: this tells it to ask no more.
  if (accepted.includes('text/event-stream')) return new Response(null, { status: 204 })
  const parked = route.method === 'post' ? await parkForm(call) : undefined
  const logIn = route.access.who === 'citizen' ? addresses.citizenLogIn : addresses.staffLogIn
  const target = parked ? { parked } : Object.fromEntries([['then', call.here]])
  if (accepted.includes('application/json')) throw new Unauthorized('log-in-ended')
  return new Response(null, { status: 303, headers: { location: url(call, logIn, {}, target) } })
}

/** A form sent from a page of somebody else's site is refused: browsers say where a POST comes from. */
function refuseForeignForms(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  if (request.headers.get('authorization')) return
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') throw new Forbidden('foreign-form')
  const origin = request.headers.get('origin')
  // A page without an origin of its own (a frame in a sandbox, a file) says 'null'; ours do only where the browser vouches for them.
  if (origin === 'null' && !site) throw new Forbidden('foreign-form')
  if (origin && origin !== 'null' && hostOf(origin) !== request.headers.get('host'))
    throw new Forbidden('foreign-form')
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)

function finish(call: Call, answer: Response): Response {
  noteAct(call)
  for (const cookie of call.setCookies) answer.headers.append('set-cookie', cookie)
  return answer
}

function localeOf(request: Request, query: Record<string, string>): Locale {
  const asked = query.lang ?? readCookie(request, localeCookie)
  return asked === 'en' ? 'en' : 'ar'
}

function readFlash(value: string): Call['flash'] {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as Call['flash']
  } catch {
    return undefined
  }
}

/** Hono's router finds the route; a known path with another method is a plain 404 too. */
function routeTable(routes: readonly Route[]): (method: string, path: string) => Matched | undefined {
  const router = new Hono().router
  for (const each of routes) router.add(each.method.toUpperCase(), each.address.pattern, each as never)
  return (method, path) => {
    const [handlers, stash] = router.match(method, path) as unknown as [
      [Route, Record<string, string | number>][],
      string[]?,
    ]
    const [first] = handlers
    if (!first) return undefined
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(first[1])) {
      const text = typeof value === 'number' ? stash?.[value] : value
      if (text !== undefined) params[name] = decode(text)
    }
    return { route: first[0], params }
  }
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch {
    // What is no UTF-8 is no address either.
  }
  throw new BadRequest('bad-address')
}
