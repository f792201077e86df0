import { z } from 'zod'
import { InvalidInput } from '../../lib/errors.ts'
import { currencies, type Money, parseAmount, toDecimal } from '../../lib/money.ts'

/** Forms that several endpoints speak in. What carries an `id` is a named component of the OpenAPI document. */

export const instant = z.iso.datetime().describe('UTC')
export const day = z.iso.date()
export const id = z.uuid()

export const money = z
  .strictObject({
    amount: z
      .string()
      .max(20)
      .regex(/^-?\d+(\.\d{1,3})?$/)
      .describe('major units with the currency’s decimals: 170.000'),
    currency: z.enum(currencies as [Money['currency'], ...Money['currency'][]]),
  })
  .meta({ id: 'Money' })

export const localized = z.object({ ar: z.string(), en: z.string() }).meta({ id: 'Localized' })

/** The states a request can be in. */
export const requestState = z
  .enum([
    'submitted',
    'awaiting-fee',
    'in-process',
    'awaiting-papers',
    'awaiting-outside',
    'awaiting-answer',
    'in-review',
    'done',
    'rejected',
    'withdrawn',
  ])
  .meta({ id: 'RequestState' })

export const problemShape = z
  .object({
    type: z.string(),
    status: z.int(),
    code: z.string().describe('stable; what programs decide by'),
    title: z.string().describe('in Arabic'),
    faults: z
      .array(
        z.object({
          pointer: z.string().describe('JSON pointer into the body, or the name of the query parameter'),
          code: z.string(),
          values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .optional(),
    details: z.record(z.string(), z.unknown()).optional(),
    reference: z.string().optional().describe('to tell the town by, when the fault is ours'),
  })
  .meta({ id: 'Problem' })

/** An amount as the API writes it. */
export const moneyOut = (amount: Money): z.infer<typeof money> => ({
  amount: toDecimal(amount),
  currency: amount.currency,
})

/** Reads an amount; one that is nothing or below, or too precise for its currency, is a fault of its place. */
export function moneyIn(typed: z.infer<typeof money>, pointer: string): Money {
  const read = parseAmount(typed.amount, typed.currency)
  if (!read.ok) throw new InvalidInput([{ field: pointer, code: read.code }])
  if (read.value.minor <= 0) throw new InvalidInput([{ field: pointer, code: 'amount-not-positive' }])
  return read.value
}

export const time = (at: Date): string => at.toISOString()
export const timeOr = (at: Date | undefined): string | undefined => at?.toISOString()

/** A page of a list: where `next` is given, it is asked for with `cursor`. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() })

export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(30),
  cursor: z.string().max(200).optional(),
}
