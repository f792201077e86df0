import { type RawBuilder, sql } from 'kysely'
import { type Instalment, type PlanStanding, planStanding, releases } from '../../../kernel/dues/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { NotFound } from '../../../lib/errors.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'

export type PlanState = 'proposed' | 'agreed' | 'refused' | 'ended'

/** تقسيط: what is owed, in parts, by a decision. Amounts are of one currency. */
export type Plan = {
  id: string
  number: number
  year: number
  personId: string
  amount: Money
  /** Paid on its charges since it was proposed. */
  paid: Money
  graceDays: number
  state: PlanState
  note: string
  decision: string | undefined
  proposedBy: string
  proposedAt: Date
  decidedBy: string | undefined
  decidedAt: Date | undefined
  decidedWhy: string | undefined
  instalments: Instalment[]
  chargeIds: string[]
  /** Where it stands today; of one that is not agreed, where it would. */
  standing: PlanStanding
}

type Row = {
  plan_id: string
  number: number
  year: number
  person_id: string
  currency: Currency
  amount_minor: number
  paid_minor: string
  grace_days: number
  state: PlanState
  note: string
  decision: string | null
  proposed_by: string
  proposed_at: Date
  decided_by: string | null
  decided_at: Date | null
  decided_why: string | null
  instalments: { due_on: string; amount_minor: number }[]
  charges: string[]
}

/** What is paid of a plan is what is no longer open of its charges: a charge taken back or let off counts too. */
const select = (tx: Read, which: RawBuilder<unknown>) => sql<Row>`
  select p.plan_id, p.number, p.year, p.person_id, p.currency, p.amount_minor, p.grace_days, p.state, p.note, p.decision, p.proposed_by,
         p.proposed_at, p.decided_by, p.decided_at, p.decided_why, l.charges, l.paid_minor,
         (select jsonb_agg(jsonb_build_object('due_on', i.due_on, 'amount_minor', i.amount_minor) order by i.number)
            from instalment i where i.municipality_id = p.municipality_id and i.plan_id = p.plan_id) as instalments
    from instalment_plan p
    cross join lateral (
      select array_agg(k.charge_id::text order by c.due_on, c.charge_id) as charges,
             sum(k.amount_minor - least(k.amount_minor,
                   case when c.cancelled_at is null then c.amount_minor - c.settled_minor else 0 end))::text as paid_minor
        from plan_charge k
        join charge c on c.municipality_id = k.municipality_id and c.charge_id = k.charge_id
       where k.municipality_id = p.municipality_id and k.plan_id = p.plan_id) l
   where p.municipality_id = ${tx.town} and ${which}`

function toPlan(row: Row, today: CalendarDate): Plan {
  const of = (minor: number) => money(minor, row.currency)
  const instalments = row.instalments.map(each => ({ dueOn: each.due_on, amount: of(each.amount_minor) }))
  const paid = of(Number(row.paid_minor))
  return {
    id: row.plan_id,
    number: row.number,
    year: row.year,
    personId: row.person_id,
    amount: of(row.amount_minor),
    paid,
    graceDays: row.grace_days,
    state: row.state,
    note: row.note,
    decision: row.decision ?? undefined,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decidedWhy: row.decided_why ?? undefined,
    instalments,
    chargeIds: row.charges,
    standing: planStanding(instalments, paid, today, row.grace_days),
  }
}

/** One plan. */
export async function getPlan(tx: Read, planId: string, today: CalendarDate): Promise<Plan> {
  const { rows } = await select(tx, sql`p.plan_id = ${planId}`).execute(tx.q)
  if (!rows[0]) throw new NotFound('no-such-plan')
  return toPlan(rows[0], today)
}

/** The plans of a person, the newest first. */
export async function plansOf(tx: Read, personId: string, today: CalendarDate): Promise<Plan[]> {
  const { rows } = await sql<Row>`${select(tx, sql`p.person_id = ${personId}`)}
    order by p.proposed_at desc, p.plan_id desc limit 50`.execute(tx.q)
  return rows.map(row => toPlan(row, today))
}

/** The town's plans of a state, the newest first. */
export async function listPlans(
  tx: Read,
  state: PlanState,
  today: CalendarDate,
  limit = 100,
): Promise<Plan[]> {
  const { rows } = await sql<Row>`${select(tx, sql`p.state = ${state}`)}
    order by p.proposed_at desc, p.plan_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => toPlan(row, today))
}

/** Of these charges those that a proposed or agreed plan covers, with the plan. */
export async function planOfCharges(tx: Read, chargeIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ charge_id: string; plan_id: string }>`
    select k.charge_id, k.plan_id from plan_charge k
      join instalment_plan p on p.municipality_id = k.municipality_id and p.plan_id = k.plan_id
     where k.municipality_id = ${tx.town} and k.charge_id = any(${[...chargeIds]}::uuid[])
       and p.state in ('proposed', 'agreed')`.execute(tx.q)
  return new Map(rows.map(row => [row.charge_id, row.plan_id]))
}

/** Of these charges those whose plan is agreed and stands on a day. */
export async function keptCharges(
  tx: Read,
  chargeIds: readonly string[],
  today: CalendarDate,
): Promise<Set<string>> {
  const covering = sql`p.state = 'agreed' and p.plan_id in (
    select k.plan_id from plan_charge k
     where k.municipality_id = ${tx.town} and k.charge_id = any(${[...chargeIds]}::uuid[]))`
  const { rows } = await select(tx, covering).execute(tx.q)
  const standing = rows.map(row => toPlan(row, today)).filter(plan => releases(plan.standing.state))
  return new Set(standing.flatMap(plan => plan.chargeIds))
}
