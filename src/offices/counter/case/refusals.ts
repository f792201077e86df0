import { DomainError } from '../../../lib/errors.ts'
import type { CounterText } from '../strings.ts'

/** Refusals of the domain that the counter words itself, on the page the clerk stands on. */
const worded: readonly string[] = [
  'dues-hold',
  'service-retired',
  'channel-closed',
  'capacity-not-accepted',
  'fee-without-amount',
  'no-exchange-rate',
  'rate-changed',
  'conversion-wrong',
  'charge-overpaid',
  'charge-cancelled',
  'tender-short',
  'change-wrong',
  'rounding-too-large',
  'till-not-open',
  'not-available',
]

/** The words of a refusal; anything else is not for this page to explain. */
export function refusalText(error: unknown): CounterText {
  if (error instanceof DomainError && worded.includes(error.code))
    return `refused-${error.code}` as CounterText
  throw error
}
