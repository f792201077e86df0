/** What of an act enters the history: only what belongs to it, and what it found owed if it moves the request on. */

import type { Answers, FeePoint } from '../definition/model.ts'
import type { Act, ActContext } from './act.ts'
import { fieldsInHand, proofsInHand } from './check.ts'
import type { ActData, Projection } from './model.ts'
import { awaitedFeePoint, findStep, type WorkflowService } from './route.ts'

export function carried(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
  feesDue: readonly FeePoint[],
): ActData {
  const { data } = act
  const owed = feesDue.length > 0 ? { feesDue: [...feesDue] } : {}
  switch (act.name) {
    case 'file':
    case 'reopen':
      return owed
    case 'approve':
    case 'sign':
    case 'run-effect':
    case 'hand-over':
    case 'opine':
    case 'record':
    case 'answer': {
      const fields = applying(service, projection, act, ctx)
      const proofs = shown(service, projection, act, ctx)
      return {
        ...(Object.keys(fields).length > 0 && { fields }),
        ...(proofs.length > 0 && { proofs }),
        ...(act.name === 'approve' && sessionOf(service, projection, act)),
        ...owed,
      }
    }
    case 'lapse':
      return owed
    case 'parts-ended':
      return { ...pick(data, 'parts'), ...owed }
    case 'appoint':
      return pick(data, 'appointment')
    case 'escalate': {
      const task = projection.tasks.find(({ id }) => id === act.taskId)
      return { level: (task?.level ?? 0) + 1 }
    }
    case 'move-deadline':
      return { ...pick(data, 'deadlines'), ...pick(data, 'reason'), ...pick(data, 'change') }
    case 'return':
      return { ...pick(data, 'toStep'), ...owed }
    case 'ask-papers':
      // The last words for a paper stand.
      return { papers: [...new Map((data.papers ?? []).map(paper => [paper.id, paper])).values()] }
    case 'supply-papers':
      return { supplied: [...new Set(data.supplied)] }
    case 'refer':
      return { ...pick(data, 'to'), ...((data.copies ?? []).length > 0 && pick(data, 'copies')) }
    case 'defer':
      return pick(data, 'until')
    case 'pay': {
      const feePoint = awaitedFeePoint(service, projection)
      const settled = data.exception ? pick(data, 'exception') : pick(data, 'receipt')
      return { ...(feePoint && { feePoint }), ...settled, ...owed }
    }
    case 'assign':
      return data.cameBackFrom === undefined ? pick(data, 'assignee') : pick(data, 'cameBackFrom')
    case 'take':
    case 'recall':
    case 'refer-back':
    case 'withdraw':
    case 'missed':
    case 'effect-failed':
      return {}
    case 'reject':
      return {
        ...(service.definition.grounds && pick(data, 'ground')),
        ...sessionOf(service, projection, act),
      }
  }
}

const pick = <K extends keyof ActData>(data: ActData, key: K): Pick<ActData, K> | Record<string, never> =>
  data[key] === undefined ? {} : ({ [key]: data[key] } as Pick<ActData, K>)

/** Only a committee's decision has a session. */
function sessionOf(
  service: WorkflowService,
  projection: Projection,
  { data }: Act,
): Pick<ActData, 'session'> {
  if (findStep(service, projection.step)?.kind !== 'committee' || !data.session) return {}
  const { number, date, decision } = data.session
  return { session: { number: number.trim(), date, decision: decision.trim() } }
}

/** A field typed and then hidden by another answer is not kept. */
function applying(service: WorkflowService, projection: Projection, act: Act, ctx: ActContext): Answers {
  const typed = act.data.fields ?? {}
  const applies = fieldsInHand(service, projection, act, ctx).filter(({ id }) => typed[id] !== undefined)
  return Object.fromEntries(applies.map(({ id }) => [id, typed[id]]))
}

/** What was attached for the step's proofs, each document once. */
function shown(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
): NonNullable<ActData['proofs']> {
  const asked = new Set(proofsInHand(service, projection, act, ctx).map(({ id }) => id))
  const attached = (act.data.proofs ?? []).filter(({ id }) => asked.has(id))
  return [...new Map(attached.map(proof => [`${proof.id} ${proof.documentId}`, proof])).values()]
}
