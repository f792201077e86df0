import type { Write } from './database/transaction.ts'

/**
 * What offices tell each other, by name. An office adds its own events where it defines them:
 * `declare module '../../platform/events.ts' { interface EventPayloads { 'requests.decided': { requestId: string } } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: offices fill it by declaration merging
export interface EventPayloads {}

export type EventName = keyof EventPayloads & string
export type EventHandler<N extends EventName> = (tx: Write, payload: EventPayloads[N]) => Promise<void> | void

/** Events inside a transaction: what a handler does commits with the act that published, and its failure undoes both. */
export interface Events {
  /** Handlers of an event run in the order in which they were registered. */
  on<N extends EventName>(name: N, handler: EventHandler<N>): void
  publish<N extends EventName>(tx: Write, name: N, payload: EventPayloads[N]): Promise<void>
}

export function createEvents(): Events {
  const handlers = new Map<string, EventHandler<never>[]>()
  return {
    on(name, handler) {
      const list = handlers.get(name) ?? []
      handlers.set(name, [...list, handler as EventHandler<never>])
    },
    async publish(tx, name, payload) {
      for (const handler of handlers.get(name) ?? []) await handler(tx, payload as never)
    },
  }
}
