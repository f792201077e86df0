import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import { type Loss, loseTheMachine, losses } from './restore/drill.ts'

/** `npm run faults -- restore [--seconds 10] [--only wait|follow|disk]`: the machine is lost under load and restored; what was acknowledged is counted. */
const words = process.argv.slice(2)
const after = (name: string) =>
  words.includes(`--${name}`) ? words[words.indexOf(`--${name}`) + 1] : undefined
const seconds = Number(after('seconds') ?? 10)
const only = after('only')
if (!(seconds > 0)) throw new Error('--seconds is a number')
if (only !== undefined && !losses.includes(only as Loss))
  throw new Error(`--only is one of ${losses.join(', ')}`)
const say = (line: string) => void process.stdout.write(`${line}\n`)

const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as {
  bundleEntry(entry: string, file: string): Promise<void>
  stopBuilding(): Promise<void>
}
const program = join(projectRoot, 'dist', 'run', 'restore-program.js')
await build.bundleEntry(join(projectRoot, 'src/main.ts'), program)
await build.stopBuilding()

const names: Record<Loss, string> = {
  wait: 'disk lost, acts wait for BACKUP_DIR (BACKUP_WAIT=true)',
  follow: 'disk lost, BACKUP_DIR follows a moment behind',
  disk: 'machine lost and BACKUP_DIR away for the last part, the log read off its disk',
}
/** What follows a moment behind may lack that moment; in the other two nothing acknowledged may be lost. */
const mayLose: Record<Loss, boolean> = { wait: false, follow: true, disk: false }
let good = true
for (const loss of losses.filter(each => only === undefined || each === only)) {
  say(`faults restore: ${names[loss]}`)
  const outcome = await loseTheMachine({
    loss,
    loadMs: seconds * 1000,
    program,
    say: line => say(`  ${line}`),
  })
  for (const line of outcome.said.trim().split('\n')) say(`  | ${line}`)
  const { lost, doubled, wrong } = outcome
  for (const each of [...lost, ...doubled, ...wrong].slice(0, 50)) say(`  ${each}`)
  say(
    `  ${outcome.acknowledged} acknowledged, ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong; restored in ${(outcome.restoreMs / 1000).toFixed(1)} s, served again after ${(outcome.serveAgainMs / 1000).toFixed(1)} s`,
  )
  if (doubled.length + wrong.length > 0 || (lost.length > 0 && !mayLose[loss])) good = false
}
process.exitCode = good ? 0 : 1
