import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../platform/root.ts'

/** A figure as a run of `npm run bench` kept it. `ratio` is of the value to the baseline; `met` says whether the goal was reached. */
export type ToldFigure = {
  /** The part of the run that measured it. */
  part: string
  name: string
  value: number
  unit: string
  ratio: number
  baseline: string
  /** `ratio` at most, or at least. */
  goal?: { ratio: number; least?: true }
  met?: boolean
  /** The value of each round, in `unit`. */
  rounds?: readonly number[]
  /** Values at even distances, a line for each thing that was watched. */
  timeline?: {
    everySeconds: number
    lines: { name: string; unit: string; values: readonly number[] }[]
  }
  /** How many answers took no longer than `upTo[i]` milliseconds, and longer than the bound before. */
  latency?: { upTo: readonly number[]; counts: readonly number[] }
  details?: Record<string, unknown>
}

export type Outcome = 'done' | 'failed' | 'cut off' | 'lacking' | 'left out'

/** All of one run (docs/guide/bench.md says it in words). */
export type Results = {
  shape: 1
  mode: 'quick' | 'whole' | 'large'
  /** Instants, ISO 8601. */
  began: string
  ended: string
  /** Why it should not be taken at its word; empty for a run that was kept as it should be. */
  caveats: ('changed' | 'busy' | 'broken' | 'quick' | 'earlier-faults')[]
  shubbak: { version: string; commit: string; clean: boolean }
  machine: {
    cpu: string
    cores: number
    memoryMb: number
    kernel: string
    disk: { fileSystem: string; fsyncsPerSecond: number; fsyncMs: number }
  }
  versions: { node: string; postgres: string }
  /** Settings of PostgreSQL that decide what it can do, with their units. */
  settings: Record<string, string>
  /** Load averages of the last 1, 5 and 15 minutes before anything was measured. */
  loadBefore: number[]
  parts: { name: string; outcome: Outcome; seconds: number; why?: string }[]
  figures: ToldFigure[]
}

/** Where the reports of each version are kept. */
export const keptFolder = join(projectRoot, 'docs/proof/bench')

/** The versions a report was kept of, the one measured last first. */
export function keptReports(folder: string = keptFolder): { version: string; results: Results }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(version => existsSync(join(folder, version, 'results.json')))
    .map(version => ({
      version,
      results: JSON.parse(readFileSync(join(folder, version, 'results.json'), 'utf8')) as Results,
    }))
    .sort((a, b) => (a.results.began < b.results.began ? 1 : -1))
}

let last: { results: Results | undefined } | undefined

/** The report that came with this version of the program: the one measured last; undefined before there is any. */
export function lastReport(): Results | undefined {
  last ??= { results: keptReports()[0]?.results }
  return last.results
}
