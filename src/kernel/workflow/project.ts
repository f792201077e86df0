/**
 * The fold. `apply` is one step of it and `project` the whole: `project(s, actions, ctx)` is `actions.reduce(apply, unfiled)`, so that the
 * projection the server stores act by act is the one recomputed from history. Nothing outside the actions and the frozen context is
 * asked: what the ledger said and which ids were given is in each action's data.
 */

import { calendarAsOf } from '../../lib/calendar.ts'
import type { Step } from '../definition/model.ts'
import { promiseFrom } from './clock.ts'
import { defer, takeUpEarly } from './deferral.ts'
import { joinOfOpinions, joinOfParts } from './join.ts'
import type { Action, Consequence, Projection } from './model.ts'
import { accept, advance, begin, lastAssignee, openStep, stateAtRest } from './opening.ts'
import { recall, refer, referBack } from './referral.ts'
import { findStep, isEnded, stepToReopen, type WorkflowService } from './route.ts'
import { effectFailed, escalate, moveDeadlines } from './system.ts'
import {
  changeTask,
  closed,
  end,
  type FoldContext,
  leaveStep,
  mainTask,
  opened,
  pause,
  resume,
  stateOf,
  type Turn,
  takenByActor,
  tell,
} from './turn.ts'
import { appoint, missed } from './visit.ts'

/** Before the first action. */
export const unfiled: Projection = Object.freeze({
  state: 'submitted',
  step: undefined,
  tasks: [],
  missingPapers: [],
  stepFields: {},
  settledFeePoints: [],
  executedSteps: [],
  sessions: {},
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
  // What was counted on a day is counted again with what was known that day: a closure announced later moves nothing by itself.
  const known = { ...ctx, calendar: calendarAsOf(ctx.calendar, action.at) }
  const turn: Turn = { service, action, ctx: known, next: { ...projection }, newTaskId, consequences: [] }
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
    changeTask(turn, action.taskId, task => {
      const { assignee: before, ...rest } = task.state === 'deferred' ? opened(task) : task
      const assignee = action.data.cameBackFrom === undefined ? (action.data.assignee ?? before) : undefined
      return {
        ...rest,
        ...(assignee !== undefined && { assignee }),
        ...(action.note !== undefined && { note: action.note }),
      }
    })
  },
  approve: turn =>
    goOn(turn, step => {
      keepSession(turn, step)
      if (step.kind === 'decision' || step.kind === 'committee') tell(turn, 'approved')
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
    // Opinions asked there wait for the papers too, and so does the step's end.
    next.tasks = next.tasks.map(task =>
      task.purpose === 'branch' && (task.state === 'open' || task.state === 'deferred')
        ? { ...opened(task), state: 'waiting' }
        : task,
    )
    turn.consequences.push({ kind: 'message', event: 'papers-missing', papers: action.data.papers ?? [] })
  },
  'supply-papers': turn => {
    const { action, next } = turn
    next.missingPapers = next.missingPapers.filter(({ id }) => !action.data.supplied?.includes(id))
    if (next.missingPapers.length > 0) return
    const step = findStep(turn.service, next.step)
    // The clock still stands for those outside.
    if (step?.kind !== 'outside') resume(turn)
    // What the system was to do and people took in hand stays in their hands.
    const state = step && step.kind !== 'effect' ? stateAtRest(step) : 'open'
    changeTask(turn, mainTask(next)?.id, task => ({ ...opened(task), state }))
    next.tasks = next.tasks.map(task =>
      task.purpose === 'branch' && task.state === 'waiting' ? opened(task) : task,
    )
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
    keepSession(turn, findStep(turn.service, turn.next.step))
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
  opine: turn => {
    const { action, next, service } = turn
    const step = findStep(service, next.step)
    const gathering = mainTask(next)
    if (!step || !gathering) throw new RangeError(`action ${action.seq} gives an opinion nobody gathers`)
    next.stepFields = { ...next.stepFields, ...action.data.fields }
    changeTask(turn, action.taskId, task => closed(turn, task))
    if (joinOfOpinions(step, gathering, next.tasks) === 'met') goOn(turn, () => {})
  },
  record: turn => goOn(turn, () => {}),
  appoint,
  missed,
  'parts-ended': turn => {
    const step = findStep(turn.service, turn.next.step)
    if (joinOfParts(step, turn.action.data.parts) === 'met') goOn(turn, () => {})
    // Too few were granted ever to go on: whoever gathers decides what becomes of it.
    else changeTask(turn, mainTask(turn.next)?.id, opened)
  },
  'effect-failed': effectFailed,
  escalate,
  'move-deadline': moveDeadlines,
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
  if (anew && (!next.dueAt || next.dueAt < anew)) next.dueAt = anew
  // What was said of the work before, and the answer to it, stand in the history; of the new work nothing is said yet.
  const told = new Set([...(from.fields ?? []), ...(here.fields ?? [])].map(({ id }) => id))
  next.stepFields = Object.fromEntries(Object.entries(next.stepFields).filter(([id]) => !told.has(id)))
  tell(turn, 'reopened')
}

/** What a committee decided stands under its step, whichever way it went. */
function keepSession({ action, next }: Turn, step: Step | undefined): void {
  const { session } = action.data
  if (step && session) next.sessions = { ...next.sessions, [step.id]: session }
}

function execute({ next }: Turn, step: Step): void {
  if (!next.executedSteps.includes(step.id)) next.executedSteps = [...next.executedSteps, step.id]
}
