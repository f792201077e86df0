import type { RuleValues, Step } from '../../../../kernel/definition/index.ts'
import {
  type ActData,
  decide,
  findStep,
  nextStep,
  type RequestState,
} from '../../../../kernel/workflow/index.ts'
import { newId } from '../../../../lib/ids.ts'
import type { Desk } from '../../desk.ts'
import { assessFees } from '../../fees.ts'
import { linkFor, linkToShow } from '../../links/plan.ts'
import { messageText } from '../../messages.ts'
import type { Standing } from './load.ts'

/** What an act would do, if it were done now as it is filled in. */
export type Foreseen = {
  /** Words of each message the applicant would get, letter by letter as it would be sent. */
  messages: string[]
  state: RequestState
  step: Step | undefined
  /** The clock would stand. */
  pauses: boolean
}

type Intent = { name: Parameters<typeof decide>[2]['name']; note?: string | undefined; data?: ActData }

/**
 * Decides the act without doing it: the same workflow that will judge it says what comes of it. Undefined when it would be refused as
 * it stands.
 */
export function foresee(
  standing: Standing,
  intent: Intent,
  now: Date,
  desk: Pick<Desk, 'house' | 'town'>,
): Foreseen | undefined {
  const { request, service, who, task, surroundings, wording } = standing
  const decision = decide(
    service,
    request.projection,
    {
      name: intent.name,
      actor: who,
      at: now,
      data: intent.data ?? {},
      newTaskIds: () => newId(now),
      ...(task && { taskId: task.id }),
      // A reason still to be written is no reason to say nothing.
      note: intent.note?.trim() || '…',
    },
    surroundings.context,
  )
  if (!decision.ok) return undefined
  const { projection, consequences } = decision
  const values: RuleValues = surroundings.values(projection.stepFields)
  const amounts = consequences.flatMap(each =>
    each.kind === 'raise-fees'
      ? assessFees(service, each.feePoint, values, surroundings.book.exemptions).map(({ amount }) => amount)
      : [],
  )
  const messages = consequences.flatMap(each => {
    if (each.kind !== 'message') return []
    const link = linkToShow(linkFor(desk, each.event, request.id, each.papers))
    const facts = { papers: each.papers, amounts, reason: intent.note, at: each.at, link }
    const said = messageText(service, each.event, { ...request, projection }, facts, {
      now,
      timeZone: desk.town.timeZone,
      wording,
    })
    return said?.body ?? []
  })
  return {
    messages,
    state: projection.state,
    step: findStep(service, projection.step),
    pauses: request.projection.pausedAt === undefined && projection.pausedAt !== undefined,
  }
}

/** The steps that lie ahead, as the rules stand now. */
export function stepsAhead({ request, service, surroundings }: Standing): Step[] {
  const { projection } = request
  if (projection.closedAt) return []
  const values = surroundings.values(projection.stepFields)
  const unpaid = (point: Parameters<typeof surroundings.context.feesDue>[0]) =>
    !projection.settledFeePoints.includes(point) && surroundings.context.feesDue(point, projection.stepFields)
  const ahead: Step[] = []
  let step = nextStep(service, findStep(service, projection.step), { values, projection, unpaid })
  while (step && !ahead.includes(step)) {
    ahead.push(step)
    step = nextStep(service, step, { values, projection, unpaid })
  }
  return ahead
}
