import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Results, ToldFigure } from '../../src/offices/oversight/measured/file.ts'
import { endThoseOf, remove } from './leftovers.ts'
import { bring } from './needs.ts'
import type { Mode, Part } from './parts.ts'
import { readFigures } from './results.ts'

/** Which program holds the parts, and when one is given up; for tests. */
type How = { program?: string; limitMs?: number; install?: boolean }

export type PartDone = { part: Results['parts'][number]; figures: ToldFigure[] }

/** When a part is given up, in milliseconds: long after a calm machine is done, so that a busy one is not taken for a hanging one. */
export const limitOf = (part: Pick<Part, 'minutes'>, mode: Mode): number =>
  ((part.minutes[mode] ?? part.minutes.whole ?? part.minutes.large ?? 0) * 6 + 8) * 60_000

/**
 * Runs one part in a process of its own, with a folder of its own for everything it writes; whatever becomes of it, its figures so far are
 * kept, its processes ended and its folder gone.
 */
export async function runPart(
  part: Omit<Part, 'run'>,
  mode: Mode,
  words: readonly string[],
  how: How = {},
): Promise<PartDone> {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  const lacking = bring(part, how.install)
  if (lacking) return { part: { name: part.name, outcome: 'lacking', seconds: 0, why: lacking }, figures: [] }
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-part-'))
  chmodSync(folder, 0o755)
  const { program = process.argv[1] ?? '', limitMs = limitOf(part, mode) } = how
  const told = join(folder, 'figures.jsonl')
  writeFileSync(told, '')
  try {
    const { cut, code, why } = await runProcess([program, 'part', part.name, mode, ...words], {
      folder,
      told,
      limitMs,
    })
    return {
      part: {
        name: part.name,
        outcome: cut ? 'cut off' : code === 0 ? 'done' : 'failed',
        seconds: seconds(),
        ...(cut && { why: `not done after ${Math.round(limitMs / 1000)} s` }),
        ...(!cut && code !== 0 && { why }),
      },
      figures: readFigures(told, part.name),
    }
  } finally {
    endThoseOf(folder)
    remove(folder)
  }
}

type Ended = { cut: boolean; code: number | null; why: string }

function runProcess(
  words: readonly string[],
  { folder, told, limitMs }: { folder: string; told: string; limitMs: number },
): Promise<Ended> {
  const child = spawn(process.execPath, words, {
    env: { ...process.env, TMPDIR: folder, BENCH_FIGURES: told },
    stdio: ['ignore', 'inherit', 'pipe'],
    detached: true,
  })
  let said = ''
  child.stderr.on('data', chunk => {
    said = (said + chunk).slice(-8000)
    process.stderr.write(chunk)
  })
  const end = () => {
    try {
      process.kill(-(child.pid ?? Number.NaN), 'SIGKILL')
    } catch {}
  }
  return new Promise(done => {
    let cut = false
    const timer = setTimeout(() => {
      cut = true
      end()
    }, limitMs)
    const leave = () => {
      end()
      endThoseOf(folder)
      remove(folder)
      process.exit(130)
    }
    process.on('SIGINT', leave)
    process.on('SIGTERM', leave)
    child.once('exit', code => {
      clearTimeout(timer)
      process.off('SIGINT', leave)
      process.off('SIGTERM', leave)
      end()
      done({ cut, code, why: reason(said) })
    })
  })
}

/** The line of an error that says what happened, without the places it passed through. */
const reason = (said: string): string =>
  /^(?:\w*Error: )?.*(?:Error|error): .*/m.exec(said)?.[0].slice(0, 500) ??
  said.trim().split('\n').at(-1)?.slice(0, 500) ??
  'no word'
