import type { CompiledService, RuleValues, Step } from '../../../../kernel/definition/index.ts'
import { officeOf, type Projection, type Task } from '../../../../kernel/workflow/index.ts'

/** One stop of a request's way as its applicant reads it. */
export type WayStop = {
  step: Step
  state: 'done' | 'now' | 'halt' | 'outside' | 'to-come'
  task: Task | undefined
  /** Whose it is, or will be as far as is known. */
  office: string
}

/** The way of a request: steps done, the one it is on, and those to come whose condition holds as far as is known. */
export function wayOf(service: CompiledService, projection: Projection, values: RuleValues): WayStop[] {
  const { steps } = service.definition
  const here = steps.findIndex(step => step.id === projection.step)
  const ended = projection.closedAt !== undefined
  return steps.flatMap((step, place): WayStop[] => {
    const task = projection.tasks.findLast(each => each.purpose === 'step' && each.step === step.id)
    const office = task?.office ?? officeOf(service, step, values)
    const settled = step.feePoint !== undefined && projection.settledFeePoints.includes(step.feePoint)
    if (!ended && place === here) return [{ step, state: stateOf(projection), task, office }]
    if (place < here || ended) return task || settled ? [{ step, state: 'done', task, office }] : []
    return service.holds(step.when, values) ? [{ step, state: 'to-come', task: undefined, office }] : []
  })
}

function stateOf({ state }: Projection): WayStop['state'] {
  if (state === 'awaiting-papers' || state === 'awaiting-fee' || state === 'awaiting-answer') return 'halt'
  return state === 'awaiting-outside' ? 'outside' : 'now'
}
