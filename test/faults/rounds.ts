import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { dataOf, layGround } from '../bench/ground.ts'
import { type Server, startServer } from '../bench/server.ts'
import { audit, type Verdict } from './auditor.ts'
import type { Bar } from './bar.ts'
import { chanceOf } from './chance.ts'
import { type Clients, startClients } from './clients.ts'
import { onEnd } from './end.ts'
import { readyAgain } from './ready.ts'
import { chooseVictim, diesWith, killPostgres, type Victim, victims } from './victims.ts'
import { isGone, startWorker, type Worker } from './worker.ts'

export type Rounds = {
  rounds: number
  seed: number
  /** The bundled program. */
  program: string
  say: (line: string) => void
  /** Is told after each round how far it has come. */
  reached?: Bar['reached']
}

export type RoundsOutcome = Verdict & {
  kills: Record<Victim, number>
  acknowledged: number
  retries: number
  /** Times the server or the worker ended although only others were killed. */
  fell: number
  recoveryMs: number[]
  /** How long the killing took, in milliseconds. */
  killingMs: number
  /** Where PostgreSQL kept the rows; no process may be left there. */
  data: string
}

const clientCount = 6

/** How many answers come between two kills at least, and how long they are waited for: a machine may be busy with much else. */
const servedBetween = 3
const busyMs = 60_000

/** Resolves when some have been answered from now on. */
async function atWork({ acknowledged }: Clients): Promise<void> {
  const enough = acknowledged.length + servedBetween
  const began = performance.now()
  while (acknowledged.length < enough && performance.now() - began < busyMs) await sleep(20)
}

/**
 * Files, sends papers and pays over HTTP while the server, the worker or PostgreSQL is killed again and again, each started again at once;
 * then compares what was told with what is there.
 */
export async function killInRounds({ rounds, seed, program, say, reached }: Rounds): Promise<RoundsOutcome> {
  const chance = chanceOf(seed)
  const ground = await layGround({ people: 40, pictures: true })
  const port = await findFreePort()
  const serve = () => startServer('serve', ground.environment, { port, program })
  const work = () => startWorker(ground.environment, program)
  const kills = Object.fromEntries(victims.map(each => [each, 0])) as Record<Victim, number>
  const recoveryMs: number[] = []
  let fell = 0
  let server: Server | undefined
  let worker: Worker | undefined
  let begun: Clients | undefined
  const end = onEnd(() => {
    worker?.child.kill('SIGKILL')
    server?.child.kill('SIGKILL')
    ground.clear()
  })
  try {
    server = await serve()
    worker = work()
    const data = dataOf(ground.environment.DATA_DIR)
    const clients = startClients(ground, port, clientCount)
    begun = clients
    const failed = clients.finished.then(
      () => undefined,
      error => error as Error,
    )
    const beganAll = performance.now()
    for (let round = 1; round <= rounds; round++) {
      // A kill where nobody has been served since the last one tries nothing.
      const error = await Promise.race([atWork(clients).then(() => sleep(50 + chance.below(650))), failed])
      if (error) throw error
      if (isGone(worker)) {
        // One that began while the database was away says so and ends; whoever watches over it begins it again.
        if (worker.atWork()) {
          fell += 1
          say(`round ${round}: the worker ended by itself: ${worker.said()}`)
        }
        worker = work()
      }
      const victim = chooseVictim(chance)
      const dies = diesWith(victim)
      if (dies.server) server.child.kill('SIGKILL')
      if (dies.worker) worker.child.kill('SIGKILL')
      killPostgres(victim, data, chance)
      kills[victim] += 1
      reached?.(round, `${clients.acknowledged.length} acknowledged, ${clients.retries} sent again`)
      const began = performance.now()
      if (dies.worker) {
        await worker.ended
        worker = work()
      }
      if (victim === 'worker') continue
      if (dies.server) {
        await server.ended
        server = await serve()
      } else if (!(await readyAgain(server))) {
        fell += 1
        say(`round ${round}: the server ended after ${victim} was killed: ${server.said()}`)
        server = await serve()
      }
      recoveryMs.push(performance.now() - began)
    }
    const killingMs = performance.now() - beganAll
    clients.finish()
    const error = await failed
    if (error) throw error
    say('everything begun has ended; stopping worker and server')
    await worker.stop()
    await server.stop()
    say('comparing what was told with what is there')
    const verdict = await audit(ground, clients)
    const { acknowledged, retries } = clients
    return {
      ...verdict,
      kills,
      acknowledged: acknowledged.length,
      retries,
      fell,
      recoveryMs,
      killingMs,
      data,
    }
  } finally {
    begun?.abandon()
    await worker?.kill()
    await server?.kill()
    end()
  }
}
