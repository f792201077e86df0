import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { countStatuses, judgeProbes, type Seen, startProbes } from './probes.ts'
import { askReady } from './ready.ts'
import type { Script } from './results.ts'
import { onStage, type Stage, until } from './stage.ts'

/** `npm run faults -- pool [--seconds 12]`: no connection is to be had, because strangers hold them all, or because every one of ours waits for a lock. */
export const poolScript: Script = {
  says: 'connections held by strangers, then every connection of the program waiting for a lock',
  async play(setting) {
    const seconds = setting.number('seconds', 15, 5)
    return onStage({ program: await setting.program() }, async stage => {
      const { server, ground, clients } = stage
      await until('the first filings', () => clients.acknowledged.length > 10)
      const wrong: string[] = []
      const figures: Record<string, number | string> = {}
      const scenes = { strangers: holdConnections, 'lock held': holdLock }
      for (const [name, hold] of Object.entries(scenes)) {
        const alive = startProbes(server.port, [addresses.healthz.pattern], { everyMs: 200 })
        const [first] = clients.acknowledged.flatMap(each => (each.kind === 'request' ? [each.id] : []))
        const lookers = startProbes(
          server.port,
          [fillAddress(addresses.apiRequest, { id: first ?? '' }), addresses.services.pattern],
          { count: 15, headers: { authorization: `Bearer ${ground.apiKey}` } },
        )
        // Longer than a connection or a lock is waited for.
        const said = await hold(stage, name === 'lock held' ? Math.max(13, seconds) : seconds)
        setting.say(`${name}: let go`)
        // What waited is answered, then all is as before.
        await sleep(1_000)
        await lookers.stop()
        await alive.stop()
        await until(`${name}: ready again`, async () => (await askReady(server.port))?.ready === true)
        wrong.push(...judgeProbes(lookers.seen), ...judgeProbes(alive.seen, 5_000))
        if (alive.seen.some(({ status }) => status !== 200)) wrong.push(`${name}: /healthz did not answer`)
        if (!lookers.seen.some(({ status }) => status === 503)) wrong.push(`${name}: nobody was turned away`)
        Object.assign(figures, {
          [`${name}, answers`]: countStatuses(lookers.seen),
          [`${name}, longest answer, ms`]: longest(lookers.seen),
          [`${name}, longest sign of life, ms`]: longest(alive.seen),
          [`${name}, readyz`]: said,
        })
      }
      const after = startProbes(server.port, [addresses.services.pattern], { count: 4 })
      await sleep(1_000)
      await after.stop()
      if (after.seen.some(({ status }) => status !== 200))
        wrong.push(`afterwards: ${countStatuses(after.seen)}`)
      const told = await stage.settle()
      return { ...told, kills: 0, wrong: [...wrong, ...told.wrong], figures }
    })
  },
}

const longest = (seen: readonly Seen[]) => Math.round(Math.max(0, ...seen.map(({ ms }) => ms)))

/** Strangers take every connection there is, also those of ours as soon as they end. */
async function holdConnections({ ground, server }: Stage, seconds: number): Promise<string> {
  const url = await ground.inHouse(async house => house.server.url)
  const held: pg.Client[] = []
  const take = async () => {
    for (;;) {
      const client = new pg.Client({ connectionString: url, application_name: 'stranger' })
      client.on('error', () => {})
      const taken = await client.connect().then(
        () => true,
        () => false,
      )
      if (!taken) return
      held.push(client)
    }
  }
  let said = ''
  const ownerUrl = await ground.inHouse(async house => house.server.ownerUrl)
  await take()
  await withClient(ownerUrl, async owner => {
    // How long it takes to hold them all, is the machine's.
    const end = performance.now() + seconds * 1000
    for (let turn = 0; turn < 3 || performance.now() < end; turn++) {
      await owner.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'shubbak%' and pid <> pg_backend_pid() and usename = 'shubbak_app'",
      )
      await take()
      said = JSON.stringify((await askReady(server.port)) ?? 'no answer')
      await sleep(300)
    }
  })
  await Promise.all(held.map(client => client.end().catch(() => {})))
  return `${held.length} connections held; ${said}`
}

/** Somebody holds what every filing and every look needs. */
async function holdLock({ ground, server }: Stage, seconds: number): Promise<string> {
  const url = await ground.inHouse(async house => house.server.ownerUrl)
  return withClient(url, async client => {
    await client.query('begin; lock table request, api_key in access exclusive mode')
    await sleep(seconds * 1000)
    const said = JSON.stringify((await askReady(server.port)) ?? 'no answer')
    await client.query('rollback')
    return said
  })
}
