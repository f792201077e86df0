import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}

function realpath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** 'gone' when no such process is left, 'zombie' when it is dead but not yet collected by its parent. */
export function processState(pid: number): 'alive' | 'zombie' | 'gone' {
  const status = readProcess(pid, 'status')
  if (status === undefined) return 'gone'
  return /^State:\s+[ZX]/m.test(status) ? 'zombie' : 'alive'
}

/** When a process began, in ticks since the machine did: a number that another process with the same id does not share. */
export function processBirth(pid: number): string | undefined {
  const stat = readProcess(pid, 'stat')
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** Whether this process is the PostgreSQL server of exactly this data folder. */
export function isServerOf(pid: number, data: string): boolean {
  if (processState(pid) !== 'alive') return false
  const words = readProcess(pid, 'cmdline')?.split('\0') ?? []
  const flag = words.indexOf('-D')
  if (!/(^|\/)postgres$/.test(words[0] ?? '') || flag < 0) return false
  return realpath(words[flag + 1] ?? '') === realpath(data)
}

/** Processes of PostgreSQL that work inside this data folder (each of them stays in it all its life). */
export function serverProcesses(data: string): number[] {
  const home = realpath(data)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === home && readProcess(pid, 'comm')?.trim() === 'postgres'
      } catch {
        return false
      }
    })
    .filter(pid => processState(pid) === 'alive')
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {}
}

/** Waits until the question is answered yes, asking every few milliseconds; false when the time is over. */
export async function waitUntil(question: () => boolean, ms: number, step = 10): Promise<boolean> {
  const end = performance.now() + ms
  while (!question()) {
    if (performance.now() > end) return false
    await sleep(step)
  }
  return true
}
