import { sql } from 'kysely'
import { Decimal } from '../../lib/decimal.ts'
import { BadRequest } from '../../lib/errors.ts'
import type { Currency } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'
import type { Rate } from './model.ts'

type RateRow = { currency: Currency; rate: string; valid_from: Date; set_by: string }

/** Shekels for one unit of a currency at an instant; undefined when none was set by then. */
export async function rateOn(
  tx: Read,
  currency: Exclude<Currency, 'ILS'>,
  at: Date,
): Promise<Rate | undefined> {
  return (await ratesOn(tx, at)).get(currency)
}

/** Every rate in force at an instant. */
export async function ratesOn(tx: Read, at: Date): Promise<Map<Currency, Rate>> {
  const found = await sql<RateRow>`
    select distinct on (currency) currency, rate, valid_from, set_by from exchange_rate
     where municipality_id = ${tx.town} and valid_from <= ${at}
     order by currency, valid_from desc`.execute(tx.q)
  return new Map(found.rows.map(row => [row.currency, toRate(row)]))
}

function toRate(row: RateRow): Rate {
  const rate = Decimal.parse(row.rate)
  if (!rate) throw new Error('a rate is not a number')
  return { currency: row.currency, rate, from: row.valid_from, setBy: row.set_by }
}

/** Sets the rate from an instant on, now unless said; receipts before it keep theirs. */
export async function setRate(
  tx: Write,
  input: {
    currency: Exclude<Currency, 'ILS'>
    rate: Decimal | string
    setBy: string
    from?: Date | undefined
  },
): Promise<void> {
  const rate = typeof input.rate === 'string' ? Decimal.parse(input.rate) : input.rate
  const million = Decimal.of(1_000_000)
  if (!rate || rate.sign() <= 0 || rate.compare(million) >= 0 || !rate.equals(rate.round(6)))
    throw new BadRequest('rate-malformed', { rate: String(input.rate) })
  await sql`
    insert into exchange_rate (municipality_id, currency, valid_from, rate, set_by)
    values (${tx.town}, ${input.currency}, ${input.from ?? tx.now}, ${rate.toString()}::numeric, ${input.setBy})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: { kind: 'staff', id: input.setBy },
    act: 'treasury.rate-set',
    subjectKind: 'exchange-rate',
    subjectId: input.currency,
    cause: rate.toString(),
  })
}
