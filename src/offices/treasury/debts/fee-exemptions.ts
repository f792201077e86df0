import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { samePerson } from '../../people/index.ts'
import { type Relieved, relieve, type ToldExemption } from './exempt.ts'

/** A decision as far as fees of a person to come are concerned: of a kind of due, or of any. */
export type FeeExemption = {
  dueKind: string | undefined
  relieved: Relieved
  decision: string
  reason: string
}

type Row = {
  due_kind: string | null
  percent: number | null
  currency: Currency | null
  amount_minor: number | null
  decision: string
  reason: string
}

const holds = (day: CalendarDate) =>
  sql`e.ended_at is null and e.valid_from <= ${day}::date and (e.valid_until is null or e.valid_until >= ${day}::date)`

/** Whether any decision of the town holds on a day: where none does, nobody's need be read. */
export async function anyExemption(tx: Read, day: CalendarDate): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select 1 from exemption e where e.municipality_id = ${tx.town} and ${holds(day)}) as any`.execute(
    tx.q,
  )
  return rows[0]?.any ?? false
}

/**
 * The decisions that hold on a day for fees charged to a person, on the account of each kind that they have, the same as `raiseCharge` asks
 * for when a charge is raised.
 */
export async function feeExemptionsOf(
  tx: Read,
  personId: string,
  day: CalendarDate,
): Promise<FeeExemption[]> {
  const { rows } = await sql<Row>`
    select coalesce(e.due_kind, a.kind) as due_kind, e.percent, e.currency, e.amount_minor, e.decision, e.reason
      from exemption e
      left join account a on a.municipality_id = e.municipality_id and a.account_id = e.account_id
     where e.municipality_id = ${tx.town} and ${holds(day)}
       and (e.person_id is null or e.person_id = any(${samePerson(personId)}))
       and (e.account_id is null or (a.object_id = ${personId} and (e.due_kind is null or e.due_kind = a.kind)))
     order by e.granted_at, e.exemption_id limit 100`.execute(tx.q)
  return rows.map(row => ({
    dueKind: row.due_kind ?? undefined,
    relieved:
      row.percent !== null
        ? { percent: row.percent }
        : { amount: money(row.amount_minor ?? 0, row.currency ?? 'ILS') },
    decision: row.decision,
    reason: row.reason,
  }))
}

/** A fee after what a decision lets off of it, and which. */
export function exemptFee(
  amount: Money,
  dueKind: string,
  exemptions: readonly FeeExemption[],
): { amount: Money; exemption?: ToldExemption } {
  const relieved = relieve(
    amount,
    exemptions.filter(each => each.dueKind === undefined || each.dueKind === dueKind),
  )
  return relieved ? { amount: relieved.rest, exemption: relieved.told } : { amount }
}
