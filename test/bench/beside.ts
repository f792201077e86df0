import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results, ToldFigure } from '../../src/offices/oversight/measured/file.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { judged } from './results.ts'

type KeptFault = {
  at: string
  /** The commit it ran on. */
  commit?: string
  seconds: number
  kills: number
  acknowledged: number
  lost: number
  doubled: number
  wrong: number
}

type Beside = { part: Results['parts'][number]; figures: ToldFigure[]; earlier: boolean }

/** Where the fault scripts keep what they found. */
export const faultsFile = join(projectRoot, 'bench', 'faults.json')

/** Commits are named as shortly as git finds them plain. */
const sameCommit = (a: string, b: string) => a.slice(0, 7) === b.slice(0, 7)

const caveat = 'earlier-faults'

/**
 * What `npm run faults` found: its scripts take an hour, and are not run again for the report. Each figure names the commit it is of; `earlier` where
 * that is another than this one. Undefined where there is nothing whose commit is known.
 */
export function faultsBeside(commit: string, file = faultsFile): Beside | undefined {
  if (!existsSync(file)) return undefined
  const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, KeptFault>)
  const known = all.flatMap(([name, { commit: of, ...each }]) =>
    of === undefined ? [] : [{ name, of, each }],
  )
  if (known.length === 0) return undefined
  const figures = known.map(
    ({ name, of, each: { at, seconds, kills, acknowledged, lost, doubled, wrong } }) =>
      judged(
        {
          name: `faults: ${name}`,
          value: lost + doubled + wrong,
          unit: 'lost, doubled or wrong',
          ratio: (lost + doubled + wrong) / Math.max(1, acknowledged),
          baseline: 'acts acknowledged',
          goal: { ratio: 0 },
          details: { kills, acknowledged, lost, doubled, wrong, seconds, at, commit: of },
        },
        'faults',
      ),
  )
  const seconds = known.reduce((sum, { each }) => sum + each.seconds, 0)
  const earlier = known.some(({ of }) => !sameCommit(of, commit))
  return { part: { name: 'faults', outcome: 'done', seconds }, figures, earlier }
}

/** The results with what the fault scripts found, in the place of what they held of it before. */
export function withFaultsBeside(results: Results, file = faultsFile): Results {
  const beside = faultsBeside(results.shubbak.commit, file)
  if (!beside) return results
  const { name } = beside.part
  // What the run itself measured of them stays.
  const told = results.figures.filter(figure => figure.part === name)
  if (told.some(figure => figure.details?.at === undefined)) return results
  const others = results.parts.filter(part => part.name !== name)
  const done = others.filter(part => part.outcome !== 'left out')
  return {
    ...results,
    caveats: [
      ...results.caveats.filter(each => each !== caveat),
      ...(beside.earlier ? ([caveat] as const) : []),
    ],
    parts: [...done, beside.part, ...others.filter(part => part.outcome === 'left out')],
    figures: [...results.figures.filter(figure => figure.part !== name), ...beside.figures],
  }
}
