import { type Actor, affairsOf, mandates } from '../../../kernel/access/index.ts'
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

/** Whose affairs the page is about: the citizen's own, or those of whoever they act for. */
export const personOf = (call: Call): string => affairsOf(citizenOf(call))

/** As drafts name their owner: what is written in somebody's place is theirs, and they see it. */
export const ownerOf = (call: Call): Draft['owner'] => ({ kind: 'citizen', id: personOf(call) })

/** Whether a mandate lets this service be filed; always in one's own affairs. */
export function filesHere(call: Call, code: string): boolean {
  const { inPlaceOf } = citizenOf(call)
  if (!inPlaceOf) return true
  return mandates(inPlaceOf, 'request.file') && (inPlaceOf.services?.includes(code) ?? true)
}
