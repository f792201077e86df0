import { readFileSync } from 'node:fs'
import type { Results, ToldFigure } from '../../src/offices/oversight/measured/file.ts'
import type { Figure } from './report.ts'

/** Reads the figures a part told, a line each; a line cut off in its midst, by a kill, is left out. */
export function readFigures(file: string, part: string): ToldFigure[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => {
      try {
        return line === '' ? [] : [judged(JSON.parse(line) as Figure, part)]
      } catch {
        return []
      }
    })
}

/** Whether a figure reached its goal, where it has one. */
export function judged(figure: Figure, part: string): ToldFigure {
  const { goal } = figure
  return {
    part,
    ...figure,
    ...(goal && { met: goal.least ? figure.ratio >= goal.ratio : figure.ratio <= goal.ratio }),
  }
}

/** Why a run should not be taken at its word: the first line of its report. */
export function caveatsOf(
  results: Pick<Results, 'parts' | 'mode'>,
  before: { clean: boolean; load: number },
): Results['caveats'] {
  return [
    ...(before.clean ? [] : ['changed' as const]),
    ...(before.load > calmLoad ? ['busy' as const] : []),
    ...(results.parts.some(({ outcome }) => ['failed', 'cut off', 'lacking'].includes(outcome))
      ? ['broken' as const]
      : []),
    ...(results.mode === 'quick' ? ['quick' as const] : []),
  ]
}

/** The load average of the last minute above which a machine has other work to do. */
export const calmLoad = 1
