import { afterHandingOver, type Sign } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import { spanned } from '../../../platform/telemetry/spans.ts'
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
  if (handed.cause === 'message' || handed.cause === 'later') return { sign: 'answered' }
  return handed.cause === 'throttled' ? { sign: 'throttled' } : { sign: 'refused', reason: handed.failure }
}

/** Hands a message to a carrier; whatever happens is one of the three outcomes. */
export async function handOver(
  house: House,
  town: Town,
  { carrier, name }: Member,
  message: Claimed,
): Promise<HandedOver> {
  const { id: messageId, channel, text, expiresAt: validUntil } = message
  if (channel === 'portal') return { outcome: 'accepted', refs: [] }
  const to = addressOf(house, town, message)
  if (to === undefined) return { outcome: 'refused', failure: 'wrong-number', cause: 'message' }
  try {
    const subject = channel === 'email' ? town.name.ar : undefined
    const facts = { 'shubbak.channel': channel, 'shubbak.lane': message.lane }
    return await spanned('job', 'message handed over', facts, async note => {
      const handed = await carrier.send({ messageId, channel, to, text, subject, validUntil })
      note({ 'shubbak.outcome': handed.outcome })
      return handed
    })
  } catch (error) {
    house.log.error({ part: 'messaging', err: error, provider: name }, 'a carrier broke its promise')
    return { outcome: 'uncertain', failure: 'answer-unknown', refs: [] }
  }
}

/** The number or address in clear; undefined where it cannot be opened, which no carrier would mend. */
function addressOf({ crypto, log }: House, town: Town, { channel, sealed }: Claimed): string | undefined {
  const keys = { tx: { town: town.id }, crypto }
  try {
    if (sealed) return channel === 'email' ? openEmail(keys, sealed) : openPhone(keys, sealed)
  } catch (error) {
    log.error({ part: 'messaging', err: error }, 'an address could not be opened')
  }
  return undefined
}

/** What is written of a message once a carrier has answered, or nobody is left to ask. */
export function resultOf(message: Claimed, member: Member, handed: HandedOver, at: Date): Result {
  const later = { since: message.later?.since ?? at, tries: (message.later?.tries ?? 0) + 1 }
  const sinceMs = at.getTime() - later.since.getTime()
  const next = afterHandingOver(handed, message.attempts, { tries: later.tries, sinceMs })
  const { provider, name } = member
  const again = next.state === 'planned'
  const notes = refusalNotes(message, at)
  if (message.rewritten === 'neutral' && !again)
    notes.push({ id: newId(at), what: 'neutral', detail: 'shared-number' })
  if (handed.outcome === 'uncertain')
    notes.push({
      id: newId(at),
      what: 'answer-lost',
      detail: `${name}: ${handed.detail ?? handed.failure}`,
    })
  return {
    message,
    state: next.state,
    at,
    failure: 'failure' in next && !again ? next.failure : undefined,
    hard: message.sealed !== undefined && handed.outcome === 'refused' && handed.failure === 'wrong-number',
    provider: again ? undefined : { id: provider?.id, name, price: provider?.price },
    notBefore: next.state === 'planned' ? new Date(at.getTime() + next.afterMs) : undefined,
    later: handed.outcome === 'refused' && handed.cause === 'later' ? later : undefined,
    parts: partsOf(message, handed),
    notes,
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
