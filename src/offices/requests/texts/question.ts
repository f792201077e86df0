import type { CompiledService, Field } from '../../../kernel/definition/index.ts'
import { findStep, type Projection } from '../../../kernel/workflow/index.ts'

/** The question of the step in hand where it is answered with yes or no; undefined where it asks something else, or nothing. */
export function plainQuestion(
  service: CompiledService,
  projection: Pick<Projection, 'step'>,
): Field | undefined {
  const step = findStep(service, projection.step)
  const [first] = step?.kind === 'confirmation' ? (step.fields ?? []) : []
  return first?.kind === 'yes-no' ? first : undefined
}
