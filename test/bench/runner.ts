import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Results, ToldFigure } from '../../src/offices/oversight/measured/file.ts'
import type { Mode, Part } from './parts.ts'
import { note } from './report.ts'
import { readFigures } from './results.ts'

export type PartDone = { part: Results['parts'][number]; figures: ToldFigure[] }

/** When a part is given up, in milliseconds: long after a calm machine is done, so that a busy one is not taken for a hanging one. */
export const limitOf = (part: Part, mode: Mode): number =>
  ((part.minutes[mode] ?? part.minutes.whole ?? part.minutes.large ?? 0) * 4 + 3) * 60_000

/**
 * Runs one part in a process of its own, with a folder of its own for everything it writes; whatever becomes of it, its figures so far are
 * kept, its processes ended and its folder gone.
 */
export async function runPart(part: Part, mode: Mode, words: readonly string[]): Promise<PartDone> {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  const lacking = bring(part)
  if (lacking) return { part: { name: part.name, outcome: 'lacking', seconds: 0, why: lacking }, figures: [] }
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-part-'))
  chmodSync(folder, 0o755)
  const told = join(folder, 'figures.jsonl')
  writeFileSync(told, '')
  try {
    const { cut, code, why } = await runProcess(part, mode, words, { folder, told })
    return {
      part: {
        name: part.name,
        outcome: cut ? 'cut off' : code === 0 ? 'done' : 'failed',
        seconds: seconds(),
        ...(cut && { why: `not done after ${Math.round(limitOf(part, mode) / 60_000)} minutes` }),
        ...(!cut && code !== 0 && { why }),
      },
      figures: readFigures(told, part.name),
    }
  } finally {
    endThoseOf(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

type Ended = { cut: boolean; code: number | null; why: string }

function runProcess(
  part: Part,
  mode: Mode,
  words: readonly string[],
  { folder, told }: { folder: string; told: string },
): Promise<Ended> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'part', part.name, mode, ...words], {
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
    const timer = setTimeout(
      () => {
        cut = true
        end()
      },
      limitOf(part, mode),
    )
    const leave = () => {
      end()
      endThoseOf(folder)
      rmSync(folder, { recursive: true, force: true })
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

/** Ends whatever still works inside this folder: servers of a part that was killed, and the PostgreSQL they left behind. */
function endThoseOf(folder: string): void {
  const read = (of: () => string) => {
    try {
      return of()
    } catch {
      return ''
    }
  }
  for (const name of readdirSync('/proc').filter(
    each => /^\d+$/.test(each) && Number(each) !== process.pid,
  )) {
    const words = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'))
    const place = read(() => readlinkSync(`/proc/${name}/cwd`))
    const surroundings = read(() => readFileSync(`/proc/${name}/environ`, 'utf8'))
    if (![words, place, surroundings].some(text => text.includes(folder))) continue
    try {
      process.kill(Number(name), 'SIGKILL')
    } catch {}
  }
}

/** Installs what a part needs of the machine, where it may; otherwise says what is lacking and what brings it. */
function bring({ name, needs }: Part): string | undefined {
  for (const { program, debian } of needs) {
    if (has(program)) continue
    note(`${name} needs ${program}: installing Debian's ${debian}`)
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
    const [word = '', ...rest] = [
      ...sudo,
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      debian,
    ]
    spawnSync(word, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    if (!has(program)) return `${program} is not there: install Debian's ${debian}`
  }
  return undefined
}

function has(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program)
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
