import type { CalendarDate } from '../../lib/calendar.ts'
import { formatMoney } from '../../lib/money.ts'
import { readable } from '../../lib/sms/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { type Owed, owedByMany } from '../treasury/index.ts'
import type { Bulletin } from './model.ts'

/** What a bill's words are filled with, as people write it between braces. */
export const billNames = ['amount', 'date'] as const

/** Figures as long as real ones, to write by. */
export const sampleOwed: Owed[] = [{ amount: { minor: 117_000, currency: 'ILS' }, dueOn: '2026-11-30' }]

const dayAndMonth = (day: CalendarDate): string => {
  const [, month = '', date = ''] = day.split('-')
  return `${Number(date)}/${Number(month)}`
}

/** The words of a bill with what somebody owes: each currency for itself, and the day the oldest of it is due. */
export function billText(body: string, owed: readonly Owed[]): string {
  const amount = owed.map(each => readable(formatMoney(each.amount, 'ar'))).join(' و ')
  const days = owed.map(each => each.dueOn).sort()
  return body
    .replaceAll('{amount}', amount)
    .replaceAll('{date}', days[0] ? readable(dayAndMonth(days[0])) : '')
}

/** What people owe of what a bulletin is about, from the treasury as it is now. */
export const owedOf = (
  tx: Read,
  { audience }: Pick<Bulletin, 'audience'>,
  personIds: readonly string[],
  today: CalendarDate,
): Promise<Map<string, Owed[]>> => owedByMany(tx, personIds, today, audience.accountKinds)
