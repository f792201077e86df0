import type { MessageKind, MessageState } from '../../../kernel/messages/index.ts'
import type { PartPrice } from '../../../lib/sms/index.ts'

export type Channel = 'sms' | 'email' | 'portal'

/** What was done by hand about a message that reached nobody, or may not have. */
export const settlings = ['called', 'post', 'counter', 'sent-again', 'left'] as const
export type Settling = (typeof settlings)[number]
export const isSettling = (text: string): text is Settling => (settlings as readonly string[]).includes(text)

/** A message as the lists of the office show it. */
export type MessageLine = {
  id: string
  channel: Channel
  kind: MessageKind
  event: string
  template: string | undefined
  templateVersion: number | undefined
  /** Empty until a message that is filled when it goes has gone. */
  body: string
  parts: number
  encoding: 'GSM-7' | 'UCS-2'
  state: MessageState
  failure: string | undefined
  plannedAt: Date
  sentAt: Date | undefined
  deliveredAt: Date | undefined
  endedAt: Date | undefined
  readAt: Date | undefined
  /** Of all its parts. */
  price: PartPrice | undefined
  provider: string | undefined
  request: { id: string; number: string } | undefined
  person: { id: string; name: string } | undefined
  to: Buffer | undefined
  settled: { how: Settling; by: string | undefined; at: Date } | undefined
}

/** Groups of states, as people ask for them. */
export const stateGroups = {
  'on-way': ['planned', 'sent'],
  delivered: ['delivered'],
  failed: ['failed'],
  uncertain: ['uncertain'],
  unaddressed: ['unaddressed'],
  held: ['held'],
  'opted-out': ['opted-out'],
  expired: ['expired'],
  cancelled: ['cancelled'],
} as const satisfies Record<string, readonly MessageState[]>
export type StateGroup = keyof typeof stateGroups
export const isStateGroup = (text: string): text is StateGroup => Object.hasOwn(stateGroups, text)

/** Beyond so many days nobody waits for the report of a message that went. */
export const reportDays = 3
