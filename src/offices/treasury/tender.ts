import { Decimal } from '../../lib/decimal.ts'
import { BadRequest, Conflict } from '../../lib/errors.ts'
import { type Currency, currencies, type Money, minorDigits, money, sumByCurrency } from '../../lib/money.ts'
import type { CashTender, Rate, ReceiptLineInput, VoucherLine } from './model.ts'

export type Rates = ReadonlyMap<Currency, Rate>

/** Smallest coin in hand, in minor units; nothing smaller can be given or taken. */
const smallestCoin: Readonly<Record<Currency, number>> = { ILS: 10, JOD: 10, USD: 1 }

/** Shekels for one unit. */
function shekels(currency: Currency, rates: Rates): Decimal {
  if (currency === 'ILS') return Decimal.of(1)
  const rate = rates.get(currency)?.rate
  if (!rate) throw new Conflict('no-exchange-rate', { currency })
  return rate
}

/** An amount in another currency, by the rates in force. */
export function convertBy(amount: Money, to: Currency, rates: Rates): Money {
  if (amount.currency === to) return amount
  // Multiplied before it is divided: a half that is exact stays one.
  const exact = Decimal.of(amount.minor).mul(shekels(amount.currency, rates)).div(shekels(to, rates))
  const shift = minorDigits[to] - minorDigits[amount.currency]
  return money(new Decimal(exact.units, exact.scale - shift).round(0, 'half-up').toNumber(), to)
}

/** What to ask for in coins and notes for a sum, and what the coins cannot give: 255.53 is 255.50 and −0.03. */
export function cashDue(paid: readonly Money[]): { due: Money; rounding: Money }[] {
  return sumByCurrency(paid).map(sum => {
    const coin = smallestCoin[sum.currency]
    const due = money(Math.round(sum.minor / coin) * coin, sum.currency)
    return { due, rounding: money(due.minor - sum.minor, sum.currency) }
  })
}

/** Refuses lines whose two amounts do not say the same thing, or that were shown at another rate than the one in force. */
export function checkConversion(line: ReceiptLineInput, rates: Rates): void {
  const { chargeId, amount, paid } = line
  if (amount.minor <= 0 || paid.minor <= 0) throw new BadRequest('receipt-line-not-positive', { chargeId })
  const due = convertBy(amount, paid.currency, rates)
  const shown = typeof line.rate === 'string' ? Decimal.parse(line.rate) : line.rate
  if (line.rate !== undefined && amount.currency !== paid.currency) {
    const inForce = lineRate(line, rates)
    if (!shown || !inForce?.equals(shown))
      throw new Conflict('rate-changed', { chargeId, rate: inForce?.toString() })
  }
  if (due.minor !== paid.minor) throw new Conflict('conversion-wrong', { chargeId, due, paid })
}

/** Shekels for one unit of the foreign currency of a line: of the charge's where both are foreign. */
export function lineRate({ amount, paid }: ReceiptLineInput, rates: Rates): Decimal | undefined {
  if (amount.currency === paid.currency) return undefined
  return shekels(amount.currency === 'ILS' ? paid.currency : amount.currency, rates)
}

/** One figure for each currency: what came in less what went out. */
type Sums = Record<Currency, number>

function sums(of: readonly Money[]): Sums {
  const result: Sums = { ILS: 0, JOD: 0, USD: 0 }
  for (const { currency, minor } of of) result[currency] += minor
  return result
}

/**
 * What the till keeps in each currency, after the money handed over was found to be what is due. Notes of one currency may pay another's
 * sum, and the change come in a third: then both sides must be worth the same in shekels at the rates in force.
 */
export function settleTender(paid: readonly Money[], tender: CashTender, rates: Rates): Sums {
  const rounding = tender.rounding ?? []
  for (const { minor } of [...tender.received, ...tender.change])
    if (minor < 0) throw new BadRequest('tender-negative')
  const [due, received, change, rounded] = [
    sums(paid),
    sums(tender.received),
    sums(tender.change),
    sums(rounding),
  ]
  const kept = sums([])
  const rest = sums([])
  for (const currency of currencies) {
    if (Math.abs(rounded[currency]) * 2 > smallestCoin[currency])
      throw new Conflict('rounding-too-large', { currency })
    kept[currency] = received[currency] - change[currency]
    rest[currency] = kept[currency] - due[currency] - rounded[currency]
    if (rounded[currency] !== 0 && kept[currency] <= 0) throw new Conflict('rounding-too-large', { currency })
  }
  if (currencies.every(currency => rest[currency] === 0)) return kept
  const off = worth(rest, rates)
  if (off.minor === 0) return kept
  const [ILS, JOD, USD] = currencies.map(currency => rest[currency] + change[currency])
  const short = worth({ ILS, JOD, USD } as Sums, rates).minor < 0
  throw new Conflict(short ? 'tender-short' : 'change-wrong', { due: sumByCurrency(paid), off })
}

/** Several currencies as one sum: in shekels at the rates in force, rounded to the agora; one alone stays what it is. */
function worth(of: Sums, rates: Rates): Money {
  const present = currencies.filter(currency => of[currency] !== 0)
  const [only] = present
  if (only && present.length === 1) return money(of[only], only)
  const exact = present.reduce((sum, currency) => {
    const inMajor = new Decimal(BigInt(of[currency]), minorDigits[currency])
    return sum.add(inMajor.mul(shekels(currency, rates)))
  }, Decimal.zero)
  return money(exact.mul(Decimal.of(100)).round(0, 'half-up').toNumber(), 'ILS')
}

/** The voucher of a receipt; whatever a currency lacks to its balance went over the exchange. */
export function receiptEntries(
  book: string,
  kept: Sums,
  rounding: readonly Money[],
  settled: readonly VoucherLine[],
): VoucherLine[] {
  const lines: VoucherLine[] = [...settled]
  for (const currency of currencies) {
    if (kept[currency] !== 0) lines.push({ ledger: `cash:${book}`, amount: money(kept[currency], currency) })
  }
  for (const each of rounding) {
    if (each.minor !== 0) lines.push({ ledger: 'rounding', amount: money(-each.minor, each.currency) })
  }
  for (const off of sumByCurrency(lines.map(line => line.amount))) {
    if (off.minor !== 0) lines.push({ ledger: 'exchange', amount: money(-off.minor, off.currency) })
  }
  return lines
}
