import { Forbidden } from '../../../lib/errors.ts'
import type { Call } from '../../../web/call.ts'

/** The citizen at the door. */
export function personOf(call: Pick<Call, 'visitor'>): string {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return actor.personId
}
