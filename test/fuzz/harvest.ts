import { Hono } from 'hono'
import { may } from '../../src/kernel/access/index.ts'
import type { Route } from '../../src/web/route.ts'
import { formsOf, linksOf } from '../access/pages.ts'
import { Pool } from '../access/pool.ts'
import type { Ledger } from '../access/worlds.ts'
import type { Base, Names } from './input.ts'
import type { Came } from './wire.ts'
import type { World } from './world.ts'

/** Asks over the line of that number; a line carries one call after the other. */
type Get = (line: number, who: string, path: string) => Promise<Came | undefined>
type Asked = { who: string; path: string; depth: number }

/** How many of the same sort are kept: askings of a route as one of the visitors, and forms that ask the same. */
const most = { asked: 3, kept: 2 }

/** Walks the town as everybody in it and gives whatever may be sent: each page with what stands after its address, each form with its fields. */
export async function harvest(
  routes: readonly Route[],
  world: World,
  names: Names,
  get: Get,
  limit = Number.POSITIVE_INFINITY,
): Promise<Base[]> {
  const match = matcherOf(routes)
  const bases = new Map<string, Base>()
  const kept = new Map<string, number>()
  const keep = (base: Base, sort: string) => {
    const so = kept.get(sort) ?? 0
    const named = names.named(base)
    const key = JSON.stringify([
      named.who,
      named.method,
      named.path,
      named.query,
      named.fields?.map(([name]) => name),
    ])
    if (so >= most.kept || bases.has(key)) return
    kept.set(sort, so + 1)
    bases.set(key, named)
  }
  const queue: Asked[] = []
  const asked = new Map<string, number>()
  const seen = new Set<string>()
  const want = (who: string, path: string, depth: number) => {
    const route = match('GET', path.split('?')[0] ?? '')
    const sort = `${who} ${route?.address.pattern} ${depth > 0 ? [...new URLSearchParams(path.split('?')[1])].map(([name]) => name).sort() : path}`
    const so = asked.get(sort) ?? 0
    if (!route || so >= most.asked || seen.has(`${who} ${path}`)) return
    seen.add(`${who} ${path}`)
    asked.set(sort, so + 1)
    queue.push({ who, path, depth })
  }
  for (const [who, paths] of Object.entries(world.pages)) for (const path of paths) want(who, path, 0)
  const pool = new Pool(routes, ledgerOf(world), world.links)
  const guessed = pool.unfilled().map(route => ({ route, path: guess(route, world) }))
  for (const { route, path } of [...pool.asks, ...guessed]) {
    // What a program may ask stands in the document.
    if (route.access.who === 'partner') continue
    const whos = thoseLetIn(route, world).slice(0, 2)
    for (const who of whos) {
      keep(
        {
          ...parted(path),
          who,
          method: route.method,
          route: route.address.pattern,
          ...(sends(route) && { fields: [] }),
        },
        `${who} ${route.method} ${route.address.pattern}`,
      )
      if (route.method === 'get') want(who, path, 0)
    }
  }
  async function visit({ who, path, depth }: Asked, line: number): Promise<void> {
    const came = await get(line, who, path)
    if (!came?.headers.some(([name, value]) => name === 'content-type' && value.startsWith('text/html')))
      return
    const html = came.body.toString('utf8')
    const route = match('GET', path.split('?')[0] ?? '')
    if (route)
      keep(
        { ...parted(path), who, method: 'get', route: route.address.pattern },
        `${who} get ${route.address.pattern} ${namesIn(path)}`,
      )
    for (const href of linksOf(html)) if (depth < 3) want(who, href, depth + 1)
    for (const form of formsOf(html, path)) {
      const [bare = ''] = form.action.split('?')
      const of = match(form.method.toUpperCase(), bare)
      if (!of) continue
      const verbs = form.fields.filter(([name]) => /^_verb|^act|^do$/.test(name)).map(pair => pair.join('='))
      const sort = `${of.method} ${of.address.pattern} ${form.fields.map(([name]) => name.replace(/\d+/g, '#'))} ${form.files} ${verbs}`
      const rest =
        form.method === 'get'
          ? { query: form.fields }
          : { ...parted(form.action), fields: form.fields, files: form.files, typed: form.typed }
      keep({ who, method: of.method, route: of.address.pattern, path: bare, ...rest }, sort)
    }
  }
  for (let at = 0; at < queue.length && at < limit; ) {
    const some = queue.slice(at, at + 6)
    at += some.length
    await Promise.all(some.map(visit))
  }
  return [...bases.values()]
}

/** An address of a route that nothing in the town fills: ids of the column that is called so, else a word. */
const guess = ({ address }: Route, { ids }: World): string =>
  address.pattern.replace(/:(\w+)/g, (_, name: string) => ids[`${name}_id`]?.[0] ?? 'x'.repeat(43))

const sends = ({ method }: Route) => !['get', 'head', 'options'].includes(method)
const namesIn = (path: string) => [...new URLSearchParams(path.split('?')[1])].map(([name]) => name).join()

function parted(whole: string): Pick<Base, 'path' | 'query'> {
  const [path = '', query] = whole.split('?')
  return { path, query: [...new URLSearchParams(query ?? '')] }
}

/** Finds the route of a path as the door does. */
export function matcherOf(routes: readonly Route[]): (method: string, path: string) => Route | undefined {
  const router = new Hono().router
  for (const route of routes) router.add(route.method.toUpperCase(), route.address.pattern, route as never)
  return (method, path) => {
    const [[first] = []] = router.match(method, path) as unknown as [[Route, unknown][]]
    return first?.[0]
  }
}

/** Everybody the door lets in at a route, those with the least power first. */
function thoseLetIn({ access }: Route, { who }: World): string[] {
  if (access.who === 'everyone') return ['anybody', 'citizen']
  if (access.who === 'partner') return ['program']
  if (access.who === 'citizen') return ['citizen']
  const staff = who
    .filter(({ post }) => post && may({ kind: 'staff', staffId: '', appointments: [post] }, access.may))
    .map(({ name }) => name)
  return access.who === 'citizen-or-staff' ? ['citizen', ...staff] : staff
}

/** All the town's ids as those of one unit, for the filling of addresses. */
const ledgerOf = ({ ids }: World): Ledger =>
  ({
    columns: new Map([['town', new Map(Object.entries(ids))]]),
    ofTown: new Map(),
    ids: new Map(),
    units: [],
  }) as unknown as Ledger
