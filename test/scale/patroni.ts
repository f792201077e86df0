import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { type Daemon, isOpen, startDaemon, until } from './daemon.ts'
import { pathOf, postgresBinaries } from './needs.ts'
import { folderFor } from './postgres.ts'

/** A node of a cluster that Patroni keeps: PostgreSQL and the agent that says whether it leads. */
export type Node = {
  name: string
  port: number
  restPort: number
  start(): void
  /** As when its machine loses its power. */
  kill(): Promise<void>
  /** What the agent answers: whether it leads, whether it is the one every commit waits for. */
  is(what: 'leader' | 'sync'): Promise<boolean>
}

export type Cluster = { nodes: Node[]; leader(): Promise<Node | undefined>; stop(): Promise<void> }

/** Seconds: how long a leader that gives no sign keeps its place, how often signs are given, how long one is tried for. */
export const timing = { ttl: 10, loop_wait: 2, retry_timeout: 3 }

/** etcd and two nodes on loopback; every commit waits for both (synchronous_mode). */
export async function startCluster(folder: string): Promise<Cluster> {
  const etcd = await startEtcd(folder)
  const nodes: Node[] = []
  const agents: Daemon[] = [etcd.daemon]
  for (const name of ['one', 'two']) nodes.push(await aNode(folder, name, etcd.port, agents))
  const leader = async () => {
    for (const node of nodes) if (await node.is('leader')) return node
    return undefined
  }
  const said = () => agents.map(each => each.said()).join('\n')
  const [first, second] = nodes
  const stop = async () => {
    for (const node of nodes) await node.kill()
    await etcd.daemon.stop('SIGKILL')
  }
  try {
    first?.start()
    await until('the first node leads', async () => (await leader()) !== undefined, 120_000)
    second?.start()
    await untilBoth(nodes)
  } catch (error) {
    await stop()
    throw new Error(`${(error as Error).message}: ${said()}`)
  }
  return { nodes, leader, stop }
}

/** Waits until one leads and every commit waits for the other. */
export const untilBoth = (nodes: readonly Node[]): Promise<void> =>
  until(
    'one node leads and the other follows each commit',
    async () => (await Promise.all(nodes.map(each => each.is('sync')))).includes(true),
    120_000,
    200,
  )

async function startEtcd(folder: string): Promise<{ daemon: Daemon; port: number }> {
  const [port, peer] = [await findFreePort(), await findFreePort()]
  const data = join(folder, 'etcd')
  const account = folderFor(data)
  const [client, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peer}`]
  const daemon = startDaemon(
    [
      ...([pathOf('etcd'), '--name', 'one', '--data-dir', data] as [string, ...string[]]),
      '--listen-client-urls',
      client,
      '--advertise-client-urls',
      client,
      '--listen-peer-urls',
      peers,
      '--initial-advertise-peer-urls',
      peers,
      '--initial-cluster',
      `one=${peers}`,
    ],
    join(folder, 'etcd.log'),
    { account },
  )
  await until(`etcd listens (${daemon.said()})`, () => isOpen(port), 30_000)
  return { daemon, port }
}

async function aNode(folder: string, name: string, etcdPort: number, agents: Daemon[]): Promise<Node> {
  const [port, restPort] = [await findFreePort(), await findFreePort()]
  const home = join(folder, name)
  const account = folderFor(home)
  const data = join(home, 'data')
  const file = join(home, 'patroni.yml')
  mkdirSync(home, { recursive: true })
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(settingsOf({ name, home, data, port, restPort, etcdPort }), null, 1))
  if (account) chownSync(file, account.uid, account.gid)
  let agent: Daemon | undefined
  return {
    name,
    port,
    restPort,
    start() {
      agent = startDaemon([pathOf('patroni'), file], join(folder, `${name}.log`), { account, cwd: home })
      agents.push(agent)
    },
    async kill() {
      agent?.child.kill('SIGKILL')
      for (const pid of serverProcesses(data)) signal(pid, 'SIGKILL')
      await agent?.ended
    },
    is: what =>
      fetch(`http://127.0.0.1:${restPort}/${what}`, { signal: AbortSignal.timeout(2_000) }).then(
        async answer => {
          await answer.body?.cancel()
          return answer.status === 200
        },
        () => false,
      ),
  }
}

type NodeFacts = Record<'name' | 'home' | 'data', string> & Record<'port' | 'restPort' | 'etcdPort', number>

function settingsOf({ name, home, data, port, restPort, etcdPort }: NodeFacts) {
  const admin = { username: 'admin', password: 'admin-word' }
  return {
    scope: 'town',
    name,
    restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
    etcd3: { hosts: `127.0.0.1:${etcdPort}` },
    bootstrap: {
      dcs: {
        ...timing,
        synchronous_mode: true,
        postgresql: {
          use_pg_rewind: true,
          parameters: { max_connections: 200, jit: 'off', wal_log_hints: 'on' },
        },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }],
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: data,
      bin_dir: `${postgresBinaries}/bin`,
      pgpass: join(home, 'pgpass'),
      authentication: { superuser: admin, replication: { username: 'copier', password: 'copier-word' } },
      parameters: { unix_socket_directories: home, password_encryption: 'scram-sha-256' },
    },
  }
}
