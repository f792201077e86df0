import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import type { Place } from './house.ts'
import type { Who } from './world.ts'

/** What the server is told when it starts; `gate`: who of the staff is asked why before a file opens. */
export type Told = { place: Place; town: string; now: string; gate: readonly string[] }
export type Order = { id: number; do: 'settle' | 'verify' | 'logIn' | 'stop'; as?: Who['as'] }

export type Child = {
  port: number
  /** Lines of its log that tell of a failure of ours, and whatever it said outside of it. */
  errors: string[]
  /** Whether it has ended although nobody told it to. */
  fell(): boolean
  /** Does the work of the background; gives what failed. */
  settle(): Promise<string[]>
  /** Compares what stands there with its history; gives what is wrong. */
  verify(): Promise<string[]>
  /** Another log-in; gives its cookie. */
  logIn(as: NonNullable<Who['as']>): Promise<string>
  stop(): Promise<void>
}

type Build = {
  bundleEntry(entry: string, file: string): Promise<void>
  buildAll(): Promise<void>
  stopBuilding(): Promise<void>
}

/** Bundles the server, once for a run, and what pages load where nothing was built yet; gives its file. */
export async function buildServer(): Promise<string> {
  const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as Build
  const file = join(projectRoot, 'dist/run', `fuzz-server-${process.pid}.js`)
  if (!existsSync(join(projectRoot, 'dist/assets/manifest.json'))) await build.buildAll()
  await build.bundleEntry(join(projectRoot, 'test/fuzz/server.ts'), file)
  await build.stopBuilding()
  return file
}

/** Starts the program's HTTP over a town. */
export async function startChild(program: string, told: Told): Promise<Child> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-fuzz-told-'))
  writeFileSync(join(folder, 'told.json'), JSON.stringify(told))
  const child: ChildProcess = spawn(
    process.execPath,
    ['--enable-source-maps', program, join(folder, 'told.json')],
    {
      cwd: projectRoot,
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const errors: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', piece => errors.push(String(piece)))
  const waiting = new Map<number, { done: (given: never) => void; fail: (error: Error) => void }>()
  let ended = false
  let told_to_end = false
  let last = 0
  const ask = <T>(order: Omit<Order, 'id'>): Promise<T> =>
    new Promise((done, fail) => {
      last += 1
      waiting.set(last, { done, fail })
      child.send({ id: last, ...order }, error => error && fail(error))
    })
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', code => {
      ended = true
      rmSync(folder, { recursive: true, force: true })
      fail(new Error(`the server ended (${code}): ${errors.join('')}`))
      for (const { fail: give } of waiting.values()) give(new Error('the server ended'))
    })
    child.on(
      'message',
      (message: { port?: number; log?: object; id?: number; given?: never; failed?: string }) => {
        if (message.port !== undefined) done(message.port)
        else if (message.log) noteLine(errors, message.log)
        else {
          const order = waiting.get(message.id ?? 0)
          waiting.delete(message.id ?? 0)
          if (message.failed === undefined) order?.done(message.given as never)
          else order?.fail(new Error(message.failed))
        }
      },
    )
  })
  return {
    port,
    errors,
    fell: () => ended && !told_to_end,
    settle: () => ask({ do: 'settle' }),
    verify: () => ask({ do: 'verify' }),
    logIn: as => ask({ do: 'logIn', as }),
    async stop() {
      told_to_end = true
      if (ended) return
      const gone = new Promise(done => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
    },
  }
}

const errorLevel = 50

function noteLine(errors: string[], line: object): void {
  if ('level' in line && Number(line.level) >= errorLevel) errors.push(JSON.stringify(line).slice(0, 2_000))
}
