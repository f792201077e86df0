import { type ChildProcess, spawn } from 'node:child_process'
import { asInTown } from '../bench/server.ts'

/** `shubbak work` as a process of its own. */
export type Worker = {
  child: ChildProcess
  /** Whether it has said that it is at work. */
  atWork(): boolean
  said(): string
  ended: Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
}

export function startWorker(environment: Record<string, string>, program: string): Worker {
  const child = spawn(process.execPath, [program, 'work'], {
    env: { ...asInTown, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  child.stdout.on('data', chunk => output.push(String(chunk)))
  child.stderr.on('data', chunk => output.push(String(chunk)))
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const said = () => output.join('').slice(-4000)
  return {
    child,
    said,
    ended,
    atWork: () => said().includes('works in the background'),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Whether the process is gone, however. */
export const isGone = ({ child }: Pick<Worker, 'child'>): boolean =>
  child.exitCode !== null || child.signalCode !== null
