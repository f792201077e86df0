/** A second, slow meaning of the language, on fractions and plain loops, to hold the compiled one against. */

/** A number as it is, never rounded: below the line never nothing, never negative. */
export class Fraction {
  readonly over: bigint
  readonly under: bigint

  constructor(over: bigint, under = 1n) {
    this.over = under < 0n ? -over : over
    this.under = under < 0n ? -under : under
  }

  /** Less than nothing, nothing or more. */
  minus(other: Fraction): Fraction {
    return new Fraction(this.over * other.under - other.over * this.under, this.under * other.under)
  }

  /** The whole number at or below, in units of 1 to so many places. */
  floorTo(places: number): Fraction {
    const scale = 10n ** BigInt(places)
    const scaled = this.over * scale
    const whole = scaled / this.under - (scaled % this.under < 0n ? 1n : 0n)
    return new Fraction(whole, scale)
  }
}

export type Row = { readonly [field: string]: Value }
export type Value = Fraction | boolean | string | null | readonly Value[] | Row

export type Env = { readonly [name: string]: Value }
/** An expression as it is written, with what it comes to among these names. */
export type Tree = { readonly source: string; readonly run: (env: Env) => Value }

const isRow = (value: Value): value is Row =>
  typeof value === 'object' && value !== null && !(value instanceof Fraction) && !Array.isArray(value)

export const listOf = (value: Value): readonly Value[] | undefined =>
  Array.isArray(value) ? (value as readonly Value[]) : undefined

export function isSame(a: Value, b: Value): boolean {
  return a instanceof Fraction && b instanceof Fraction ? a.minus(b).over === 0n : a === b
}

/** Numbers by size, days by the calendar; not known with a null. */
export function compare(sign: string, a: Value, b: Value): Value {
  if (a === null || b === null) return null
  const order =
    a instanceof Fraction && b instanceof Fraction
      ? a.minus(b).over
      : String(a) < String(b)
        ? -1n
        : String(a) > String(b)
          ? 1n
          : 0n
  return sign === '<' ? order < 0n : sign === '<=' ? order <= 0n : sign === '>' ? order > 0n : order >= 0n
}

export const and = (a: Value, b: Value): Value =>
  a === false || b === false ? false : a === null || b === null ? null : true
export const invert = (a: Value): Value => (a === null ? null : a === false)
export const or = (a: Value, b: Value): Value => invert(and(invert(a), invert(b)))

/** The least and the most of what is written out by itself. */
export function best(values: readonly Value[], sign: '<' | '>'): Value {
  if (values.includes(null)) return null
  return values.reduce<Value>(
    (found, value) => (found === null || compare(sign, value, found) === true ? value : found),
    null,
  )
}

export function total(values: readonly Value[]): Value {
  if (values.includes(null)) return null
  return values.reduce<Fraction>((sum, value) => sum.minus(negative(value as Fraction)), new Fraction(0n))
}

export const negative = (value: Fraction): Fraction => new Fraction(-value.over, value.under)

export function rounded(value: Value, places: number): Value {
  if (!(value instanceof Fraction)) return null
  const half = new Fraction(1n, 2n * 10n ** BigInt(places))
  // Half goes away from nothing.
  return value.over < 0n
    ? negative(negative(value).minus(negative(half)).floorTo(places))
    : value.minus(negative(half)).floorTo(places)
}

/** Whether something holds for some, or for every, item: only an unknown one may leave it open. */
export const someOf = (list: Value, holds: (item: Value) => Value): Value =>
  listOf(list)?.reduce<Value>((known, item) => or(known, holds(item)), false) ?? null
export const everyOf = (list: Value, holds: (item: Value) => Value): Value =>
  listOf(list)?.reduce<Value>((known, item) => and(known, holds(item)), true) ?? null

/** Items for which a condition is true; fields of rows are known by their names. */
export const filtered = (list: Value, env: Env, holds: (inside: Env) => Value): Value =>
  listOf(list)?.filter(item => holds({ ...env, ...(isRow(item) ? item : {}), item }) === true) ?? null

export const fieldOf = (list: Value, field: string): Value =>
  listOf(list)?.map(item => (isRow(item) ? (item[field] ?? null) : null)) ?? null

/** A name given from outside. */
export const name = (source: string): Tree => ({ source, run: env => env[source] ?? null })
export const two = (
  a: Tree,
  b: Tree,
  write: (a: string, b: string) => string,
  run: (a: Value, b: Value) => Value,
): Tree => ({
  source: write(a.source, b.source),
  run: env => run(a.run(env), b.run(env)),
})
export const one = (a: Tree, write: (a: string) => string, run: (a: Value) => Value): Tree => ({
  source: write(a.source),
  run: env => run(a.run(env)),
})
export const known = (run: (value: Fraction) => Value) => (value: Value) =>
  value instanceof Fraction ? run(value) : null
export const ofList = (run: (list: readonly Value[]) => Value) => (value: Value) => {
  const list = listOf(value)
  return list ? run(list) : null
}
