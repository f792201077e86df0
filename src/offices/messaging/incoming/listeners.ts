import type { House } from '../../../platform/house.ts'
import type { IncomingListener } from './model.ts'

const listeners = new WeakMap<House['events'], IncomingListener[]>()

/** An office listens to what people send. Offices are asked in the order in which they registered; a name registers once. */
export function onIncoming(house: Pick<House, 'events'>, listener: IncomingListener): void {
  const known = listeners.get(house.events) ?? []
  listeners.set(house.events, [...known.filter(each => each.name !== listener.name), listener])
}

/** Whoever listens, those who take what is left at the end. */
export const listenersOf = ({ events }: Pick<House, 'events'>): IncomingListener[] =>
  (listeners.get(events) ?? []).toSorted((a, b) => Number(a.last === true) - Number(b.last === true))
