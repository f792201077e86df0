import { setImmediate as turn } from 'node:timers/promises'
import { newId } from '../../../lib/ids.ts'
import { numbersOf } from '../../../platform/telemetry/numbers.ts'
import { batches } from './batch.ts'
import { openDoubts } from './doubts.ts'
import { dueMessages, type Wanted } from './due.ts'
import { openHandings } from './handings.ts'
import { forget, intend, LeaseLost } from './lease.ts'
import { type Line, type LineOptions, openLine } from './line.ts'
import type { Channel, Claimed, Result } from './model.ts'
import { prepare } from './prepare.ts'
import { keepResults } from './record.ts'
import { openStock } from './stock.ts'
import { standingOf, type Terms } from './terms.ts'
import { openWake } from './wake.ts'

export type Sender = {
  /**
   * Takes in hand and hands over what is due by this channel now; gives how many were due. Results may still be on their way. The terms are
   * asked for with each taking, since one pumping may last hours; it ends where there are none.
   */
  pump(channel: Channel, terms: () => Terms | undefined): Promise<number>
  /** Resolves when every message in hand has its answer, and that is written down. */
  settled(): Promise<void>
  /** Takes nothing more; what was not handed over yet is put back. */
  leave(): void
  /** Gives up waiting for answers that are overdue. */
  sweep(): void
}

/** `id` is of this process. */
type Options = Pick<LineOptions, 'house' | 'town' | 'members' | 'turned' | 'chance' | 'leaseMs'> & {
  id: string
}

const recorded = { most: 1_000, afterMs: 40 }

/** Sends the messages of one town: taking, handing over and writing down overlap. */
export function townSender({ id, ...options }: Options): Sender {
  const { house, town } = options
  const held = new Set<string>()
  const handings = openHandings()
  const untaken = new Set<string>()
  const wake = openWake()
  const doubts = openDoubts(handings => forget(house, town.id, handings))
  let leaving = false
  const record = batches<Result>(async results => {
    await keepResults({ house, town, leaseMs: options.leaseMs, handings, untaken }, results)
    for (const { message } of results) held.delete(message.id)
    wake.stir()
  }, recorded)
  const lines = new Map<Channel, Line>()

  const { messages: counted } = numbersOf(house.metrics)
  const write = (result: Result) => {
    const { channel, lane } = result.message
    counted.inc({ channel, lane, state: result.state })
    void record.add(result)
  }

  function lineOf(channel: Channel): Line {
    const line = lines.get(channel) ?? openLine({ ...options, channel, write, answered: wake.stir })
    lines.set(channel, line)
    return line
  }

  /** Reads what is due and screens it. Gives how many were due, and those that go; nothing of them is written down yet. */
  async function readDue(wanted: Wanted, terms: Terms): Promise<{ due: number; ready: Claimed[] }> {
    await doubts.forget()
    const { due, standing } = await house.database.read(town.id, async tx => {
      const messages = await dueMessages(tx, wanted, [...held, ...untaken])
      return { due: messages, standing: await standingOf(tx, messages) }
    })
    if (due.length === 0) return { due: 0, ready: [] }
    for (const message of due) held.add(message.id)
    try {
      const { ready, settled } = await prepare(house, town, terms, due, standing)
      for (const result of settled) write(result)
      return { due: due.length, ready }
    } catch (error) {
      letBe(due)
      throw error
    }
  }

  /** Writes down what will be handed over; only then does it go to the line. */
  async function takeInHand(line: Line, ready: readonly Claimed[]): Promise<void> {
    try {
      const handing = await intended(ready)
      for (const message of ready) message.handing = handing
    } catch (error) {
      letBe(ready)
      throw error
    }
    line.push(ready)
  }

  /** Nothing was done with them: they are as due as before. */
  function letBe(messages: readonly Claimed[]): void {
    for (const message of messages) held.delete(message.id)
  }

  async function intended(ready: readonly Claimed[]): Promise<string> {
    const handing = newId(house.clock.now())
    const ids = ready.map(message => message.id)
    try {
      await intend(house, town.id, { id, leaseMs: options.leaseMs }, handing, ids)
    } catch (error) {
      if (!(error instanceof LeaseLost)) doubts.add(handing)
      throw error
    }
    handings.begin(handing, ids.length)
    return handing
  }

  return {
    async pump(channel, terms) {
      const line = lineOf(channel)
      const stock = openStock((wanted, now) => readDue({ channel, ...wanted }, now), letBe)
      try {
        while (!leaving) {
          const room = line.room()
          // Few cost as much as many: while something is under way, wait until half a window is free, and read on meanwhile.
          if (held.size > stock.size() && room.most < line.worthwhile()) {
            stock.readAhead(line.next(), terms())
            await wake.moved()
            continue
          }
          const now = room.most === 0 ? undefined : terms()
          if (!now) break
          const ready = await stock.take(room, line.next(), now)
          if (ready === 'none') break
          if (ready.length > 0) await takeInHand(line, ready)
          await turn()
        }
      } finally {
        await stock.close()
      }
      return stock.seen()
    },
    async settled() {
      while (held.size > 0) await wake.moved()
      await record.drained()
    },
    leave() {
      leaving = true
      for (const line of lines.values()) line.leave()
    },
    sweep() {
      for (const line of lines.values()) line.sweep()
    },
  }
}
