import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { PlainError } from '../../src/platform/plain-error.ts'

/** Programs of Debian that the installation is made of, and the packages that bring them. */
const programs = {
  nginx: ['/usr/sbin/nginx', 'nginx-light'],
  pgbouncer: ['/usr/sbin/pgbouncer', 'pgbouncer'],
  postgres: ['/usr/lib/postgresql/15/bin/postgres', 'postgresql-15'],
  haproxy: ['/usr/sbin/haproxy', 'haproxy'],
  etcd: ['/usr/bin/etcd', 'etcd-server'],
  patroni: ['/usr/bin/patroni', 'patroni'],
  'python3-etcd': ['/usr/lib/python3/dist-packages/etcd/__init__.py', 'python3-etcd'],
} as const

export type Program = keyof typeof programs
export const pathOf = (program: Program): string => programs[program][0]
export const postgresBinaries = '/usr/lib/postgresql/15'

/**
 * Installs what is missing, as root; its services are not started.
 * @throws PlainError naming the packages, where that is not allowed or fails
 */
export function needPrograms(wanted: readonly Program[], say: (line: string) => void): void {
  const packages = wanted.filter(each => !existsSync(pathOf(each))).map(each => programs[each][1])
  if (packages.length === 0) return
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0) throw new PlainError(`Missing on this machine: as root, run ${command}`)
  say(`installing ${packages.join(', ')}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  try {
    execFileSync('apt-get', ['update', '-qq'], { env: environment, stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env: environment,
      stdio: 'ignore',
    })
  } catch {
    throw new PlainError(`Missing on this machine, and they could not be installed: ${command}`)
  }
}
