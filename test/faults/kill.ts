import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import { median, quantile } from '../bench/report.ts'
import { killInRounds } from './rounds.ts'

/** `npm run faults -- --rounds 200 [--seed N]`: kills the server and PostgreSQL under load; nothing acknowledged may be lost or doubled. */
const words = process.argv.slice(2)
const number = (name: string, otherwise: number) => {
  const at = words.indexOf(`--${name}`)
  const value = at < 0 ? otherwise : Number(words[at + 1])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`)
  return value
}
const say = (line: string) => void process.stdout.write(`${line}\n`)

const rounds = number('rounds', 200)
const seed = number('seed', Math.floor(Math.random() * 2 ** 31))
say(`faults kill: seed ${seed}`)
const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as {
  buildAll(): Promise<void>
  bundleEntry(entry: string, file: string): Promise<void>
  stopBuilding(): Promise<void>
}
const program = join(projectRoot, 'dist', 'run', 'kill-program.js')
await build.bundleEntry(join(projectRoot, 'src/main.ts'), program)
await build.stopBuilding()

const began = performance.now()
const outcome = await killInRounds({ rounds, seed, program, say })
for (const each of [...outcome.lost, ...outcome.doubled, ...outcome.wrong].slice(0, 100)) say(`  ${each}`)
say(
  `  ${Object.entries(outcome.kills)
    .map(([victim, times]) => `${victim} ${times}`)
    .join(', ')}; ${outcome.retries} sent again`,
)
say(
  `  ready again after ${Math.round(median(outcome.recoveryMs))} ms (median), ${Math.round(quantile(outcome.recoveryMs, 0.95))} ms (95 of 100); the server fell by itself ${outcome.fell} times; ${Math.round((performance.now() - began) / 1000)} s in all`,
)
const total = Object.values(outcome.kills).reduce((sum, each) => sum + each, 0)
say(
  `faults kill: ${total} kills, ${outcome.acknowledged} acknowledged, ${outcome.lost.length} lost, ${outcome.doubled.length} doubled`,
)
const good = outcome.lost.length + outcome.doubled.length + outcome.wrong.length + outcome.fell === 0
if (good) say('  verify: nothing found')
process.exitCode = good ? 0 : 1
