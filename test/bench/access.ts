import { type AccessName, type Actor, wallOf } from '../../src/kernel/access/index.ts'
import { searchTokens } from '../../src/lib/arabic.ts'
import { findPeople } from '../../src/offices/people/index.ts'
import { listRequests, requestsVisibleOf } from '../../src/offices/requests/lists.ts'
import { countInbox, listInbox } from '../../src/offices/requests/staff/inbox/store.ts'
import type { Read } from '../../src/platform/database/index.ts'
import type { RowReach } from '../../src/platform/database/reach.ts'
import type { House } from '../../src/platform/house.ts'
import { layGround } from './ground.ts'
import { median, note, quantile, tell } from './report.ts'
import { type AccessSize, families, fillTowns, services } from './towns.ts'

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
  const word = searchTokens(families[0] ?? '')[0] ?? ''
  const search: Asked = async (tx, actor) => {
    const found = await findPeople(tx, house.crypto, `${word}7`)
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
  const pairs: [string, Asked, Actor, AccessName[]][] = [
    ['access-inbox', inbox, officer, ['request.act', 'request.read']],
    ['access-search', search, clerk, ['request.read', 'person.read', 'certificate.read']],
    ['access-search-officer', search, officer, ['request.read', 'person.read', 'certificate.read']],
    ['access-list', register, officer, ['request.read']],
  ]
  for (const [name, asked, actor, names] of pairs)
    await compare(house, towns, { name, asked, actor, names }, quick)
}

async function compare(
  house: House,
  towns: readonly string[],
  { name, asked, actor, names }: { name: string; asked: Asked; actor: Actor; names: AccessName[] },
  quick: boolean,
): Promise<void> {
  const free: Actor = { kind: 'system' }
  const once = async (town: string, who: Actor, reach: RowReach): Promise<number> => {
    const began = performance.now()
    await house.database.read(town, tx => asked(tx, who), reach)
    return performance.now() - began
  }
  const rounds = quick ? 300 : 1500
  const [within, open, ratios]: [number[], number[], number[]] = [[], [], []]
  for (let round = -40; round < rounds; round++) {
    const town = towns[Math.abs(round) % towns.length] ?? ''
    // Who goes first takes turns: the second finds the pages warm.
    const pair = [() => once(town, actor, wallOf(actor, names)), () => once(town, free, 'house')]
    const first = round % 2 === 0 ? 0 : 1
    const took = [0, 0]
    took[first] = (await pair[first]?.()) ?? 0
    took[1 - first] = (await pair[1 - first]?.()) ?? 0
    if (round < 0) continue
    within.push(took[0] ?? 0)
    open.push(took[1] ?? 0)
    ratios.push((took[0] ?? 0) / (took[1] ?? 1))
  }
  tell({
    ...{
      name,
      value: median(within),
      unit: 'ms p50',
      ratio: median(ratios),
      baseline: 'one nothing is held back from',
    },
    goal: { ratio: goal },
    details: {
      openMs: median(open),
      p95: quantile(within, 0.95),
      openP95: quantile(open, 0.95),
      rounds,
      towns: towns.length,
    },
  })
}
