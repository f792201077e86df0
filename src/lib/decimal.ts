/** How a division or a rounding treats a half: away from zero, towards zero, or to the even neighbour. */
export type Rounding = 'half-up' | 'half-down' | 'half-even'

const precision = 34
const furthestExponent = 6144
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/

const powers: bigint[] = [1n]
function powerOfTen(exponent: number): bigint {
  const known = powers[exponent]
  if (known !== undefined) return known
  const power = 10n ** BigInt(exponent)
  if (exponent < 200) powers[exponent] = power
  return power
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/** Integer quotient rounded as asked. */
function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  if (rest === 0n) return quotient
  const twice = magnitude(rest) * 2n
  const size = magnitude(divisor)
  const away = dividend < 0n !== divisor < 0n ? -1n : 1n
  if (twice > size) return quotient + away
  if (twice < size || rounding === 'half-down') return quotient
  if (rounding === 'half-up') return quotient + away
  return quotient % 2n === 0n ? quotient : quotient + away
}

/**
 * A decimal number: `units` × 10^−`scale`. Sums and products are exact up to 34 significant digits, the
 * precision of DMN; beyond that they are rounded half to even, and past 10^±6144 they are refused.
 */
export class Decimal {
  readonly units: bigint
  readonly scale: number

  constructor(units: bigint, scale = 0) {
    this.units = units
    this.scale = scale
  }

  static readonly zero = new Decimal(0n)

  /** A whole number, or one written with few digits; NaN and infinities are refused. */
  static of(value: number | bigint): Decimal {
    if (typeof value === 'bigint') return bounded(value, 0)
    const decimal = Decimal.parse(String(value))
    if (!decimal) throw new RangeError(`not a decimal: ${value}`)
    return decimal
  }

  /** Reads `12`, `-0.5`, `1e3`; undefined for anything else and for more than 34 significant digits. */
  static parse(text: string): Decimal | undefined {
    if (text.length > 120) return undefined
    const match = pattern.exec(text)
    if (!match) return undefined
    const [, sign, whole = '', fraction = '', exponent = '0'] = match
    if (whole === '' && fraction === '') return undefined
    const digits = (whole + fraction).replace(/^0+/, '')
    if (digits.replace(/(?<!0)0+$/, '').length > precision) return undefined
    const scale = fraction.length - Number(exponent)
    if (Math.abs(scale) > furthestExponent) return undefined
    const units = BigInt(digits === '' ? '0' : digits)
    return bounded(sign === '-' ? -units : units, scale)
  }

  add(other: Decimal): Decimal {
    if (this.scale === other.scale) return bounded(this.units + other.units, this.scale)
    const scale = Math.max(this.scale, other.scale)
    return bounded(this.unitsAt(scale) + other.unitsAt(scale), scale)
  }

  sub(other: Decimal): Decimal {
    return this.add(other.negate())
  }

  mul(other: Decimal): Decimal {
    return bounded(this.units * other.units, this.scale + other.scale)
  }

  /** The quotient to 34 significant digits, half to even; dividing by zero throws. */
  div(other: Decimal): Decimal {
    if (other.units === 0n) throw new RangeError('division by zero')
    const extra = Math.max(0, precision + 2 - digitCount(this.units) + digitCount(other.units))
    const dividend = this.units * powerOfTen(extra)
    const quotient = dividend / other.units
    // A sticky last digit keeps a tie from appearing where there was a rest.
    const sticky = dividend % other.units === 0n ? 0n : dividend < 0n !== other.units < 0n ? -1n : 1n
    return bounded(quotient * 10n + sticky, this.scale - other.scale + extra + 1).trimmed()
  }

  negate(): Decimal {
    return new Decimal(-this.units, this.scale)
  }

  abs(): Decimal {
    return this.units < 0n ? this.negate() : this
  }

  sign(): -1 | 0 | 1 {
    return this.units < 0n ? -1 : this.units > 0n ? 1 : 0
  }

  /** Negative, zero or positive, as this stands to the other: 1.0 and 1 are the same number. */
  compare(other: Decimal): number {
    if (this.sign() !== other.sign()) return this.sign() - other.sign()
    const scale = Math.max(this.scale, other.scale)
    const difference = this.unitsAt(scale) - other.unitsAt(scale)
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0
  }

  /** Rounded to a number of decimal places. */
  round(places = 0, rounding: Rounding = 'half-up'): Decimal {
    if (this.scale <= places) return this
    return new Decimal(divideRounded(this.units, powerOfTen(this.scale - places), rounding), places)
  }

  floor(places = 0): Decimal {
    return this.towards(places, -1n)
  }

  ceil(places = 0): Decimal {
    return this.towards(places, 1n)
  }

  isInteger(): boolean {
    return this.scale <= 0 || this.units % powerOfTen(this.scale) === 0n
  }

  /** The units this number has at a finer scale. */
  unitsAt(scale: number): bigint {
    return scale === this.scale ? this.units : this.units * powerOfTen(scale - this.scale)
  }

  /** Plain notation without trailing zeros: `1711.1`. */
  toString(): string {
    const { units, scale } = this.trimmed()
    if (scale === 0) return units.toString()
    const digits = magnitude(units)
      .toString()
      .padStart(scale + 1, '0')
    return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  }

  toNumber(): number {
    return Number(this.toString())
  }

  toJSON(): string {
    return this.toString()
  }

  private towards(places: number, direction: 1n | -1n): Decimal {
    if (this.scale <= places) return this
    const divisor = powerOfTen(this.scale - places)
    const quotient = this.units / divisor
    const passed = this.units % divisor !== 0n && this.units < 0n === direction < 0n
    return new Decimal(passed ? quotient + direction : quotient, places)
  }

  /** The same number without needless zeros, with a scale of 0 or more. */
  private trimmed(): Decimal {
    let { units, scale } = this
    if (scale < 0) return new Decimal(units * powerOfTen(-scale), 0)
    while (scale > 0 && units % 10n === 0n) {
      units /= 10n
      scale -= 1
    }
    return new Decimal(units, scale)
  }
}

const limit = 10n ** BigInt(precision)

function digitCount(units: bigint): number {
  return magnitude(units).toString().length
}

function bounded(units: bigint, scale: number): Decimal {
  if (units < limit && units > -limit && scale >= 0 && scale <= furthestExponent)
    return new Decimal(units, scale)
  if (units === 0n) return Decimal.zero
  const excess = digitCount(units) - precision
  const kept = excess > 0 ? divideRounded(units, powerOfTen(excess), 'half-even') : units
  const keptScale = excess > 0 ? scale - excess : scale
  if (keptScale > furthestExponent || digitCount(kept) - keptScale > furthestExponent)
    throw new RangeError('the number is out of range')
  return new Decimal(kept, keptScale)
}
