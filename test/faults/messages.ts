import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import { chanceOf } from './chance.ts'
import { inWords, type Verdict } from './messages/audit.ts'
import { freezeSenders, killDatabase, killSenders, loseAnswers } from './messages/processes.ts'
import { type SimulatedOutcome, simulate, scenes as simulated } from './messages/simulated.ts'

/**
 * `npm run faults -- messages [--kills 200] [--seed N] [--only NAME]`: what is done to providers, senders and the database while a town sends,
 * and what came of it. Nothing may be lost or doubled; what nobody can know is marked uncertain.
 */
const words = process.argv.slice(2)
const number = (name: string, otherwise: number) => {
  const at = words.indexOf(`--${name}`)
  const value = at < 0 ? otherwise : Number(words[at + 1])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`)
  return value
}
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined
const say = (line: string) => void process.stdout.write(`${line}\n`)

const seed = number('seed', Math.floor(Math.random() * 2 ** 31))
const kills = number('kills', 200)
say(`faults messages: seed ${seed}`)
const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as {
  bundleEntry(entry: string, file: string): Promise<void>
  stopBuilding(): Promise<void>
}
const program = join(projectRoot, 'dist', 'run', 'faults-messages-sender.js')
await build.bundleEntry(join(projectRoot, 'test/faults/messages/sender.ts'), program)
await build.stopBuilding()
const folder = mkdtempSync(join(tmpdir(), 'shubbak-ledgers-'))
const options = { program, folder, chance: chanceOf(seed), say }

const scenes: Record<string, () => Promise<Verdict>> = {
  [`sender killed ${kills} times`]: () => killSenders(options, kills),
  'sender frozen past its lease': () => freezeSenders(options, Math.ceil(kills / 20)),
  'database killed': () => killDatabase(options, Math.ceil(kills / 10)),
  'answers lost, lines cut, providers dead': () => loseAnswers(options),
}

const chance = options.chance
for (const [name, scene] of Object.entries(simulated))
  scenes[`simulated: ${name}`] = () => simulate(scene, chance)

let bad = 0
for (const [name, play] of Object.entries(scenes)) {
  if (only && !name.includes(only)) continue
  const began = performance.now()
  const verdict = await play()
  bad += verdict.lost.length + verdict.doubled.length + verdict.unknown.length
  say(`faults messages, ${name}: ${inWords(verdict)}; ${Math.round((performance.now() - began) / 1000)} s`)
  if ('back' in verdict) {
    const { longestWait, longestWaitInTrouble, back } = verdict as SimulatedOutcome
    say(
      `  longest wait ${longestWait} s, in trouble ${longestWaitInTrouble} s; a provider carried again ${back} s after its return (simulated time)`,
    )
  }
  for (const [what, tags] of Object.entries({
    lost: verdict.lost,
    doubled: verdict.doubled,
    unknown: verdict.unknown,
  }))
    if (tags.length > 0) say(`  ${what}: ${tags.slice(0, 40).join(' ')}`)
}
rmSync(folder, { recursive: true, force: true })
say(bad === 0 ? 'faults messages: nothing lost, nothing doubled' : `faults messages: ${bad} wrong`)
process.exitCode = bad === 0 ? 0 : 1
