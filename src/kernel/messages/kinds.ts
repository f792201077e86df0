/** Codes go before what somebody waits for, and that before what is said to many. */
export const lanes = { code: 0, step: 1, bulk: 2 } as const
export type Lane = keyof typeof lanes

type Terms = {
  lane: Lane
  /** Waits for the end of the town's quiet hours. */
  quiet: boolean
  /** Whoever does not want such messages gets none. Never of what the law has the town tell. */
  optOut: boolean
}

/** What a message is, and what follows from it. */
export const kinds = {
  /** A code somebody is waiting to type. */
  code: { lane: 'code', quiet: false, optOut: false },
  /** Somebody looked at your file, somebody logged in as you. */
  security: { lane: 'step', quiet: true, optOut: false },
  /** From which a term runs: refused, lapsed, a letter of the town, a notice of debt. */
  legal: { lane: 'step', quiet: true, optOut: false },
  /** A step of a request. */
  step: { lane: 'step', quiet: true, optOut: true },
  /** What an officer writes in a request. */
  thread: { lane: 'step', quiet: true, optOut: true },
  /** The answer to a text sent a moment ago. */
  reply: { lane: 'step', quiet: false, optOut: false },
  /** A turn that comes near. */
  turn: { lane: 'step', quiet: false, optOut: false },
  bill: { lane: 'bulk', quiet: true, optOut: true },
  reminder: { lane: 'bulk', quiet: true, optOut: true },
  survey: { lane: 'bulk', quiet: true, optOut: true },
  awareness: { lane: 'bulk', quiet: true, optOut: true },
} as const satisfies Record<string, Terms>

export type MessageKind = keyof typeof kinds
export const messageKinds = Object.keys(kinds) as MessageKind[]
/** The kinds a person may do without. */
export type OptionalKind = {
  [Kind in MessageKind]: (typeof kinds)[Kind]['optOut'] extends true ? Kind : never
}[MessageKind]
export const optionalKinds = messageKinds.filter((kind): kind is OptionalKind => kinds[kind].optOut)
export const isMessageKind = (text: string): text is MessageKind => Object.hasOwn(kinds, text)
