import { sql } from 'kysely'
import { tariffsRead } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { startOfDay } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { applyTariffTo } from '../../treasury/index.ts'
import type { By } from '../model.ts'

/** An open request a change of an amount would touch: a fee that reads it is not raised yet. */
export type TouchedRequest = {
  id: string
  number: string
  serviceCode: string
  service: Localized
  filedAt: Date
  step: string | undefined
}

export type Touched = { count: number; some: TouchedRequest[] }

type Reads = { code: string; version: number; name: Localized; fees: string[] }

/** Which fees of which versions read an amount. */
async function readersOf(tx: Read, key: string): Promise<Reads[]> {
  const open = await sql<{ service_code: string; service_version: number }>`
    select distinct service_code, service_version from request
     where municipality_id = ${tx.town} and closed_at is null order by service_code, service_version`.execute(
    tx.q,
  )
  const catalogue = await catalogueOf(tx)
  const names = (rule: string) => tariffsRead(rule).includes(key)
  return open.rows.flatMap(({ service_code: code, service_version: version }): Reads[] => {
    if (!catalogue.has(code, version)) return []
    const { definition } = catalogue.get(code, version).service
    const fees = definition.fees.filter(fee => names(fee.amount) || names(fee.when ?? '')).map(({ id }) => id)
    return fees.length > 0 ? [{ code, version, name: definition.name, fees }] : []
  })
}

type Of = { key: string; from: CalendarDate; timeZone: string }

/** Where the rows are that a change of `key` from a day on would touch: open, filed before, one of its fees not raised. */
const touchedRows = (tx: Read, readers: readonly Reads[], { key, from, timeZone }: Of) => sql`
  from request r
  join unnest(${readers.map(each => each.code)}::text[], ${readers.map(each => each.version)}::int[],
              ${readers.map(each => each.fees.join(' '))}::text[]) as s(code, version, fees)
    on s.code = r.service_code and s.version = r.service_version
 where r.municipality_id = ${tx.town} and r.closed_at is null and r.filed_at < ${startOfDay(from, timeZone)}
   and exists (select 1 from unnest(string_to_array(s.fees, ' ')) f
                where not exists (select 1 from charge c
                                   where c.municipality_id = r.municipality_id and c.request_id = r.request_id and c.fee_id = f
                                     and c.cancelled_at is null))
   and not exists (select 1 from tariff_for_request t
                    where t.municipality_id = r.municipality_id and t.request_id = r.request_id and t.key = ${key}
                      and t.as_of = ${from}::date)`

type Row = {
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  filed_at: Date
  step: string | null
  count: number
}

/** The open requests a change would touch, by when they were filed: how many, and the first of them. */
export async function touchedBy(tx: Read, of: Of, most = 100): Promise<Touched> {
  const readers = await readersOf(tx, of.key)
  if (readers.length === 0) return { count: 0, some: [] }
  const { rows } = await sql<Row>`
    select r.request_id, r.number, r.year, r.service_code, r.service_version, r.filed_at, r.step, count(*) over ()::int as count
    ${touchedRows(tx, readers, of)}
     order by r.filed_at, r.request_id limit ${most}`.execute(tx.q)
  const nameOf = (row: Row) =>
    readers.find(each => each.code === row.service_code && each.version === row.service_version)?.name
  return {
    count: rows[0]?.count ?? 0,
    some: rows.map(row => ({
      id: row.request_id,
      number: `${row.number}/${row.year}`,
      serviceCode: row.service_code,
      service: nameOf(row) ?? { ar: row.service_code, en: row.service_code },
      filedAt: row.filed_at,
      step: row.step ?? undefined,
    })),
  }
}

/** Lets the amount hold for them too, by a decision. Gives how many. @throws BadRequest `decision-missing` */
export async function applyToTouched(tx: Write, of: Of & { decision: string; by: By }): Promise<number> {
  const readers = await readersOf(tx, of.key)
  if (readers.length === 0) return 0
  const { rows } = await sql<{ request_id: string }>`
    select r.request_id ${touchedRows(tx, readers, of)} order by r.request_id for update of r`.execute(tx.q)
  const requestIds = rows.map(row => row.request_id)
  await applyTariffTo(tx, { key: of.key, asOf: of.from, requestIds, decision: of.decision, by: of.by })
  return requestIds.length
}
