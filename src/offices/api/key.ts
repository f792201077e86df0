import { Forbidden } from '../../lib/errors.ts'
import type { Call } from '../../web/call.ts'

/** The id of the key that calls. */
export function keyOf({ visitor: { actor } }: Call): string {
  if (actor.kind !== 'partner') throw new Forbidden('scope-missing')
  return actor.keyId
}
