import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { type Ground, layGround } from '../bench/ground.ts'
import { type Server, startServer } from '../bench/server.ts'
import { startWorker, type Worker } from '../faults/worker.ts'
import { until } from './daemon.ts'
import { type Front, startBouncer, startNginx } from './fronts.ts'
import { layDatabase, layPrimary, layReplica, type PostgresServer, urlOf } from './postgres.ts'

/** A town on several processes: nginx, web and worker processes, pgbouncer, a primary and its replica. */
export type Installation = {
  folder: string
  ground: Ground
  primary: PostgresServer
  replica: PostgresServer
  bouncer: Front
  nginx: Front
  /** In the place of each what runs there now. */
  web: Server[]
  workers: Worker[]
  startWeb(at: number): Promise<Server>
  startWork(): Promise<Worker>
  clear(): Promise<void>
}

export type Size = { web: number; workers: number; people: number }

/** How long what leaves goes on answering. */
const drainSeconds = 2
export const replicaAge = 15

export async function layInstallation(
  size: Size,
  program: string,
  say: (line: string) => void,
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-scale-'))
  chmodSync(folder, 0o755)
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const clear = async () => {
    for (const each of undo.splice(0).reverse())
      await Promise.resolve()
        .then(each)
        .catch(() => {})
  }
  try {
    say('a primary, its schema, and a replica that follows it')
    const primary = await layPrimary(folder)
    undo.push(() => primary.stop())
    await layDatabase(primary.port)
    const replica = await layReplica(folder, primary)
    undo.push(() => replica.stop())
    const bouncer = await startBouncer(folder, primary.port)
    const owner = { DATABASE_OWNER_URL: urlOf('owner', primary.port) }
    const ground = await layGround({
      people: size.people,
      pictures: true,
      environment: { DATABASE_URL: urlOf('web', primary.port), ...owner },
    })
    undo.push(() => ground.clear())
    const frontPort = await findFreePort()
    const environment = {
      ...ground.environment,
      DATABASE_URL: urlOf('web', bouncer.port),
      DATABASE_DIRECT_URL: urlOf('web', primary.port),
      DATABASE_REPLICA_URL: urlOf('web', replica.port),
      DATABASE_REPLICA_AGE: String(replicaAge),
      DRAIN_SECONDS: String(drainSeconds),
      PREPARED: 'false',
      PUBLIC_URL: `http://127.0.0.1:${frontPort}`,
      DATABASE_POOL: '12',
    }
    const ports = await Promise.all(Array.from({ length: size.web }, findFreePort))
    const startWeb = (at: number) => startServer('serve', environment, { port: ports[at] ?? 0, program })
    const startWork = async () => {
      const worker = startWorker(environment, program)
      await until('a worker is at work', () => worker.atWork())
      return worker
    }
    say(`${size.web} web and ${size.workers} worker processes behind nginx`)
    const web: Server[] = []
    const workers: Worker[] = []
    const installation = {
      folder,
      ground,
      primary,
      replica,
      bouncer,
      web,
      workers,
      startWeb,
      startWork,
      clear,
    } as Installation
    undo.push(() => installation.bouncer.daemon.stop('SIGKILL'))
    undo.push(() => Promise.all(web.map(each => each.kill())))
    undo.push(() => Promise.all(workers.map(each => each.kill())))
    for (const at of ports.keys()) web.push(await startWeb(at))
    for (let each = 0; each < size.workers; each++) workers.push(await startWork())
    installation.nginx = await startNginx(folder, frontPort, ports)
    undo.push(() => installation.nginx.daemon.stop())
    return installation
  } catch (error) {
    await clear()
    throw error
  }
}
