import { Decimal } from '../../lib/decimal.ts'
import { BadRequest, Conflict } from '../../lib/errors.ts'
import { type Currency, currencies, type Money, minorDigits, money, sumByCurrency } from '../../lib/money.ts'
import type { Ledger, Rate, ReceiptLineInput, VoucherLine } from './model.ts'
import type { CashTender, Tender } from './till/model.ts'

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
  const { amount, paid } = line
  const chargeId = line.chargeId ?? line.onAccount
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

export function sums(of: readonly Money[]): Sums {
  const result: Sums = { ILS: 0, JOD: 0, USD: 0 }
  for (const { currency, minor } of of) result[currency] += minor
  return result
}

/** Nothing handed over in notes and coins. */
const noCash: CashTender = { kind: 'cash', received: [], change: [] }

/** All cash of a receipt as one tender. */
export function cashOf(tenders: readonly Tender[]): CashTender {
  const cash = tenders.filter(tender => tender.kind === 'cash')
  if (cash.length < 2) return cash[0] ?? noCash
  return {
    kind: 'cash',
    received: sumByCurrency(cash.flatMap(each => each.received)),
    change: sumByCurrency(cash.flatMap(each => each.change)),
    rounding: sumByCurrency(cash.flatMap(each => each.rounding ?? [])),
  }
}

/** Every amount that changed hands, by its currency: which rates a receipt needs is read off them. */
export const amountsOf = (tenders: readonly Tender[]): Money[] =>
  tenders.flatMap(tender =>
    tender.kind === 'cash' ? [...tender.received, ...tender.change] : [tender.amount],
  )

/** What of a receipt lies where afterwards. */
export type Kept = { ledger: Ledger; amount: Money }

/**
 * What is kept, by ledger and currency, after what was handed over was found to be what is due. One currency may pay another's sum, and
 * the change come in a third: then both sides must be worth the same in shekels at the rates in force. Change comes out of the cash that
 * was handed over, and coins alone round.
 */
export function settleTender(
  paid: readonly Money[],
  tenders: readonly Tender[],
  rates: Rates,
  ledgerOf: (tender: Tender) => Ledger,
): Kept[] {
  const cash = cashOf(tenders)
  const rounding = cash.rounding ?? []
  for (const { minor } of [...cash.received, ...cash.change])
    if (minor < 0) throw new BadRequest('tender-negative')
  const others = tenders.filter(tender => tender.kind !== 'cash')
  if (others.some(({ amount }) => amount.minor <= 0)) throw new BadRequest('tender-negative')
  const [due, received, change, rounded, other] = [
    sums(paid),
    sums(cash.received),
    sums(cash.change),
    sums(rounding),
    sums(others.map(each => each.amount)),
  ]
  const [coins, rest] = [sums([]), sums([])]
  for (const currency of currencies) {
    if (Math.abs(rounded[currency]) * 2 > smallestCoin[currency])
      throw new Conflict('rounding-too-large', { currency })
    coins[currency] = received[currency] - change[currency]
    rest[currency] = coins[currency] + other[currency] - due[currency] - rounded[currency]
    // Rounding is of coins that change hands: change for other notes counts, paying nothing does not.
    const coinless = coins[currency] <= 0 && !cash.received.some(each => each.minor > 0)
    if (rounded[currency] !== 0 && coinless) throw new Conflict('rounding-too-large', { currency })
  }
  if (currencies.some(currency => rest[currency] !== 0)) {
    const off = worth(rest, rates)
    if (off.minor !== 0) {
      const [ILS, JOD, USD] = currencies.map(currency => rest[currency] + change[currency])
      const short = worth({ ILS, JOD, USD } as Sums, rates).minor < 0
      throw new Conflict(short ? 'tender-short' : 'change-wrong', { due: sumByCurrency(paid), off })
    }
  }
  if (others.length > 0 && worth(coins, rates).minor < 0) throw new Conflict('change-without-cash')
  return [
    ...currencies.map(currency => ({ ledger: ledgerOf(cash), amount: money(coins[currency], currency) })),
    ...others.map(tender => ({ ledger: ledgerOf(tender), amount: tender.amount })),
  ].filter(each => each.amount.minor !== 0)
}

/** Several currencies as one sum: in shekels at the rates in force, rounded to the agora; one alone stays what it is. */
export function worth(of: Sums, rates: Rates): Money {
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
  kept: readonly Kept[],
  rounding: readonly Money[],
  settled: readonly VoucherLine[],
): VoucherLine[] {
  const lines: VoucherLine[] = [...settled]
  const ledgers = [...new Set(kept.map(each => each.ledger))]
  for (const ledger of ledgers)
    for (const amount of sumByCurrency(kept.filter(each => each.ledger === ledger).map(each => each.amount)))
      if (amount.minor !== 0) lines.push({ ledger, amount })
  for (const each of rounding) {
    if (each.minor !== 0) lines.push({ ledger: 'rounding', amount: money(-each.minor, each.currency) })
  }
  return balanced(lines)
}

/** The lines with what each currency lacks, over the exchange. */
export function balanced(lines: readonly VoucherLine[]): VoucherLine[] {
  const off = sumByCurrency(lines.map(line => line.amount)).filter(each => each.minor !== 0)
  return [
    ...lines,
    ...off.map(({ minor, currency }) => ({ ledger: 'exchange' as const, amount: money(-minor, currency) })),
  ]
}
