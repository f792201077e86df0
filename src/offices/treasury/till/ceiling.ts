import { sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { Receipt } from '../model.ts'
import { ratesOn } from '../rates.ts'
import { convertBy } from '../tender.ts'
import { tillSettings } from './settings.ts'

/** The day on the town's calendar. */
export async function dayOf(tx: Read, at: Date = tx.now): Promise<CalendarDate> {
  const found = await sql<{ time_zone: string }>`
    select time_zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return dateIn(at, found.rows[0]?.time_zone ?? 'UTC')
}

/** Whether a receipt is worth more than one person may take back alone, in shekels at the rates of now. */
export async function needsSecondPerson(tx: Read, receipt: Receipt): Promise<boolean> {
  const { reversalCeiling } = await tillSettings(tx, await dayOf(tx))
  const rates = receipt.totals.some(each => each.currency !== 'ILS') ? await ratesOn(tx, tx.now) : new Map()
  // A currency without a rate has no worth to compare: then a second person looks.
  if (receipt.totals.some(each => each.currency !== 'ILS' && !rates.has(each.currency))) return true
  const worth = receipt.totals.reduce((sum, each) => sum + convertBy(each, 'ILS', rates).minor, 0)
  return worth > reversalCeiling.minor
}
