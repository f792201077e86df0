import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/root.ts'
import type { Ground } from '../../bench/ground.ts'

/** A disk and a clock for the processes of one ground. */
export type Shim = {
  /** With these the program's own processes see them. */
  environment: { LD_PRELOAD: string; SHUBBAK_FAULTS: string }
  /** Every fsync and fdatasync takes so much longer from now on. */
  slowDown(ms: number): void
  /** The wall clock is off by so many hours from now on; the clock that only counts goes on as ever. */
  shift(hours: number): void
}

/** What the machine lacks to be lied to, in one line. */
export function shimLacks(): string | undefined {
  if (process.platform !== 'linux') return 'it works on Linux alone'
  if (process.getuid?.() !== 0)
    return 'run it as root: only then PostgreSQL has binaries of its own here, into which a library is preloaded'
  if (spawnSync('gcc', ['--version']).status !== 0)
    return 'gcc is needed (Debian: apt-get install gcc libc6-dev)'
  return undefined
}

/**
 * Builds the library and puts it under the PostgreSQL of this ground: in the place of `postgres` stands a script that preloads it and goes
 * on as the real one, which keeps its name and its folder's shape.
 */
export function layShim({ folder, environment }: Ground): Shim {
  const library = join(folder, 'shim.so')
  const control = join(folder, 'shim.control')
  const source = join(projectRoot, 'test/faults/shim/shim.c')
  execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'])
  writeFileSync(control, Buffer.alloc(16))
  chmodSync(control, 0o644)
  chmodSync(library, 0o755)
  const preloaded = { LD_PRELOAD: library, SHUBBAK_FAULTS: control }

  const [name] = readdirSync(environment.SYSTEM_DIR).filter(each => each.startsWith('postgresql-'))
  if (!name) throw new Error('PostgreSQL has no binaries of its own here')
  const copy = join(environment.SYSTEM_DIR, name)
  const real = `${copy}.real`
  renameSync(copy, real)
  mkdirSync(join(copy, 'bin'), { recursive: true, mode: 0o755 })
  for (const each of readdirSync(real).filter(entry => entry !== 'bin'))
    symlinkSync(join(real, each), join(copy, each))
  for (const each of readdirSync(join(real, 'bin')).filter(entry => entry !== 'postgres'))
    symlinkSync(join(real, 'bin', each), join(copy, 'bin', each))
  const words = Object.entries(preloaded).map(([variable, value]) => `${variable}='${value}'`)
  writeFileSync(
    join(copy, 'bin', 'postgres'),
    `#!/bin/sh\nexport ${words.join(' ')}\nexec '${join(real, 'bin', 'postgres')}' "$@"\n`,
    { mode: 0o755 },
  )

  // In place, not anew: every process has this very file mapped.
  const write = (value: number, at: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(Math.round(value)))
    const file = openSync(control, 'r+')
    writeSync(file, bytes, 0, 8, at)
    closeSync(file)
  }
  return {
    environment: preloaded,
    slowDown: ms => write(ms * 1000, 8),
    shift: hours => write(hours * 3_600_000, 0),
  }
}
