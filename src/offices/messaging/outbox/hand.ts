import { afterHandingOver, type Sign } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { openEmail, openPhone } from '../../people/index.ts'
import type { HandedOver } from '../carriers/model.ts'
import type { Member } from './fleet.ts'
import type { Claimed, Part, Result } from './model.ts'
import { refusalNotes } from './prepare.ts'

/** What a carrier's answer says of the carrier. */
export function signOf(handed: HandedOver): Sign {
  if (handed.outcome === 'accepted') return { sign: 'answered' }
  if (handed.outcome === 'uncertain') return { sign: 'lost', reason: handed.failure }
  if (handed.cause === 'message') return { sign: 'answered' }
  return handed.cause === 'throttled' ? { sign: 'throttled' } : { sign: 'refused', reason: handed.failure }
}

/** Longer than any carrier takes to answer: one that breaks its promise leaves the message uncertain. */
const patienceMs = 90_000

/** Hands a message to a carrier; whatever happens is one of the three outcomes. */
export async function handOver(
  house: House,
  town: Town,
  { carrier, name }: Member,
  message: Claimed,
): Promise<HandedOver> {
  const { promise: tooLate, resolve } = Promise.withResolvers<HandedOver>()
  const lost = { outcome: 'uncertain', failure: 'answer-lost', refs: [], detail: 'no answer' } as const
  const timer = setTimeout(() => resolve({ ...lost, refs: [] }), patienceMs)
  try {
    const { id: messageId, channel, text, expiresAt: validUntil } = message
    if (channel === 'portal') return { outcome: 'accepted', refs: [] }
    const to = addressOf(house, town, message)
    const subject = channel === 'email' ? town.name.ar : undefined
    return await Promise.race([
      carrier.send({ ...{ messageId, channel, to, text }, subject, validUntil }),
      tooLate,
    ])
  } catch (error) {
    house.log.error({ part: 'messaging', err: error, provider: name }, 'a carrier broke its promise')
    return { outcome: 'uncertain', failure: 'answer-unknown', refs: [] }
  } finally {
    clearTimeout(timer)
  }
}

function addressOf({ crypto }: House, town: Town, { channel, sealed }: Claimed): string {
  if (!sealed) throw new Error('a message without an address is not handed over')
  const keys = { tx: { town: town.id }, crypto }
  return channel === 'email' ? openEmail(keys, sealed) : openPhone(keys, sealed)
}

/** What is written of a message once a carrier has answered, or nobody is left to ask. */
export function resultOf(message: Claimed, member: Member, handed: HandedOver, at: Date): Result {
  const next = afterHandingOver(handed, message.attempts)
  const { provider, name } = member
  const again = next.state === 'planned'
  return {
    ...{ message, state: next.state, at },
    failure: 'failure' in next && !again ? next.failure : undefined,
    hard: handed.outcome === 'refused' && handed.failure === 'wrong-number',
    provider: again ? undefined : { id: provider?.id, name, price: provider?.price },
    notBefore: next.state === 'planned' ? new Date(at.getTime() + next.afterMs) : undefined,
    parts: partsOf(message, handed),
    notes: [
      ...refusalNotes(message, at),
      ...(message.rewritten === 'neutral' && !again
        ? [{ id: newId(at), what: 'neutral', detail: 'shared-number' }]
        : []),
      ...(handed.outcome === 'uncertain'
        ? [{ id: newId(at), what: 'answer-lost', detail: `${name}: ${handed.detail ?? handed.failure}` }]
        : []),
    ],
  }
}

/** The parts as the carrier took them. Of an answer that was lost those without a reference may have been taken or not. */
function partsOf({ channel, parts }: Claimed, handed: HandedOver): Part[] {
  if (channel === 'portal' || handed.outcome === 'refused') return []
  const state = handed.outcome === 'accepted' && handed.delivered ? 'delivered' : 'submitted'
  const known: Part[] = handed.refs.map(ref => ({ ref, state }))
  if (handed.outcome === 'accepted') return known.length > 0 ? known : [{ ref: undefined, state }]
  const lost = Math.max(channel === 'email' ? 1 : parts, handed.refs.length + 1) - handed.refs.length
  return [...known, ...Array.from({ length: lost }, (): Part => ({ ref: undefined, state: 'uncertain' }))]
}
