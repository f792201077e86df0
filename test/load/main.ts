import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'
import type { Mode } from '../bench/parts.ts'
import { note } from '../bench/report.ts'
import { type Load, layTown, runShapes } from './run.ts'
import { type ShapeName, shapeNames } from './shape.ts'

/**
 * `node start.mjs run test/load/main.ts [SHAPE …] [--quick|--whole] [--requests N] [--many N] [--seconds N] [--seed N] [--folder DIR [--lay]] [--thin] [--country] [--web] [--profile]`: drives a server over the loopback
 * from a process of its own. Without a shape all of them, one after another in one town (`--country`: the largest of a whole country); without a mode as long and as many as the goals say.
 * Ends with 1 where anything was answered wrongly or is not in the database as clients were told; never for the time it took.
 */
const words = process.argv.slice(2)
const names = words.filter(word => (shapeNames as readonly string[]).includes(word)) as ShapeName[]
const number = (name: string): number | undefined => {
  const at = words.indexOf(`--${name}`)
  if (at < 0) return undefined
  const value = Number(words[at + 1])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`)
  return value
}
const folderAt = words.indexOf('--folder')
const folder = folderAt < 0 ? undefined : resolve(words[folderAt + 1] ?? '')
const strange = words.filter(
  (word, at) => !names.includes(word as ShapeName) && !isOption(word, words[at - 1]),
)
if (strange.length > 0)
  throw new Error(`there is no ${strange.join(', ')}; the shapes are ${shapeNames.join(', ')}`)
const mode: Mode = words.includes('--quick') ? 'quick' : words.includes('--whole') ? 'whole' : 'large'
process.env.BENCH_FIGURES ??= join(projectRoot, 'bench', 'load.jsonl')
mkdirSync(dirname(process.env.BENCH_FIGURES), { recursive: true })
const seed = number('seed') ?? Math.floor(Math.random() * 1e6)
note(`seed ${seed}`)
const load: Load = {
  shapes: names.length > 0 ? names : shapeNames,
  mode,
  seed,
  requests: number('requests'),
  many: number('many'),
  seconds: number('seconds'),
  folder,
  thin: words.includes('--thin'),
  country: words.includes('--country'),
  webOnly: words.includes('--web'),
  profile: words.includes('--profile'),
}
if (words.includes('--lay')) await layTown(load)
else {
  const { sound } = await runShapes(load)
  note(`all figures in ${process.env.BENCH_FIGURES}`)
  process.exitCode = sound ? 0 : 1
}

function isOption(word: string, before: string | undefined): boolean {
  if (before === '--folder') return true
  if (/^\d+$/.test(word)) return ['--requests', '--seed', '--many', '--seconds'].includes(before ?? '')
  return [
    '--quick',
    '--whole',
    '--requests',
    '--seed',
    '--many',
    '--seconds',
    '--web',
    '--folder',
    '--thin',
    '--lay',
    '--country',
    '--profile',
  ].includes(word)
}
