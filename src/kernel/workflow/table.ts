/**
 * What may happen next: one table, read by the page for its buttons and by the server for its refusals. An act stands if the request's
 * state, the task's state and purpose, the kind of the step and the step itself all leave room for it, and it is this person's to do.
 * An act that would stand but for a colleague who has the task, or a fee, is offered disabled and says why.
 */

import type { ActName, FeePoint, Step, StepKind } from '../definition/model.ts'
import type { Projection, RequestState, Task, TaskState } from './model.ts'
import { type Needs, needsOf } from './needs.ts'
import { findStep, isFiled, lastOffice, stepsBehind, stepToReopen, type WorkflowService } from './route.ts'
import { nextRung } from './system.ts'
import { hasRole, isHeadOf, isParty, isTheirs, mayExcept, standsFor, takesPayment, type Who } from './who.ts'

/** Acts on the request as a whole; the others are on a task. */
export const requestActs = [
  'pay',
  'supply-papers',
  'answer',
  'lapse',
  'withdraw',
  'reopen',
  'parts-ended',
  'move-deadline',
] as const satisfies ActName[]
type RequestAct = (typeof requestActs)[number]

/** What each state leaves room for besides the tasks. */
export const actsByState = {
  submitted: ['withdraw', 'parts-ended', 'move-deadline'],
  'awaiting-fee': ['pay', 'withdraw', 'move-deadline'],
  'in-process': ['withdraw', 'parts-ended', 'move-deadline'],
  'awaiting-papers': ['supply-papers', 'withdraw', 'move-deadline'],
  'awaiting-outside': ['withdraw', 'move-deadline'],
  'awaiting-answer': ['answer', 'lapse', 'move-deadline'],
  'in-review': ['withdraw', 'move-deadline'],
  done: ['reopen'],
  rejected: ['reopen'],
  withdrawn: ['reopen'],
} satisfies Record<RequestState, RequestAct[]>

/** For each kind of step: the act that completes it, always offered, and those a step may list in its `acts`. */
export const actsByKind: Record<StepKind, { completes: ActName; may: readonly ActName[] }> = {
  review: { completes: 'approve', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  'fee-assessment': { completes: 'approve', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  payment: { completes: 'pay', may: ['return', 'reject'] },
  decision: { completes: 'approve', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  signature: { completes: 'sign', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  effect: { completes: 'run-effect', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  confirmation: { completes: 'answer', may: ['return'] },
  handover: { completes: 'hand-over', may: ['return', 'ask-papers', 'refer', 'defer'] },
  opinions: { completes: 'opine', may: ['return', 'ask-papers', 'reject'] },
  outside: { completes: 'record', may: ['return', 'ask-papers', 'reject'] },
  'site-visit': {
    completes: 'approve',
    may: ['appoint', 'missed', 'return', 'ask-papers', 'refer', 'defer', 'reject'],
  },
  committee: { completes: 'approve', may: ['return', 'ask-papers', 'refer', 'defer', 'reject'] },
  parts: { completes: 'parts-ended', may: ['return', 'reject'] },
}

const workable: readonly ActName[] = [
  'take',
  'approve',
  'sign',
  'run-effect',
  'hand-over',
  'return',
  'ask-papers',
  'refer',
  'refer-back',
  'defer',
  'reject',
  'opine',
  'record',
  'appoint',
  'missed',
]
const actsByTaskState = {
  open: workable,
  deferred: workable,
  referred: [],
  waiting: ['take', 'ask-papers', 'reject'],
  closed: [],
} satisfies Record<TaskState, readonly ActName[]>

/** Whoever gathers what is asked side by side waits, and may still stop it. */
const gathering: readonly ActName[] = ['take', 'return', 'ask-papers', 'reject']

const referredActs = {
  branch: ['opine', 'take', 'refer', 'defer'],
  opinion: ['take', 'refer-back', 'refer', 'defer'],
  information: ['take', 'refer-back'],
} satisfies Record<Exclude<Task['purpose'], 'step'>, ActName[]>

export type Available = {
  name: ActName
  needs: Needs
  disabledBecause?: 'already-taken' | 'already-read' | 'fee-unpaid' | 'appointment-required'
}

/** What the table cannot read off the request. Without it, fees count as paid, referrals as unread and appointments as begun. */
export type TableFacts = {
  unpaid?: (point: FeePoint) => boolean
  read?: (taskId: string) => boolean
  /** Now: an appointment that has not begun cannot be reported on. */
  at?: Date
}

/** The acts this person may do on the request and, if one is given, on the task. */
export function availableActs(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  task?: Task,
  facts: TableFacts = {},
): Available[] {
  if (!isFiled(projection)) return []
  const onTask = task ? actsOnTask(service, projection, who, task, facts) : []
  const onRequest = actsByState[projection.state]
    .filter(name => isTheirsOnRequest(service, projection, who, name))
    .map((name): Available => ({ name, needs: needsOf(service, projection, who, name) }))
  return [
    ...onTask,
    ...recalling(who, task, facts),
    ...bySystem(service, projection, who, task),
    ...onRequest,
  ]
}

/** What the system does on a task by itself: effects it was left to run, and word to those above of what is late. */
function bySystem(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  task: Task | undefined,
): Available[] {
  if (who.kind !== 'system' || !task || task.state === 'closed') return []
  const step = findStep(service, task.step)
  const runs =
    task.purpose === 'step' &&
    step?.kind === 'effect' &&
    step.auto === true &&
    task.state === 'waiting' &&
    projection.missingPapers.length === 0
  const names: ActName[] = [
    ...(runs ? (['run-effect', 'effect-failed'] as const) : []),
    ...(nextRung(service, projection, task) ? (['escalate'] as const) : []),
  ]
  return names.map(name => ({ name, needs: needsOf(service, projection, who, name, task) }))
}

/** Whoever sent a referral, or stands in for them, calls it back while nobody has read it. */
function recalling(who: Who, task: Task | undefined, facts: TableFacts): Available[] {
  if (task?.state !== 'open') return []
  if (task.purpose !== 'opinion' && task.purpose !== 'information') return []
  if (task.from?.kind !== 'staff' || !standsFor(who, task.from.id)) return []
  const offer: Available = { name: 'recall', needs: { note: 'optional' } }
  return [facts.read?.(task.id) ? { ...offer, disabledBecause: 'already-read' } : offer]
}

function actsOnTask(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  task: Task,
  facts: TableFacts,
): Available[] {
  const step = findStep(service, task.step)
  const held = task.assignee !== undefined && !standsFor(who, task.assignee)
  // Only who may sign takes a signature up, from whoever has it: a deputy steps in.
  const isSigned = task.purpose === 'step' && step?.kind === 'signature'
  const room = roomOf(projection, step, task)
  const fits = (name: ActName) => room.includes(name) && task.state !== 'closed'
  return actsOfStep(service, projection, step, task)
    .filter(name => fits(name) && isTheirs(who, task, name === 'take' && isSigned ? 'sign' : name))
    .filter(name => name !== 'take' || !(who.kind === 'staff' && who.staffId === task.assignee))
    .map((name): Available => {
      const offer = { name, needs: needsOf(service, projection, who, name, task) }
      const isTakeOver = name === 'take' && (isHeadOf(who, task.office) || isSigned)
      if (held && who.kind === 'staff' && !isTakeOver) return { ...offer, disabledBecause: 'already-taken' }
      const unagreed = name === 'missed' ? isAhead(task, facts) : lacksAppointment(step, task, facts)
      if ((name === 'approve' || name === 'missed') && unagreed)
        return { ...offer, disabledBecause: 'appointment-required' }
      const owes = name === 'hand-over' && feePoints.some(point => isOwed(projection, point, facts))
      return owes ? { ...offer, disabledBecause: 'fee-unpaid' } : offer
    })
}

/** What the state of a task leaves room for; one that waits for others outside or the system may be worked on meanwhile. */
function roomOf(projection: Projection, step: Step | undefined, task: Task): readonly ActName[] {
  const isMain = task.purpose === 'step'
  if (isMain && task.state === 'waiting' && projection.missingPapers.length === 0) return workable
  const gathers = step?.kind === 'opinions' || step?.kind === 'parts'
  return isMain && gathers && task.state === 'referred' ? gathering : actsByTaskState[task.state]
}

/** Somebody has to be there, and no time agreed on has come. */
const lacksAppointment = (step: Step | undefined, task: Task, facts: TableFacts): boolean =>
  step?.kind === 'site-visit' && step.presence !== 'not-needed' && isAhead(task, facts)

/** No hour of a visit has come yet. */
const isAhead = ({ appointment }: Task, { at }: TableFacts): boolean =>
  appointment === undefined || (at !== undefined && appointment.from > at)

export const feePoints: readonly FeePoint[] = [
  'before-filing',
  'before-study',
  'after-decision',
  'before-execution',
  'before-handover',
]

const isOwed = (projection: Projection, point: FeePoint, { unpaid }: TableFacts): boolean =>
  unpaid !== undefined && !projection.settledFeePoints.includes(point) && unpaid(point)

function actsOfStep(
  service: WorkflowService,
  projection: Projection,
  step: Step | undefined,
  task: Task,
): readonly ActName[] {
  if (task.purpose !== 'step') return referredActs[task.purpose]
  if (!step) return []
  const { completes, may } = actsByKind[step.kind]
  const listed = may.filter(name => step.acts.includes(name))
  const rest = stepsBehind(service, projection).length > 0 ? listed : listed.filter(name => name !== 'return')
  // A fee is settled on the request, at any till, and an answer is the applicant's: nobody takes them up as their task.
  if (step.kind === 'payment' || step.kind === 'confirmation' || step.kind === 'parts') return rest
  // Opinions are given on tasks of their own.
  return step.kind === 'opinions' ? ['take', ...rest] : [completes, 'take', ...rest]
}

function isTheirsOnRequest(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  name: RequestAct,
): boolean {
  switch (name) {
    case 'pay':
      return isParty(who) || takesPayment(who) || mayExcept(who)
    case 'supply-papers': {
      const waiting = projection.tasks.find(({ state }) => state === 'waiting')
      return (
        isParty(who) ||
        hasRole(who, 'clerk', 'manager') ||
        (waiting !== undefined && isTheirs(who, waiting, name))
      )
    }
    case 'answer':
      return isParty(who) || hasRole(who, 'clerk', 'manager')
    case 'lapse':
    case 'move-deadline':
      return who.kind === 'system'
    case 'parts-ended':
      return who.kind === 'system' && findStep(service, projection.step)?.kind === 'parts'
    case 'withdraw':
      return projection.executedSteps.length === 0 && (isParty(who) || hasRole(who, 'clerk', 'manager'))
    case 'reopen': {
      const step = stepToReopen(service, projection)
      const office = step ? lastOffice(projection, step) : service.definition.guide.office
      return hasRole(who, 'manager') || isHeadOf(who, office)
    }
  }
}
