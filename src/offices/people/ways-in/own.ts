import { Forbidden } from '../../../lib/errors.ts'
import type { Call } from '../../../web/call.ts'

/** The person of the staff who asks. */
export function staffIdOf({ visitor: { actor } }: Call): string {
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return actor.staffId
}
