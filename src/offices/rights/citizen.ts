import type { Actor } from '../../kernel/access/index.ts'
import { Forbidden } from '../../lib/errors.ts'
import type { Call } from '../../web/call.ts'

/** The citizen at the door. */
export function citizenOf(call: Pick<Call, 'visitor'>): Extract<Actor, { kind: 'citizen' }> {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return actor
}

/** Whose data it is about: their own, or of whoever they act for by a mandate that covers it. */
export const subjectOf = (call: Pick<Call, 'visitor'>): string => {
  const actor = citizenOf(call)
  return actor.inPlaceOf?.personId ?? actor.personId
}
