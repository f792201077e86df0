import type { AccessName } from '../kernel/access/grants.ts'
import type { Address } from '../lib/addresses.ts'
import type { Call } from './call.ts'

/**
 * Who may come in. `everyone` says why it may stand open; `staff` and `citizenOrStaff` name what the visitor must be able to do to at
 * least some row: which rows, the access predicate in the SQL says.
 */
export type Access =
  | { who: 'everyone'; because: string }
  | { who: 'citizen' }
  | { who: 'staff'; may: AccessName }
  | { who: 'citizen-or-staff'; may: AccessName }
  | { who: 'partner'; scope: string }

export const everyone = (because: string): Access => ({ who: 'everyone', because })
export const citizen = (): Access => ({ who: 'citizen' })
export const staff = (may: AccessName): Access => ({ who: 'staff', may })
export const citizenOrStaff = (may: AccessName): Access => ({ who: 'citizen-or-staff', may })
export const partner = (scope: string): Access => ({ who: 'partner', scope })

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
  /** Streams and uploads read the body themselves. */
  rawBody: boolean
  handle: (call: Call) => Promise<Response> | Response
}

type RouteInput = Omit<Route, 'bodyLimit' | 'rawBody'> & Partial<Pick<Route, 'bodyLimit' | 'rawBody'>>

const formBytes = 1024 * 1024

/** Declares a route: where, who may, what is audited, and what happens. A test walks all of them. */
export function route(input: RouteInput): Route {
  return { bodyLimit: formBytes, rawBody: false, ...input }
}
