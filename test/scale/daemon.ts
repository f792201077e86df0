import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from '../../src/platform/database/postgres/account.ts'

/** A program of the machine in the foreground, ours to stop. */
export type Daemon = {
  child: ChildProcess
  ended: Promise<void>
  said(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

export function startDaemon(
  command: readonly [string, ...string[]],
  log: string,
  options: { account?: Account | undefined; environment?: Record<string, string>; cwd?: string } = {},
): Daemon {
  const [program, ...words] = command
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', ...options.environment },
    cwd: options.cwd,
    ...options.account,
  })
  const file = createWriteStream(log, { flags: 'a' })
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  const ended = new Promise<void>(done => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  return {
    child,
    ended,
    said: () => (existsSync(log) ? readFileSync(log, 'utf8').slice(-3000) : ''),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Waits for a condition. @throws Error that names it when it does not come in time */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  patienceMs = 60_000,
  everyMs = 50,
): Promise<void> {
  const end = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${patienceMs / 1000} s`)
    await sleep(everyMs)
  }
}

/** Whether somebody takes connections there. */
export const isOpen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
