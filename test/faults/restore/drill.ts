import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverProcesses, signal, waitUntil } from '../../../src/platform/database/postgres/processes.ts'
import { findFreePort } from '../../../src/platform/database/postgres/server.ts'
import { dataOf, layGround } from '../../bench/ground.ts'
import { type Server, startServer } from '../../bench/server.ts'
import { audit, type Verdict } from '../auditor.ts'
import { startClients } from '../clients.ts'

/**
 * What is lost with the machine. `wait`: its disk, where acts are answered once they lie in BACKUP_DIR too; `follow`: its disk, where
 * BACKUP_DIR follows a moment behind; `disk`: the machine alone, and BACKUP_DIR was away for the last part: the log is read off its disk.
 */
export const losses = ['wait', 'follow', 'disk'] as const
export type Loss = (typeof losses)[number]

export type DrillOptions = {
  loss: Loss
  /** How long people file before the machine is lost, in milliseconds. */
  loadMs: number
  program: string
  say(line: string): void
}

export type DrillOutcome = Verdict & {
  acknowledged: number
  /** Processes killed with the machine. */
  killed: number
  /** From the beginning of the restore until the server answered that it is ready: milliseconds. */
  serveAgainMs: number
  restoreMs: number
  said: string
  /** Where PostgreSQL keeps the rows that were brought back; no process may be left there. */
  data: string
}

const clientCount = 6

/** Files and pays over HTTP, kills every process of the machine at one moment, takes its data away, restores from BACKUP_DIR and compares. */
export async function loseTheMachine({ loss, loadMs, program, say }: DrillOptions): Promise<DrillOutcome> {
  const ground = await layGround({ people: 40, pictures: true })
  const backups = join(ground.folder, 'backups')
  const secret = join(ground.folder, 'secret')
  cpSync(join(ground.environment.DATA_DIR, 'secret'), secret, { preserveTimestamps: true })
  const environment = {
    ...ground.environment,
    BACKUP_DIR: backups,
    DRILL_AT: 'off',
    BACKUP_WAIT: String(loss === 'wait'),
  }
  const port = await findFreePort()
  let server: Server | undefined
  try {
    server = await startServer('start', environment, { port, program })
    await untilKept(ground)
    say('the first backup is made; people file and pay')
    const clients = startClients(ground, port, clientCount)
    const failed = clients.finished.then(
      () => undefined,
      error => error as Error,
    )
    if (loss === 'disk') {
      await Promise.race([sleep(loadMs / 2), failed])
      killKeeper(server)
    }
    await Promise.race([sleep(loss === 'disk' ? loadMs / 2 : loadMs), failed])
    const told = clients.acknowledged.length
    const data = dataOf(ground.environment.DATA_DIR)
    const killed = await killAll(server, data)
    clients.abandon()
    say(`${clients.acknowledged.length} acknowledged (${told} a moment before); every process is killed`)
    const survivors = join(ground.folder, 'survivors')
    mkdirSync(survivors)
    if (loss === 'disk') cpSync(join(data, 'pg_wal'), survivors, { recursive: true })
    rmSync(dirname(data), { recursive: true, force: true })
    rmSync(ground.environment.DATA_DIR, { recursive: true, force: true })

    mkdirSync(ground.environment.DATA_DIR)
    cpSync(secret, join(ground.environment.DATA_DIR, 'secret'))

    const began = performance.now()
    const words = ['restore', backups, '--physical', ...(loss === 'disk' ? ['--pg-wal', survivors] : [])]
    const env = { PATH: process.env.PATH ?? '', ...environment }
    const run = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`restore failed: ${run.stdout}${run.stderr}`)
    const restoreMs = performance.now() - began
    server = await startServer('start', environment, { port, program })
    const serveAgainMs = performance.now() - began
    await server.stop()
    const verdict = await audit(ground, clients)
    return {
      ...verdict,
      acknowledged: clients.acknowledged.length,
      serveAgainMs,
      restoreMs,
      killed,
      said: run.stdout,
      data: dataOf(ground.environment.DATA_DIR),
    }
  } finally {
    await server?.kill()
    ground.clear()
  }
}

/** The first base backup is there, and written down. */
async function untilKept(ground: Awaited<ReturnType<typeof layGround>>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    const { rows } = await ground.asOwner(client =>
      client.query<{ good: boolean | null; trouble: string | null }>('select good, trouble from backup_run'),
    )
    if (rows.some(row => row.good)) return
    const failed = rows.find(row => row.good === false)
    if (failed) throw new Error(`the first backup failed: ${failed.trouble}`)
    await sleep(100)
  }
  throw new Error('no backup was made within a minute')
}

/** The process that follows the log, a child of the server. */
const childrenOf = (pid: number) =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .map(Number)
    .filter(Boolean)

function killKeeper(server: Server): void {
  for (const pid of childrenOf(server.pid)) signal(pid, 'SIGSTOP')
}

async function killAll(server: Server, data: string): Promise<number> {
  const all = [...childrenOf(server.pid), ...serverProcesses(data)]
  server.child.kill('SIGKILL')
  for (const pid of all) signal(pid, 'SIGKILL')
  await server.ended
  await waitUntil(() => serverProcesses(data).length === 0, 10_000)
  return all.length + 1
}
