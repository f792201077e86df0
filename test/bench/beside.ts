import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results, ToldFigure } from '../../src/offices/oversight/measured/file.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { judged } from './results.ts'

type KeptFault = {
  at: string
  seconds: number
  kills: number
  acknowledged: number
  lost: number
  doubled: number
  wrong: number
}

/**
 * What `npm run faults` found of this very commit: its scripts take an hour, and are not run again for the report. Those of an older commit
 * are left where they are; undefined where there is none.
 */
export function faultsBeside(
  since: string,
  file = join(projectRoot, 'bench', 'faults.json'),
): { part: Results['parts'][number]; figures: ToldFigure[] } | undefined {
  if (!existsSync(file)) return undefined
  const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, KeptFault>)
  const ours = all.filter(([, { at }]) => Date.parse(at) >= Date.parse(since))
  if (ours.length === 0) return undefined
  const figures = ours.map(([name, { at, seconds, kills, acknowledged, lost, doubled, wrong }]) =>
    judged(
      {
        ...{ name: `faults: ${name}`, value: lost + doubled + wrong, unit: 'lost, doubled or wrong' },
        ...{ ratio: (lost + doubled + wrong) / Math.max(1, acknowledged), baseline: 'acts acknowledged' },
        ...{ goal: { ratio: 0 }, details: { kills, acknowledged, lost, doubled, wrong, seconds, at } },
      },
      'faults',
    ),
  )
  const seconds = ours.reduce((sum, [, each]) => sum + each.seconds, 0)
  return { part: { name: 'faults', outcome: 'done', seconds }, figures }
}
