import { sql } from 'kysely'
import type { Tariff } from '../../kernel/definition/index.ts'
import type { CalendarDate } from '../../lib/calendar.ts'
import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { type Currency, type Money, money, parseAmount } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { changeShared } from '../../platform/kept.ts'
import { record } from '../audit/index.ts'
import type { By } from './model.ts'

/** What each tariff is on a day: of those begun by then the latest, and where one day was written twice, the later writing. */
export async function tariffsOn(tx: Read, date: CalendarDate): Promise<Record<string, Money>> {
  const found = await sql<{ key: string; currency: Currency; amount_minor: number }>`
    select distinct on (key) key, currency, amount_minor from tariff
     where municipality_id = ${tx.town} and valid_from <= ${date}::date
     order by key, valid_from desc, set_at desc, tariff_id desc`.execute(tx.q)
  return Object.fromEntries(found.rows.map(row => [row.key, money(row.amount_minor, row.currency)]))
}

/** Adds a row to a tariff's series: from a day on it is this much, by this decision. Nothing is edited. */
export async function setTariff(
  tx: Write,
  input: { key: string; from: CalendarDate; amount: Money; decision?: string | undefined; by: By },
): Promise<void> {
  if (input.amount.minor < 0) throw new BadRequest('tariff-negative', { key: input.key })
  changeShared(tx)
  await sql`
    insert into tariff (municipality_id, key, valid_from, tariff_id, currency, amount_minor, decision, confirmed, set_by, set_at)
    values (${tx.town}, ${input.key}, ${input.from}::date, ${newId(tx.now)}, ${input.amount.currency}, ${input.amount.minor},
            ${input.decision ?? null}, true, ${input.by.id}, ${tx.now})`.execute(tx.q)
  await record(tx, {
    actor: input.by,
    act: 'treasury.tariff-set',
    subjectKind: 'tariff',
    subjectId: input.key,
    cause: input.decision,
  })
}

/**
 * Writes what the services start from. A key the town has set itself is the town's from then on; a default that is there already is not
 * written twice, so this may run at every publication.
 */
export async function loadDefaultTariffs(tx: Write, tariffs: readonly Tariff[]): Promise<void> {
  if (tariffs.length === 0) return
  const rows = tariffs.map(tariff => {
    const amount = parseAmount(tariff.amount, tariff.currency)
    if (!amount.ok) throw new BadRequest(amount.code, { tariff: tariff.key })
    return { ...tariff, minor: amount.value.minor, id: newId(tx.now) }
  })
  await sql`
    insert into tariff (municipality_id, key, valid_from, tariff_id, currency, amount_minor, confirmed, set_at)
    select ${tx.town}::uuid, d.key, d.valid_from, d.tariff_id, d.currency, d.minor, d.confirmed, ${tx.now}::timestamptz
      from unnest(${rows.map(row => row.key)}::text[], ${rows.map(row => row.from)}::date[], ${rows.map(row => row.id)}::uuid[],
                  ${rows.map(row => row.currency)}::text[], ${rows.map(row => row.minor)}::bigint[],
                  ${rows.map(row => row.confirmed)}::boolean[])
           as d(key, valid_from, tariff_id, currency, minor, confirmed)
     where not exists (select 1 from tariff t where t.municipality_id = ${tx.town} and t.key = d.key and t.set_by is not null)
       and not exists (
         select 1 from (
           select t.currency, t.amount_minor from tariff t
            where t.municipality_id = ${tx.town} and t.key = d.key and t.valid_from = d.valid_from
            order by t.set_at desc, t.tariff_id desc limit 1) last
          where last.currency = d.currency and last.amount_minor = d.minor)`.execute(tx.q)
}
