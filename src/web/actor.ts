import type { Actor } from '../kernel/access/model.ts'
import type { Write } from '../platform/database/transaction.ts'

/** Who is at the door, with what the pages say of them. */
export type Visitor = {
  actor: Actor
  name: string
  office?: string | undefined
  post?: string | undefined
  /** The name of whoever a citizen acts for just now. */
  inPlaceOf?: string | undefined
  /** When this person last proved who they are; signing asks again after a while. */
  confirmedAt?: Date | undefined
  /** Hash of the session token: ends the session, and names the writer of idempotency keys. */
  sessionHash?: Buffer | undefined
}

export const nobody: Visitor = { actor: { kind: 'anonymous' }, name: '' }

/** Who the actor is, as one word and one id; what audit rows, idempotency keys and actions carry. */
export function actorKey(actor: Actor): {
  kind: 'citizen' | 'staff' | 'partner' | 'system' | 'anonymous'
  id: string
} {
  switch (actor.kind) {
    case 'citizen':
      return { kind: 'citizen', id: actor.personId }
    case 'staff':
      return { kind: 'staff', id: actor.staffId }
    case 'partner':
      return { kind: 'partner', id: actor.keyId }
    case 'system':
      return { kind: 'system', id: 'system' }
    case 'anonymous':
      return { kind: 'anonymous', id: 'anonymous' }
  }
}

/**
 * Whereby a look is allowed: a task, a visit or an inspection under way; a reason given for a while; a partner's word; a file that a
 * second person released.
 */
export const causeKinds = ['task', 'visit', 'inspection', 'reason', 'partner', 'release'] as const
export type CauseKind = (typeof causeKinds)[number]

export type LookCause = {
  kind: CauseKind
  grantId?: string | undefined
  visitId?: string | undefined
  releaseId?: string | undefined
  /** What becomes of the look besides its being written down, in the same transaction: an open visit learns whose it is. */
  claim?: ((tx: Write) => Promise<unknown>) | undefined
}

/** One look at somebody's data, told to them afterwards. */
export type Look = {
  personId: string
  requestId?: string | undefined
  subjectKind: string
  subjectId: string
  cause: string
  by: LookCause
  /** A part that stands masked was shown. */
  sensitive?: boolean | undefined
}

/**
 * What the door needs from offices that stand above it: who a token belongs to, and the writing down of looks.
 * The server hands it in, so that imports keep running downwards.
 */
export type Doorkeeper = {
  visitorOf(town: string, token: string): Promise<Visitor | undefined>
  partnerOf(town: string, key: string): Promise<Visitor | undefined>
  recordLooks(tx: Write, visitor: Visitor, act: string, looks: Look[]): Promise<void>
}
