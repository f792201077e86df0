import { appendFileSync } from 'node:fs'
import type { ToldFigure } from '../../src/offices/oversight/measured/file.ts'

/** One measured figure, told by whoever measured it; `rounds`, `timeline` and `latency` are what the report draws pictures of. */
export type Figure = Omit<ToldFigure, 'part' | 'met'>

const round = (value: number) => Number(value.toPrecision(4))

/**
 * Prints a figure in the line others read, and hands it to the run it is part of (`BENCH_FIGURES`, a file with a figure a line): what was told
 * before a part failed is kept.
 */
export function tell(figure: Figure): void {
  const kept = { ...figure, value: round(figure.value), ratio: round(figure.ratio) }
  if (process.env.BENCH_FIGURES) appendFileSync(process.env.BENCH_FIGURES, `${JSON.stringify(kept)}\n`)
  process.stdout.write(
    `bench ${kept.name}: ${kept.value} ${kept.unit} (ratio ${kept.ratio.toFixed(2)} to ${kept.baseline})\n`,
  )
}

export const note = (line: string): void => void process.stdout.write(`  ${line}\n`)

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Bounds of 1, 1.5, 2, 3, 5, 7 and their tens. */
const steps = [1, 1.5, 2, 3, 5, 7]

/** Milliseconds sorted into a few dozen steps, each a bit longer than the one before. */
export function histogramOf(ms: readonly number[]): NonNullable<ToldFigure['latency']> {
  const longest = ms.reduce((most, each) => Math.max(most, each), 0)
  const upTo: number[] = []
  const reached = () => (upTo.at(-1) ?? -1) >= longest
  for (let ten = 0.1; !reached(); ten *= 10)
    for (const step of steps) if (!reached()) upTo.push(round(step * ten))
  const counts = upTo.map(() => 0)
  for (const each of ms) {
    const at = upTo.findIndex(bound => each <= bound)
    counts[at] = (counts[at] ?? 0) + 1
  }
  const first = counts.findIndex(count => count > 0)
  return { upTo: upTo.slice(Math.max(0, first)), counts: counts.slice(Math.max(0, first)) }
}
