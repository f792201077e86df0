import type { Actor } from '../../../../kernel/access/index.ts'
import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { availableActs } from '../../../../kernel/workflow/index.ts'
import type { Read } from '../../../../platform/database/index.ts'
import type { Request } from '../../model.ts'
import { whoIs } from '../../surroundings.ts'

/** What its applicant may do on a request now; undefined where it is none of theirs. */
export async function requestActsFor(
  tx: Read,
  actor: Actor,
  request: Request,
  service: CompiledService,
): Promise<{ supply: boolean; withdraw: boolean; answer: boolean } | undefined> {
  const who = await whoIs(tx, actor, request)
  if (who.kind !== 'citizen' || who.relation !== 'party') return undefined
  const names = availableActs(service, request.projection, who).map(act => act.name)
  return {
    supply: names.includes('supply-papers'),
    withdraw: names.includes('withdraw'),
    answer: names.includes('answer'),
  }
}
