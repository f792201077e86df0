import type { Results, ToldFigure } from '../../../src/offices/oversight/measured/file.ts'
import { caveat } from './words.ts'

/** A run as plain text: what was measured, on what, and what each figure came to. */
export function resultsText(results: Results): string {
  const { machine, versions, shubbak, settings } = results
  const named = results.parts.map(({ name }) => name)
  return [
    ...results.caveats.map(each => `NOTE: ${caveat(each, 'en')}`),
    `Shubbak ${shubbak.version}, commit ${shubbak.commit}${shubbak.clean ? '' : ' with changes'}; ${results.mode} run`,
    `${results.began} to ${results.ended}; load before ${results.loadBefore.join(' ')}`,
    `${machine.cores} cores ${machine.cpu}, ${machine.memoryMb} MB, Linux ${machine.kernel}`,
    `disk: ${machine.disk.fileSystem}, ${machine.disk.fsyncsPerSecond} fsync/s (${machine.disk.fsyncMs} ms)`,
    `Node ${versions.node}, PostgreSQL ${versions.postgres}`,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    '',
    ...named.flatMap(name => partText(results, name)),
  ].join('\n')
}

function partText(results: Results, name: string): string[] {
  const part = results.parts.find(each => each.name === name)
  const figures = results.figures.filter(each => each.part === name)
  const head = `${name}: ${part?.outcome}${part?.seconds ? `, ${part.seconds} s` : ''}${part?.why ? ` (${part.why})` : ''}`
  return [head, ...figures.map(line), '']
}

function line({ name, value, unit, ratio, baseline, goal, met, rounds }: ToldFigure): string {
  const verdict = goal && ` [${met ? 'met' : 'MISSED'}: goal ${goal.least ? '>=' : '<='} ${goal.ratio}]`
  const spread =
    rounds && rounds.length > 1 && ` rounds ${rounds.map(each => Number(each.toPrecision(4))).join(' ')}`
  return `  ${name}: ${value} ${unit}, ${ratio} of ${baseline}${verdict || ''}${spread || ''}`
}
