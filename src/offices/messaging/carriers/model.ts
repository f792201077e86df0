/** What a carrier is asked to hand over. A text is at most one message of one or several parts. */
export type Outgoing = {
  messageId: string
  channel: 'sms' | 'email'
  /** E.164, or an e-mail address. */
  to: string
  text: string
  /** Of an e-mail. */
  subject?: string | undefined
  /** After which the carrier may give it up; its own term where left out. */
  validUntil?: Date | undefined
}

/**
 * Why something was not carried, in our words, whatever the carrier calls it:
 * - about the message: `wrong-number`, `wrong-address`, `message-refused`
 * - about the carrier: `no-connection`, `not-authorised`, `no-credit`, `switched-off`, `sender-refused`, `carrier-refused`, `carrier-trouble`
 * - too many at once: `throttled`
 * - not known whether taken: `answer-lost`, `answer-unknown`, `partly-taken`
 * - reported later: `unknown-subscriber`, `undeliverable`, `expired`, `rejected`, `deleted`
 */
export type Failure =
  | 'wrong-number'
  | 'wrong-address'
  | 'message-refused'
  | 'no-connection'
  | 'not-authorised'
  | 'no-credit'
  | 'switched-off'
  | 'sender-refused'
  | 'carrier-refused'
  | 'carrier-trouble'
  | 'throttled'
  | 'answer-lost'
  | 'answer-unknown'
  | 'partly-taken'
  | 'unknown-subscriber'
  | 'undeliverable'
  | 'expired'
  | 'rejected'
  | 'deleted'

/**
 * What came of handing over. `refs` are the carrier's own, one for each part it took, in the order of the parts; a single one where it
 * took a long text whole, none where it names none. `detail` is what the carrier itself said, for people who talk to it.
 */
export type HandedOver =
  | { outcome: 'accepted'; refs: string[]; delivered?: boolean | undefined }
  /**
   * Surely not taken. `message`: it is about the message (a wrong number), and no carrier would take it; `later`: about whoever it is for, and
   * it passes (a full letter box). Else another carrier may have it.
   */
  | {
      outcome: 'refused'
      failure: Failure
      cause: 'message' | 'later' | 'carrier' | 'throttled'
      detail?: string | undefined
    }
  /** Handed over, the answer lost: it may have reached the person. `refs` holds what was answered before. */
  | { outcome: 'uncertain'; failure: Failure; refs: string[]; detail?: string | undefined }

/** What a carrier says later of a part, in whichever order and however often. */
export type DeliveryReport = {
  /** The carrier's reference of the part; '' where it tells our own id only. */
  ref: string
  messageId?: string | undefined
  /** E.164 of whom the part was for, where the carrier tells it. */
  to?: string | undefined
  state: 'accepted' | 'delivered' | 'failed'
  /** `hard`: this number will never take a message (unknown subscriber). */
  failure?: { code: Failure; hard: boolean; detail?: string | undefined } | undefined
  at: Date
}

/** What somebody sent to the town, parts joined. */
export type IncomingText = { ref: string; from: string; to: string; text: string; at: Date }

/** What the carrier tells us, as it comes; the promise is kept once it is written down, and only then is the carrier answered. */
export type Listener = {
  report(reports: DeliveryReport[]): Promise<void>
  incoming(text: IncomingText): Promise<void>
}

/** Whoever carries messages to telephones or letter boxes: one connection, or one address that is called. */
export interface Carrier {
  /** How many may be under way at once. */
  readonly window: number
  /** True when handing over the same message id twice reaches the person once. */
  readonly repeatable: boolean
  /** Never throws: whatever happens is one of the three outcomes. */
  send(message: Outgoing): Promise<HandedOver>
  /** Whether it can take messages now; costs nothing, sends nothing. */
  check(): Promise<{ up: boolean; reason?: Failure | undefined; detail?: string | undefined }>
  /** What is left to spend, in the carrier's own units; where it can be asked. */
  balance?(): Promise<number | undefined>
  close(): Promise<void>
}

/** What a carrier needs of the house. */
export type Ground = {
  now(): Date
  /** Told in words for the log: connected, lost, refused. Never a number or a text. */
  say(what: string, detail?: string): void
  /** Address a carrier calls to say what became of a message. */
  reportTo?: string | undefined
}
