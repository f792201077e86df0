import type { CompiledService } from '../../../kernel/definition/index.ts'
import { findStep, joinOfParts, type PartOutcome } from '../../../kernel/workflow/index.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import type { Request } from '../model.ts'
import { getRequest } from '../store.ts'
import { outcomesOf, partsOf } from './store.ts'

/**
 * What the parts of a request came to, when that lets it go on or leaves it to people; undefined while it waits for more. Locks the request:
 * a part ends under its own lock first and its parent's after it, never the other way.
 */
export async function endedParts(tx: Write, requestId: string): Promise<PartOutcome[] | undefined> {
  const parent = await getRequest(tx, requestId, true)
  const { service } = (await catalogueOf(tx)).get(parent.serviceCode, parent.serviceVersion)
  return isAtParts(service, parent) ? outcomes(tx, parent, service) : undefined
}

const isAtParts = (service: CompiledService, { projection }: Request): boolean =>
  findStep(service, projection.step)?.kind === 'parts'

async function outcomes(
  tx: Write,
  { id, projection }: Request,
  service: CompiledService,
): Promise<PartOutcome[] | undefined> {
  const step = findStep(service, projection.step)
  const parts = outcomesOf(await partsOf(tx, id), projection.step ?? '')
  const joined = joinOfParts(step, parts)
  if (joined === 'awaited') return undefined
  const isAsked = projection.tasks.some(task => task.purpose === 'step' && task.state === 'open')
  return joined === 'met' || !isAsked ? parts : undefined
}
