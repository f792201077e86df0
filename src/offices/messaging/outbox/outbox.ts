import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import type { Town, TownDirectory } from '../../../web/town.ts'
import { openProvider } from '../carriers/store.ts'
import { leaseMs } from './claim.ts'
import type { Channel, OpenCarrier } from './model.ts'
import { type TownOutbox, townOutbox } from './town.ts'

export type OutboxOptions = {
  /** Opens the connection to a provider; tests put a carrier of their own here. */
  open?: OpenCarrier
  /** From 0 up to 1: which of several providers carries the next message. */
  chance?: () => number
}

/** The outbox of this process: it sends for every town, each with its own providers and terms. */
export type Outbox = {
  /** Looks after everything and sends what is due now, once; gives how many messages were claimed. Every answer is written down by then. */
  sendDue(towns: readonly Town[]): Promise<number>
  /** Begins to send what is due and comes back at once. */
  stir(towns: readonly Town[]): Promise<void>
  of(town: Town): TownOutbox
  /** Claims nothing more, gives back what was not handed over, waits for what was. */
  close(): Promise<void>
}

type DueRow = { municipality_id: string; channel: Channel; due: boolean; orphans: boolean }

export function openOutbox(house: House, options: OutboxOptions = {}): Outbox {
  const id = newId(house.clock.now())
  const open = options.open ?? ((town, provider, listener) => openProvider(house, town, provider, listener))
  const chance = options.chance ?? Math.random
  const known = new Map<string, TownOutbox>()
  const pumping = new Map<string, Promise<number>>()

  function of(town: Town): TownOutbox {
    const found = known.get(town.id) ?? townOutbox({ house, town, id, open, chance })
    known.set(town.id, found)
    return found
  }

  async function dueNow(towns: readonly Town[]): Promise<{ outbox: TownOutbox; row: DueRow }[]> {
    const now = house.clock.now()
    const rows = await house.database.once<DueRow>('due-towns', 'select * from due_towns($1, $2, $3)', [
      now,
      new Date(now.getTime() - leaseMs.claim),
      towns.map(({ id: town }) => town),
    ])
    return rows.flatMap(row => {
      const outbox = known.get(row.municipality_id)
      return outbox && (row.due || row.orphans) ? [{ outbox, row }] : []
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

  async function look(towns: readonly Town[], atOnce: boolean) {
    for (const town of towns) await of(town).tend(atOnce)
    const due = await dueNow(towns)
    const orphaned = new Set(due.filter(({ row }) => row.orphans).map(({ outbox }) => outbox))
    for (const outbox of orphaned) await outbox.releaseOrphans()
    return orphaned.size > 0 ? dueNow(towns) : due
  }

  return {
    of,
    async sendDue(towns) {
      const due = (await look(towns, true)).filter(({ row }) => row.due)
      const sent = await Promise.all(due.map(({ outbox, row }) => pump(outbox, row.channel)))
      await Promise.all(towns.map(town => of(town).settled()))
      return sent.reduce((sum, each) => sum + each, 0)
    },
    async stir(towns) {
      for (const { outbox, row } of await look(towns, false)) {
        if (!row.due) continue
        pump(outbox, row.channel).catch(error =>
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

/** Sends what is due once, and waits until every answer is written down; gives how many messages were claimed. */
export function sendDue(house: House, towns: readonly Town[]): Promise<number> {
  const outbox = outboxes.get(house) ?? openOutbox(house)
  outboxes.set(house, outbox)
  return outbox.sendDue(towns)
}
