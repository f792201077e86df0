import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { type Postgres, startPostgres } from '../../src/platform/database/postgres/supervisor.ts'
import { dataOf, type Ground, type GroundOptions, layGround } from '../bench/ground.ts'
import { type Server, startServer } from '../bench/server.ts'
import { audit, type Verdict } from './auditor.ts'
import { type Clients, startClients } from './clients.ts'
import { onEnd } from './end.ts'
import { startWorker, type Worker } from './worker.ts'

/** A town at work: a server, a worker, and clients that file, send papers and pay. */
export type Stage = {
  ground: Ground
  server: Server
  worker: Worker
  clients: Clients
  /** Where PostgreSQL keeps the rows. */
  data: string
  /** What the processes of the program are told. */
  environment: Record<string, string>
  /** Lets everything begun end, stops the program (and whoever else is told) and compares; gives also how much was acknowledged. */
  settle(stopOthers?: () => Promise<void>): Promise<Verdict & { acknowledged: number }>
}

export type StageOptions = {
  program: string
  environment?: Record<string, string>
  clients?: number
  people?: GroundOptions
  /** Keeps PostgreSQL apart from the program, which finds it by DATABASE_URL: it outlives each of its versions. */
  databaseApart?: boolean
  /** Done between the laying of the ground and the start of the program. */
  prepare?(ground: Ground): Promise<void> | void
  /** Undone at the end, before the ground is taken away. */
  leave?(): void
}

export async function onStage<T>(options: StageOptions, work: (stage: Stage) => Promise<T>): Promise<T> {
  const { program, clients: count = 6 } = options
  const ground = await layGround({ people: 40, pictures: true, ...options.people })
  let server: Server | undefined
  let worker: Worker | undefined
  let postgres: Postgres | undefined
  let begun: Clients | undefined
  const end = onEnd(() => {
    worker?.child.kill('SIGKILL')
    server?.child.kill('SIGKILL')
    for (const pid of serverProcesses(dataOf(ground.environment.DATA_DIR))) signal(pid, 'SIGKILL')
    options.leave?.()
    ground.clear()
  })
  try {
    await options.prepare?.(ground)
    if (options.databaseApart)
      postgres = await startPostgres({
        dataDir: ground.environment.DATA_DIR,
        systemDir: ground.environment.SYSTEM_DIR,
        hold: true,
      })
    const environment = {
      ...ground.environment,
      ...options.environment,
      ...(postgres && { DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl }),
    }
    const port = await findFreePort()
    const running = await startServer('serve', environment, { port, program })
    server = running
    const working = startWorker(environment, program)
    worker = working
    const clients = startClients(ground, port, count)
    begun = clients
    const failed = clients.finished.then(
      () => undefined,
      error => error as Error,
    )
    const stage: Stage = {
      ground,
      environment,
      server: running,
      worker: working,
      clients,
      data: dataOf(ground.environment.DATA_DIR),
      async settle(stopOthers = async () => {}) {
        clients.finish()
        const error = await failed
        if (error) throw error
        await working.stop()
        await running.stop()
        await stopOthers()
        const verdict = await audit(ground, clients)
        return { ...verdict, acknowledged: clients.acknowledged.length }
      },
    }
    return await Promise.race([work(stage), failed.then(error => (error ? Promise.reject(error) : never()))])
  } catch (error) {
    const said = [server?.said(), worker?.said()].map(text => text?.slice(-700)).join('\n')
    begun?.abandon()
    throw new Error(`${error instanceof Error ? error.message : error}\n${said}`, { cause: error })
  } finally {
    await worker?.kill()
    await server?.kill()
    await postgres?.stop()
    end()
  }
}

const never = () => new Promise<never>(() => {})

/** Asks until it is so. @throws Error naming what was waited for */
export async function until(what: string, question: () => Promise<boolean> | boolean, ms = 60_000) {
  const end = performance.now() + ms
  while (!(await question())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`)
    await new Promise(done => setTimeout(done, 100))
  }
}
