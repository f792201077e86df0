/**
 * What may happen next: one table, read by the page for its buttons and by the server for its refusals. An act stands if the request's
 * state, the task's state and purpose, the kind of the step and the step itself all leave room for it, and it is this person's to do.
 * An act that would stand but for a colleague who has the task, or a fee, is offered disabled and says why.
 */

import type { ActName, FeePoint, Field, Ground, Proof, Step, StepKind } from '../definition/model.ts'
import type { Projection, RequestState, Task, TaskState } from './model.ts'
import {
  awaitedFeePoint,
  findStep,
  isFiled,
  lastOffice,
  stepsBehind,
  stepToReopen,
  type WorkflowService,
} from './route.ts'
import { hasRole, isHeadOf, isParty, isTheirs, mayExcept, standsFor, takesPayment, type Who } from './who.ts'

/** Acts on the request as a whole; the others are on a task. */
export const requestActs = [
  'pay',
  'supply-papers',
  'answer',
  'lapse',
  'withdraw',
  'reopen',
] as const satisfies ActName[]
type RequestAct = (typeof requestActs)[number]

/** What each state leaves room for besides the tasks. */
export const actsByState = {
  submitted: ['withdraw'],
  'awaiting-fee': ['pay', 'withdraw'],
  'in-process': ['withdraw'],
  'awaiting-papers': ['supply-papers', 'withdraw'],
  'awaiting-outside': ['withdraw'],
  'awaiting-answer': ['answer', 'lapse'],
  'in-review': ['withdraw'],
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
]
const actsByTaskState = {
  open: workable,
  deferred: workable,
  referred: [],
  waiting: ['take', 'ask-papers', 'reject'],
  closed: [],
} satisfies Record<TaskState, readonly ActName[]>

const referredActs = {
  opinion: ['take', 'refer-back', 'refer', 'defer'],
  information: ['take', 'refer-back'],
} satisfies Record<Exclude<Task['purpose'], 'step'>, ActName[]>

/** What the person must give with the act. */
export type Needs = {
  note?: 'required' | 'optional'
  /** ask-papers: papers of the service by id; supply-papers: those missing. */
  papers?: string[]
  to?: boolean
  until?: boolean
  /** return: steps it may go back to. */
  steps?: string[]
  fields?: Field[]
  /** What must be shown of the work. */
  proofs?: Proof[]
  /** reject: the grounds to choose from. */
  grounds?: Ground[]
  /** pay: a receipt, or an exception under this person's name. */
  settle?: 'receipt' | 'exception' | 'either'
  feePoint?: FeePoint
  /** The person proves anew who they are. */
  reconfirm?: boolean
  /** appoint: the hours of a visit. */
  appointment?: boolean
  /** committee: the session's number, day and decision. */
  session?: boolean
}

export type Available = {
  name: ActName
  needs: Needs
  disabledBecause?: 'already-taken' | 'already-read' | 'fee-unpaid'
}

/** What the table cannot read off the request. Without it, fees count as paid and referrals as unread. */
export type TableFacts = { unpaid?: (point: FeePoint) => boolean; read?: (taskId: string) => boolean }

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
  return [...onTask, ...recalling(who, task, facts), ...onRequest]
}

/** Whoever sent a referral, or stands in for them, calls it back while nobody has read it. */
function recalling(who: Who, task: Task | undefined, facts: TableFacts): Available[] {
  if (!task || task.purpose === 'step' || task.state !== 'open') return []
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
  const room: readonly ActName[] = step?.kind === 'confirmation' ? workable : actsByTaskState[task.state]
  const fits = (name: ActName) => room.includes(name) && task.state !== 'closed'
  return actsOfStep(service, projection, step, task)
    .filter(name => fits(name) && isTheirs(who, task, name === 'take' && isSigned ? 'sign' : name))
    .filter(name => name !== 'take' || !(who.kind === 'staff' && who.staffId === task.assignee))
    .map((name): Available => {
      const offer = { name, needs: needsOf(service, projection, who, name, task) }
      const isTakeOver = name === 'take' && (isHeadOf(who, task.office) || isSigned)
      if (held && who.kind === 'staff' && !isTakeOver) return { ...offer, disabledBecause: 'already-taken' }
      const owes = name === 'hand-over' && feePoints.some(point => isOwed(projection, point, facts))
      return owes ? { ...offer, disabledBecause: 'fee-unpaid' } : offer
    })
}

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
  return step.kind === 'payment' || step.kind === 'confirmation' ? rest : [completes, 'take', ...rest]
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
      return who.kind === 'system'
    case 'withdraw':
      return projection.executedSteps.length === 0 && (isParty(who) || hasRole(who, 'clerk', 'manager'))
    case 'reopen': {
      const step = stepToReopen(service, projection)
      const office = step ? lastOffice(projection, step) : service.definition.guide.office
      return hasRole(who, 'manager') || isHeadOf(who, office)
    }
  }
}

function needsOf(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  name: ActName,
  task?: Task,
): Needs {
  const step = findStep(service, task?.step)
  const fields = {
    ...(step?.fields && step.fields.length > 0 && { fields: step.fields }),
    ...(step?.proofs && { proofs: step.proofs }),
  }
  switch (name) {
    case 'take':
      return {}
    case 'recall':
      return { note: 'optional' }
    case 'approve':
    case 'run-effect':
    case 'hand-over':
      return { note: 'optional', ...fields }
    case 'sign':
      return { note: 'optional', reconfirm: true, ...fields }
    case 'return':
      return { note: 'required', steps: stepsBehind(service, projection) }
    case 'ask-papers':
      return { note: 'optional', papers: service.definition.papers.map(({ id }) => id) }
    case 'supply-papers':
      return { note: 'optional', papers: projection.missingPapers.map(({ id }) => id) }
    case 'refer':
      return { note: 'required', to: true }
    case 'refer-back':
      return { note: task?.purpose === 'information' ? 'optional' : 'required' }
    case 'defer':
      return { note: 'optional', until: true }
    case 'reject': {
      const { grounds } = service.definition
      return grounds ? { note: 'optional', grounds } : { note: 'required' }
    }
    case 'reopen':
      return { note: 'required' }
    case 'answer': {
      const asked = findStep(service, projection.step)
      return {
        note: 'optional',
        ...(asked?.fields && { fields: asked.fields }),
        ...(asked?.proofs && { proofs: asked.proofs }),
      }
    }
    case 'opine':
    case 'record':
      return { note: 'optional', ...fields }
    case 'appoint':
      return { note: 'optional', appointment: true }
    case 'missed':
      return { note: 'required' }
    case 'lapse':
    case 'parts-ended':
    case 'effect-failed':
    case 'escalate':
    case 'move-deadline':
      return {}
    case 'withdraw':
      return { note: who.kind === 'staff' ? 'required' : 'optional' }
    case 'pay': {
      const feePoint = awaitedFeePoint(service, projection)
      const excepts = mayExcept(who)
      const pays = isParty(who) || takesPayment(who)
      const settle = excepts && pays ? 'either' : excepts ? 'exception' : 'receipt'
      return { note: 'optional', settle, ...(feePoint && { feePoint }) }
    }
  }
}
