/** What a carrier is asked to hand over. A text is at most one message of one or several parts. */
export type Outgoing = {
  messageId: string
  channel: 'sms' | 'email'
  /** E.164, or an e-mail address. */
  to: string
  text: string
  /** Of an e-mail. */
  subject?: string | undefined
}

/** What came of handing over. `refs` are the carrier's own, one for each part it took, in the order of the parts. */
export type HandedOver =
  | { outcome: 'accepted'; refs: string[]; delivered?: boolean }
  /** Surely not taken: another carrier may have it. `message`: it is about the message (a wrong number), and no carrier would take it. */
  | { outcome: 'refused'; failure: string; cause: 'message' | 'carrier' | 'throttled' }
  /** Handed over, the answer lost: it may have reached the person. `refs` holds what was answered before. */
  | { outcome: 'uncertain'; failure: string; refs: string[] }

/** What a carrier says later of a part, in whichever order and however often. */
export type DeliveryReport = {
  /** The carrier's reference of the part; '' where it tells our own id only. */
  ref: string
  messageId?: string | undefined
  state: 'accepted' | 'delivered' | 'failed'
  /** `hard`: this number will never take a message (unknown subscriber); absent otherwise. */
  failure?: { code: string; hard: boolean } | undefined
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
  check(): Promise<{ up: boolean; reason?: string }>
  close(): Promise<void>
}
