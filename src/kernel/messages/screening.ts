import { kinds, type MessageKind } from './kinds.ts'

/** What is known of a message in the moment it would be sent. Instants are in milliseconds. */
export type Facts = {
  kind: MessageKind
  expiresAt: number | undefined
  /** Whoever it is for has a number, or a letter box. */
  addressed: boolean
  /** Several people read what comes to it. */
  shared: boolean
  /** It took nothing for so long that it is asked again first. */
  asleep: boolean
  optedOut: boolean
  paused: boolean
  /** When the quiet hours that hold for this kind now are over. */
  quietUntil: number | undefined
}

export type Screened =
  | { do: 'send'; neutral: boolean }
  | { do: 'wait'; until: number; why: 'quiet' }
  /** Until somebody lifts the pause. */
  | { do: 'park' }
  | { do: 'end'; state: 'expired' | 'unaddressed' | 'opted-out' | 'failed'; failure: string }

/** Kinds whose words are of one person alone. What answers a text, and what is said to everybody, is not. */
const personal: readonly MessageKind[] = ['security', 'legal', 'step', 'thread', 'bill', 'reminder']

/** Whether a message is sent now. Screened when it would go, never when it was planned: people change their minds and numbers in between. */
export function screen(facts: Facts, now: number): Screened {
  const end = (state: Extract<Screened, { do: 'end' }>['state'], failure: string): Screened => ({
    do: 'end',
    state,
    failure,
  })
  if (facts.expiresAt !== undefined && facts.expiresAt <= now) return end('expired', 'expired')
  if (!facts.addressed) return end('unaddressed', 'no-address')
  if (facts.optedOut && kinds[facts.kind].optOut) return end('opted-out', 'opted-out')
  if (facts.asleep && facts.kind !== 'code' && facts.kind !== 'reply')
    return end('unaddressed', 'number-asleep')
  if (facts.shared && facts.kind === 'code') return end('failed', 'shared-number')
  if (facts.paused) return { do: 'park' }
  if (facts.quietUntil !== undefined && facts.quietUntil > now && kinds[facts.kind].quiet)
    return { do: 'wait', until: facts.quietUntil, why: 'quiet' }
  return { do: 'send', neutral: facts.shared && personal.includes(facts.kind) }
}
