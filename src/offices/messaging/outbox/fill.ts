import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'

/** The words of a message in the moment it is sent, or why there is nothing to say any more. */
export type Filled = { text: string } | { nothing: string }

/** Fills messages of one kind, many at a time, each named by its `fill_id`. One that is not in the answer has nothing to say. */
export type Filler = (tx: Read, ids: readonly string[]) => Promise<Map<string, Filled>>

const fillers = new WeakMap<House['events'], Map<string, Filler>>()

/** An office fills words at the moment of sending: what somebody owes by then, not by the day it was planned. A name registers once. */
export function registerFiller(house: Pick<House, 'events'>, name: string, fill: Filler): void {
  const known = fillers.get(house.events) ?? new Map()
  fillers.set(house.events, known.set(name, fill))
}

export const fillerOf = (house: Pick<House, 'events'>, name: string): Filler | undefined =>
  fillers.get(house.events)?.get(name)
