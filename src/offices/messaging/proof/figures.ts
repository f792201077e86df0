import { sql } from 'kysely'
import type { MessageKind, MessageState } from '../../../kernel/messages/index.ts'
import { addDays, type CalendarDate } from '../../../lib/calendar.ts'
import type { Currency } from '../../../lib/money.ts'
import type { PartPrice } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { PhoneFigures } from '../../people/index.ts'

/** What was said over some days, counted by one thing. `handed`: left the house; the others stand for what became of them. */
export type Tally = {
  messages: number
  handed: number
  delivered: number
  failed: number
  uncertain: number
  unaddressed: number
  parts: number
  prices: PartPrice[]
}

type Counted = {
  day: CalendarDate
  channel: string
  kind: MessageKind
  service: string
  provider: string
  state: MessageState
  cause: string
  currency: Currency | ''
  messages: number
  parts: number
  price_milli: number
}

export type Month = {
  all: Tally
  byDay: { day: CalendarDate; tally: Tally }[]
  byKind: { kind: MessageKind; tally: Tally }[]
  /** '' is what belongs to no request. */
  byService: { service: string; tally: Tally }[]
  byProvider: { provider: string; tally: Tally }[]
  byChannel: { channel: string; tally: Tally }[]
  causes: { cause: string; messages: number }[]
  /** At the end of the month, or now. */
  numbers: PhoneFigures | undefined
  countedAt: Date | undefined
}

/** A month as it was counted; days that have not been counted yet are missing. */
export async function monthOf(tx: Read, first: CalendarDate): Promise<Month> {
  const next = `${addDays(first, 31).slice(0, 7)}-01`
  const { rows } = await sql<Counted>`
    select day, channel, kind, service, provider, state, cause, currency, sum(messages)::integer as messages, sum(parts)::integer as parts,
           sum(price_milli)::bigint as price_milli
      from message_day
     where municipality_id = ${tx.town} and day >= ${first} and day < ${next}
     group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(tx.q)
  const counted = await sql<{ at: Date | null }>`
    select max(counted_at) as at from message_day where municipality_id = ${tx.town} and day >= ${first} and day < ${next}`.execute(
    tx.q,
  )
  const numbers = await sql<PhoneFigures>`
    select numbers, verified, shared, failing, asleep from message_number_day
     where municipality_id = ${tx.town} and day >= ${first} and day < ${next} order by day desc limit 1`.execute(
    tx.q,
  )
  const by = <Key extends string>(key: (row: Counted) => Key): [Key, Tally][] =>
    [...Map.groupBy(rows, key)].map(([name, group]) => [name, tallyOf(group)])
  const most = (a: [string, Tally], b: [string, Tally]) => b[1].messages - a[1].messages
  return {
    all: tallyOf(rows),
    byDay: by(row => row.day)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, tally]) => ({ day, tally })),
    byKind: by(row => row.kind)
      .sort(most)
      .map(([kind, tally]) => ({ kind, tally })),
    byService: by(row => row.service)
      .sort(most)
      .map(([service, tally]) => ({ service, tally })),
    byProvider: by(row => row.provider)
      .filter(([provider]) => provider !== '')
      .sort(most)
      .map(([provider, tally]) => ({ provider, tally })),
    byChannel: by(row => row.channel)
      .sort(most)
      .map(([channel, tally]) => ({ channel, tally })),
    causes: causesOf(rows),
    numbers: numbers.rows[0],
    countedAt: counted.rows[0]?.at ?? undefined,
  }
}

const handed: readonly MessageState[] = ['sent', 'delivered', 'failed', 'uncertain']

function tallyOf(rows: readonly Counted[]): Tally {
  const count = (of: (row: Counted) => boolean) =>
    rows.filter(of).reduce((sum, { messages }) => sum + messages, 0)
  const prices = new Map<Currency, number>()
  for (const { currency, price_milli } of rows)
    if (currency !== '') prices.set(currency, (prices.get(currency) ?? 0) + price_milli)
  return {
    messages: count(() => true),
    handed: count(({ state }) => handed.includes(state)),
    delivered: count(({ state }) => state === 'delivered'),
    failed: count(({ state }) => state === 'failed'),
    uncertain: count(({ state }) => state === 'uncertain'),
    unaddressed: count(({ state }) => state === 'unaddressed'),
    parts: rows.reduce((sum, { parts }) => sum + parts, 0),
    prices: [...prices].map(([currency, milli]) => ({ milli, currency })),
  }
}

const noted: readonly MessageState[] = ['failed', 'uncertain', 'unaddressed']

/** Why messages reached nobody, or may not have, what happens most first. */
function causesOf(rows: readonly Counted[]): Month['causes'] {
  const causes = new Map<string, number>()
  for (const { state, cause, messages } of rows)
    if (noted.includes(state)) causes.set(cause, (causes.get(cause) ?? 0) + messages)
  return [...causes].map(([cause, messages]) => ({ cause, messages })).sort((a, b) => b.messages - a.messages)
}
