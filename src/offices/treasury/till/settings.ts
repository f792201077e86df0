import { sql } from 'kysely'
import { z } from 'zod'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By } from '../model.ts'
import { defaultDenominations } from './model.ts'

const key = 'treasury.till'
const faces = z.array(z.number().int().positive()).min(1)

const stored = z.object({
  chequePastDays: z.number().int().min(0).max(3_650),
  chequeAheadDays: z.number().int().min(0).max(3_650),
  reversalCeilingMinor: z.number().int().min(0),
  denominations: z.object({ ILS: faces, JOD: faces, USD: faces }),
})

/** What a town has decided of its tills. */
export type TillSettings = {
  /** How many days ago a cheque may be dated when it is taken. */
  chequePastDays: number
  /** How many days ahead; 0 takes no post-dated cheque. */
  chequeAheadDays: number
  /** In shekels: to take back a receipt worth more, a second person agrees. */
  reversalCeiling: Money
  /** Face values in minor units, the largest first. */
  denominations: Readonly<Record<Currency, readonly number[]>>
}

/** Until the council decides: no cheque of yesterday, post-dated ones up to a year, a second person above 1,000 shekels. */
export const defaultTillSettings: TillSettings = {
  chequePastDays: 0,
  chequeAheadDays: 365,
  reversalCeiling: money(100_000, 'ILS'),
  denominations: defaultDenominations,
}

/** The settings in force on a day; the defaults where the town has written none. */
export async function tillSettings(tx: Read, on: CalendarDate): Promise<TillSettings> {
  const found = await sql<{ value: unknown }>`
    select value from setting where municipality_id = ${tx.town} and key = ${key} and valid_from <= ${on}::date
     order by valid_from desc, set_at desc, setting_id desc limit 1`.execute(tx.q)
  const read = stored.partial().safeParse(found.rows[0]?.value)
  if (!read.success) return defaultTillSettings
  const { reversalCeilingMinor, ...rest } = read.data
  const ceiling =
    reversalCeilingMinor === undefined ? {} : { reversalCeiling: money(reversalCeilingMinor, 'ILS') }
  return { ...defaultTillSettings, ...rest, ...ceiling } as TillSettings
}

/** Writes the town's settings from a day on; earlier rows stay. */
export async function setTillSettings(
  tx: Write,
  { from, settings, by }: { from: CalendarDate; settings: TillSettings; by: By },
): Promise<void> {
  const { reversalCeiling, ...rest } = settings
  const value = stored.parse({ ...rest, reversalCeilingMinor: reversalCeiling.minor })
  await sql`
    insert into setting (municipality_id, key, valid_from, setting_id, value, confirmed, set_by, set_at)
    values (${tx.town}, ${key}, ${from}::date, ${newId(tx.now)}, ${JSON.stringify(value)}::jsonb, true, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'treasury.till-settings-written',
    subjectKind: 'setting',
    subjectId: key,
  })
}
