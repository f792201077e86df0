import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withClient } from '../../src/platform/database/pool.ts'
import { layGround } from '../bench/ground.ts'
import { median, tell } from '../bench/report.ts'
import { startServer } from '../bench/server.ts'
import { audit } from '../faults/auditor.ts'
import { type Clients, startClients } from '../faults/clients.ts'
import { startWorker } from '../faults/worker.ts'
import { until } from './daemon.ts'
import { startLeaderProxy } from './fronts.ts'
import { type Cluster, startCluster, timing, untilBoth } from './patroni.ts'
import { layDatabase, urlOf } from './postgres.ts'
import type { Found, Run } from './town.ts'

type Took = { writable: number; filing: number }

/** People file while the leader of the database dies, with its agent and all its processes; the other node takes its place. */
export async function runLeader({ program, quick, say }: Run): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-leader-'))
  chmodSync(folder, 0o755)
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    say('etcd, two nodes under Patroni, and haproxy that knows which leads')
    const cluster = await startCluster(folder)
    undo.push(() => cluster.stop())
    const front = await startLeaderProxy(folder, cluster.nodes)
    undo.push(() => front.daemon.stop('SIGKILL'))
    await until('haproxy has found the leader', () => canWrite(front.port), 30_000, 200)
    await layDatabase(front.port)
    const ground = await layGround({
      people: 30,
      pictures: true,
      environment: { DATABASE_URL: urlOf('web', front.port), DATABASE_OWNER_URL: urlOf('owner', front.port) },
    })
    undo.push(() => ground.clear())
    const server = await startServer('serve', ground.environment, { program })
    undo.push(() => server.kill())
    const worker = startWorker(ground.environment, program)
    undo.push(() => worker.kill())
    await until('the worker is at work', () => worker.atWork(), 120_000)
    const clients = startClients(ground, server.port, quick ? 3 : 6)
    clients.finished.catch(() => {})
    const took: Took[] = []
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      await until('people file', grown(clients, quick ? 10 : 40))
      took.push(await killLeader(cluster, front.port, clients, say))
    }
    const wrong: string[] = []
    if (server.child.exitCode !== null) wrong.push(`the web process ended: ${server.said()}`)
    if (worker.child.exitCode !== null) wrong.push(`the worker ended: ${worker.said()}`)
    await until('people file on', grown(clients, 10))
    clients.finish()
    await clients.finished
    await worker.stop()
    const filing = median(took.map(each => each.filing))
    tell({
      name: 'leader of the database killed, filing again',
      value: filing,
      unit: 's',
      ratio: filing / 15,
      baseline: '15 s',
      goal: { ratio: 1 },
      rounds: took.map(each => each.filing),
      details: {
        ...timing,
        'database writable, s': took.map(each => each.writable),
        retries: clients.retries,
      },
    })
    const verdict = await audit(ground, clients)
    return {
      lost: verdict.lost,
      doubled: verdict.doubled,
      wrong: [...wrong, ...verdict.wrong],
      acknowledged: clients.acknowledged.length,
    }
  } finally {
    for (const each of undo.reverse())
      await Promise.resolve()
        .then(each)
        .catch(() => {})
  }
}

/** Kills whoever leads; seconds until the database takes writes again, and until a filing was acknowledged after that. */
async function killLeader(cluster: Cluster, port: number, clients: Clients, say: Run['say']): Promise<Took> {
  await untilBoth(cluster.nodes)
  const leader = await cluster.leader()
  if (!leader) throw new Error('nobody leads')
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1000
  await leader.kill()
  await until('another node takes writes', () => canWrite(port), 120_000, 100)
  const writable = passed()
  await until('people file again', grown(clients, 1), 120_000, 20)
  const filing = passed()
  say(
    `node ${leader.name} was killed: writes after ${writable.toFixed(1)} s, filing after ${filing.toFixed(1)} s`,
  )
  leader.start()
  await untilBoth(cluster.nodes)
  await sleep(1_000)
  return { writable, filing }
}

/** Holds once clients were told of so many acts more. */
function grown(clients: Clients, count: number): () => boolean {
  const from = clients.acknowledged.length
  return () => clients.acknowledged.length >= from + count
}

/** Whether whoever answers there takes a write, and keeps it on both nodes where there are two. */
const canWrite = (port: number): Promise<boolean> =>
  Promise.race([
    withClient(urlOf('admin', port, 'postgres'), async client => {
      await client.query('create table if not exists sign (n int); insert into sign values (1)')
      return true
    }).catch(() => false),
    sleep(3_000, false),
  ])
