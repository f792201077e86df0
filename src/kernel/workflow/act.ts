/**
 * Deciding an act: the table says whether it stands for this person now, the checks whether what came with it will do. An accepted act is
 * one action, the projection after it, and what the offices have to do in the same transaction; a refused one is a code, and nothing.
 */

import { calendarAsOf } from '../../lib/calendar.ts'
import { roles } from '../access/model.ts'
import type { Answers, FeePoint } from '../definition/model.ts'
import { carried } from './carry.ts'
import { check } from './check.ts'
import type { ActData, Action, Consequence, Projection, Task } from './model.ts'
import { turnOver } from './project.ts'
import type { Refusal } from './refusal.ts'
import { findStep, isFiled, type WorkflowService } from './route.ts'
import { availableActs, feePoints, requestActs } from './table.ts'
import type { FoldContext } from './turn.ts'
import { actorRef, deputyFor, hasRole, isHeadOf, type Who } from './who.ts'

export type Act = {
  name: Action['name']
  actor: Who
  at: Date
  taskId?: string
  note?: string
  data: ActData
  /** Gives an id for each task the act opens. */
  newTaskIds: () => string
}

/** What the server knows and the history does not yet: what is unpaid, given the officers' fields after the act; and the town's offices. */
export type ActContext = FoldContext & {
  feesDue: (point: FeePoint, stepFields: Answers) => boolean
  /** Whether somebody has opened a referral already. */
  read?: (taskId: string) => boolean
  offices: readonly string[]
}

export type Decision =
  | { ok: true; action: Action; projection: Projection; consequences: Consequence[] }
  | Refusal

/** Accepts an act, or says why not. The projection before filing is `unfiled`. */
export function decide(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  given: ActContext,
): Decision {
  const ctx = { ...given, calendar: calendarAsOf(given.calendar, act.at) }
  const stepFields = { ...projection.stepFields, ...act.data.fields }
  const feesDue = feePoints.filter(
    point => !projection.settledFeePoints.includes(point) && ctx.feesDue(point, stepFields),
  )
  const refusal =
    stand(service, projection, act, ctx, feesDue) ?? check(service, projection, act, ctx, feesDue)
  if (refusal) return refusal

  const opens: string[] = []
  const newTaskId = () => {
    const id = act.newTaskIds()
    opens.push(id)
    return id
  }
  const action = toAction(service, projection, act, ctx, feesDue)
  const turned = turnOver(service, projection, action, ctx, newTaskId)
  const data = opens.length > 0 ? { ...action.data, opens } : action.data
  return { ok: true, action: { ...action, data }, ...turned }
}

function stand(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
  feesDue: readonly FeePoint[],
): Refusal | undefined {
  if (act.name === 'assign') return standAssign(projection, act)
  if (act.name === 'file') {
    if (isFiled(projection)) return { ok: false, code: 'not-available' }
    const isStranger = 'relation' in act.actor && act.actor.relation === 'none'
    return isStranger ? { ok: false, code: 'not-yours' } : undefined
  }
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  if (act.taskId !== undefined && !task) return { ok: false, code: 'not-available' }
  const facts = {
    unpaid: (point: FeePoint) => feesDue.includes(point),
    at: act.at,
    ...(ctx.read && { read: ctx.read }),
  }
  const offered = availableActs(service, projection, act.actor, task, facts).find(
    ({ name }) => name === act.name,
  )
  if (offered?.disabledBecause) return { ok: false, code: offered.disabledBecause }
  return offered ? undefined : refusalFor(service, projection, act, task)
}

/** Whoever answers for an office's work gives a task of it to one of its people, and says why: the manager, or the head of that office. */
function standAssign(projection: Projection, act: Act): Refusal | undefined {
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  if (!task || task.state === 'closed') return { ok: false, code: 'not-available' }
  if (act.data.cameBackFrom !== undefined) return standComeBack(act, task)
  if (!hasRole(act.actor, 'manager') && !isHeadOf(act.actor, task.office))
    return { ok: false, code: 'not-yours' }
  if (act.data.assignee === undefined) return { ok: false, code: 'assignee-required' }
  return act.note?.trim() ? undefined : { ok: false, code: 'note-required' }
}

/** A task of somebody who is no longer there goes back to its office's line: the system's own act. */
function standComeBack({ actor, data, note }: Act, task: Task): Refusal | undefined {
  if (actor.kind !== 'system') return { ok: false, code: 'not-yours' }
  if (task.assignee === undefined || task.assignee !== data.cameBackFrom)
    return { ok: false, code: 'not-available' }
  return note?.trim() ? undefined : { ok: false, code: 'note-required' }
}

/** Nobody may, or somebody else: asked of one who holds every office the act could want. */
function refusalFor(service: WorkflowService, projection: Projection, act: Act, task?: Task): Refusal {
  const anybody = availableActs(service, projection, holderOfAll(service, task), task)
  const asParty = availableActs(service, projection, party)
  const stands = [...anybody, ...asParty].some(({ name }) => name === act.name)
  return { ok: false, code: stands ? 'not-yours' : 'not-available' }
}

const party: Who = { kind: 'citizen', personId: '', relation: 'party' }

function holderOfAll(service: WorkflowService, task?: Task): Who {
  const offices = new Set([
    service.definition.guide.office,
    ...service.definition.steps.flatMap(step => [
      step.office,
      ...(step.officeWhen ?? []).map(({ office }) => office),
    ]),
  ])
  if (task) offices.add(task.office)
  const appointments = [...offices].flatMap(office => roles.map(role => ({ role, office })))
  return { kind: 'staff', staffId: '', appointments }
}

/** Only what belongs to the act enters the history. */
function toAction(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
  feesDue: readonly FeePoint[],
): Action {
  const isOnRequest = act.name === 'file' || (requestActs as readonly string[]).includes(act.name)
  const task = isOnRequest ? undefined : projection.tasks.find(({ id }) => id === act.taskId)
  const note = act.note?.trim()
  const deputyOf =
    act.name === 'file' || act.name === 'assign' ? undefined : deputyFor(act.actor, task, act.name)
  const data = carried(service, projection, act, ctx, feesDue)
  return {
    seq: projection.lastSeq + 1,
    name: act.name,
    at: act.at,
    actor: actorRef(act.actor, task, findStep(service, projection.step)),
    ...(task && { taskId: task.id }),
    ...(note && { note }),
    data: deputyOf === undefined ? data : { ...data, deputyOf },
  }
}
