import type { MessageKind, MessageState } from '../../../kernel/messages/index.ts'
import type { Town } from '../../../web/town.ts'
import type { Carrier, Listener } from '../carriers/model.ts'
import type { Provider } from '../carriers/store.ts'

export type Channel = 'sms' | 'email' | 'portal'

/** Opens the connection to a provider, or says what its calls look like. What it hears goes to the listener. */
export type OpenCarrier = (town: Town, provider: Provider, listener: Listener) => Carrier

/** A message in the hands of this process. */
export type Claimed = {
  id: string
  channel: Channel
  lane: number
  kind: MessageKind
  template: string | undefined
  sealed: Buffer | undefined
  /** Blind index of the number or address, in hexadecimals. */
  index: string | undefined
  text: string
  parts: number
  /** Of words that are written anew; those of the row have theirs. */
  encoding: string | undefined
  /** This try; the first is 1. */
  attempts: number
  /** Where whoever it is for did not take it for now: since when, and how often. */
  later: { since: Date; tries: number } | undefined
  fill: { by: string; id: string } | undefined
  expiresAt: Date | undefined
  takenAt: Date
  /** What was written down before it is handed over: the batch it goes with. */
  handing: string
  /** The words differ from those of the row: filled just now, or neutral ones in place of private ones. */
  rewritten: 'filled' | 'neutral' | undefined
  /** The private words that neutral ones stand in for. */
  behind: string | undefined
  /** Who refused it in this try, and why: they are not asked again in this try. */
  refusals: { by: string; failure: string }[]
}

/** A part as a carrier took it. */
export type Part = { ref: string | undefined; state: 'submitted' | 'delivered' | 'uncertain' }

/** What is written of a message once it is known. */
export type Result = {
  message: Claimed
  state: MessageState
  failure: string | undefined
  /** The number takes no messages, as the carrier says. */
  hard: boolean
  provider: { id: string | undefined; name: string; price: Provider['price'] | undefined } | undefined
  at: Date
  /** Of one that is planned again. */
  notBefore: Date | undefined
  /** Of one that whoever it is for did not take for now; otherwise what was known stays. */
  later?: Claimed['later']
  parts: Part[]
  notes: { id: string; what: string; detail: string }[]
}
