import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'

/** Days past the day a charge was due: not yet, up to 30, 90, 365, and longer. */
export const ages = ['not-due', 'month', 'quarter', 'year', 'older'] as const
export type Age = (typeof ages)[number]

/** What is open of a kind of due in one currency, by how long it has been due. */
export type Arrears = {
  dueKind: string
  total: Money
  /** Open charges behind the total. */
  charges: number
  byAge: Record<Age, Money>
}

/** What the town is owed on a day by kind, currency and age (أعمار الذمم): every open charge, also those paid in instalments. */
export async function arrearsByAge(tx: Read, on: CalendarDate): Promise<Arrears[]> {
  const { rows } = await sql<{
    due_kind: string
    currency: Currency
    age: Age
    open: string
    charges: number
  }>`
    select due_kind, currency,
           case when due_on >= ${on}::date then 'not-due' when due_on >= ${on}::date - 30 then 'month'
                when due_on >= ${on}::date - 90 then 'quarter' when due_on >= ${on}::date - 365 then 'year' else 'older' end as age,
           sum(amount_minor - settled_minor)::text as open, count(*)::integer as charges
      from charge
     where municipality_id = ${tx.town} and cancelled_at is null and settled_minor < amount_minor
     group by 1, 2, 3 order by 1, 2`.execute(tx.q)
  const groups = Map.groupBy(rows, row => `${row.due_kind} ${row.currency}`)
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (!first) return []
    const of = (age: Age) => Number(group.find(row => row.age === age)?.open ?? 0)
    return {
      dueKind: first.due_kind,
      total: money(
        group.reduce((sum, row) => sum + Number(row.open), 0),
        first.currency,
      ),
      charges: group.reduce((sum, row) => sum + row.charges, 0),
      byAge: Object.fromEntries(ages.map(age => [age, money(of(age), first.currency)])) as Record<Age, Money>,
    }
  })
}
