import { Hono } from 'hono'
import { fillAddress } from '../../src/lib/addresses.ts'
import type { Route } from '../../src/web/route.ts'
import type { Form } from './pages.ts'
import type { Ledger } from './worlds.ts'

/** One thing to ask of the door. */
export type Ask = { route: Route; path: string; fields?: [string, string][] }

/** What `:id` and other short names stand for, by the step of the path before them, where the table is not called so. */
const columns: Record<string, string> = {
  'requests/:id': 'request_id',
  'documents/:id': 'document_id',
  'papers/:document': 'document_id',
  'receipts/:id': 'receipt_id',
  'certificates/:id': 'certificate_id',
  'contact/:id': 'contact_id',
  'complaints/:id': 'complaint_id',
  'messages/:id': 'message_id',
  'pay/:id': 'intent_id',
  'payments/:id': 'intent_id',
  'exemptions/:id': 'exemption_id',
  'sign/:id': 'request_id',
  'outgoing/:id': 'certificate_id',
  'overtaking/:id': 'request_id',
  'incoming/:id': 'incoming_id',
  'uploads/:id': 'upload_id',
  'looks/:look': 'audit_id',
  'audit/:entry': 'audit_id',
  'sessions/:session': 'session_id',
  'signatories/:id': 'authority_id',
  'reversals/:proposal': 'proposal_id',
  'services/drafts/:draft': 'draft_id',
  'forms/:form': 'form_id',
  'keys/:key': 'key_id',
}

/**
 * How many askings one route gets at most, and how many of one address with different queries. What is sent with fields is counted apart, by
 * the words of its address: each act of a request has its own.
 */
const most = { bare: { ofRoute: 10, ofQuery: 2 }, sent: { ofRoute: 8, ofQuery: 6 } }
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Every address that is known: of each route, filled with ids of every world, and whatever pages led to. */
export class Pool {
  readonly asks: Ask[] = []
  readonly #seen = new Set<string>()
  readonly #count = new Map<string, number>()
  readonly #router = new Hono().router

  readonly routes: readonly Route[]
  readonly #ledger: Ledger

  constructor(routes: readonly Route[], ledger: Ledger, extra: Record<string, string[][]> = {}) {
    this.routes = routes
    this.#ledger = ledger
    for (const route of routes)
      this.#router.add(route.method.toUpperCase(), route.address.pattern, route as never)
    for (const route of routes) {
      if (route.method === 'options') continue
      for (const path of fill(route, ledger, extra)) this.#add(route, path)
    }
  }

  /** Routes nothing is known to ask with: their ids are of no world, and no page leads there. */
  unfilled(): Route[] {
    return this.routes.filter(route => !this.asks.some(ask => ask.route === route))
  }

  link(href: string): void {
    const path = href.replace(/^https?:\/\/[^/]+/, '')
    const route = this.#match('GET', path.split('?')[0] ?? '')
    if (route) this.#add(route, path)
  }

  /** Asks an address whatever was asked of its route before. */
  ask(path: string): void {
    const route = this.#match('GET', path.split('?')[0] ?? '')
    if (route) this.asks.push({ route, path })
  }

  form(form: Form): void {
    const [path = '', asked = ''] = form.action.replace(/^https?:\/\/[^/]+/, '').split('?')
    if (form.method === 'get') {
      const query = new URLSearchParams(form.fields.filter(([, value]) => value !== ''))
      this.link(`${path}?${query}`)
      return
    }
    const route = this.#match('POST', path)
    if (!route) return
    const whole = asked ? `${path}?${asked}` : path
    this.#add(route, whole, form.fields)
    for (const other of this.#ofOthers(whole, form.fields)) this.#add(route, other.path, other.fields)
  }

  /** The same form with ids of other units in the place of its own: one unit of each world. */
  #ofOthers(path: string, fields: [string, string][]): { path: string; fields: [string, string][] }[] {
    const { ids, columns, units } = this.#ledger
    const text = [path, ...fields.map(([, value]) => value)].join(' ')
    const own = [...new Set(text.match(uuid))].flatMap(id => {
      const known = ids.get(id)
      return known ? [{ id, ...known }] : []
    })
    const worlds = new Set<string>()
    return [...columns].flatMap(([unit, of]) => {
      const world = units.find(({ name }) => name === unit)?.world ?? ''
      const others = own.flatMap(({ id, column, unit: its }) => {
        const other = its === unit ? undefined : of.get(column)?.[0]
        return other ? [[id, other] as const] : []
      })
      if (others.length === 0 || worlds.has(world)) return []
      worlds.add(world)
      const swap = (one: string) => others.reduce((at, [id, other]) => at.replaceAll(id, other), one)
      return [
        { path: swap(path), fields: fields.map(([name, value]): [string, string] => [name, swap(value)]) },
      ]
    })
  }

  #match(method: string, path: string): Route | undefined {
    const [handlers] = this.#router.match(method, path) as unknown as [[Route, unknown][]]
    return handlers[0]?.[0]
  }

  #add(route: Route, path: string, fields?: [string, string][]): void {
    const names =
      fields
        ?.map(([name, value]) =>
          /^[0-9a-f-]{36}$/.test(value) || /^_verb|^act|^do$/.test(name) ? `${name}=${value}` : name,
        )
        .join('&') ?? ''
    const key = `${route.method} ${path} ${names}`
    const address = path.split('?')[0] ?? ''
    const sort = fields ? 'sent' : 'bare'
    const bare = `${sort} ${route.method} ${address}`
    const whole = fields
      ? `sent ${route.method} ${address.replace(uuid, ':')}`
      : `${route.method} ${route.address.pattern}`
    const [ofRoute, ofQuery] = [this.#count.get(whole) ?? 0, this.#count.get(bare) ?? 0]
    if (this.#seen.has(key) || ofRoute >= most[sort].ofRoute || ofQuery >= most[sort].ofQuery) return
    this.#seen.add(key)
    this.#count.set(whole, ofRoute + 1)
    this.#count.set(bare, ofQuery + 1)
    this.asks.push({ route, path, ...(fields && { fields }) })
  }
}

/** Parameters that are words or numbers and nobody's: what a town has of each. */
const words: Record<string, readonly string[]> = {
  code: ['ELE-01'],
  topic: ['start'],
  page: ['problem', '1'],
  paper: ['id-copy'],
  act: ['approve', 'reject'],
  of: ['requests'],
  event: ['received'],
  as: ['form'],
  part: ['steps'],
  key: ['subscriptionFee'],
  file: ['1'],
  version: ['1'],
  date: ['2026-03-01'],
  number: ['A-1', '1'],
  book: ['A'],
  level: ['0'],
  a: ['000'],
  b: ['000'],
  c: ['000'],
  d: ['000'],
}

/** The addresses of a route with ids of every unit in the places of its parameters; ids of one address are of one unit, or of the town. */
function fill(route: Route, ledger: Ledger, extra: Record<string, string[][]>): string[] {
  const { pattern } = route.address
  const parts = pattern.split('/').filter(Boolean)
  const names = parts.flatMap((part, at) =>
    part.startsWith(':')
      ? [{ name: part.slice(1), key: `${(parts[at - 1] ?? '').replace(/^:/, '')}/${part}` }]
      : [],
  )
  if (names.length === 0) return [pattern]
  const address = (values: readonly string[]) =>
    fillAddress(route.address, Object.fromEntries(names.map(({ name }, at) => [name, values[at] ?? ''])))
  const paths = (extra[pattern] ?? []).map(address)
  let isFilled = false
  for (const of of ledger.columns.values()) {
    const choices = names.map(({ name, key }) => {
      const column = columns[key] ?? `${name}_id`
      return of.get(column) ?? ledger.ofTown.get(column)?.slice(0, 1) ?? words[name] ?? []
    })
    const isTheirs = names.some(({ name, key }) => of.has(columns[key] ?? `${name}_id`))
    if (choices.some(ids => ids.length === 0) || (!isTheirs && isFilled)) continue
    isFilled ||= !isTheirs
    let filled: string[][] = [[]]
    for (const ids of choices)
      filled = filled.flatMap(done => ids.slice(0, isTheirs ? 2 : 1).map(id => [...done, id]))
    paths.push(...filled.slice(0, 2).map(address))
  }
  return paths
}
