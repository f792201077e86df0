import {
  afterSign,
  type Bucket,
  budgetLeft,
  type Circuit,
  chooseByWeight,
  filled,
  fullBucket,
  newCircuit,
  roomOf,
  type Sign,
} from '../../../kernel/messages/index.ts'
import type { Carrier } from '../carriers/model.ts'
import type { Provider } from '../carriers/store.ts'
import type { Channel, Claimed } from './model.ts'

/** One of those who carry a town's messages, as this process sees it. */
export type Member = {
  /** Undefined for those that are part of the house: the telephones of a demo town, the inbox of the portal. */
  readonly provider: Provider | undefined
  readonly name: string
  readonly channel: Channel
  readonly carrier: Carrier
  circuit: Circuit
  bucket: Bucket | undefined
  /** Its own weight, or less while it is slow. */
  weight: number
  underWay: number
  /** Parts it took today, as far as this process knows. */
  partsToday: number
}

export function newMember(
  of: Pick<Member, 'provider' | 'name' | 'channel' | 'carrier'>,
  now: number,
): Member {
  const { rate, weight = 1 } = of.provider ?? {}
  return {
    ...of,
    circuit: newCircuit(now),
    bucket: rate === undefined ? undefined : fullBucket(rate, now),
    weight,
    underWay: 0,
    partsToday: 0,
  }
}

/** How many messages of a lane a provider can take now, and `more` that may wait in memory. */
export function roomAt(member: Member, bulk: boolean, now: number, more = 0): number {
  const { circuit, carrier, provider, bucket } = member
  const window = carrier.window + (circuit.state === 'trial' ? 0 : more)
  const room = roomOf(circuit, member.underWay, window, now)
  const tokens =
    provider?.rate === undefined || !bucket
      ? Number.POSITIVE_INFINITY
      : Math.floor(filled(bucket, provider.rate, now).tokens)
  return Math.min(room, tokens, budgetLeft(provider?.dailyParts, member.partsToday, bulk))
}

/** Who carries this message, of those that have not refused it; `wait` where somebody could as soon as an answer comes in. */
export function chooseMember(
  members: readonly Member[],
  message: Claimed,
  now: number,
  chance: number,
): Member | 'wait' | 'nobody' {
  const free: Member[] = []
  let busy = false
  for (const member of members) {
    const able =
      member.channel === message.channel &&
      member.circuit.state !== 'down' &&
      !message.refusals.some(({ by }) => by === member.name)
    if (able && roomAt(member, message.lane === 2, now) > 0) free.push(member)
    if (able && member.underWay > 0) busy = true
  }
  return chooseByWeight(free, chance) ?? (busy ? 'wait' : 'nobody')
}

/** Counts a message as handed over. */
export function take(member: Member, parts: number, now: number): void {
  member.underWay += 1
  member.partsToday += parts
  const rate = member.provider?.rate
  if (rate === undefined || !member.bucket) return
  const bucket = filled(member.bucket, rate, now)
  member.bucket = { ...bucket, tokens: bucket.tokens - 1 }
}

/** Notes a sign of a provider; gives whether it came up or went down by it. */
export function noteSign(member: Member, sign: Sign, now: number): boolean {
  const before = member.circuit.state
  member.circuit = afterSign(member.circuit, sign, now)
  return before !== member.circuit.state
}
