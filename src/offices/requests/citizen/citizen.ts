import type { Actor } from '../../../kernel/access/index.ts'
import { Forbidden } from '../../../lib/errors.ts'
import type { Call } from '../../../web/call.ts'
import type { Draft } from '../drafts.ts'

type Citizen = Extract<Actor, { kind: 'citizen' }>

/** The citizen who knocks. The routes let nobody else in. */
export function citizenOf(call: Call): Citizen {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return actor
}

/** As drafts name their owner. */
export const ownerOf = (call: Call): Draft['owner'] => ({ kind: 'citizen', id: citizenOf(call).personId })
