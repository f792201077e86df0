import type { ReactNode } from 'react'
import { type Address, type Query, townUrl } from '../lib/addresses.ts'
import { BadRequest, type Fault } from '../lib/errors.ts'
import { isId } from '../lib/ids.ts'
import type { Locale } from '../lib/localized.ts'
import type { RowReach } from '../platform/database/reach.ts'
import type { Read, Write } from '../platform/database/transaction.ts'
import type { House } from '../platform/house.ts'
import type { Flash } from '../ui/page.ts'
import type { Look, Visitor } from './actor.ts'
import { type Answer, repeatSafely } from './idempotency.ts'
import type { Town, TownDirectory } from './town.ts'

/** What a form or query carries: text as typed, a list where a name came more than once. */
export type Typed = Record<string, string | string[]>

/** One knock at the door: everything a handler needs to answer it. */
export type Call = {
  house: House
  towns: TownDirectory
  town: Town
  visitor: Visitor
  /** How far the visitor reaches by this route, at the database. */
  reach: { read: RowReach; act: RowReach }
  /** Whether what is read may be a little old, and then as of when it is. */
  mayBeOld: boolean
  asOf: Date | undefined
  locale: Locale
  now: Date
  request: Request
  /** Address inside the town as asked for, with its query: where the same page is found again. */
  here: string
  params: Record<string, string>
  query: Record<string, string>
  typed: Typed
  files: Record<string, File[]>
  /** The body of an API call as sent. */
  bodyText: string | undefined
  nonce: string
  looks: Look[]
  flash: Flash | undefined
  /** What a working page shows above its own content: the visit at the window. */
  deskHead?: ReactNode
  /** Headers (cookies) that go out with whatever the answer is. */
  setCookies: string[]
}

/** The parameter of the path. An id that is no UUID is a page that does not exist. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`route has no :${name}`)
  return value
}

/** The parameter as an id; anything else than a UUID is refused before it reaches the database. */
export function idParam(call: Call, name: string): string {
  const value = param(call, name)
  if (!isId(value)) throw new BadRequest('bad-address')
  return value
}

/** A whole number of an address or a form that an integer column holds; 0 for whatever is none. */
export function wholeOf(text: string | undefined): number {
  const number = Number(text)
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : 0
}

/** A single value of the form; the last one where a name came more than once. */
export function typedText(call: Call, name: string): string {
  const value = call.typed[name]
  return Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')
}

/** What a box shows before what is stored: what was typed, where its form comes back with a fault. */
export type TypedBack = (name: string) => string | undefined

export const typedBack =
  (call: Call, faults: readonly Fault[]): TypedBack =>
  name =>
    faults.length > 0 ? typedText(call, name) : undefined

/** All values of the form under a name. */
export function typedList(call: Call, name: string): string[] {
  const value = call.typed[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

export function url<P extends string>(
  call: Pick<Call, 'town'>,
  address: Address<P>,
  params?: Parameters<typeof townUrl<P>>[2],
  query?: Query,
): string {
  return townUrl(call.town, address, (params ?? {}) as Parameters<typeof townUrl<P>>[2], query)
}

/** The whole address, for messages, QR codes and other places outside a page. */
export function publicUrl<P extends string>(
  call: Pick<Call, 'town' | 'house'>,
  address: Address<P>,
  params?: Parameters<typeof townUrl<P>>[2],
): string {
  const { publicUrl, host, port } = call.house.config
  return (publicUrl ?? `http://${host}:${port}`) + url(call, address, params)
}

/** Reads as far as the visitor reaches by this route; other people's rows are not there, whatever a statement asks. */
export async function read<T>(call: Call, fn: (tx: Read) => Promise<T>): Promise<T> {
  const { database } = call.house
  if (!call.mayBeOld) return database.read(call.town.id, fn, call.reach.read)
  const { value, asOf } = await database.readOld(call.town.id, fn, call.reach.read)
  if (asOf && (!call.asOf || asOf < call.asOf)) call.asOf = asOf
  return value
}

/** Writes beside the answer what is not kept for repetition: what was typed so far, that a page was read, a wrong try. */
export function aside<T>(call: Call, fn: (tx: Write) => Promise<T>): Promise<T> {
  return call.house.database.write(call.town.id, fn, call.reach.act)
}

/** Writes in one transaction, and gives the first answer again when the same form is sent a second time. */
export function write(call: Call, fn: (tx: Write) => Promise<Answer>): Promise<Response> {
  return repeatSafely(call, fn)
}

/** Notes that this answer shows somebody's data; written down before the answer leaves. Called by the gate of `offices/looks` alone. */
export function noteLook(call: Call, seen: Look): void {
  call.looks.push(seen)
}

/** What a page handler returns to `showPage`. */
export type Shown = { title: string; body: ReactNode; status?: number }
