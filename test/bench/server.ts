import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { projectRoot } from '../../src/platform/root.ts'

/** The built program as a process of its own, the way it runs in a town. */
export type Server = {
  port: number
  pid: number
  child: ChildProcess
  /** From the start of the process until it answered that it is ready. */
  readyMs: number
  said(): string
  /** CPU the process has used, in milliseconds. */
  cpuMs(): number
  residentMb(): number
  /** Resolves when the process is gone. */
  ended: Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
}

export type ServerOptions = {
  nodeWords?: string[]
  environment?: Record<string, string>
  port?: number
  program?: string
}

const ticksMs = 10

/** What a process has from its surroundings in a town (deploy/systemd/shubbak.env), but for saying less. */
export const asInTown = {
  PATH: process.env.PATH ?? '',
  NODE_ENV: 'production',
  MALLOC_ARENA_MAX: '2',
  LOG_LEVEL: 'warn',
}

/** Starts `shubbak COMMAND` on a data folder and waits until it is ready. */
export async function startServer(
  command: 'start' | 'serve',
  environment: Record<string, string>,
  options: ServerOptions = {},
): Promise<Server> {
  const port = options.port ?? (await findFreePort())
  const began = performance.now()
  const program = options.program ?? join(projectRoot, 'dist', 'main.js')
  const child = spawn(process.execPath, [...(options.nodeWords ?? []), program, command], {
    env: {
      ...asInTown,
      PORT: String(port),
      ...environment,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  const output: string[] = []
  child.stdout.on('data', chunk => output.push(String(chunk)))
  child.stderr.on('data', chunk => output.push(String(chunk)))
  const said = () => output.join('').slice(-4000)
  await untilReady(port, child, said)
  const readyMs = performance.now() - began
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const pid = child.pid ?? 0
  return {
    port,
    pid,
    child,
    readyMs,
    said,
    ended,
    cpuMs() {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * ticksMs
    },
    residentMb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function untilReady(port: number, child: ChildProcess, said: () => string): Promise<void> {
  const end = performance.now() + 120_000
  while (performance.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${said()}`)
    await sleep(10)
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not get ready: ${said()}`)
}
