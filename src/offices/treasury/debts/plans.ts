import { sql } from 'kysely'
import { type Instalment, planFaults } from '../../../kernel/dues/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, type Fault, Forbidden, InvalidInput } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { type Money, money, zero } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { record } from '../../audit/index.ts'
import { lockCharges } from '../charges.ts'
import type { By } from '../model.ts'
import { getPlan, planOfCharges } from './plan-store.ts'
import { planRules } from './rules.ts'

declare module '../../../platform/events.ts' {
  interface EventPayloads {
    /** An instalment plan was agreed: its debtor is told. */
    'treasury.plan-agreed': { planId: string; personId: string }
  }
}

export type PlanInput = {
  personId: string
  chargeIds: readonly string[]
  instalments: readonly Instalment[]
  note: string
  today: CalendarDate
  by: By
}

/**
 * Proposes to pay what is open of these charges in instalments. They come to exactly that, in one currency.
 * @throws InvalidInput with `planFaults`, or `charges-missing`; Conflict `charge-of-another`, `charge-settled`, `charge-in-plan`
 */
export async function proposePlan(tx: Write, input: PlanInput): Promise<string> {
  const rows = (await lockCharges(tx, input.chargeIds)).filter(row => input.chargeIds.includes(row.charge_id))
  const faults: Fault[] = []
  const [first] = rows
  if (!first || rows.length < input.chargeIds.length)
    throw new InvalidInput([{ field: 'charges', code: 'charges-missing' }])
  if (rows.some(row => row.currency !== first.currency))
    faults.push({ field: 'charges', code: 'plan-mixes-currencies' })
  if (input.note.trim() === '') faults.push({ field: 'note', code: 'reason-missing' })
  if (rows.some(row => row.debtor_id !== input.personId)) throw new Conflict('charge-of-another')
  if (rows.some(row => row.cancelled_at || row.settled_minor >= row.amount_minor))
    throw new Conflict('charge-settled')
  if ((await planOfCharges(tx, input.chargeIds)).size > 0) throw new Conflict('charge-in-plan')
  if (faults.length === 0) faults.push(...planFaults(input.instalments, owedOf(rows), input.today))
  if (faults.length > 0) throw new InvalidInput(faults)
  const planId = newId(tx.now)
  const { graceDays } = await planRules(tx, input.today)
  const owed = owedOf(rows)
  const year = Number(input.today.slice(0, 4))
  await sql`
    insert into instalment_plan (municipality_id, plan_id, number, year, person_id, currency, amount_minor, grace_days, state, note,
                                 proposed_by, proposed_at)
    values (${tx.town}, ${planId}, next_number('instalment-plan', ${year}), ${year}, ${input.personId}, ${owed.currency}, ${owed.minor},
            ${graceDays}, 'proposed', ${input.note.trim()}, ${input.by.id}, ${tx.now})`.execute(tx.q)
  await sql`
    insert into plan_charge (municipality_id, plan_id, charge_id, amount_minor)
    select ${tx.town}::uuid, ${planId}::uuid, p.charge_id, p.minor
      from unnest(${rows.map(row => row.charge_id)}::uuid[], ${rows.map(row => row.amount_minor - row.settled_minor)}::bigint[])
           as p(charge_id, minor)`.execute(tx.q)
  await sql`
    insert into instalment (municipality_id, plan_id, number, due_on, amount_minor)
    select ${tx.town}::uuid, ${planId}::uuid, i.number, i.due_on, i.minor
      from unnest(${input.instalments.map(each => each.dueOn)}::date[], ${input.instalments.map(each => each.amount.minor)}::bigint[])
           with ordinality as i(due_on, minor, number)`.execute(tx.q)
  await record(tx, {
    actor: input.by,
    act: 'treasury.plan-proposed',
    subjectKind: 'instalment-plan',
    subjectId: planId,
    personId: input.personId,
    cause: input.note.trim(),
  })
  return planId
}

const owedOf = (
  rows: readonly { amount_minor: number; settled_minor: number; currency: Money['currency'] }[],
): Money =>
  money(
    rows.reduce((sum, row) => sum + row.amount_minor - row.settled_minor, 0),
    rows[0]?.currency ?? 'ILS',
  )

export type PlanDecision = {
  planId: string
  accept: boolean
  /** Number and day of the decision the plan rests on; needed to accept it. */
  decision?: string | undefined
  /** Needed to refuse it. */
  why?: string | undefined
  today: CalendarDate
  by: By
}

/**
 * Agrees a proposed plan by a decision, or refuses it with a reason: by another person than the one who proposed it, and only while what is
 * owed is still what it was proposed for.
 */
export async function decidePlan(tx: Write, events: Events, input: PlanDecision): Promise<void> {
  const { planId, accept, by, today } = input
  await lockPlan(tx, planId)
  const plan = await getPlan(tx, planId, today)
  const [decision, why] = [input.decision?.trim() ?? '', input.why?.trim() ?? '']
  if (plan.state !== 'proposed') throw new Conflict('plan-decided', { state: plan.state })
  if (plan.proposedBy === by.id) throw new Forbidden('own-proposal')
  if (accept && decision === '')
    throw new InvalidInput([{ field: 'decision', code: 'decision-number-missing' }])
  if (!accept && why === '') throw new InvalidInput([{ field: 'why', code: 'reason-missing' }])
  if (accept) {
    await lockCharges(tx, plan.chargeIds)
    if ((await getPlan(tx, planId, today)).paid.minor !== 0) throw new Conflict('plan-stale')
    if ((plan.instalments[0]?.dueOn ?? today) < today) throw new Conflict('plan-begins-past')
  }
  const state = accept ? 'agreed' : 'refused'
  await sql`
    update instalment_plan set state = ${state}, decision = ${decision || null}, decided_by = ${by.id}, decided_at = ${tx.now},
                               decided_why = ${why || null}
     where municipality_id = ${tx.town} and plan_id = ${planId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: `treasury.plan-${state}`,
    subjectKind: 'instalment-plan',
    subjectId: planId,
    personId: plan.personId,
    cause: accept ? decision : why,
  })
  if (accept) await events.publish(tx, 'treasury.plan-agreed', { planId, personId: plan.personId })
}

/** Ends an agreed plan: what is still open of it is owed as before. */
export async function endPlan(
  tx: Write,
  input: { planId: string; why: string; today: CalendarDate; by: By },
): Promise<void> {
  const why = input.why.trim()
  if (why === '') throw new InvalidInput([{ field: 'why', code: 'reason-missing' }])
  await lockPlan(tx, input.planId)
  const plan = await getPlan(tx, input.planId, input.today)
  if (plan.state !== 'agreed') throw new Conflict('plan-decided', { state: plan.state })
  await sql`update instalment_plan set state = 'ended', decided_why = ${why}
             where municipality_id = ${tx.town} and plan_id = ${input.planId}`.execute(tx.q)
  await record(tx, {
    actor: input.by,
    act: 'treasury.plan-ended',
    subjectKind: 'instalment-plan',
    subjectId: input.planId,
    personId: plan.personId,
    cause: why,
  })
}

const lockPlan = (tx: Write, planId: string) =>
  sql`select 1 from instalment_plan where municipality_id = ${tx.town} and plan_id = ${planId} for update`.execute(
    tx.q,
  )

export type InstalmentDue = {
  planId: string
  number: number
  personId: string
  dueOn: CalendarDate
  missing: Money
}

/** Instalments of agreed plans due by a day of which nobody was reminded: marked as recalled, and those not paid yet given. */
export async function takeReminders(
  tx: Write,
  today: CalendarDate,
  until: CalendarDate,
): Promise<InstalmentDue[]> {
  const { rows } = await sql<{ plan_id: string; number: number; person_id: string; due_on: string }>`
    update instalment i set reminded_at = ${tx.now}
      from instalment_plan p
     where i.municipality_id = ${tx.town} and i.reminded_at is null and i.due_on >= ${today}::date and i.due_on <= ${until}::date
       and p.municipality_id = i.municipality_id and p.plan_id = i.plan_id and p.state = 'agreed'
    returning i.plan_id, i.number, p.person_id, i.due_on`.execute(tx.q)
  const due: InstalmentDue[] = []
  for (const row of rows) {
    const plan = await getPlan(tx, row.plan_id, today)
    const upTo = plan.instalments.slice(0, row.number).reduce((sum, each) => sum + each.amount.minor, 0)
    const own = plan.instalments[row.number - 1]?.amount ?? zero(plan.amount.currency)
    const missing = Math.min(own.minor, upTo - plan.paid.minor)
    if (missing > 0)
      due.push({
        planId: row.plan_id,
        number: row.number,
        personId: row.person_id,
        dueOn: row.due_on,
        missing: money(missing, plan.amount.currency),
      })
  }
  return due
}
