import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Part } from './parts.ts'
import { note } from './report.ts'

/** Installs what a part needs of the machine, where it may; otherwise says what is lacking and what brings it. */
export function bring({ name, needs }: Pick<Part, 'name' | 'needs'>, install = true): string | undefined {
  for (const { program, debian } of needs) {
    if (has(program)) continue
    if (install) installDebian(name, program, debian)
    if (!has(program)) return `${program} is not there: install Debian's ${debian}`
  }
  return undefined
}

function installDebian(name: string, program: string, debian: string): void {
  note(`${name} needs ${program}: installing Debian's ${debian}`)
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const [word = '', ...rest] = [...sudo, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', debian]
  spawnSync(word, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
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
