import type { Write } from './database/transaction.ts'

/**
 * What offices tell each other, by name. An office adds its own events where it defines them:
 * `declare module '../../platform/events.ts' { interface EventPayloads { 'requests.decided': { requestId: string } } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: offices fill it by declaration merging
export interface EventPayloads {}

export type EventName = keyof EventPayloads & string
export type EventHandler<N extends EventName> = (tx: Write, payload: EventPayloads[N]) => Promise<void> | void

export type AfterHandler<N extends EventName> = (town: string, payload: EventPayloads[N]) => void

/** Events inside a transaction: what a handler does commits with the act that published, and its failure undoes both. */
export interface Events {
  /** Handlers of an event run in the order in which they were registered. */
  on<N extends EventName>(name: N, handler: EventHandler<N>): void
  /** Hears of an event once it is committed; cannot undo it. What these throw is logged. */
  after<N extends EventName>(name: N, handler: AfterHandler<N>): void
  publish<N extends EventName>(tx: Write, name: N, payload: EventPayloads[N]): Promise<void>
  /** Whether anybody listens inside the transaction: else an act of one statement needs none, and calls `tell` afterwards. */
  heardInside(name: EventName): boolean
  tell<N extends EventName>(town: string, name: N, payload: EventPayloads[N]): void
}

export function createEvents(): Events {
  const inside = new Map<string, EventHandler<never>[]>()
  const after = new Map<string, AfterHandler<never>[]>()
  return {
    on(name, handler) {
      inside.set(name, [...(inside.get(name) ?? []), handler as EventHandler<never>])
    },
    after(name, handler) {
      after.set(name, [...(after.get(name) ?? []), handler as AfterHandler<never>])
    },
    async publish(tx, name, payload) {
      // What an act sets in motion is the house's: others are told, tasks come to other offices.
      const house = tx.asHouse('what an act sets in motion reaches beyond whoever acts')
      for (const handler of inside.get(name) ?? []) await handler(house, payload as never)
      for (const handler of after.get(name) ?? []) tx.afterCommit(() => handler(tx.town, payload as never))
    },
    heardInside: name => inside.has(name),
    tell(town, name, payload) {
      for (const handler of after.get(name) ?? []) handler(town, payload as never)
    },
  }
}
