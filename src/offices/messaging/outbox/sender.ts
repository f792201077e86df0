import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { batches } from './batch.ts'
import { dueMessages, type Wanted } from './due.ts'
import { chooseMember, type Member, noteSign, roomAt, take } from './fleet.ts'
import { handOver, resultOf, signOf } from './hand.ts'
import { openHandings } from './handings.ts'
import { forget, intend, LeaseLost, leaseMs } from './lease.ts'
import type { Channel, Claimed, Result } from './model.ts'
import { prepare, settle } from './prepare.ts'
import { keepResults } from './record.ts'
import { standingOf, type Terms } from './terms.ts'

/** How many windows of messages wait in memory, so that the line is never idle while the next are taken. */
const ahead = 2
const recorded = { most: 200, afterMs: 15 }
const mostAtOnce = 500

export type Sender = {
  /** Takes in hand and hands over what is due by this channel now; gives how many were due. Results may still be on their way. */
  pump(channel: Channel, terms: Terms): Promise<number>
  /** Resolves when every message in hand has its answer, and that is written down. */
  settled(): Promise<void>
  /** Takes nothing more; what was not handed over yet is put back. */
  leave(): void
}

type Options = {
  house: House
  town: Town
  /** This process. */
  id: string
  members: () => readonly Member[]
  /** A provider came up or went down. */
  turned: (member: Member) => void
  chance: () => number
}

/** Sends the messages of one town: taking, handing over and writing down overlap. */
export function townSender({ house, town, id, members, turned, chance }: Options): Sender {
  const held = new Map<string, Claimed>()
  let queue: Claimed[] = []
  let leaving = false
  const handings = openHandings()
  /** Written down as far as we know, but surely not begun. */
  let doubtful: string[] = []
  let waiters: (() => void)[] = []
  const now = () => house.clock.now().getTime()
  const stir = () => {
    const woken = waiters
    waiters = []
    for (const each of woken) each()
  }
  /** Until something moved; looked at again after a second, for rates and clocks move by themselves. */
  const progress = () =>
    Promise.race([
      new Promise<void>(resolve => waiters.push(resolve)),
      sleep(1_000, undefined, { ref: false }),
    ])

  const record = batches<Result>(results => keepResults({ house, town, handings }, results), recorded)

  function write(result: Result): void {
    void record.add(result).finally(() => {
      held.delete(result.message.id)
      stir()
    })
  }

  /** Gives every waiting message to somebody who can take it now. */
  function distribute(): void {
    const waiting: Claimed[] = []
    for (const message of queue) {
      const tooOld = now() - message.takenAt.getTime() >= leaseMs / 2
      const member = leaving || tooOld ? 'nobody' : chooseMember(members(), message, now(), chance())
      if (member === 'wait') waiting.push(message)
      else if (member === 'nobody')
        write(settle(message, 'planned', house.clock.now(), { notBefore: dueAgain(message) }))
      else void hand(member, message)
    }
    queue = waiting
  }

  /** What everybody refused rests a moment, longer each time; what only found nobody free is due at once. */
  const dueAgain = (message: Claimed): Date =>
    new Date(now() + (message.refusals.length > 0 ? Math.min(5, message.attempts) * 1000 : 0))

  async function hand(member: Member, message: Claimed): Promise<void> {
    take(member, message.parts, now())
    const handed = await handOver(house, town, member, message)
    member.underWay -= 1
    const at = house.clock.now()
    if (noteSign(member, signOf(handed), at.getTime())) turned(member)
    if (handed.outcome === 'refused') member.partsToday -= message.parts
    if (handed.outcome === 'refused' && handed.cause !== 'message') {
      // Surely not taken: whoever else can take it does so now.
      message.refusals.push({ by: member.name, failure: handed.failure })
      queue.push(message)
    } else write(resultOf(message, member, handed, at))
    stir()
    distribute()
  }

  /** How many of a channel may be taken now; of those said to many no more than leaves room for the others. */
  function room(channel: Channel): { most: number; bulk: number } {
    const waiting = queue.filter(message => message.channel === channel).length
    const of = (bulk: boolean) =>
      members()
        .filter(member => member.channel === channel)
        .reduce((sum, member) => sum + roomAt(member, bulk, now(), ahead), 0)
    const most = Math.min(mostAtOnce, Math.max(0, of(false) - waiting))
    return { most, bulk: Math.min(most, Math.max(0, of(true) - waiting)) }
  }

  const capacity = (channel: Channel) =>
    members().reduce((sum, { channel: own, carrier }) => sum + (own === channel ? carrier.window : 0), 0)

  /** Takes what is due in hand: screens it, and writes down what will be handed over. Gives how many were due. */
  async function takeInHand(wanted: Wanted, terms: Terms): Promise<number> {
    if (doubtful.length > 0) {
      await forget(house, town.id, doubtful)
      doubtful = []
    }
    const { due, standing } = await house.database.read(town.id, async tx => {
      const messages = await dueMessages(tx, wanted, [...held.keys()])
      return { due: messages, standing: await standingOf(tx, messages) }
    })
    if (due.length === 0) return 0
    for (const message of due) held.set(message.id, message)
    try {
      const { ready, settled } = await prepare(house, town, terms, due, standing)
      const handing = newId(house.clock.now())
      if (ready.length > 0) await intended(handing, ready)
      for (const result of settled) write(result)
      queue.push(...ready.map(message => ({ ...message, handing })))
      distribute()
      return due.length
    } catch (error) {
      for (const { id: message } of due) held.delete(message)
      throw error
    }
  }

  async function intended(handing: string, ready: readonly Claimed[]): Promise<void> {
    const ids = ready.map(message => message.id)
    try {
      await intend(house, town.id, id, handing, ids)
    } catch (error) {
      if (!(error instanceof LeaseLost)) doubtful.push(handing)
      throw error
    }
    handings.begin(handing, ids)
  }

  return {
    async pump(channel, terms) {
      let total = 0
      while (!leaving) {
        const wanted = room(channel)
        // Few cost as much as many: while something is under way, wait until half a window is free.
        if (held.size > 0 && wanted.most < Math.min(capacity(channel), mostAtOnce) / 2) {
          await progress()
          continue
        }
        if (wanted.most === 0) break
        const due = await takeInHand({ channel, ...wanted }, terms)
        total += due
        if (due < wanted.most) break
        await turn()
      }
      return total
    },
    async settled() {
      while (held.size > 0) {
        await progress()
      }
      await record.drained()
    },
    leave() {
      leaving = true
      distribute()
    },
  }
}
