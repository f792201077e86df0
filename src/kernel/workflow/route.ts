/**
 * The way through the steps. From a step it leads to the first of its `next` whose condition holds, else to the next in the list.
 * A step whose `when` does not hold is passed over, and so is a payment with nothing to pay, an effect that has been run, and opinions or
 * parts of which none is asked: the way
 * continues as if they had been done. Past the last step the request is done.
 */

import type { CompiledService, RuleValues } from '../definition/compiled.ts'
import type { FeePoint, Opinion, Part, Step } from '../definition/model.ts'
import type { Projection, Task } from './model.ts'

/** What the workflow needs of a compiled service. */
export type WorkflowService = Pick<CompiledService, 'definition' | 'holds'>

export const findStep = (service: WorkflowService, id: string | undefined): Step | undefined =>
  service.definition.steps.find(step => step.id === id)

/** What of the definition a task is of: its step, or the opinion asked there. */
export function taskSource(service: WorkflowService, task: Task | undefined): Step | Opinion | undefined {
  const step = findStep(service, task?.step)
  return task?.branch === undefined ? step : step?.opinions?.find(({ id }) => id === task.branch)
}

/** The opinions a step asks for, given what is known. */
export const opinionsAsked = (service: WorkflowService, step: Step, values: RuleValues): Opinion[] =>
  (step.opinions ?? []).filter(({ when }) => service.holds(when, values))

/** The services a step files as parts, given what is known. */
export const partsFiled = (service: WorkflowService, step: Step, values: RuleValues): Part[] =>
  (step.parts ?? []).filter(({ when }) => service.holds(when, values))

export type RouteFacts = { values: RuleValues; projection: Projection; unpaid: (point: FeePoint) => boolean }

/** The step to open after `from`, or the first one; undefined is the end. */
export function nextStep(
  service: WorkflowService,
  from: Step | undefined,
  facts: RouteFacts,
): Step | undefined {
  const { steps } = service.definition
  const passed = new Set<string>()
  let step = from ? successor(service, from, facts) : steps[0]
  while (step && isPassedOver(service, step, facts)) {
    passed.add(step.id)
    const onward = successor(service, step, facts)
    step = onward && passed.has(onward.id) ? inListAfter(steps, step, passed) : onward
  }
  return step
}

function successor(service: WorkflowService, from: Step, { values }: RouteFacts): Step | undefined {
  const { steps } = service.definition
  const branch = from.next?.find(({ when }) => service.holds(when, values))
  return branch ? findStep(service, branch.to) : steps[steps.indexOf(from) + 1]
}

/** Branches among passed-over steps that lead back would turn for ever; the list does not. */
function inListAfter(steps: Step[], step: Step, passed: Set<string>): Step | undefined {
  return steps.slice(steps.indexOf(step) + 1).find(({ id }) => !passed.has(id))
}

function isPassedOver(service: WorkflowService, step: Step, facts: RouteFacts): boolean {
  if (!service.holds(step.when, facts.values)) return true
  if (step.kind === 'payment') return !step.feePoint || !facts.unpaid(step.feePoint)
  if (step.kind === 'opinions') return opinionsAsked(service, step, facts.values).length === 0
  if (step.kind === 'parts') return partsFiled(service, step, facts.values).length === 0
  return step.kind === 'effect' && facts.projection.executedSteps.includes(step.id)
}

/** Whose a step is, by what is known of the request. */
export const officeOf = (
  service: WorkflowService,
  step: Pick<Step, 'office' | 'officeWhen'>,
  values: RuleValues,
): string => step.officeWhen?.find(({ when }) => service.holds(when, values))?.office ?? step.office

/** Whose a step was when the request was last there. */
export const lastOffice = ({ tasks }: Projection, step: Step): string =>
  tasks.findLast(task => task.purpose === 'step' && task.step === step.id)?.office ?? step.office

/** How often the request went from a confirmation back to a step before it: what was said to be done was not. */
export function timesSentBack({ definition: { steps } }: WorkflowService, { tasks }: Projection): number {
  const way = tasks
    .filter(({ purpose }) => purpose === 'step')
    .map(task => steps.findIndex(({ id }) => id === task.step))
  return way.filter((place, i) => {
    const from = way[i - 1]
    return from !== undefined && place < from && steps[from]?.kind === 'confirmation'
  }).length
}

export const isEnded = ({ state }: Projection): boolean =>
  state === 'done' || state === 'rejected' || state === 'withdrawn'

export const isFiled = ({ lastSeq }: Projection): boolean => lastSeq > 0

/** The fee point the request waits for, if it waits for a fee. */
export function awaitedFeePoint(service: WorkflowService, projection: Projection): FeePoint | undefined {
  if (!isFiled(projection) || isEnded(projection)) return undefined
  if (projection.step === undefined) return 'before-filing'
  const step = findStep(service, projection.step)
  return step?.kind === 'payment' ? step.feePoint : undefined
}

/** Earlier steps it may be sent back to: those it has been at, save what waits for the citizen and effects that were run. */
export function stepsBehind(service: WorkflowService, projection: Projection): string[] {
  const { steps } = service.definition
  const here = steps.findIndex(({ id }) => id === projection.step)
  return steps
    .slice(0, Math.max(0, here))
    .filter(step => projection.tasks.some(task => task.purpose === 'step' && task.step === step.id))
    .filter(step => canComeBackTo(step, projection))
    .map(({ id }) => id)
}

/** Where reopening leads: the step that ended it; before an effect that was run, the step before that. */
export function stepToReopen(service: WorkflowService, projection: Projection): Step | undefined {
  return projection.tasks
    .filter(task => task.purpose === 'step')
    .map(task => findStep(service, task.step))
    .findLast(
      step =>
        step !== undefined &&
        (step.kind === 'payment' ? !isSettled(step, projection) : canComeBackTo(step, projection)),
    )
}

const isSettled = (step: Step, projection: Projection): boolean =>
  step.feePoint === undefined || projection.settledFeePoints.includes(step.feePoint)

const canComeBackTo = (step: Step, projection: Projection): boolean =>
  step.kind !== 'payment' &&
  step.kind !== 'confirmation' &&
  // What was filed as parts lives on by itself, and is not filed again.
  step.kind !== 'parts' &&
  !(step.kind === 'effect' && projection.executedSteps.includes(step.id))
