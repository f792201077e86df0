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
  /** How many are worth reading at once: what was answered of late in a tenth of a second, and those that are worthwhile at least. */
  next(): Room
  /** Half of all there can be room for: as many as are worth a question to the database. */
  worthwhile(): number
  /** Hands nothing over any more. */
  leave(): void
  /** Gives up waiting for answers that are overdue. */
  sweep(): void
}

/** A message a carrier has, and since when. */
type Flight = { member: Member; message: Claimed; since: number }

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
/**
 * As many wait in memory as were answered of late in this time, so that the line is not idle while the next are taken. They were written down as
 * handed over, and are uncertain should this process die: a matter of time, not of number, so that a provider that takes a hundred a second has
 * five of them.
 */
const aheadMs = 50
/** As many are read at once as are answered in so many times that. */
const readTimes = 2
const mostAtOnce = 1_000

export function openLine(options: LineOptions): Line {
  const { house, town, channel, chance, write } = options
  const queue: Claimed[] = []
  let leaving = false
  let answers = 0
  let countedAt = performance.now()
  let pace = 0
  const onWire = new Set<Flight>()
  const now = () => house.clock.now().getTime()
  const open = () =>
    options.members().filter(member => member.channel === channel && member.circuit.state !== 'down')

  /** Gives waiting messages, in their order, to whoever can take them now. */
  function distribute(): void {
    const at = now()
    for (let message = queue[0]; message; message = queue[0]) {
      const tooOld = at - message.takenAt.getTime() >= options.leaseMs / 2
      const member = leaving || tooOld ? 'nobody' : chooseMember(options.members(), message, at, chance())
      if (member === 'wait') return
      queue.shift()
      if (member === 'nobody')
        write(settle(message, 'planned', house.clock.now(), { notBefore: dueAgain(message) }))
      else hand(member, message, at)
    }
  }

  /** What everybody refused rests a moment, longer each time; what only found nobody free is due at once. */
  const dueAgain = (message: Claimed): Date =>
    new Date(now() + (message.refusals.length > 0 ? Math.min(5, message.attempts) * 1_000 : 0))

  function hand(member: Member, message: Claimed, since: number): void {
    take(member, message.parts, since)
    const flight = { member, message, since }
    onWire.add(flight)
    void handOver(house, town, member, message).then(handed => land(flight, handed))
  }

  /** The answer came, or was given up: whichever is first. */
  function land(flight: Flight, handed: HandedOver): void {
    if (!onWire.delete(flight)) return
    const { member, message } = flight
    member.underWay -= 1
    answers += 1
    const at = house.clock.now()
    if (noteSign(member, signOf(handed), at.getTime())) options.turned(member)
    if (handed.outcome === 'refused') member.partsToday -= message.parts
    if (handed.outcome === 'refused' && handed.cause !== 'message')
      message.refusals.push({ by: member.name, failure: handed.failure })
    // Surely not taken, and not for its own sake: whoever else can take it does so now.
    if (handed.outcome === 'refused' && (handed.cause === 'carrier' || handed.cause === 'throttled'))
      queue.unshift(message)
    else write(resultOf(message, member, handed, at))
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
      const all = open()
      const share = Math.ceil(ahead() / all.length)
      const of = (bulk: boolean) =>
        all.reduce((sum, member) => sum + roomAt(member, bulk, now(), share), 0) - queue.length
      const most = Math.min(mostAtOnce, Math.max(0, of(false)))
      return { most, bulk: Math.min(most, Math.max(0, of(true))) }
    },
    next() {
      const { most, bulk } = this.room()
      const worth = Math.min(mostAtOnce, Math.max(Math.ceil(this.worthwhile()), readTimes * ahead()))
      return { most: Math.max(most, worth), bulk: bulk > 0 || most === 0 ? Math.max(bulk, worth) : 0 }
    },
    worthwhile() {
      const windows = open().reduce(
        (sum, { carrier, circuit }) => sum + (circuit.state === 'trial' ? 1 : carrier.window),
        0,
      )
      const more = open().some(({ circuit }) => circuit.state === 'up') ? ahead() : 0
      return Math.min(mostAtOnce, windows + more) / 2
    },
    leave() {
      leaving = true
      distribute()
    },
    sweep() {
      for (const flight of onWire)
        if (now() - flight.since > patienceMs)
          land(flight, { outcome: 'uncertain', failure: 'answer-lost', refs: [], detail: 'no answer' })
    },
  }
}
