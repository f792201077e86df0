import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundleProgram } from '../../build.mjs'
import { readConfig } from '../platform/config.ts'
import { withClient } from '../platform/database/pool.ts'
import { isServerOf, serverProcesses, signal, waitUntil } from '../platform/database/postgres/processes.ts'
import { findFreePort } from '../platform/database/postgres/server.ts'
import { openServer } from '../platform/database/server.ts'
import { projectRoot } from '../platform/root.ts'

// The bundled program as a process of its own, the way people run it.
const folder = mkdtempSync(join(tmpdir(), 'shubbak-start-'))
const dataDir = join(folder, 'closed')
const built = join(projectRoot, 'dist', 'run', `start-test-${process.pid}`)
const program = join(built, 'main.js')
const children = new Set<ChildProcess>()
let port: number

// A machine may be busy with much else; whoever waits gives up only when nothing will come.
const patience = { timeout: 120_000, interval: 50 }
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

beforeAll(async () => {
  chmodSync(folder, 0o755)
  port = await findFreePort()
  await bundleProgram(built)
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all([...children].map(ended))
})
afterAll(async () => {
  if (existsSync(join(dataDir, 'postgres.json'))) {
    for (const pid of serverProcesses(postgres().data)) signal(pid, 'SIGKILL')
    await waitUntil(() => serverProcesses(postgres().data).length === 0, 5000)
  }
  for (const path of [folder, built]) rmSync(path, { recursive: true, force: true })
})

const postgres = () => JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { data: string }
const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? undefined
    : new Promise(done => child.once('exit', done))

function run(words: string[], environment: Record<string, string> = {}) {
  const env = {
    PATH: '/usr/bin:/bin',
    PORT: String(port),
    DATA_DIR: dataDir,
    SYSTEM_DIR: join(folder, 'system'),
  }
  const child = spawn(process.execPath, [program, ...words], { cwd: '/', env: { ...env, ...environment } })
  const output: string[] = []
  child.stdout.on('data', chunk => output.push(String(chunk)))
  child.stderr.on('data', chunk => output.push(String(chunk)))
  children.add(child)
  child.once('exit', () => children.delete(child))
  return { child, said: () => output.join('') }
}

async function ready(started: ReturnType<typeof run>): Promise<void> {
  const ends = new AbortController()
  started.child.once('exit', () => ends.abort(new Error(`ended: ${started.said()}`)))
  const asked = async () => {
    ends.signal.throwIfAborted()
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
    if (answer.status !== 200) throw new Error(`not ready: ${started.said()}`)
  }
  await vi.waitFor(asked, patience)
}

describe('shubbak start', () => {
  test('starts everything without any setting of language, and Ctrl-C stops it cleanly', async () => {
    const started = run(['start', '--no-demo'])
    await ready(started)
    expect(started.said()).toContain(`Shubbak is open at http://127.0.0.1:${port}/`)
    started.child.kill('SIGINT')
    await ended(started.child)
    expect(started.child.exitCode).toBe(0)
    expect(serverProcesses(postgres().data)).toEqual([])
  })

  test('after kill -9 the next start finds its database and goes on', async () => {
    const first = run(['start', '--no-demo'])
    await ready(first)
    first.child.kill('SIGKILL')
    await ended(first.child)
    const [server] = serverProcesses(postgres().data)
    const second = run(['start', '--no-demo'])
    await ready(second)
    expect(isServerOf(server ?? 0, postgres().data)).toBe(true)
    second.child.kill('SIGTERM')
    await ended(second.child)
    expect(second.child.exitCode).toBe(0)
  })

  test('the background work of another process says whether it lives, where it was told to', async () => {
    await ready(run(['start', '--no-demo']))
    const healthPort = await findFreePort()
    const token = 'a-token-of-the-operator'
    const work = run(['work'], { HEALTH_PORT: String(healthPort), METRICS_TOKEN: token })
    const ask = (path: string) =>
      fetch(`http://127.0.0.1:${healthPort}${path}`, { headers: { authorization: `Bearer ${token}` } })
    await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200), patience)
    await vi.waitFor(
      async () => expect(await (await ask('/metrics')).text()).toContain('shubbak_database_bytes '),
      patience,
    )
    expect((await ask('/')).status).toBe(404)
    // It stands back behind those who answer people.
    const threads = readdirSync(`/proc/${work.child.pid}/task`).map(Number)
    expect([...new Set(threads.map(getPriority))]).toEqual([Math.max(5, getPriority())])
    work.child.kill('SIGTERM')
    await ended(work.child)
    expect(work.child.exitCode).toBe(0)
  })

  test('another one on an address that is taken says so and ends with 1, so that whoever watches over it begins it again', async () => {
    await ready(run(['start', '--no-demo']))
    const second = run(['work'], { HEALTH_PORT: String(port) })
    await ended(second.child)
    expect(second.said()).toMatch(/^shubbak: The address .* is taken/m)
    expect(second.child.exitCode).toBe(1)
  })

  test('outlives a kill -9 of its database', async () => {
    const started = run(['start', '--no-demo'])
    await ready(started)
    for (const pid of serverProcesses(postgres().data).filter(each => isServerOf(each, postgres().data)))
      signal(pid, 'SIGKILL')
    await expect.poll(() => started.said(), patience).toContain('PostgreSQL runs again')
    await ready(started)
  })

  test('says in one line what is wrong, and ends with 1', async () => {
    for (const [words, environment, line] of [
      [['start'], { PORT: 'eighty' }, 'shubbak: PORT is wrong: expected a port from 0 to 65535\n'],
      [
        ['serve'],
        { SECRET_FILE: '/nowhere/secret' },
        /^shubbak: SECRET_FILE \/nowhere\/secret does not exist[^\n]*\n$/,
      ],
      [
        ['migrate'],
        { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' },
        /^shubbak: [^\n]*ECONNREFUSED[^\n]*\n$/,
      ],
    ] as const) {
      const { child, said } = run([...words], environment)
      await ended(child)
      expect(said()).toMatch(line)
      expect(child.exitCode).toBe(1)
    }
  })

  test('explains every command with --help', async () => {
    for (const words of [[], ['start'], ['serve'], ['work'], ['migrate']]) {
      const { child, said } = run([...words, '--help'])
      await ended(child)
      expect(said()).toContain('Usage: shubbak')
      expect(child.exitCode).toBe(0)
    }
  })

  // The last one: no program of this version works on the database afterwards.
  test('whose schema was changed under it says why and ends with 1', async () => {
    const started = run(['start', '--no-demo'])
    await ready(started)
    const config = readConfig({ DATA_DIR: dataDir, SYSTEM_DIR: join(folder, 'system') })
    const { ownerUrl } = await openServer(config, { hold: false, say() {} })
    await withClient(ownerUrl, async client => {
      await client.query('select pg_advisory_lock(727002)')
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shubbak gate'",
      )
      await client.query(
        "insert into migration (name, checksum, applied_at) values ('9999-another', '', now())",
      )
    })
    await ended(started.child)
    expect(started.said()).toMatch(/^shubbak: .*9999-another, on which this version/m)
    expect(started.child.exitCode).toBe(1)
  })
})
