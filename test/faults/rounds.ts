import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { dataOf, layGround } from '../bench/ground.ts'
import { type Server, startServer } from '../bench/server.ts'
import { audit, type Verdict } from './auditor.ts'
import { chanceOf } from './chance.ts'
import { startClients } from './clients.ts'
import { chooseVictim, kill, type Victim } from './victims.ts'

export type Rounds = {
  rounds: number
  seed: number
  /** The bundled program. */
  program: string
  say: (line: string) => void
}

export type Outcome = Verdict & {
  kills: Record<Victim, number>
  acknowledged: number
  retries: number
  /** Times the server ended although only PostgreSQL was killed. */
  fell: number
  recoveryMs: number[]
  /** Where PostgreSQL kept the rows; no process may be left there. */
  data: string
}

const clientCount = 6
const recoverWithinMs = 60_000

/** Files and pays over HTTP while the server or PostgreSQL is killed again and again, then compares what was told with what is there. */
export async function killInRounds({ rounds, seed, program, say }: Rounds): Promise<Outcome> {
  const chance = chanceOf(seed)
  const ground = await layGround({ people: 40, pictures: true })
  const port = await findFreePort()
  const start = () => startServer('start', ground.environment, { port, program })
  const kills: Outcome['kills'] = {
    ...{ server: 0, postmaster: 0, backend: 0, 'all of PostgreSQL': 0, 'server and postmaster': 0 },
  }
  const recoveryMs: number[] = []
  let fell = 0
  let server: Server | undefined
  try {
    server = await start()
    const data = dataOf(ground.environment.DATA_DIR)
    const clients = startClients(ground, port, clientCount)
    const failed = clients.finished.then(
      () => undefined,
      error => error as Error,
    )
    for (let round = 1; round <= rounds; round++) {
      const error = await Promise.race([sleep(50 + chance.below(900)), failed])
      if (error) throw error
      const victim = chooseVictim(chance)
      const dead = kill(victim, server, data, chance)
      kills[victim] += 1
      const began = performance.now()
      if (dead) {
        await server.ended
        server = await start()
      } else if (!(await recovers(server))) {
        fell += 1
        say(`round ${round}: the server ended after ${victim} was killed: ${server.said()}`)
        server = await start()
      }
      recoveryMs.push(performance.now() - began)
      if (round % 20 === 0 || round === rounds)
        say(`${round} kills, ${clients.acknowledged.length} acknowledged, ${clients.retries} sent again`)
    }
    clients.finish()
    const error = await failed
    if (error) throw error
    say('everything begun has ended; stopping the server')
    await server.stop()
    say('comparing what was told with what is there')
    const verdict = await audit(ground, clients)
    const { acknowledged, retries } = clients
    return { ...verdict, kills, acknowledged: acknowledged.length, retries, fell, recoveryMs, data }
  } finally {
    await server?.kill()
    ground.clear()
  }
}

/** Whether the server that lives on answers again; false when it has ended. */
async function recovers(server: Server): Promise<boolean> {
  const end = performance.now() + recoverWithinMs
  // It takes a moment until a death is noticed: the first question may still be answered from before.
  await sleep(30)
  while (performance.now() < end) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) return false
    const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`, {
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined)
    await answer?.body?.cancel().catch(() => {})
    if (answer?.status === 200) return true
    await sleep(20)
  }
  throw new Error(`the server did not get ready again within ${recoverWithinMs / 1000} s: ${server.said()}`)
}
