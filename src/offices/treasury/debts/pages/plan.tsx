import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { lookInto } from '../../../looks/index.ts'
import { getPerson, type StaffMember, staffById } from '../../../people/index.ts'
import { getPlan, type Plan } from '../plan-store.ts'
import { decidePlan, endPlan } from '../plans.ts'
import { type DebtWord, debtText } from '../strings.ts'
import { PlanPage, PlanPrint } from './plan-page.tsx'

export type PlanView = {
  plan: Plan
  name: string
  staff: Map<string, StaffMember>
  own: boolean
  mayDecide: boolean
  typed: { decision: string; why: string }
  faults: Fault[]
}

const todayOf = (call: Call) => dateIn(call.now, call.town.timeZone)

/** GET: a plan with its instalments, to be decided, followed, printed. */
export async function showPlan(call: Call, faults: Fault[] = []): Promise<Response> {
  const planId = idParam(call, 'plan')
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<PlanView> => {
    const plan = await getPlan(tx, planId, todayOf(call))
    const seen = { personId: plan.personId, subjectKind: 'instalment-plan', subjectId: planId }
    const open =
      plan.state === 'proposed' && may(actor, 'plan.decide') ? ({ kind: 'task' } as const) : undefined
    await lookInto(call, tx, { ...seen, cause: debtText('ar', 'look-plan') }, open)
    return {
      plan,
      faults,
      own: plan.proposedBy === actorKey(actor).id,
      mayDecide: may(actor, 'plan.decide'),
      name: (await getPerson(tx, plan.personId)).displayName,
      staff: await staffById(
        tx,
        [plan.proposedBy, plan.decidedBy].filter(id => id !== undefined),
      ),
      typed: { decision: typedText(call, 'decision'), why: typedText(call, 'why') },
    }
  })
  if (call.query.format === 'print') return showPage(call, <PlanPrint view={view} />)
  return showPage(call, <PlanPage view={view} />, faults.length > 0 ? 422 : 200)
}

const back = (call: Call) => ({ redirect: url(call, addresses.plan, { plan: idParam(call, 'plan') }) })
const said = (call: Call, key: DebtWord) => flash(call, { text: debtText(call.locale, key) })

/** POST: agrees the plan, or refuses it. */
export async function decide(call: Call): Promise<Response> {
  const accept = typedText(call, 'accept') === 'yes'
  const { answer, faults } = await orFaults(accept ? 'decision' : 'why', () =>
    write(call, async tx => {
      await decidePlan(tx, call.house.events, {
        planId: idParam(call, 'plan'),
        accept,
        today: todayOf(call),
        by: actorKey(call.visitor.actor),
        decision: typedText(call, 'decision').slice(0, 100),
        why: typedText(call, 'why').slice(0, 400),
      })
      return back(call)
    }),
  )
  if (!answer) return showPlan(call, faults)
  said(call, accept ? 'plan-agreed' : 'plan-refused')
  return answer
}

/** POST: ends an agreed plan. */
export async function end(call: Call): Promise<Response> {
  const { answer, faults } = await orFaults('why', () =>
    write(call, async tx => {
      const why = typedText(call, 'why').slice(0, 400)
      const by = actorKey(call.visitor.actor)
      await endPlan(tx, { planId: idParam(call, 'plan'), why, today: todayOf(call), by })
      return back(call)
    }),
  )
  if (!answer) return showPlan(call, faults)
  said(call, 'plan-ended')
  return answer
}
