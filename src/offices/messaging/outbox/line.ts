import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import type { HandedOver } from '../carriers/model.ts'
import { chooseMember, type Member, noteSign, roomAt, take } from './fleet.ts'
import { handOver, resultOf, signOf } from './hand.ts'
import type { Channel, Claimed, Result } from './model.ts'
import { settle } from './prepare.ts'

/** The messages of one channel that were written down to be handed over, and those with a carrier. */
export type Line = {
  push(messages: readonly Claimed[]): void
  /** How many more may be taken in hand. */
  room(): Room
  /** How many are worth reading at once: what was answered of late in a tenth of a second, and half of all windows at least. */
  next(): Room
  /** Half of all windows that are open: as many as are worth a question to the database. */
  worthwhile(): number
  /** Hands nothing over any more. */
  leave(): void
  /** Gives up waiting for answers that are overdue. */
  sweep(): void
}

/** How many messages; of those said to many no more than `bulk`, which leaves room for the others. */
export type Room = { most: number; bulk: number }

export type LineOptions = {
  /** Half of it is the time in which what was written down must leave. */
  leaseMs: number
  house: House
  town: Town
  channel: Channel
  members: () => readonly Member[]
  chance: () => number
  write: (result: Result) => void
  /** An answer came in. */
  answered: () => void
  turned: (member: Member) => void
}

/** Longer than any carrier takes to answer: one that breaks its promise leaves the message uncertain. */
const patienceMs = 90_000
/** As many wait in memory as were answered in this time, so that the line is not idle while the next are taken; a window at most. */
const aheadMs = 50
/** As many are read at once as are answered in so many times that. */
const readTimes = 2
const mostAtOnce = 500

export function openLine(options: LineOptions): Line {
  const { house, town, channel, chance, write } = options
  const queue: Claimed[] = []
  let leaving = false
  let answers = 0
  let countedAt = performance.now()
  let pace = 0
  const onWire = new Map<string, { since: number; lose: (lost: HandedOver) => void }>()
  const now = () => house.clock.now().getTime()
  const members = () => options.members().filter(member => member.channel === channel)

  /** Gives waiting messages, in their order, to whoever can take them now. */
  function distribute(): void {
    while (queue.length > 0) {
      const [message] = queue as [Claimed]
      const tooOld = now() - message.takenAt.getTime() >= options.leaseMs / 2
      const member = leaving || tooOld ? 'nobody' : chooseMember(members(), message, now(), chance())
      if (member === 'wait') return
      queue.shift()
      if (member === 'nobody')
        write(settle(message, 'planned', house.clock.now(), { notBefore: dueAgain(message) }))
      else void hand(member, message)
    }
  }

  /** What everybody refused rests a moment, longer each time; what only found nobody free is due at once. */
  const dueAgain = (message: Claimed): Date =>
    new Date(now() + (message.refusals.length > 0 ? Math.min(5, message.attempts) * 1_000 : 0))

  async function hand(member: Member, message: Claimed): Promise<void> {
    take(member, message.parts, now())
    const { promise: overdue, resolve: lose } = Promise.withResolvers<HandedOver>()
    onWire.set(message.id, { since: now(), lose })
    const handed = await Promise.race([handOver(house, town, member, message), overdue])
    onWire.delete(message.id)
    member.underWay -= 1
    answers += 1
    const at = house.clock.now()
    if (noteSign(member, signOf(handed), at.getTime())) options.turned(member)
    if (handed.outcome === 'refused') member.partsToday -= message.parts
    if (handed.outcome === 'refused' && handed.cause !== 'message') {
      // Surely not taken: whoever else can take it does so now.
      message.refusals.push({ by: member.name, failure: handed.failure })
      queue.unshift(message)
    } else write(resultOf(message, member, handed, at))
    distribute()
    options.answered()
  }

  /** How many were answered of late in the time it takes to take more. */
  function ahead(): number {
    const passed = performance.now() - countedAt
    if (passed >= aheadMs) {
      pace = (answers * aheadMs) / passed
      answers = 0
      countedAt = performance.now()
    }
    return Math.floor(pace)
  }

  return {
    push(messages) {
      queue.push(...messages)
      queue.sort((a, b) => a.lane - b.lane)
      distribute()
    },
    room() {
      const more = ahead()
      const of = (bulk: boolean) =>
        members().reduce((sum, member) => {
          return sum + roomAt(member, bulk, now(), Math.min(more, member.carrier.window))
        }, 0)
      const most = Math.min(mostAtOnce, Math.max(0, of(false) - queue.length))
      return { most, bulk: Math.min(most, Math.max(0, of(true) - queue.length)) }
    },
    next() {
      const { most, bulk } = this.room()
      const worth = Math.min(mostAtOnce, Math.max(Math.ceil(this.worthwhile()), readTimes * ahead()))
      return { most: Math.max(most, worth), bulk: bulk > 0 || most === 0 ? Math.max(bulk, worth) : 0 }
    },
    worthwhile: () =>
      Math.min(
        mostAtOnce,
        members().reduce((sum, { carrier, circuit }) => {
          if (circuit.state === 'down') return sum
          return sum + (circuit.state === 'trial' ? 1 : carrier.window)
        }, 0),
      ) / 2,
    leave() {
      leaving = true
      distribute()
    },
    sweep() {
      for (const { since, lose } of onWire.values())
        if (now() - since > patienceMs)
          lose({ outcome: 'uncertain', failure: 'answer-lost', refs: [], detail: 'no answer' })
    },
  }
}
