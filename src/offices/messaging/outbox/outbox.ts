import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import type { Town, TownDirectory } from '../../../web/town.ts'
import { openProvider } from '../carriers/store.ts'
import { usualLeaseMs } from './lease.ts'
import type { Channel, OpenCarrier } from './model.ts'
import { type TownOutbox, townOutbox } from './town.ts'

export type OutboxOptions = {
  /** Opens the connection to a provider; tests put a carrier of their own here. */
  open?: OpenCarrier
  /** From 0 up to 1: which of several providers carries the next message. */
  chance?: () => number
  /** For how long this process sends for a town after it last said so. */
  leaseMs?: number
}

/** The outbox of this process: it sends for every town, each with its own providers and terms. */
export type Outbox = {
  /** Looks after everything and sends what is due now, once; gives how many messages were due. Every answer is written down by then. */
  sendDue(towns: readonly Town[]): Promise<number>
  /** Begins to send what is due and comes back at once. */
  stir(towns: readonly Town[]): Promise<void>
  of(town: Town): TownOutbox
  /** Takes nothing more in hand, puts back what was not handed over, waits for what was. */
  close(): Promise<void>
}

type DueRow = { municipality_id: string; channel: Channel }

export function openOutbox(house: House, options: OutboxOptions = {}): Outbox {
  const holder = { id: newId(house.clock.now()), leaseMs: options.leaseMs ?? usualLeaseMs }
  const open = options.open ?? ((town, provider, listener) => openProvider(house, town, provider, listener))
  const chance = options.chance ?? Math.random
  const known = new Map<string, TownOutbox>()
  const pumping = new Map<string, Promise<number>>()

  function of(town: Town): TownOutbox {
    const found = known.get(town.id) ?? townOutbox({ house, town: { ...town }, holder, open, chance })
    known.set(town.id, found)
    // Its name and its calendar may have changed since.
    Object.assign(found.town, town)
    return found
  }

  async function dueNow(towns: readonly Town[]): Promise<{ outbox: TownOutbox; channel: Channel }[]> {
    if (towns.length === 0) return []
    const rows = await house.database.once<DueRow>('due-towns', 'select * from due_towns($1, $2)', [
      house.clock.now(),
      towns.map(town => town.id),
    ])
    return rows.flatMap(({ municipality_id, channel }) => {
      const outbox = known.get(municipality_id)
      return outbox ? [{ outbox, channel }] : []
    })
  }

  function pump(outbox: TownOutbox, channel: Channel): Promise<number> {
    const key = `${outbox.town.id} ${channel}`
    const running = pumping.get(key)
    if (running) return running
    const begun = outbox.pump(channel).finally(() => pumping.delete(key))
    pumping.set(key, begun)
    return begun
  }

  /** Looks after every town this process sends for, and says what is due there. */
  async function look(towns: readonly Town[], atOnce: boolean) {
    const ours: Town[] = []
    for (const town of towns) {
      // What is wrong with one town keeps nobody else's messages.
      const tended = of(town)
        .tend(atOnce)
        .catch(error => {
          house.log.error({ part: 'messaging', err: error, town: town.id }, 'a town is not tended')
          return false
        })
      if (await tended) ours.push(town)
    }
    return dueNow(ours)
  }

  return {
    of,
    async sendDue(towns) {
      const due = await look(towns, true)
      const sent = await Promise.all(due.map(({ outbox, channel }) => pump(outbox, channel)))
      await Promise.all(towns.map(town => of(town).settled()))
      return sent.reduce((sum, each) => sum + each, 0)
    },
    async stir(towns) {
      for (const { outbox, channel } of await look(towns, false)) {
        pump(outbox, channel).catch(error =>
          house.log.warn({ part: 'messaging', err: error, town: outbox.town.id }, 'sending rests'),
        )
      }
    },
    async close() {
      await Promise.all([...known.values()].map(outbox => outbox.close()))
      known.clear()
    },
  }
}

/** How long the outbox rests between two looks at what is due. */
const restMs = 250

/** Sends as long as the house is open; `stop` lets what is under way end. */
export function startSending(
  house: House,
  towns: TownDirectory,
  options: OutboxOptions = {},
): { stop(): Promise<void> } {
  const leave = new AbortController()
  const outbox = openOutbox(house, options)
  const running = (async () => {
    while (!leave.signal.aborted) {
      try {
        await outbox.stir(await towns.all())
      } catch (error) {
        house.log.warn({ part: 'messaging', err: error }, 'sending rests')
      }
      await sleep(restMs, undefined, { signal: leave.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      leave.abort()
      await running
      await outbox.close()
    },
  }
}

const outboxes = new WeakMap<House, Outbox>()

/** Sends what is due once, and waits until every answer is written down; gives how many messages were due. */
export function sendDue(house: House, towns: readonly Town[]): Promise<number> {
  const outbox = outboxes.get(house) ?? openOutbox(house)
  outboxes.set(house, outbox)
  return outbox.sendDue(towns)
}
