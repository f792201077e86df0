/**
 * Every address of the house, once. Pages, messages and tests name an address here and let `fillAddress` (behind `page.url()` and
 * `townUrl()`) write the path; a law test forbids literal paths anywhere else. What the outside counts on stands in the contract:
 * /services, /track, /my, /counter, /office, /manage, /verify, /open, /api/v1. They stand by their first word in `addresses/`.
 */

import type { Address } from './addresses/at.ts'
import { citizen } from './addresses/citizen.ts'
import { counter } from './addresses/counter.ts'
import { everyone } from './addresses/everyone.ts'
import { manage } from './addresses/manage.ts'
import { office } from './addresses/office.ts'

export type { Address }

type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

export type AddressParams<P extends string> = Record<ParamNames<P>, string | number>
export type Query = Record<string, string | number | undefined>

export const addresses = { ...everyone, ...citizen, ...counter, ...office, ...manage } as const

/** The path of an address with its parameters and query filled in, percent-encoded. */
export function fillAddress<P extends string>(
  address: Address<P>,
  params: AddressParams<P>,
  query?: Query,
): string {
  const { pattern } = address
  const path = pattern.includes(':') ? withParams(pattern, params) : pattern
  const search = query ? searchOf(query) : ''
  return search ? `${path}?${search}` : path
}

function withParams(pattern: string, params: Record<string, string | number>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`address ${pattern} misses ${name}`)
    return encodeURIComponent(String(value))
  })
}

function searchOf(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.toString()
}

/**
 * The address of a page of one town. `prefix` is `''` where the town has a host of its own and `/~SLUG` where towns share one.
 */
export function townUrl<P extends string>(
  town: { prefix: string },
  address: Address<P>,
  params: AddressParams<P>,
  query?: Query,
): string {
  return town.prefix + fillAddress(address, params, query)
}
