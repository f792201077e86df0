import { affairsOf, may } from '../../../kernel/access/index.ts'
import { Forbidden } from '../../../lib/errors.ts'
import type { Call } from '../../../web/call.ts'

/** The citizen who pays; what one owes is shown to who has shown at the counter who they are. */
export function payerOf(call: Call): string {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  if (!may(actor, 'dues.read')) throw new Forbidden('not-verified')
  return affairsOf(actor)
}
