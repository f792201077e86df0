import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PlainError } from '../../plain-error.ts'
import type { Account } from './account.ts'
import { serverEnvironment } from './cluster.ts'
import { isServerOf, processState, serverProcesses, signal, waitUntil } from './processes.ts'

export interface Place {
  binaries: string
  data: string
  log: string
  account: Account | undefined
}

/** A server that accepts connections. */
export interface Running {
  pid: number
  port: number
  adopted: boolean
}

interface PidFile {
  pid: number
  port: number
  ready: boolean
}

/** PostgreSQL's own note of its server: process, port and state, line by line. 'empty' when it was cut off. */
function readPidFile(data: string): PidFile | 'empty' | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    if (!Number(lines[0])) return 'empty'
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** The live server of this data folder, if there is one, once it is ready. */
async function adopt(data: string): Promise<Running | undefined> {
  const found = readPidFile(data)
  if (!found || found === 'empty' || !isServerOf(found.pid, data)) return undefined
  const isReady = () => {
    const now = readPidFile(data)
    return typeof now === 'object' && now.pid === found.pid && now.ready
  }
  const settled = await waitUntil(() => isReady() || !isServerOf(found.pid, data), 60_000)
  if (!settled || !isReady()) return undefined
  const { port } = found
  // A server that was killed this very moment still has its process and its note, but no longer its port.
  if (!(await answers(port))) return undefined
  return { pid: found.pid, port, adopted: true }
}

/** After its server was killed a busy backend may live on and hold the shared memory: nothing can start until it ends. */
async function endOrphans(data: string): Promise<void> {
  for (const pid of serverProcesses(data)) signal(pid, 'SIGKILL')
  await waitUntil(() => serverProcesses(data).length === 0, 5_000)
}

/**
 * Removes a note that PostgreSQL would stumble over: one that is empty, and one whose number now belongs to another
 * process or to a dead one that nobody collects. In every other case PostgreSQL judges its own file.
 */
async function clearStaleNote(data: string): Promise<void> {
  const found = readPidFile(data)
  if (!found) return
  const note = join(data, 'postmaster.pid')
  if (found === 'empty') return rmSync(note, { force: true })
  await waitUntil(() => processState(found.pid) !== 'zombie', 2_000)
  if (processState(found.pid) !== 'gone' && !isServerOf(found.pid, data)) rmSync(note, { force: true })
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function lastWords(log: string, from: number): string {
  const text = readFileSync(log).subarray(from).toString('utf8')
  const line = text.split('\n').findLast(each => /FATAL|PANIC|ERROR|error/.test(each))
  return line?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? 'it said nothing'
}

/** One try to start the server in a process group of its own, so that Ctrl-C on ours leaves it to us to stop it. */
async function launch(place: Place, port: number): Promise<Running | { failure: string }> {
  const log = openLog(place.log)
  const from = statSync(place.log).size
  const child = spawn(
    join(place.binaries, 'bin', 'postgres'),
    ['-D', place.data, '-k', '', '-h', '127.0.0.1', '-p', String(port)],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: serverEnvironment,
      cwd: dirname(place.data),
      ...place.account,
    },
  )
  closeSync(log)
  let failure: string | undefined
  child.once('error', error => {
    failure = error.message
  })
  const onExit = () => {
    failure ??= lastWords(place.log, from)
  }
  child.once('exit', onExit)
  child.unref()
  const isReady = () => {
    const note = readPidFile(place.data)
    return typeof note === 'object' && note.pid === child.pid && note.ready
  }
  await waitUntil(() => failure !== undefined || isReady(), 120_000)
  await sleep(0)
  child.off('exit', onExit)
  if (failure === undefined && child.pid && isReady()) return { pid: child.pid, port, adopted: false }
  if (child.pid && failure === undefined) signal(child.pid, 'SIGQUIT')
  return { failure: failure ?? 'it did not become ready' }
}

/** Adopts the live server of the data folder, or starts one; what a crash left behind is cleared first. */
export async function bringUp(place: Place, port: number): Promise<Running> {
  let failure = ''
  for (let attempt = 0; attempt < 20; attempt++) {
    if (attempt > 0) await sleep(250)
    const live = await adopt(place.data)
    if (live) return live
    await endOrphans(place.data)
    await clearStaleNote(place.data)
    if (!existsSync(place.data)) throw new PlainError(`The data folder ${place.data} is gone`)
    const result = await launch(place, port)
    if (!('failure' in result)) return result
    failure = result.failure
    if (/corrupt|incompatible|Permission denied|invalid/i.test(failure)) break
  }
  throw new PlainError(`PostgreSQL did not start: ${failure} (see ${place.log})`)
}

/** Stops the server: sessions are ended, everything is written, nothing needs recovery at the next start. */
export async function bringDown(place: Place, pid: number): Promise<void> {
  if (!isServerOf(pid, place.data)) return
  signal(pid, 'SIGINT')
  const gone = () => !isServerOf(pid, place.data)
  if (await waitUntil(gone, 20_000)) return
  signal(pid, 'SIGQUIT')
  await waitUntil(gone, 10_000)
}
