import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Summary, Tick } from '../shape.ts'

/** The steps of a picture in milliseconds: 1, 1.5, 2, 3, 5, 7 and their tens, up to ten minutes. */
const steps = [0.1, 1, 10, 100, 1000, 10_000, 100_000].flatMap(ten =>
  [1, 1.5, 2, 3, 5, 7].map(step => Number((step * ten).toPrecision(2))),
)
const microseconds = 1000
const longest = 10 * 60 * 1000 * microseconds

/** Latencies of one kind of act: a histogram of three exact digits (HDR), in bounded memory however many there are. */
export class Latencies {
  readonly #all: RecordableHistogram = createHistogram({ lowest: 1, highest: longest, figures: 3 })
  readonly #counts = steps.map(() => 0)

  record(ms: number): void {
    this.#all.record(Math.min(longest, Math.max(1, Math.round(ms * microseconds))))
    const found = steps.findIndex(step => ms <= step)
    const at = found < 0 ? steps.length - 1 : found
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
  }

  summary(): Summary {
    const at = (percent: number) => this.#all.percentile(percent) / microseconds
    const empty = this.#all.count === 0
    return {
      count: this.#all.count,
      mean: empty ? 0 : this.#all.mean / microseconds,
      p50: at(50),
      p90: at(90),
      p95: at(95),
      p99: at(99),
      max: empty ? 0 : this.#all.max / microseconds,
      latency: this.#drawn(),
    }
  }

  /** From the first step that anything was in to the last. */
  #drawn(): Summary['latency'] {
    const from = Math.max(
      0,
      this.#counts.findIndex(count => count > 0),
    )
    const upTo = this.#counts.findLastIndex(count => count > 0) + 1
    return { upTo: steps.slice(from, upTo), counts: this.#counts.slice(from, upTo) }
  }
}

/** A run second by second, as it is drawn. */
export class Timeline {
  readonly #began: number
  readonly #ticks = new Map<number, { due: number; done: number; failed: number; ms: number[] }>()

  constructor(began: number) {
    this.#began = began
  }

  due(at: number): void {
    this.#tick(at).due += 1
  }

  done(at: number, ms: number): void {
    const tick = this.#tick(at)
    tick.done += 1
    tick.ms.push(ms)
  }

  failed(at: number): void {
    this.#tick(at).failed += 1
  }

  ticks(): Tick[] {
    const last = Math.max(-1, ...this.#ticks.keys())
    return Array.from({ length: last + 1 }, (_, second) => {
      const { ms, ...counts } = this.#ticks.get(second) ?? { due: 0, done: 0, failed: 0, ms: [] }
      const sorted = ms.toSorted((a, b) => a - b)
      const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]
      return { second, ...counts, ...(p95 !== undefined && { p95: Math.round(p95 * 10) / 10 }) }
    })
  }

  #tick(at: number) {
    const second = Math.max(0, Math.floor((at - this.#began) / 1000))
    const tick = this.#ticks.get(second) ?? { due: 0, done: 0, failed: 0, ms: [] }
    this.#ticks.set(second, tick)
    return tick
  }
}
