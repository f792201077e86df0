import { setTimeout as sleep } from 'node:timers/promises'
import { isServerOf, serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { readyAgain } from './ready.ts'
import type { Script } from './results.ts'
import { layShim, type Shim, shimLacks } from './shim/shim.ts'
import { onStage, until } from './stage.ts'

/** How much longer each fsync takes, in milliseconds: an old disk, a worn card, one that is dying. */
const delays = [0, 20, 100, 400]

/** `npm run faults -- slow-disk [--seconds 12]`: every fsync of PostgreSQL and of the files takes longer; PostgreSQL is killed meanwhile. */
export const slowDiskScript: Script = {
  says: 'every fsync delayed by a preloaded library (20, 100, 400 ms), PostgreSQL killed meanwhile',
  lacks: shimLacks,
  async play(setting) {
    const ms = setting.number('seconds', 12, 4) * 1000
    let shim: Shim | undefined
    const environment: Record<string, string> = {}
    return onStage(
      {
        program: await setting.program(),
        environment,
        prepare(ground) {
          shim = layShim(ground)
          Object.assign(environment, shim.environment)
        },
      },
      async stage => {
        const { server, clients, data } = stage
        const wrong: string[] = []
        const figures: Record<string, number | string> = {}
        let kills = 0
        await until('the first filings', () => clients.acknowledged.length > 5)
        for (const delay of delays) {
          shim?.slowDown(delay)
          const before = clients.acknowledged.length
          await sleep(ms)
          figures[`acknowledged a second, fsync + ${delay} ms`] = Number(
            ((clients.acknowledged.length - before) / (ms / 1000)).toFixed(2),
          )
          if (delay === 0) continue
          for (const pid of serverProcesses(data).filter(each => isServerOf(each, data)))
            signal(pid, 'SIGKILL')
          kills += 1
          // After a death PostgreSQL syncs every file it has; clean ones cost a real disk nothing.
          shim?.slowDown(1)
          if (!(await readyAgain(server))) wrong.push(`the server ended at ${delay} ms: ${server.said()}`)
        }
        shim?.slowDown(0)
        const told = await stage.settle()
        return { ...told, kills, wrong: [...wrong, ...told.wrong], figures }
      },
    )
  },
}
