import type { Asked } from '../../../kernel/messages/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import type { Worded } from '../templates/registry.ts'

/** What a provider hands over: who wrote what to which number of the town, under a reference of the provider's own. */
export type IncomingSms = {
  provider: string
  providerRef: string
  from: string
  to: string
  text: string
  at: Date
}

/** Where a text is heard. A `Call` is one. */
export type Desk = { house: House; town: Town }

/** A message as offices hear it. */
export type Heard = {
  id: string
  /** The sender, E.164, and the same sealed and indexed as rows keep it. */
  from: string
  sealed: Buffer
  index: Buffer
  text: string
  /** The text in words, folded: أ إ آ ا are one, digits are Western. */
  words: readonly string[]
  /** What it asks for. */
  asked: Asked
  /** Whose telephone it is, where it is one person's alone. */
  personId: string | undefined
  /** Whether that person has shown that it is theirs: what is private is told to nobody else. */
  verified: boolean
}

/** What an office answers: its words, or nothing at all. `requestId`: the request it was about. */
export type Reply = { reply?: string | Worded | undefined; requestId?: string | undefined }

/** Hears a message. Undefined says «not mine», and the next one is asked; a reply is planned in the same transaction. */
export type IncomingHandler = (tx: Write, desk: Desk, message: Heard) => Promise<Reply | undefined>

/** What an office asked this telephone and still waits to hear, and how it takes the answer in. */
export type OpenQuestion = { askedAt: Date; take(): Promise<Reply> }

export type IncomingListener = {
  name: string
  hear?: IncomingHandler | undefined
  /**
   * What it asked the telephone last: for texts that answer, «4» or «نعم». Of several offices the one that asked last is answered;
   * undefined where nothing is open, or the text does not answer it.
   */
  asks?: ((tx: Write, desk: Desk, message: Heard) => Promise<OpenQuestion | undefined>) | undefined
  /** Heard after all others: a conversation takes what nobody else understood. */
  last?: boolean | undefined
  /** One line of the help: «دور» لأخذ دور. */
  hint?: string | undefined
}

/** What became of a text; without an id it was one too many of its number, and dropped. */
export type Received = { id: string | undefined; repeated: boolean; handledBy: string | undefined }
