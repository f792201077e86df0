import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { batches } from './batch.ts'
import { claim, giveBack, leaseMs } from './claim.ts'
import { chooseMember, type Member, noteSign, roomAt, take } from './fleet.ts'
import { handOver, resultOf, signOf } from './hand.ts'
import type { Channel, Claimed, Result } from './model.ts'
import { type Prepared, prepare, settle } from './prepare.ts'
import { keepResults } from './record.ts'
import type { Terms } from './terms.ts'

/** How many windows of messages wait in memory, so that the line is never idle while the next are claimed. */
const ahead = 2
const recorded = { most: 200, afterMs: 15 }
const mostClaimed = 500

export type Sender = {
  /** Claims and hands over what is due by this channel now; gives how many were claimed. Results may still be on their way. */
  pump(channel: Channel, terms: Terms): Promise<number>
  /** Resolves when every message in hand has its answer, and that is written down. */
  settled(): Promise<void>
  /** Claims nothing more; what was not handed over yet is given back. */
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

/** Sends the messages of one town: claiming, handing over and writing down overlap. */
export function townSender({ house, town, id, members, turned, chance }: Options): Sender {
  const held = new Map<string, Claimed>()
  let queue: Claimed[] = []
  let leaving = false
  let lostAnswer = false
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

  const record = batches<Result>(results => keepResults({ house, town, id }, results), recorded)

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
      const tooOld = now() - message.claimedAt.getTime() >= leaseMs.begin
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

  /** How many of a channel may be claimed now; of those said to many no more than leaves room for the others. */
  function room(channel: Channel): { most: number; bulk: number } {
    const waiting = queue.filter(message => message.channel === channel).length
    const of = (bulk: boolean) =>
      members()
        .filter(member => member.channel === channel)
        .reduce((sum, member) => sum + roomAt(member, bulk, now(), ahead), 0)
    const most = Math.min(mostClaimed, Math.max(0, of(false) - waiting))
    return { most, bulk: Math.min(most, Math.max(0, of(true) - waiting)) }
  }

  const capacity = (channel: Channel) =>
    members().reduce((sum, { channel: own, carrier }) => sum + (own === channel ? carrier.window : 0), 0)

  async function claimed(channel: Channel, wanted: { most: number; bulk: number }): Promise<Claimed[]> {
    if (lostAnswer) {
      await giveBack(house, town.id, id, [...held.keys()])
      lostAnswer = false
    }
    try {
      const messages = await claim(house, town.id, id, { channel, ...wanted })
      for (const message of messages) held.set(message.id, message)
      return messages
    } catch (error) {
      lostAnswer = true
      throw error
    }
  }

  async function prepared(terms: Terms, messages: readonly Claimed[]): Promise<Prepared> {
    try {
      return await prepare(house, town, terms, messages)
    } catch (error) {
      const at = house.clock.now()
      for (const message of messages) write(settle(message, 'planned', at, { notBefore: at }))
      throw error
    }
  }

  return {
    async pump(channel, terms) {
      let total = 0
      while (!leaving) {
        const wanted = room(channel)
        // Small claims cost as much as large ones: while something is under way, wait until half a window is free.
        if (held.size > 0 && wanted.most < Math.min(capacity(channel), mostClaimed) / 2) {
          await progress()
          continue
        }
        if (wanted.most === 0) break
        const messages = await claimed(channel, wanted)
        total += messages.length
        if (messages.length === 0) break
        const { ready, settled } = await prepared(terms, messages)
        for (const result of settled) write(result)
        queue.push(...ready)
        distribute()
        if (messages.length < wanted.most) break
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
