import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { type Currency, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type CatalogueService, catalogueOf } from '../../catalogue/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import type { Rate } from '../model.ts'
import { ratesOn } from '../rates.ts'
import { type TariffLine, type TariffRow, tariffLines } from './model.ts'

/** All the settings page shows, and the names of who wrote it. */
export type Settings = {
  tariffs: TariffLine[]
  rates: Map<Currency, Rate>
  services: CatalogueService[]
  staff: Map<string, StaffMember>
}

/** The town's settings as they stand. */
export async function readSettings(tx: Read, today: CalendarDate): Promise<Settings> {
  const { newest, offered } = await catalogueOf(tx)
  const rows = await tariffRows(tx)
  const rates = await ratesOn(tx, tx.now)
  const writers = [...rows.map(row => row.setBy), ...[...rates.values()].map(rate => rate.setBy)]
  return {
    tariffs: tariffLines(offered, rows, today),
    rates,
    services: newest,
    staff: await staffById(
      tx,
      writers.filter(id => id !== undefined),
    ),
  }
}

type Row = {
  key: string
  valid_from: string
  currency: Currency
  amount_minor: number
  decision: string | null
  confirmed: boolean
  set_by: string | null
  set_at: Date
}

/** Every writing of every tariff, each key's in the order in which a later one outdoes an earlier: the order of `tariffsOn`. */
async function tariffRows(tx: Read): Promise<TariffRow[]> {
  const found = await sql<Row>`
    select key, valid_from, currency, amount_minor, decision, confirmed, set_by, set_at from tariff
     where municipality_id = ${tx.town} order by key, valid_from, set_at, tariff_id`.execute(tx.q)
  return found.rows.map(row => ({
    key: row.key,
    from: row.valid_from,
    amount: money(row.amount_minor, row.currency),
    decision: row.decision ?? undefined,
    confirmed: row.confirmed,
    setBy: row.set_by ?? undefined,
    setAt: row.set_at,
  }))
}
