import { sql } from 'kysely'
import { type CompiledFee, type CompiledService, tariffsRead } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'

export type Amount = { amount: Money; confirmed: boolean }

/**
 * What each tariff is on a day and whether the town has confirmed it. A guide sheet only reads the series: the treasury, which writes it,
 * stands above the catalogue and cannot be asked from here.
 */
export async function amountsOn(tx: Read, date: CalendarDate): Promise<Record<string, Amount>> {
  const found = await sql<{ key: string; currency: Currency; amount_minor: number; confirmed: boolean }>`
    select distinct on (key) key, currency, amount_minor, confirmed from tariff
     where municipality_id = ${tx.town} and valid_from <= ${date}::date
     order by key, valid_from desc, set_at desc, tariff_id desc`.execute(tx.q)
  return Object.fromEntries(
    found.rows.map(row => [
      row.key,
      { amount: money(row.amount_minor, row.currency), confirmed: row.confirmed },
    ]),
  )
}

export type SheetFee = { fee: CompiledFee; amount: Money | undefined; confirmed: boolean }

/** The fees of a guide sheet as they are today. An amount that rests on answers is not known yet. */
export function sheetFees(
  service: CompiledService,
  town: Record<string, Amount>,
  today: CalendarDate,
): SheetFee[] {
  const tariffs = {
    ...service.tariffsOn(today),
    ...Object.fromEntries(Object.entries(town).map(([key, { amount }]) => [key, amount])),
  }
  return service.fees.map(fee => ({
    fee,
    amount: restsOnAnswers(service, fee) ? undefined : amountOf(fee, tariffs, today),
    confirmed: tariffsRead(fee.fee.amount).every(key => town[key]?.confirmed ?? isConfirmed(service, key)),
  }))
}

function amountOf(fee: CompiledFee, tariffs: Record<string, Money>, today: CalendarDate): Money | undefined {
  try {
    return fee.amount({ answers: {}, stepFields: {}, capacity: 'principal', channel: 'web', today, tariffs })
  } catch (error) {
    if (error instanceof Conflict) return undefined
    throw error
  }
}

/** Whether a formula names a question or what an officer finds: then nobody knows the amount beforehand. */
function restsOnAnswers({ definition: { form, steps } }: CompiledService, { fee }: CompiledFee): boolean {
  const fields = [...form.pages.flatMap(page => page.fields), ...steps.flatMap(step => step.fields ?? [])]
  const names = new Set(fee.amount.match(/\b[a-z][A-Za-z0-9]*\b/g))
  return fields.some(({ id }) => names.has(id))
}

const isConfirmed = ({ definition }: CompiledService, key: string): boolean =>
  definition.tariffs.filter(tariff => tariff.key === key).every(tariff => tariff.confirmed)
