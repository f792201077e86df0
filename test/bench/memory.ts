import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { fileOverHttp } from './filing.ts'
import type { Ground } from './ground.ts'
import { getText, send } from './http.ts'
import { note, tell } from './report.ts'
import { asInTown, startServer } from './server.ts'

const goals = { rest: 180, load: 400, worker: 150 }

/** What the processes hold of the memory: a server nobody has come to yet and a worker with nothing to do, then the server while pages are read and requests filed. */
export async function benchMemory(ground: Ground, quick: boolean): Promise<void> {
  const calm = quick ? 10 : 60
  const server = await startServer('serve', ground.environment)
  try {
    const worker = startWorker(ground)
    try {
      await worker.ready
      note(`start to ready ${server.readyMs.toFixed(0)} ms; then ${calm} s of rest`)
      await sleep(calm * 1000)
      told('memory-at-rest', server.residentMb(), goals.rest, { after: `${calm} s` })
      told('memory-of-the-worker', worker.residentMb(), goals.worker, { after: `${calm} s` })
    } finally {
      await worker.stop()
    }
    const { mb, ...seen } = await underLoad(ground, server.port, quick ? 8 : 40, () => server.residentMb())
    const details = { ...seen, connections: 2 * lines, afterwards: server.residentMb() }
    told('memory-under-load', Math.max(...mb), goals.load, details, mb)
  } finally {
    await server.stop()
  }
}

function told(
  name: string,
  mb: number,
  goal: number,
  details: Record<string, unknown>,
  everySecond?: readonly number[],
): void {
  tell({
    name,
    value: mb,
    unit: 'MB',
    ratio: mb / goal,
    baseline: `the goal of ${goal} MB`,
    goal: { ratio: 1 },
    ...(everySecond && {
      timeline: { everySeconds: 1, lines: [{ name: 'resident memory', unit: 'MB', values: everySecond }] },
    }),
    details: { ...details, without: 'PostgreSQL' },
  })
}

const lines = 16

/** Reads pages and files requests for some seconds, as fast as answers come; the memory at the end of each second. */
async function underLoad(ground: Ground, port: number, seconds: number, resident: () => number) {
  const cookie = await ground.logIn({ personId: ground.people[0]?.personId ?? '' })
  const pages = [
    getText(fillAddress(addresses.my, {}), cookie),
    getText(fillAddress(addresses.services, {}), ''),
    getText(fillAddress(addresses.service, { code: 'ADM-01' }), ''),
    getText(fillAddress(addresses.front, {}), cookie),
  ]
  let asked = 0
  const next = () => pages[asked++ % pages.length] ?? ''
  const mb: number[] = []
  const watch = setInterval(() => mb.push(Math.round(resident())), 1000)
  try {
    const [read, filed] = await Promise.all([
      send({ port, connections: lines, seconds, next }),
      fileOverHttp({ port, connections: lines, seconds, key: ground.apiKey, people: ground.people }),
    ])
    const bad = Object.keys(read.statuses).filter(status => status !== '200')
    if (bad.length > 0) throw new Error(`pages answered ${JSON.stringify(read.statuses)}`)
    mb.push(Math.round(resident()))
    return { mb, answers: read.answers, filed: filed.answers }
  } finally {
    clearInterval(watch)
  }
}

/** `shubbak work` on the same data. */
function startWorker(ground: Ground) {
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'main.js'), 'work'], {
    env: { ...asInTown, ...ground.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  return {
    /** It says so in a line once it works. */
    ready: Promise.race([once(child.stdout, 'data'), ended]),
    residentMb() {
      if (child.exitCode !== null) throw new Error('the worker ended')
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
