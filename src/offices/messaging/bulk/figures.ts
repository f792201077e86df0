import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Currency } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/transaction.ts'

/** Messages of a bulk by where they stand, with why they failed, their parts, and what they cost in thousandths of the minor unit. */
export type BulkFigure = {
  state: string
  failure: string | undefined
  messages: number
  parts: number
  price: { milli: number; currency: Currency } | undefined
}

/** Where the messages of a bulk stand. Goes through all of them: kept by whoever shows it, not asked by each page. */
export async function bulkFigures(tx: Read, bulkId: string): Promise<BulkFigure[]> {
  const { rows } = await sql<{
    state: string
    failure: string | null
    messages: number
    parts: number
    milli: number | null
    currency: Currency | null
  }>`
    select state, failure, count(*)::integer as messages, sum(parts)::integer as parts, sum(price_milli)::bigint as milli,
           price_currency as currency
      from message where municipality_id = ${tx.town} and bulk_id = ${bulkId}
     group by state, failure, price_currency`.execute(tx.q)
  return rows.map(row => ({
    state: row.state,
    failure: row.failure ?? undefined,
    messages: row.messages,
    parts: row.parts,
    price:
      row.milli === null || row.currency === null ? undefined : { milli: row.milli, currency: row.currency },
  }))
}

/** How many messages of a bulk are in the outbox or on their way to a provider; counts no further than `most`. */
export async function underWay(tx: Read, bulkId: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from (
      select 1 from message_due
       where municipality_id = ${tx.town} and bulk_id = ${bulkId} and not_before < 'infinity' limit ${most}) counted`.execute(
    tx.q,
  )
  return rows[0]?.n ?? 0
}

/** Whether anything of a bulk still waits to be let go. */
export async function anyWaiting(tx: Read, bulkId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from message_due
     where municipality_id = ${tx.town} and bulk_id = ${bulkId} and not_before = 'infinity' limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

/** Of which bulk messages are, and to whom: for whoever fills their words. One query. */
export async function bulkOf(
  tx: Read,
  messageIds: readonly string[],
): Promise<{ id: string; bulkId: string; personId: string | undefined }[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<{ message_id: string; bulk_id: string; person_id: string | null }>`
    select message_id, bulk_id, person_id from message
     where municipality_id = ${tx.town} and message_id = any(${[...messageIds]}::uuid[]) and bulk_id is not null`.execute(
    tx.q,
  )
  return rows.map(row => ({
    id: row.message_id,
    bulkId: row.bulk_id,
    personId: row.person_id ?? undefined,
  }))
}

/** What a part costs at the providers in use, by their weights, in thousandths of the minor unit; and how many parts they still take today. */
export type Tariff = {
  prices: { currency: Currency; least: number; most: number; likely: number }[]
  /** Parts all of them together take on the day beyond those taken; undefined where one takes as many as there are. */
  left: number | undefined
}

export async function smsTariff(tx: Read, today: CalendarDate): Promise<Tariff> {
  const { rows } = await sql<{
    currency: Currency
    least: number
    most: number
    likely: number
    left: number | null
  }>`
    select p.price_currency as currency, min(p.price_milli)::bigint as least, max(p.price_milli)::bigint as most,
           round(sum(p.price_milli * p.weight)::numeric / sum(p.weight))::bigint as likely,
           case when bool_or(p.daily_parts is null) then null
                else sum(greatest(0, p.daily_parts - coalesce(d.parts, 0)))::bigint end as left
      from message_provider p
      left join message_provider_day d on d.municipality_id = p.municipality_id and d.provider_id = p.provider_id and d.day = ${today}::date
     where p.municipality_id = ${tx.town} and p.is_on and p.channel = 'sms' and p.weight > 0
     group by p.price_currency order by p.price_currency`.execute(tx.q)
  const prices = rows.map(({ currency, least, most, likely }) => ({ currency, least, most, likely }))
  const endless = rows.length === 0 || rows.some(row => row.left === null)
  return { prices, left: endless ? undefined : rows.reduce((sum, row) => sum + Number(row.left), 0) }
}
