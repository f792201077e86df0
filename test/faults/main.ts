import { isClean, type Script, tellOutcome } from './results.ts'
import { scripts } from './scripts.ts'
import { settingOf } from './setting.ts'

/**
 * `npm run faults -- [NAME|all] [--quick] [--rounds N] [--seed N]`: what is done to the program while it works, and what came of it. Ends
 * with 1 when anything acknowledged was lost or doubled or anything else was wrong, with 2 when the machine lacks what a script needs.
 */
const words = process.argv.slice(2)
const [first] = words
const wanted = first === undefined || first.startsWith('--') ? 'kill' : first
const say = (line: string) => void process.stdout.write(`${line}\n`)
if (wanted !== 'all' && !Object.hasOwn(scripts, wanted)) {
  say(`There is no script ${wanted}; one of ${Object.keys(scripts).join(', ')}, or all`)
  process.exit(2)
}
const chosen = Object.entries(scripts).filter(([name]) => wanted === 'all' || name === wanted)
const setting = settingOf(words)
const beganAll = performance.now()
let [kills, acknowledged, bad, lacking] = [0, 0, 0, 0]
for (const [name, script] of chosen) await play(name, script)
if (wanted === 'all') {
  const minutes = (performance.now() - beganAll) / 60_000
  say(
    `faults all: ${kills} kills, ${acknowledged} acknowledged, ${bad} scripts not clean, ${lacking} left out; ${minutes.toFixed(1)} min`,
  )
}
await setting.clear()
process.exitCode = bad > 0 ? 1 : lacking > 0 ? 2 : 0

async function play(name: string, script: Script): Promise<void> {
  const lack = script.lacks?.()
  if (lack !== undefined) {
    lacking += 1
    return say(`faults ${name}: left out: ${lack}`)
  }
  const at = chosen.findIndex(([each]) => each === name) + 1
  const minutesSoFar = Math.round((performance.now() - beganAll) / 60_000)
  if (chosen.length > 1) say(`[${at}/${chosen.length}] after ${minutesSoFar} min, ${kills} kills`)
  say(`faults ${name}: ${script.says} (seed ${setting.seed}${setting.quick ? ', quick' : ''})`)
  const began = performance.now()
  try {
    const outcome = await script.play(setting)
    tellOutcome(name, script, setting, outcome, (performance.now() - began) / 1000)
    kills += outcome.kills
    acknowledged += outcome.acknowledged
    if (!isClean(outcome)) bad += 1
  } catch (error) {
    bad += 1
    say(`faults ${name}: ended by itself: ${error instanceof Error ? error.stack : error}`)
  }
}
