/**
 * The fold. `apply` is one step of it and `project` the whole: `project(s, actions, ctx)` is `actions.reduce(apply, unfiled)`, so that the
 * projection the server stores act by act is the one recomputed from history. Nothing outside the actions and the frozen context is
 * asked: what the ledger said and which ids were given is in each action's data.
 */

import type { Step } from '../definition/model.ts'
import { promiseFrom } from './clock.ts'
import { defer, takeUpEarly } from './deferral.ts'
import type { Action, Consequence, Projection } from './model.ts'
import { recall, refer, referBack } from './referral.ts'
import { findStep, isEnded, stepToReopen, type WorkflowService } from './route.ts'
import {
  accept,
  advance,
  begin,
  changeTask,
  end,
  type FoldContext,
  lastAssignee,
  leaveStep,
  mainTask,
  opened,
  openStep,
  pause,
  resume,
  stateOf,
  type Turn,
  takenByActor,
  tell,
} from './turn.ts'

/** Before the first action. */
export const unfiled: Projection = Object.freeze({
  state: 'submitted',
  step: undefined,
  tasks: [],
  missingPapers: [],
  stepFields: {},
  settledFeePoints: [],
  executedSteps: [],
  dueAt: undefined,
  pausedAt: undefined,
  pausedMs: 0,
  closedAt: undefined,
  lastSeq: 0,
})

/** The whole fold. */
export const project = (service: WorkflowService, actions: readonly Action[], ctx: FoldContext): Projection =>
  actions.reduce((projection, action) => apply(service, projection, action, ctx), unfiled)

/** One step of the fold. */
export function apply(
  service: WorkflowService,
  projection: Projection,
  action: Action,
  ctx: FoldContext,
): Projection {
  const ids = (action.data.opens ?? []).values()
  const newTaskId = () => {
    const { value } = ids.next()
    if (value === undefined) throw new RangeError(`action ${action.seq} opens a task it names no id for`)
    return value
  }
  return turnOver(service, projection, action, ctx, newTaskId).projection
}

/** One step of the fold together with what it asks the offices to do. */
export function turnOver(
  service: WorkflowService,
  projection: Projection,
  action: Action,
  ctx: FoldContext,
  newTaskId: () => string,
): { projection: Projection; consequences: Consequence[] } {
  const turn: Turn = { service, action, ctx, next: { ...projection }, newTaskId, consequences: [] }
  turn.next.lastSeq = action.seq
  takeUpEarly(turn)
  moves[action.name](turn)
  turn.next.state = stateOf(service, turn.next)
  return { projection: turn.next, consequences: turn.consequences }
}

const moves = {
  file: begin,
  take: turn =>
    changeTask(turn, turn.action.taskId, task => ({
      // Whoever takes over a task that waits for papers waits on.
      ...(task.state === 'deferred' ? opened(task) : task),
      assignee: turn.action.actor.id,
    })),
  assign: turn => {
    const { action } = turn
    changeTask(turn, action.taskId, task => ({
      ...(task.state === 'deferred' ? opened(task) : task),
      ...(action.data.assignee !== undefined && { assignee: action.data.assignee }),
      ...(action.note !== undefined && { note: action.note }),
    }))
  },
  approve: turn =>
    goOn(turn, step => {
      if (step.kind === 'decision') tell(turn, 'approved')
    }),
  sign: turn =>
    goOn(turn, step => {
      execute(turn, step)
      if (step.output) turn.consequences.push({ kind: 'issue-output', output: step.output, step: step.id })
    }),
  'run-effect': turn =>
    goOn(turn, step => {
      execute(turn, step)
      if (step.effect) turn.consequences.push({ kind: 'run-effect', effect: step.effect, step: step.id })
    }),
  'hand-over': turn => goOn(turn, () => {}),
  return: turn => {
    const step = findStep(turn.service, turn.action.data.toStep)
    leaveStep(turn)
    if (step) openStep(turn, step, lastAssignee(turn, step))
  },
  'ask-papers': turn => {
    const { action, next } = turn
    const asked = (action.data.papers ?? []).map(paper => ({ ...paper, askedAt: action.at }))
    const again = new Set(asked.map(({ id }) => id))
    next.missingPapers = [...next.missingPapers.filter(({ id }) => !again.has(id)), ...asked]
    pause(turn)
    changeTask(turn, action.taskId, task => ({ ...takenByActor(turn, opened(task)), state: 'waiting' }))
    turn.consequences.push({ kind: 'message', event: 'papers-missing', papers: action.data.papers ?? [] })
  },
  'supply-papers': turn => {
    const { action, next } = turn
    next.missingPapers = next.missingPapers.filter(({ id }) => !action.data.supplied?.includes(id))
    if (next.missingPapers.length > 0) return
    resume(turn)
    changeTask(turn, mainTask(next)?.id, opened)
    tell(turn, 'papers-arrived')
  },
  refer,
  'refer-back': referBack,
  recall,
  defer,
  answer: turn => {
    const before = findStep(turn.service, turn.next.step)
    goOn(turn, () => {})
    sentBack(turn, before)
  },
  lapse: turn => {
    const step = findStep(turn.service, turn.next.step)
    if (!step) throw new RangeError(`action ${turn.action.seq} lapses on no step`)
    // What was answered an earlier time is no answer to this one.
    const asked = new Set((step.fields ?? []).map(({ id }) => id))
    turn.next.stepFields = Object.fromEntries(
      Object.entries(turn.next.stepFields).filter(([id]) => !asked.has(id)),
    )
    leaveStep(turn)
    advance(turn, step, 'lapsed')
  },
  reject: turn => {
    leaveStep(turn)
    end(turn, 'rejected')
    tell(turn, 'rejected')
  },
  withdraw: turn => {
    leaveStep(turn)
    end(turn, 'withdrawn')
    tell(turn, 'withdrawn')
  },
  reopen: turn => {
    const step = stepToReopen(turn.service, turn.next)
    turn.next.state = 'in-process'
    turn.next.pausedAt = turn.next.closedAt
    turn.next.closedAt = undefined
    resume(turn)
    tell(turn, 'reopened')
    if (step) openStep(turn, step, lastAssignee(turn, step))
    else begin(turn)
  },
  pay: turn => {
    const { action, next } = turn
    const { feePoint } = action.data
    if (feePoint) next.settledFeePoints = [...next.settledFeePoints, feePoint]
    if (!action.data.exception) tell(turn, 'paid')
    if (next.step === undefined) accept(turn)
    else goOn(turn, () => {})
  },
  opine: turn => goOn(turn, () => {}),
  record: turn => goOn(turn, () => {}),
  appoint: () => {},
  missed: () => {},
  'parts-ended': turn => goOn(turn, () => {}),
  'effect-failed': () => {},
  escalate: () => {},
  'move-deadline': () => {},
} satisfies Record<Action['name'], (turn: Turn) => void>

/** The step in hand is done: its fields join the others, its task closes, the next opens. */
function goOn(turn: Turn, done: (step: Step) => void): void {
  const { action, next, service } = turn
  const step = findStep(service, next.step)
  if (!step) throw new RangeError(`action ${action.seq} acts on no step`)
  // Asked again, all of it is asked again: an answer of an earlier time does not stand beside this one.
  const again = new Set(step.kind === 'confirmation' ? step.fields?.map(({ id }) => id) : [])
  const kept = Object.entries(next.stepFields).filter(([id]) => !again.has(id))
  if (action.data.fields) next.stepFields = { ...Object.fromEntries(kept), ...action.data.fields }
  leaveStep(turn)
  done(step)
  advance(turn, step)
}

/** The applicant's answer led back: they are told so, and promised anew, since what was promised was not kept. */
function sentBack(turn: Turn, from: Step | undefined): void {
  const { action, ctx, next, service } = turn
  const { steps } = service.definition
  const here = findStep(service, next.step)
  if (!from || !here || isEnded(next) || steps.indexOf(here) >= steps.indexOf(from)) return
  const anew = promiseFrom(service.definition.guide.time, action.at, ctx.calendar)
  if (!next.dueAt || next.dueAt < anew) next.dueAt = anew
  // What was said of the work before, and the answer to it, stand in the history; of the new work nothing is said yet.
  const told = new Set([...(from.fields ?? []), ...(here.fields ?? [])].map(({ id }) => id))
  next.stepFields = Object.fromEntries(Object.entries(next.stepFields).filter(([id]) => !told.has(id)))
  tell(turn, 'reopened')
}

function execute({ next }: Turn, step: Step): void {
  if (!next.executedSteps.includes(step.id)) next.executedSteps = [...next.executedSteps, step.id]
}
