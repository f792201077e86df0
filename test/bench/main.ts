import { loadavg } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'
import { withFaultsBeside } from './beside.ts'
import { fileOnOrder } from './filing.ts'
import { keep, mayKeep } from './keep.ts'
import { describeCode, describeMachine } from './machine.ts'
import { type Mode, type Part, parts } from './parts.ts'
import { publish, readResults } from './report/publish.ts'
import { note } from './report.ts'
import { caveatsOf } from './results.ts'
import { type PartDone, runPart } from './runner.ts'
import { sealOnOrder } from './seal.ts'

/**
 * `npm run bench`: the measured proof, each part in a process of its own. `-- --quick` measures shorter and less, `-- --large` as long as it takes;
 * names after it measure those parts only (`--towns N --requests N` for `access`). `--keep` keeps the report as that of this version, of a
 * clean tree on a calm machine, or `--anyway`. `-- report [FOLDER]` writes the report anew from the results that are there, with what the fault
 * scripts found.
 * Ends with 1 where a part failed or lacked something, never for being slow.
 */
async function main(words: readonly string[]): Promise<number> {
  const mode: Mode = words.includes('--quick') ? 'quick' : words.includes('--large') ? 'large' : 'whole'
  const code = describeCode()
  const loadBefore = loadavg().map(each => Number(each.toFixed(2)))
  const before = { clean: code.clean, load: loadBefore[0] ?? 0 }
  const keeping = words.includes('--keep')
  if (keeping && !words.includes('--anyway')) {
    const refused = mayKeep(before)
    if (refused) {
      process.stderr.write(`${refused}\n`)
      return 1
    }
  }
  const began = new Date()
  const chosen = choose(words, mode)
  const described = await describeMachine()
  const done: PartDone[] = []
  for (const [at, part] of chosen.entries()) {
    const since = Math.round((Date.now() - began.getTime()) / 1000)
    const left = chosen.length - at - 1
    process.stdout.write(`[${at + 1}/${chosen.length}] ${part.name} (${since} s so far, ${left} after it)\n`)
    const one = await runPart(part, mode, words)
    const { outcome, seconds, why } = one.part
    note(`${part.name}: ${outcome} after ${seconds} s${why ? `: ${why}` : ''}`)
    done.push(one)
  }
  const leftOut = parts
    .filter(part => !chosen.includes(part))
    .map(({ name }) => ({ name, outcome: 'left out' as const, seconds: 0 }))
  const measured = { mode, parts: [...done.map(({ part }) => part), ...leftOut] }
  const results = withFaultsBeside({
    shape: 1,
    ...measured,
    began: began.toISOString(),
    ended: new Date().toISOString(),
    caveats: caveatsOf(measured, before),
    shubbak: code,
    ...described,
    loadBefore,
    figures: done.flatMap(({ figures }) => figures),
  })
  const folder = publish(results, join(projectRoot, 'bench'))
  note(`in ${Math.round((Date.now() - began.getTime()) / 1000)} s; all of it in ${folder}`)
  const failed = done.some(({ part }) => part.outcome === 'failed' || part.outcome === 'lacking')
  if (keeping) note(keep(results, words.includes('--anyway')))
  return failed ? 1 : 0
}

/** The parts named, else those of the mode. */
function choose(words: readonly string[], mode: Mode): Part[] {
  const names = words.filter(word => !word.startsWith('--') && Number.isNaN(Number(word)))
  const unknown = names.filter(name => !parts.some(part => part.name === name))
  if (unknown.length > 0)
    throw new Error(
      `no part is called ${unknown.join(', ')}; there are ${parts.map(each => each.name).join(', ')}`,
    )
  return parts.filter(part =>
    names.length > 0 ? names.includes(part.name) : part.minutes[mode] !== undefined,
  )
}

/** One part, in the process that was made for it. */
async function runOne(name: string, mode: Mode, words: readonly string[]): Promise<void> {
  const part = parts.find(each => each.name === name)
  if (!part) throw new Error(`no part is called ${name}`)
  await part.run(mode, option => {
    const at = words.indexOf(option)
    return at < 0 ? undefined : Number(words[at + 1])
  })
}

const words = process.argv.slice(2)
const [first, second = '', third = ''] = words
if (first === 'file-on-order') await fileOnOrder()
else if (first === 'seal-on-order') await sealOnOrder(second)
else if (first === 'part') {
  await runOne(second, third as Mode, words.slice(3))
  // What a part leaves open is ended by whoever started it.
  process.exit(0)
} else if (first === 'report') {
  const folder = second || join(projectRoot, 'bench')
  publish(withFaultsBeside(readResults(folder)), folder)
} else process.exitCode = await main(words)
