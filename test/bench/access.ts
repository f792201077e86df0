import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { type AccessName, type Actor, wallOf } from '../../src/kernel/access/index.ts'
import { findPeople } from '../../src/offices/people/index.ts'
import { listTasks } from '../../src/offices/requests/boxes.ts'
import { heldLetters } from '../../src/offices/requests/letters/held/store.ts'
import { listRequests, requestsVisibleOf } from '../../src/offices/requests/lists.ts'
import { countInbox, listInbox, nextRequest } from '../../src/offices/requests/staff/inbox/store.ts'
import { type Database, openDatabase, type Read } from '../../src/platform/database/index.ts'
import type { RowReach } from '../../src/platform/database/reach.ts'
import type { House } from '../../src/platform/house.ts'
import { layGround } from './ground.ts'
import { median, note, quantile, tell } from './report.ts'
import { type AccessSize, fillTowns, searched, services } from './towns.ts'

const goal = 1.2
const timeZone = 'Asia/Hebron'

/**
 * What the predicate and the wall cost: the inbox and the search of an officer within their reach, against the same by somebody nothing is
 * held back from, in turns, over many towns that share the tables.
 */
export async function benchAccess(size: AccessSize, quick: boolean): Promise<void> {
  const ground = await layGround({ people: 5 })
  try {
    const began = performance.now()
    const towns = await ground.asOwner(client => fillTowns(client, ground.town.id, size))
    note(
      `${size.towns} towns of ${services} services and ${size.requests} requests each, written in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    )
    await ground.inHouse(house => measure(house, towns, quick))
  } finally {
    ground.clear()
  }
}

type Asked = (tx: Read, actor: Actor) => Promise<unknown>

async function measure(house: House, towns: readonly string[], quick: boolean): Promise<void> {
  const staffId = '0198a000-0000-7000-8000-00000000c0de'
  const held = (role: 'officer' | 'clerk', office: string): Actor => ({
    kind: 'staff',
    staffId,
    appointments: [{ role, office }],
  })
  const officer = held('officer', 'planning')
  const clerk = held('clerk', 'service-centre')
  const desk = { staffId, appointments: [{ role: 'officer' as const, office: 'planning' }] }
  const search: Asked = async (tx, actor) => {
    const found = await findPeople(tx, house.crypto, searched)
    return requestsVisibleOf(
      tx,
      actor,
      found.people.map(({ id }) => id),
    )
  }
  const inbox: Asked = async tx => {
    const [page, counts] = [
      await listInbox(tx, desk, { box: 'mine' }, timeZone),
      await countInbox(tx, desk, 'mine', timeZone),
    ]
    if (page.length === 0 || counts.mine === 0) throw new Error('the inbox is empty')
    return page
  }
  const register: Asked = async (tx, actor) => {
    const lines = await listRequests(tx, actor, {})
    if (lines.length === 0) throw new Error('the list is empty')
    return lines
  }
  // Those of a desk take no actor: their statement is the same for everybody, and only the wall differs.
  const pairs: [string, Asked, Actor, AccessName[], 'same'?][] = [
    ['access-inbox', inbox, officer, ['request.act', 'request.read'], 'same'],
    ['access-search', search, clerk, ['request.read', 'person.read', 'certificate.read']],
    ['access-search-officer', search, officer, ['request.read', 'person.read', 'certificate.read']],
    ['access-list', register, officer, ['request.read']],
    ['access-list-clerk', register, clerk, ['request.read']],
    ['access-tasks', tx => listTasks(tx, desk, 'office'), officer, ['request.act', 'request.read'], 'same'],
    ['access-next', tx => nextRequest(tx, desk, staffId), officer, ['request.act', 'request.read'], 'same'],
    ['access-letters', heldLetters, officer, ['letter.review']],
  ]
  const database = await openDatabase(house.server.url, { clock: house.clock, max: 1 })
  try {
    for (const [name, asked, actor, names, same] of pairs)
      await compare(database, towns, { name, asked, actor, names, baseline: same ? asHouse : asFree }, quick)
  } finally {
    await database.close()
  }
}

/** What the server process behind a connection has used of the CPU so far, in milliseconds. */
const cpuOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000_000

/**
 * Who reaches so far in turns with somebody nothing is held back from, over one connection: by the CPU the database used for each, since the
 * time by the clock is everybody's on this machine. `wallAlone` is the same statement once within the wall and once as the house.
 */
async function compare(
  database: Database,
  towns: readonly string[],
  { name, asked, actor, names, baseline }: Measured,
  quick: boolean,
): Promise<void> {
  const free: Actor = { kind: 'system' }
  const backend = await database.directory(q =>
    sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(q),
  )
  const pid = backend.rows[0]?.pid ?? 0
  const once = async (town: string, who: Actor, reach: RowReach) => {
    const [began, used] = [performance.now(), cpuOf(pid)]
    await database.read(town, tx => asked(tx, who), reach)
    // A reader's commit is not waited for: what it costs belongs to it.
    await database.directory(q => sql`select 1`.execute(q))
    return { ms: performance.now() - began, cpu: cpuOf(pid) - used }
  }
  const ways: [AsWho, (town: string) => ReturnType<typeof once>][] = [
    ['within', town => once(town, actor, wallOf(actor, names))],
    ['open', town => once(town, free, 'house')],
    ['predicate', town => once(town, actor, 'house')],
  ]
  const cpu: Record<AsWho, number[]> = { within: [], open: [], predicate: [] }
  const ms: Record<AsWho, number[]> = { within: [], open: [], predicate: [] }
  const rounds = quick ? 300 : 1500
  for (let round = -60; round < rounds; round++) {
    const town = towns[Math.abs(round) % towns.length] ?? ''
    // Who goes first takes turns: the next find the pages warm.
    for (let turn = 0; turn < ways.length; turn++) {
      const [who, ask] = ways[(Math.abs(round) + turn) % ways.length] as (typeof ways)[number]
      const took = await ask(town)
      if (round < 0) continue
      cpu[who].push(took.cpu)
      ms[who].push(took.ms)
    }
  }
  const ratio = (of: Record<AsWho, number[]>, to: AsWho) =>
    median(of.within.map((value, at) => value / (of[to][at] ?? value)))
  tell({
    name,
    value: median(cpu.within),
    unit: 'ms of CPU p50',
    ratio: ratio(cpu, 'open'),
    baseline,
    goal: { ratio: goal },
    details: {
      openCpu: median(cpu.open),
      byTheClock: ratio(ms, 'open'),
      wallAlone: ratio(cpu, 'predicate'),
      ms: median(ms.within),
      openMs: median(ms.open),
      p95: quantile(ms.within, 0.95),
      openP95: quantile(ms.open, 0.95),
      rounds,
      towns: towns.length,
    },
  })
}

/** What it is measured against. */
const asFree = 'one nothing is held back from'
const asHouse = 'the same statement as the house'

type Measured = {
  name: string
  asked: Asked
  actor: Actor
  names: AccessName[]
  baseline: typeof asFree | typeof asHouse
}
type AsWho = 'within' | 'open' | 'predicate'
