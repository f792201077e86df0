import { type AccessName, type Actor, wallOf, wallOfAct } from '../kernel/access/index.ts'
import type { Address } from '../lib/addresses.ts'
import type { RowReach } from '../platform/database/reach.ts'
import type { Call } from './call.ts'

/**
 * Who may come in. `everyone` says why it may stand open; `staff` and `citizenOrStaff` name what the visitor must be able to do to at
 * least some row: which rows, the access predicate in the SQL says.
 */
export type Access =
  | { who: 'everyone'; because: string; house?: string }
  | { who: 'citizen'; mine?: AccessName }
  | { who: 'staff'; may: AccessName; also: readonly AccessName[] }
  | { who: 'citizen-or-staff'; may: AccessName; also: readonly AccessName[] }
  | { who: 'partner'; scope: string; house?: string }

/**
 * What opens the rows of the house itself to a route: why, since the visitor reaches none by being who they are. A code in the address, a
 * signature, a number that is asked for whole.
 */
type ByHouse = { house: string }

/** A visitor nobody knows reaches nobody's row, unless the route says what else opens it. */
export const everyone = (because: string, by?: ByHouse): Access => ({ who: 'everyone', because, ...by })
/**
 * A page of a citizen's own. `mine` names what it shows or does: whoever has not shown who they are, where the name waits for that, and whoever
 * acts for somebody else beyond what the mandate names, is told so. Without a name it is nobody's but their own.
 */
export const citizen = (mine?: AccessName): Access => ({ who: 'citizen', ...(mine && { mine }) })
/** `may` lets in; the rows reached are those of this name and of the others the page shows rows by. */
export const staff = (may: AccessName, ...also: AccessName[]): Access => ({ who: 'staff', may, also })
export const citizenOrStaff = (may: AccessName, ...also: AccessName[]): Access => ({
  who: 'citizen-or-staff',
  may,
  also,
})
export const partner = (scope: string, by?: ByHouse): Access => ({ who: 'partner', scope, ...by })

/** How far this visitor reaches by this route at the database: to read, and within an act. */
export function reachAt(access: Access, actor: Actor): { read: RowReach; act: RowReach } {
  if ('house' in access && access.house) return { read: 'house', act: 'house' }
  const names = 'may' in access ? [access.may, ...access.also] : []
  return { read: wallOf(actor, names), act: wallOfAct(actor, names) }
}

/** What is written down: an act, a look at somebody's data, or nothing (and why not). */
export type Audit =
  | { kind: 'act'; name: string }
  | { kind: 'look'; name: string }
  | { kind: 'nothing'; because: string }

export const acts = (name: string): Audit => ({ kind: 'act', name })
export const looks = (name: string): Audit => ({ kind: 'look', name })
export const nothing = (because: string): Audit => ({ kind: 'nothing', because })

export type Method = 'get' | 'post' | 'patch' | 'head' | 'delete' | 'options'

export type Route = {
  method: Method
  address: Address
  access: Access
  audit: Audit
  /** Bytes a body may have; more is refused before it is read. */
  bodyLimit: number
  /**
   * What it shows may be half a minute old: it is read from the replica where there is one, and says as of when. Never what the visitor has
   * just done: who did something of late reads everything as it is. For figures and lists that write no look down.
   */
  mayBeOld: boolean
  /** Streams and uploads read the body themselves. */
  rawBody: boolean
  /**
   * Somebody of the staff who proved who they are longer ago than a quarter of an hour is asked again; what they typed waits. A function says
   * of which calls, where only some of an address give power, move money or let a file go.
   */
  stepUp: boolean | ((call: Call) => boolean)
  handle: (call: Call) => Promise<Response> | Response
}

type WithUsual = 'bodyLimit' | 'mayBeOld' | 'rawBody' | 'stepUp'
type RouteInput = Omit<Route, WithUsual> & Partial<Pick<Route, WithUsual>>

const formBytes = 1024 * 1024

/** Declares a route: where, who may, what is audited, and what happens. A test walks all of them. */
export function route(input: RouteInput): Route {
  return { bodyLimit: formBytes, mayBeOld: false, rawBody: false, stepUp: false, ...input }
}
