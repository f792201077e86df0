import type { Mode } from '../bench/parts.ts'
import type { ShapeName, Size } from './shape.ts'

type Sizes = Record<Mode, Size>
const of = (seconds: number, many: number, { rate = 0, think = 0 } = {}): Size => ({
  seconds,
  many,
  rate,
  think,
})

const fifty = { rate: 50 }
const pause = (think: number) => ({ think })

export const sizes: Record<ShapeName, Sizes> = {
  // 50 acts in a second, whoever does them.
  steady: { quick: of(10, 64, fifty), whole: of(30, 64, fifty), large: of(300, 64, fifty) },
  // As fast as so many clients go.
  lifecycle: { quick: of(6, 16), whole: of(20, 16), large: of(120, 16) },
  // `seconds` is each step of the way up and down.
  bursts: { quick: of(5, 256), whole: of(8, 256), large: of(30, 256) },
  // Clerks at their windows.
  morning: {
    quick: of(30, 40, pause(1000)),
    whole: of(45, 40, pause(2000)),
    large: of(900, 40, pause(8000)),
  },
  // People who are logged in, and leaf.
  thousand: {
    quick: of(20, 100, pause(5000)),
    whole: of(45, 1000, pause(5000)),
    large: of(600, 1000, pause(5000)),
  },
  // Citizens whose bill comes on one day, folded into so many seconds.
  'bill-day': {
    quick: of(15, 500, pause(500)),
    whole: of(30, 1000, pause(2000)),
    large: of(600, 20_000, pause(2000)),
  },
}

/** What each step of the bursts begins in a second. */
export const burstRates = [1, 15, 1, 25, 2, 35, 10] as const

/** How many rows lie in the town before anything is measured. */
export const townOf: Record<Mode, { requests: number; persons: number }> = {
  quick: { requests: 20_000, persons: 8_000 },
  whole: { requests: 100_000, persons: 40_000 },
  large: { requests: 1_000_000, persons: 400_000 },
}
