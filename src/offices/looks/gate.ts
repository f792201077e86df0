import { Forbidden } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/index.ts'
import { type Call, noteLook } from '../../web/call.ts'
import { type Cause, findCause } from './causes.ts'

/** What a page is about to show of whom, and its purpose in the person's words. */
export type Seen = {
  personId: string
  requestId?: string | undefined
  subjectKind: string
  subjectId: string
  cause: string
  /** The part that stands masked otherwise: it is opened by a reason of its own. */
  part?: string | undefined
  /** Written down a moment ago: leafing through a file is one look. The cause is asked for all the same. */
  noted?: boolean | Promise<boolean> | undefined
}

/**
 * Work that lies open and brings the person up itself: a text to be answered, a refund to be decided, a notice to be posted. Given only by
 * a page that found it in its own list of what is open.
 */
export type Matter = { kind: 'task' | 'inspection' | 'visit'; requestId?: string | undefined }

/** Opening somebody's data was refused: there is no cause. `/office/why` asks for one. */
export class CauseMissing extends Forbidden {
  readonly personId: string
  readonly part: string | undefined

  constructor({ personId, part }: Pick<Seen, 'personId' | 'part'>) {
    super('cause-missing')
    this.personId = personId
    this.part = part
  }
}

/**
 * The gate before somebody's data: called in the transaction that reads them, before it reads them. A member of the staff passes with a task
 * at their office on a request of that person, a visit at their window, an inspection, or a reason given some minutes ago; the look is written
 * down with it and shown to the person at `/my/looks`. Without a cause nothing is read: `CauseMissing`, which is answered with the page that
 * asks for a reason. Citizens see what the access predicate gives them; partners' looks carry the cause they told.
 */
export async function lookInto(
  call: Call,
  tx: Read,
  { part, noted = false, ...seen }: Seen,
  matter?: Matter,
): Promise<Cause | undefined> {
  const { actor } = call.visitor
  if (actor.kind === 'partner') {
    noteLook(call, { ...seen, by: { kind: 'partner' } })
    return { kind: 'partner' }
  }
  if (actor.kind !== 'staff') return undefined
  const { staffId, appointments } = actor
  const asked = { staffId, appointments, ...seen, part }
  // What is under way at their offices is asked beyond what the page itself reaches; it shows nothing of it.
  const [cause, isNoted] = await Promise.all([
    matter ?? findCause(tx.asHouse('whether a task, visit or reason opens the file'), asked),
    noted,
  ])
  if (!cause) throw new CauseMissing({ personId: seen.personId, part })
  const found: Cause = cause
  const { kind, grantId, visitId, releaseId, claim } = found
  if (isNoted) return found
  noteLook(call, {
    ...seen,
    requestId: seen.requestId ?? found.requestId,
    cause: found.words ?? seen.cause,
    by: { kind, grantId, visitId, releaseId, claim },
    sensitive: part !== undefined,
  })
  return found
}

/** The transaction in which a file opened on a reason is read: the reason reaches a person whom no task of the reader's reaches. */
export const openedBy = <T extends Read>(tx: T, cause: Cause | undefined): T =>
  cause?.kind === 'reason' || cause?.kind === 'visit' ? tx.asHouse('a reason or a visit opens this file') : tx
