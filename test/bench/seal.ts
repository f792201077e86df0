import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { sealTown, verifyRecord } from '../../src/offices/seal/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { House } from '../../src/platform/house.ts'
import { openHouse } from '../../src/platform/house.ts'
import { fileOverHttp } from './filing.ts'
import { type Ground, layGround } from './ground.ts'
import { median, note, tell } from './report.ts'
import { startServer } from './server.ts'

const goalSeconds = 15
const goalRatio = 0.9
const clients = 16

/** Sealing and verifying a town's record, and what sealing costs those who file meanwhile. */
export async function benchSeal(quick: boolean): Promise<void> {
  await onGround(ground => ground.inHouse(house => benchVerify(ground, house, quick ? 100_000 : 1_000_000)))
  await onGround(ground => benchFilingMeanwhile(ground, quick))
}

async function onGround(bench: (ground: Ground) => Promise<void>): Promise<void> {
  const ground = await layGround()
  try {
    await bench(ground)
  } finally {
    ground.clear()
  }
}

/** So many entries come in at once, and are sealed before the next. */
const portion = 5_000

async function benchVerify(ground: Ground, house: House, entries: number): Promise<void> {
  const { town } = ground
  let sealing = 0
  for (let from = 0; from < entries; from += portion) {
    await ground.asOwner(client =>
      client.query(fill, [town.id, from, Math.min(portion, entries - from), house.clock.now().toISOString()]),
    )
    const began = performance.now()
    await sealTown(house, town.id)
    sealing += performance.now() - began
  }
  await ground.asOwner(client => client.query('vacuum analyze audit, seal_leaf, seal_node, seal_checkpoint'))
  const seconds: number[] = []
  let cpu = 0
  for (let round = 0; round < 2; round++) {
    const [began, used] = [performance.now(), process.cpuUsage()]
    const codes: string[] = []
    const counts: Record<string, number> = {}
    await verifyRecord(house, town, {
      found: each => codes.push(each.code),
      counted(what, number) {
        counts[what] = number
      },
      outside: [],
    })
    seconds.push((performance.now() - began) / 1000)
    const { user, system } = process.cpuUsage(used)
    cpu = (user + system) / 1e6
    if (codes.length > 0 || (counts.sealed ?? 0) < entries)
      throw new Error(`${codes[0]}, ${counts.sealed} sealed`)
    note(
      `verified ${counts.sealed} entries under ${counts.checkpoints} checkpoints in ${seconds.at(-1)?.toFixed(1)} s (${cpu.toFixed(1)} s of CPU of ours)`,
    )
  }
  const value = median(seconds)
  const goal = (goalSeconds * entries) / 1_000_000
  tell({
    name: `seal: ${entries} entries verified`,
    value,
    unit: 's',
    ratio: value / goal,
    baseline: `the goal of ${goal} s`,
    goal: { ratio: 1 },
    details: { seconds, cpuSeconds: cpu },
  })
  tell({
    name: 'seal: entries sealed',
    value: entries / (sealing / 1000),
    unit: 'entries/s',
    ratio: entries / sealing,
    baseline: '1,000 entries/s',
  })
}

/** Entries as acts on requests leave them, each with the bytes it is proved by. */
const fill = `
  insert into audit (municipality_id, audit_id, at, actor_kind, actor_id, actor_office, act, subject_kind, subject_id, person_id, request_id,
                     canonical)
  select ($1::text)::uuid, id, ($4::text)::timestamptz, 'staff', actor, 'service-centre', 'request.approve', 'request', subject,
         subject::uuid, subject::uuid, convert_to('{"act":"request.approve","actor":{"id":"' || actor || '","kind":"staff","office":"service-centre"},'
           || '"at":"' || $4::text || '","auditId":"' || id || '","personId":"' || subject || '","personal":{},"requestId":"' || subject
           || '","subjectId":"' || subject || '","subjectKind":"request","town":"' || $1::text || '"}', 'UTF8')
    from (select ('0195' || lpad(to_hex(n / 65536), 4, '0') || '-' || lpad(to_hex(n % 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
                 '0198a000-0000-7000-8000-00000000c011' as actor, '0198a000-0000-7000-8000-' || lpad(to_hex(n % 50000), 12, '0') as subject
            from generate_series($2::int, $2::int + $3::int - 1) n) made`

/** Requests filed a second while what they record is sealed every second, and while nothing is; again and again in one run. */
async function benchFilingMeanwhile(ground: Ground, quick: boolean): Promise<void> {
  const server = await startServer('serve', ground.environment)
  const seconds = quick ? 4 : 8
  const order = { port: server.port, connections: clients, key: ground.apiKey, people: ground.people }
  const [on, off]: [number[], number[]] = [[], []]
  let sealerCpu = 0
  let filed = 0
  try {
    await fileOverHttp({ ...order, count: 2 * ground.people.length })
    for (let pair = 0; pair < (quick ? 3 : 4); pair++) {
      await ground.inHouse(house => sealTown(house, ground.town.id))
      const sealer = fork(process.argv[1] ?? '', ['seal-on-order', ground.town.id], {
        stdio: 'inherit',
        env: { ...process.env, ...ground.environment },
      })
      await once(sealer, 'message')
      const sealed = await fileOverHttp({ ...order, seconds })
      sealer.send('enough')
      const [used] = (await once(sealer, 'message')) as [number]
      sealerCpu += used
      filed += sealed.answers
      const bare = await fileOverHttp({ ...order, seconds })
      on.push(sealed.answers / sealed.seconds)
      off.push(bare.answers / bare.seconds)
      note(`filings a second: ${on.at(-1)?.toFixed(0)} sealed meanwhile, ${off.at(-1)?.toFixed(0)} not`)
    }
  } finally {
    await server.stop()
  }
  tell({
    name: 'seal: filing meanwhile',
    value: median(on),
    unit: 'requests/s',
    ratio: median(on.map((each, pair) => each / (off[pair] ?? each))),
    baseline: 'filing while nothing is sealed',
    goal: { ratio: goalRatio, least: true },
    details: { on, off, sealerCpuMsEach: sealerCpu / filed },
  })
}

/** The process that seals one town every second until told that it is enough. */
export async function sealOnOrder(town: string): Promise<void> {
  let enough = false
  process.once('message', () => {
    enough = true
  })
  const house = await openHouse(readConfig({ ...process.env, LOG_LEVEL: 'silent' }))
  const began = process.cpuUsage()
  process.send?.('ready')
  while (!enough) {
    await sealTown(house, town)
    await sleep(1_000)
  }
  await house.close()
  const { user, system } = process.cpuUsage(began)
  process.send?.((user + system) / 1000)
  process.disconnect()
}
