/** Chance that is the same on every machine: one seed, one town. */
export type Chance = {
  /** From 0 up to 1. */
  next(): number
  /** A whole number between, both included. */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  /** Picks by weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  happens(probability: number): boolean
  /** A delay with a long tail, around `typical`: most are near it, a few many times longer. */
  delay(typical: number): number
}

/** Mulberry32: small, well spread, and enough for a town of invention. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(next() * list.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }
  return {
    next,
    pick,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    weighted(list) {
      const whole = list.reduce((sum, [, weight]) => sum + weight, 0)
      let rest = next() * whole
      for (const [value, weight] of list) {
        rest -= weight
        if (rest < 0) return value
      }
      return pick(list)[0]
    },
    happens: probability => next() < probability,
    delay(typical) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return typical * Math.exp(0.7 * normal)
    },
  }
}
