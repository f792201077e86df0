import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultsFile } from '../bench/beside.ts'
import { tell } from '../bench/report.ts'
import type { Setting } from './setting.ts'

/** What a fault script did, and what its auditor found. */
export type Outcome = {
  /** Processes ended with a signal nobody can catch. */
  kills: number
  /** Acts of which clients were told that they are done. */
  acknowledged: number
  lost: readonly string[]
  doubled: readonly string[]
  /** Everything else that is not as it should be: answers that came too late, a page without its words, a seal that does not hold. */
  wrong: readonly string[]
  /** What was measured beside: name → value with its unit. */
  figures: Record<string, number | string>
}

export type Script = {
  /** What it does to the program, in one line. */
  says: string
  play(setting: Setting): Promise<Outcome>
  /** What the machine lacks for it, in one line that says what to do; undefined when nothing. */
  lacks?(): string | undefined
}

type Kept = Omit<Outcome, 'lost' | 'doubled' | 'wrong'> & {
  says: string
  at: string
  commit: string
  quick: boolean
  seed: number
  seconds: number
  lost: number
  doubled: number
  wrong: number
}

const shown = 60

export const isClean = ({ lost, doubled, wrong }: Outcome): boolean =>
  lost.length + doubled.length + wrong.length === 0

/** Prints what came of a script, tells it to the report, and keeps it in `bench/faults.json` beside what the others kept. */
export function tellOutcome(
  name: string,
  { says }: Script,
  { quick, seed, say, commit }: Setting,
  outcome: Outcome,
  seconds: number,
): void {
  const { kills, acknowledged, figures } = outcome
  for (const kind of ['lost', 'doubled', 'wrong'] as const)
    for (const each of outcome[kind].slice(0, shown)) say(`${kind}: ${each}`)
  for (const [what, value] of Object.entries(figures)) say(`${what}: ${value}`)
  const [lost, doubled, wrong] = [outcome.lost.length, outcome.doubled.length, outcome.wrong.length]
  process.stdout.write(
    `faults ${name}: ${kills} kills, ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled, ${wrong} wrong; ${Math.round(seconds)} s\n`,
  )
  tell({
    name: `faults: ${name}`,
    value: lost + doubled + wrong,
    unit: 'lost, doubled or wrong',
    baseline: 'acts acknowledged',
    ratio: (lost + doubled + wrong) / Math.max(1, acknowledged),
    goal: { ratio: 0 },
    details: { kills, acknowledged, lost, doubled, wrong, seconds: Math.round(seconds), seed, ...figures },
  })
  mkdirSync(dirname(faultsFile), { recursive: true })
  const all = existsSync(faultsFile)
    ? (JSON.parse(readFileSync(faultsFile, 'utf8')) as Record<string, Kept>)
    : {}
  const at = new Date().toISOString()
  all[name] = {
    says,
    at,
    commit,
    quick,
    seed,
    seconds: Math.round(seconds),
    ...outcome,
    lost,
    doubled,
    wrong,
  }
  writeFileSync(faultsFile, `${JSON.stringify(all, null, 2)}\n`)
}
