import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { readConfig, settingNames } from '../../src/platform/config.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { secretSettings } from '../../src/platform/secret-settings.ts'
import { localTls } from '../builders/tls.ts'
import { faultOf, program } from './commands.ts'
import {
  deep,
  documents,
  found,
  imageEnvironment,
  images,
  ofOthers,
  type Run,
  read,
  runs,
} from './deploy-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-deploy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const known = new Set([...settingNames, ...secretSettings.map(name => `${name}_FILE`), ...ofOthers])
const strangers = ({ environment }: Run) => Object.keys(environment).filter(name => !known.has(name))

const sample: Record<string, string> = {
  DATABASE_URL: 'postgresql://web@db.example/shubbak?sslmode=verify-full',
  DATABASE_OWNER_URL: 'postgresql://owner@db.example/shubbak?sslmode=verify-full',
  METRICS_TOKEN: 'a-token-of-the-operator',
}
/** The environment as the program would find it, its secrets in files. */
function asFound(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const secret = sample[name.replace(/_FILE$/, '')]
      if (!name.endsWith('_FILE') || secret === undefined) return [name, value.replace('%i', '8080')]
      const path = join(folder, name)
      rmSync(path, { force: true })
      writeFileSync(path, secret, { mode: 0o400 })
      return [name, path]
    }),
  )
}
/** What a command cannot do without, away from the machine of its database. */
const needs: Record<string, readonly string[]> = {
  serve: ['DATABASE_URL', 'PUBLIC_URL', 'METRICS_TOKEN', 'HOST', 'PORT', 'DATA_DIR', 'DRAIN_SECONDS'],
  work: ['DATABASE_URL', 'PUBLIC_URL', 'METRICS_TOKEN', 'HOST', 'HEALTH_PORT', 'DATA_DIR', 'DRILL_AT'],
  migrate: ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATA_DIR'],
  keep: ['DATABASE_URL', 'DATABASE_OWNER_URL', 'BACKUP_DIR', 'DATA_DIR'],
  drill: ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATA_DIR'],
  start: ['PUBLIC_URL', 'BACKUP_DIR', 'DATA_DIR'],
}

describe('every process that a deploy file starts', () => {
  const all = runs()

  test('is there: systemd, compose and Kubernetes each have all of them', () => {
    const parts = (of: string) => all.filter(({ at }) => at.includes(of)).map(({ words }) => words[0])
    for (const of of ['systemd', 'compose', 'kubernetes'])
      expect(parts(of), of).toEqual(expect.arrayContaining(['serve', 'work', 'migrate', 'keep']))
  })

  test.each(all.map(run => [run.at, run] as const))(
    '%s is a command with settings the program takes',
    (_, run) => {
      expect(faultOf(run.words)).toBeUndefined()
      expect(strangers(run)).toEqual([])
      expect(() => readConfig(asFound(run.environment))).not.toThrow()
      const missing = (needs[run.words[0] ?? ''] ?? ['no command']).filter(
        name => !(name in run.environment) && !(`${name}_FILE` in run.environment),
      )
      expect(missing).toEqual([])
      // A secret stands in a file; the owner's log-in only where rows of all towns are read or the schema is changed.
      expect(Object.keys(run.environment).filter(name => name in sample)).toEqual([])
      if (['serve', 'work'].includes(run.words[0] ?? '')) {
        expect(run.environment).not.toHaveProperty('DATABASE_OWNER_URL_FILE')
      }
    },
  )

  test('would be found wanting with a setting or a command that there is not', () => {
    const [run] = all
    expect(strangers({ ...(run as Run), environment: { DATABASE_ULR: 'x' } })).toEqual(['DATABASE_ULR'])
    for (const words of ['srve', 'keys turn', 'serve now', 'backup', 'restore x --phisical'])
      expect(faultOf(words.split(' ')), words).toBeDefined()
    for (const words of [
      'serve',
      'keys rotate sealing',
      'restore /x --physical --until 2026-11-22T10:00Z',
      'keys --help',
    ])
      expect(faultOf(words.split(' ')), words).toBeUndefined()
    expect(program().commands.length).toBeGreaterThan(15)
  })
})

describe('what runs in containers', () => {
  const manifests = found('deploy/kubernetes/*.yaml').flatMap(documents)

  test('comes from images of one version', () => {
    expect(images().length).toBeGreaterThan(8)
    expect(images().filter(image => !/:\d+(\.\d+)+[\w.-]*(@sha256:[0-9a-f]{64})?$/.test(image))).toEqual([])
    const { version } = JSON.parse(read('package.json'))
    expect(images().filter(image => image.startsWith('shubbak:') && image !== `shubbak:${version}`)).toEqual(
      [],
    )
  })

  test('is asked for signs of life where it gives them', () => {
    const signs = [addresses.healthz.pattern, addresses.readyz.pattern]
    const probes = deep(manifests, 'httpGet') as { path: string; port: string }[]
    expect(probes.length).toBeGreaterThan(5)
    expect(probes.filter(({ path }) => !(signs as string[]).includes(path))).toEqual([])
    const ports = (
      deep(manifests, 'containers').flat() as { ports?: { name: string; containerPort: number }[] }[]
    )
      .flatMap(({ ports: each = [] }) => each)
      .map(({ name, containerPort }) => [name, containerPort])
    const [settings] = manifests.filter(({ kind }) => kind === 'ConfigMap')
    const { PORT } = (settings?.data ?? {}) as Record<string, string>
    expect(Object.fromEntries(ports)).toEqual({ http: Number(PORT), health: 8070 })
    expect(probes.map(({ port }) => port).filter(port => !['http', 'health'].includes(port))).toEqual([])
    for (const [, path = ''] of read('deploy/compose/compose.yaml').matchAll(/127\.0\.0\.1:\d+(\/\w+)/g))
      expect(signs).toContain(path)
    expect(imageEnvironment().PORT).toBe(PORT)
  })

  test('is nobody’s root and changes nothing of its image', () => {
    const pods = deep(manifests, 'containers').flat() as Record<string, never>[]
    expect(pods.length).toBe(5)
    for (const each of pods)
      expect(each.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
    expect(deep(manifests, 'runAsNonRoot')).toEqual(pods.map(() => true))
    expect(read('deploy/Dockerfile')).toMatch(/^USER 10001:10001$/m)
  })
})

const there = (name: string) =>
  ['/usr/sbin', '/usr/bin', '/usr/local/bin'].map(path => join(path, name)).find(existsSync)
/** A program of the machine that reads a file of ours; what it is not there for is left out by name. */
function checkedBy(name: string, what: string, check: (program: string) => void): void {
  const at = there(name)
  test.skipIf(at === undefined)(`${what} (by ${name}; not checked where it is not installed)`, () =>
    check(at ?? ''),
  )
}
const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

describe('what stands in front and around', () => {
  const pem = join(folder, 'window.pem')
  writeFileSync(pem, localTls.cert + localTls.key)

  for (const file of ['deploy/nginx.conf', 'deploy/compose/nginx.conf'])
    checkedBy('nginx', `${file} is read whole`, nginx => {
      const path = join(folder, 'nginx.conf')
      const text = read(file)
        .replaceAll(/\/etc\/letsencrypt\/live\/\S+\.pem/g, pem)
        .replaceAll('/var/log/nginx', folder)
        .replace('/run/nginx.pid', join(folder, 'pid'))
        .replace(/^user .*$/m, 'user root;')
        .replaceAll(/serve-[ab]:8080/g, '127.0.0.1:8080')
      writeFileSync(path, text)
      run(nginx, '-t', '-q', '-c', path, '-p', folder)
    })

  checkedBy('haproxy', 'deploy/haproxy.cfg is read whole', haproxy => {
    const path = join(folder, 'haproxy.cfg')
    writeFileSync(path, read('deploy/haproxy.cfg').replace('/etc/haproxy/certs/window.pem', pem))
    run(haproxy, '-c', '-q', '-f', path)
  })

  checkedBy('systemd-analyze', 'the units of systemd are sound', analyze => {
    const units = found('deploy/systemd/*.{service,timer}').map(path => {
      const at = join(folder, path.split('/').at(-1)?.replace('@.', '@8080.') ?? '')
      writeFileSync(at, read(path).replaceAll('/opt/shubbak/current', projectRoot))
      return at
    })
    const said = run(analyze, 'verify', '--man=no', ...units)
    expect(said).toBe('')
    for (const unit of units.filter(path => path.endsWith('.service')))
      run(analyze, 'security', '--offline=true', '--threshold=20', unit)
  })

  test('the command for people hands on settings and secrets as the service has them', () => {
    const etc = mkdtempSync(join(folder, 'etc-'))
    writeFileSync(join(etc, 'shubbak.env'), read('deploy/systemd/shubbak.env'))
    writeFileSync(join(etc, 'database-url'), sample.DATABASE_URL ?? '')
    // In the place of the program that changes the user.
    writeFileSync(
      join(etc, 'runuser'),
      '#!/bin/sh\necho "$PUBLIC_URL $DATABASE_URL_FILE [$DATABASE_OWNER_URL_FILE] $*"\n',
      {
        mode: 0o755,
      },
    )
    const said = execFileSync(
      'sh',
      [join(projectRoot, 'deploy/systemd/shubbak'), 'verify', 'halhul', '--deep'],
      {
        encoding: 'utf8',
        env: { PATH: `${etc}:/usr/bin:/bin`, SHUBBAK_ETC: etc, SHUBBAK_HOME: projectRoot },
      },
    )
    expect(said.trim()).toBe(
      `https://window.example.ps ${etc}/database-url [] -u shubbak -- node_modules/.bin/node dist/main.js verify halhul --deep`,
    )
  })

  checkedBy('kubectl', 'the manifests come together', kubectl => {
    const all = run(kubectl, 'kustomize', join(projectRoot, 'deploy/kubernetes'))
    expect(all.match(/^kind:/gm)?.length).toBeGreaterThan(15)
  })

  test('proxies hide what is for the machine alone, and let live pages and papers through', () => {
    const hidden = [addresses.healthz.pattern, addresses.readyz.pattern, '/metrics']
    for (const path of hidden) {
      expect(read('deploy/nginx.conf')).toMatch(new RegExp(`location = ${path}\\s+\\{ return 404; \\}`))
      expect(read('deploy/haproxy.cfg')).toMatch(new RegExp(`deny_status 404 if \\{ path .*${path}\\b`))
    }
    expect(read('deploy/nginx.conf')).toMatch(/client_max_body_size 90m[\s\S]*proxy_buffering off/)
    expect(read('deploy/compose/nginx.conf')).toMatch(/client_max_body_size 90m[\s\S]*proxy_buffering off/)
  })
})
