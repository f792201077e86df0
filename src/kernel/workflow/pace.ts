import { workingMinutesBetween } from '../../lib/calendar.ts'
import type { Action } from './model.ts'
import { apply, unfiled } from './project.ts'
import type { WorkflowService } from './route.ts'
import type { FoldContext } from './turn.ts'

/**
 * Opening hours, in minutes, that a request took the town from the moment it was accepted until it was closed, without those it waited for
 * somebody outside the town; undefined for one that is not closed, or never was accepted.
 */
export function workedMinutes(
  service: WorkflowService,
  actions: readonly Action[],
  ctx: FoldContext,
): number | undefined {
  const { closed, minutes } = fold(service, actions, ctx)
  return closed ? minutes : undefined
}

/** The same of a request that runs on, until now; undefined for one that is closed, stands, or was not accepted yet. */
export function workedSoFar(
  service: WorkflowService,
  actions: readonly Action[],
  ctx: FoldContext,
  now: Date,
): number | undefined {
  const { minutes, since } = fold(service, actions, ctx)
  return since && Math.round(minutes + workingMinutesBetween(ctx.calendar, since, now))
}

/** `since` is when it last began to run, if it runs. */
function fold(service: WorkflowService, actions: readonly Action[], ctx: FoldContext) {
  let projection = unfiled
  let since: Date | undefined
  let minutes = 0
  for (const action of actions) {
    if (since) minutes += workingMinutesBetween(ctx.calendar, since, action.at)
    projection = apply(service, projection, action, ctx)
    const accepted = projection.dueAt !== undefined
    const stands = projection.pausedAt !== undefined || projection.closedAt !== undefined
    since = accepted && !stands ? action.at : undefined
  }
  const closed = projection.closedAt !== undefined && projection.dueAt !== undefined
  return { closed, minutes: Math.round(minutes), since }
}
