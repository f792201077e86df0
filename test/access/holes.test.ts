import { sql } from 'kysely'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '../../src/lib/ids.ts'
import { testDatabase } from '../database.ts'
import { causesFor } from './causes.ts'
import { aGround, foreigners } from './ground.ts'
import { byComparison, type Hole, holes } from './hole-list.ts'
import { actOne, aResult, askOne } from './judge.ts'
import type { Answered } from './knock.ts'
import { aWord } from './marks.ts'
import { plain } from './plain.ts'
import { isOpen, planted } from './planted.ts'
import type { Ask, Pool } from './pool.ts'
import { keepHoles, told } from './proof.ts'
import type { Visitor } from './visitors.ts'

/**
 * Holes as they have been shipped elsewhere, each planted in a module of the product and found by a check of the proof. Where the second
 * wall stops a hole by itself that is said, and the hole is planted once more with the wall lowered, so that the check is seen to catch it.
 */
vi.mock('../../src/web/route.ts', async real => {
  const module = await real<typeof import('../../src/web/route.ts')>()
  return {
    ...module,
    reachAt: (...of: Parameters<typeof module.reachAt>) =>
      planted.wallLowered ? { read: 'house', act: 'house' } : module.reachAt(...of),
  }
})
vi.mock('../../src/offices/requests/access.ts', async real => {
  const module = await real<typeof import('../../src/offices/requests/access.ts')>()
  const everybody = ['list', 'file', 'relation', 'sort', 'search', 'autocomplete']
  return {
    ...module,
    requestVisible: (...of: Parameters<typeof module.requestVisible>) => {
      if (planted.hole && everybody.includes(planted.hole)) return sql<boolean>`true`
      const [actor, ...rest] = of
      if (isOpen('closed') && actor.kind === 'staff')
        return module.requestVisible({ ...actor, staffId: nowhere }, ...rest)
      return module.requestVisible(...of)
    },
    throughOffices: (...of: Parameters<typeof module.throughOffices>) =>
      planted.hole && everybody.includes(planted.hole) ? undefined : module.throughOffices(...of),
    documentVisible: (...of: Parameters<typeof module.documentVisible>) =>
      isOpen('file') ? sql<boolean>`true` : module.documentVisible(...of),
    notClosedTo: (...of: Parameters<typeof module.notClosedTo>) =>
      isOpen('closed') ? sql<boolean>`true` : module.notClosedTo(...of),
  }
})
vi.mock('../../src/offices/requests/staff/inbox/store.ts', async real => {
  const module = await real<typeof import('../../src/offices/requests/staff/inbox/store.ts')>()
  return {
    ...module,
    countInbox: async (...[tx, ...rest]: Parameters<typeof module.countInbox>) => {
      const counts = await module.countInbox(tx, ...rest)
      if (!isOpen('count')) return counts
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from request where municipality_id = ${tx.town}`.execute(tx.q)
      return { ...counts, late: rows[0]?.n ?? 0, mine: rows[0]?.n ?? 0, office: rows[0]?.n ?? 0 }
    },
  }
})
vi.mock('../../src/offices/api/keys.ts', async real => {
  const module = await real<typeof import('../../src/offices/api/keys.ts')>()
  return {
    ...module,
    rememberPartners: (...of: Parameters<typeof module.rememberPartners>) => {
      const keeper = module.rememberPartners(...of)
      return {
        ...keeper,
        async partnerOf(town: string, key: string) {
          const found = await keeper.partnerOf(town, key)
          return found && isOpen('scope') && found.actor.kind === 'partner'
            ? { ...found, actor: { ...found.actor, scopes: ['requests:read'] } }
            : found
        },
      }
    },
  }
})
vi.mock('../../src/offices/requests/lists.ts', async real => {
  const module = await real<typeof import('../../src/offices/requests/lists.ts')>()
  return {
    ...module,
    listRequests: async (...[tx, ...rest]: Parameters<typeof module.listRequests>) => {
      const lines = await module.listRequests(tx, ...rest)
      if (!isOpen('sort')) return lines
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from request where municipality_id = ${tx.town} and answers::text < 'z'`.execute(
        tx.q,
      )
      return lines.sort(
        (one, two) => ((one.number * (rows[0]?.n ?? 0)) % 7) - ((two.number * (rows[0]?.n ?? 0)) % 7),
      )
    },
  }
})
vi.mock('../../src/offices/people/search.ts', async real => {
  const module = await real<typeof import('../../src/offices/people/search.ts')>()
  const wide = <T extends { asHouse(why: string): T }>(tx: T): T =>
    isOpen('search') || isOpen('autocomplete') ? tx.asHouse('planted') : tx
  return {
    ...module,
    findPeople: (...[tx, ...rest]: Parameters<typeof module.findPeople>) =>
      module.findPeople(wide(tx), ...rest),
    searchPeople: (...[tx, ...rest]: Parameters<typeof module.searchPeople>) =>
      module.searchPeople(wide(tx), ...rest),
  }
})
vi.mock('../../src/offices/api/store.ts', async real => {
  const module = await real<typeof import('../../src/offices/api/store.ts')>()
  return {
    ...module,
    listFiled: (...[tx, actor, filter]: Parameters<typeof module.listFiled>) =>
      module.listFiled(
        tx,
        isOpen('export') ? { kind: 'partner', keyId: others.partner, scopes: ['requests:read'] } : actor,
        filter,
      ),
  }
})
vi.mock('../../src/offices/feedback/complaint-access.ts', async real => {
  const module = await real<typeof import('../../src/offices/feedback/complaint-access.ts')>()
  return {
    ...module,
    complaintVisible: (...of: Parameters<typeof module.complaintVisible>) =>
      isOpen('complaint') ? sql<boolean>`true` : module.complaintVisible(...of),
  }
})
vi.mock('../../src/offices/people/doorkeeper.ts', async real => {
  const module = await real<typeof import('../../src/offices/people/doorkeeper.ts')>()
  return {
    ...module,
    doorkeeper: (...of: Parameters<typeof module.doorkeeper>) => {
      const keeper = module.doorkeeper(...of)
      return {
        ...keeper,
        async visitorOf(town: string, token: string) {
          return (
            (await keeper.visitorOf(town, token)) ??
            (isOpen('other-town') ? await keeper.visitorOf(others.town, token) : undefined)
          )
        },
      }
    },
  }
})
vi.mock('../../src/kernel/access/mandate.ts', async real => {
  const module = await real<typeof import('../../src/kernel/access/mandate.ts')>()
  return {
    ...module,
    mandates: (...of: Parameters<typeof module.mandates>) => isOpen('mandate') || module.mandates(...of),
  }
})
vi.mock('../../src/web/page.tsx', async real => {
  const module = await real<typeof import('../../src/web/page.tsx')>()
  return {
    ...module,
    showPage: (...of: Parameters<typeof module.showPage>) => {
      const page = module.showPage(...of)
      if (isOpen('cache')) page.headers.set('cache-control', 'public, max-age=300')
      return page
    },
  }
})
vi.mock('../../src/web/errors.tsx', async real => {
  const module = await real<typeof import('../../src/web/errors.tsx')>()
  return {
    ...module,
    showError: async (...[call, error]: Parameters<typeof module.showError>) => {
      const shown = await module.showError(call, error)
      const id = Object.values(call.params)[0] ?? ''
      if (!isOpen('existence') || shown.status !== 404 || !ground.ledger.ids.has(id)) return shown
      return new Response(await shown.text(), { status: 403, headers: shown.headers })
    },
  }
})
vi.mock('../../src/offices/requests/drafts.ts', async real => {
  const module = await real<typeof import('../../src/offices/requests/drafts.ts')>()
  return {
    ...module,
    discardDraft: async (...[tx, draftId, owner]: Parameters<typeof module.discardDraft>) => {
      if (!isOpen('ownership')) return module.discardDraft(tx, draftId, owner)
      await sql`delete from draft where municipality_id = ${tx.town} and draft_id = ${draftId}`.execute(tx.q)
    },
  }
})
vi.mock('../../src/offices/looks/gate.ts', async real => {
  const module = await real<typeof import('../../src/offices/looks/gate.ts')>()
  return {
    ...module,
    lookInto: (...of: Parameters<typeof module.lookInto>) =>
      isOpen('gate') ? Promise.resolve({ kind: 'visit' as const }) : module.lookInto(...of),
  }
})

const nowhere = '00000000-0000-7000-8000-0000000000ff'
const others = { town: '', partner: '' }
const db = await testDatabase()
let ground: Awaited<ReturnType<typeof aGround>>
let visitors: Map<string, Visitor>
let pool: Pool
const caught: { hole: string; by: string; wall: 'stops it' | 'does not see it' }[] = []

const asksAt = (at: readonly string[], method: 'get' | 'post'): Ask[] =>
  pool.asks.filter(({ route, path }) => route.method === method && at.some(each => path.startsWith(each)))

/** What is answered with a hole open; the reference is asked when it is shut again. */
async function withHole<T>(hole: string, wallLowered: boolean, work: () => Promise<T>): Promise<T> {
  Object.assign(planted, { hole, wallLowered })
  try {
    return await work()
  } finally {
    Object.assign(planted, { hole: undefined, wallLowered: false })
  }
}

async function leaksOf({ hole, who, at, find }: Hole, wallLowered: boolean): Promise<string[]> {
  const visitor = visitors.get(who)
  if (!visitor) throw new Error(`nobody is ${who}`)
  const result = aResult()
  for (const ask of asksAt(at, find === 'rows' ? 'post' : 'get'))
    await (find === 'rows' ? actOne : askOne)({ ...ground, pool }, visitor, ask, result, work =>
      withHole(hole, wallLowered, work),
    )
  return told(result.leaks)
}

const differing = new Map<string, { clean: string; open: string; lowered: string }>()

beforeAll(async () => {
  ground = await aGround(db)
  const there = await ground.c()
  others.town = ground.two.town.id
  others.partner = ground.partner.id
  const all = [...ground.visitors, ...(await foreigners(ground.two, there))]
  visitors = new Map(all.map(each => [each.name, each]))
  // The program that filed has its key narrowed: what it filed it may read no more.
  const key = visitors.get('partner') as Visitor
  visitors.set('partner', {
    ...key,
    actor: { kind: 'partner', keyId: ground.partner.id, scopes: ['catalogue:read'] },
  })
  await sql`update api_key set scopes = array['catalogue:read'] where key_id = ${ground.partner.id}`.execute(
    db.owner,
  )
  causesFor(all, ground.ledger.units)
  pool = ground.poolOf()
  for (const word of [aWord('a name'), aWord('a name').slice(0, 3)])
    pool.link(`/office/search?q=${encodeURIComponent(word)}`)
  ground.undoing.undo(true)
  for (const { hole, who, at } of byComparison) differing.set(hole, await answersOf(hole, who, at))
  ground.undoing.undo(false)
  await ground.b()
  ground.undoing.undo(true)
}, 600_000)

async function answersOf(hole: string, who: string, at: string) {
  const visitor = visitors.get(who) as Visitor
  const [ask] = asksAt([at], 'get').filter(({ path }) => path === at)
  if (!ask) throw new Error(`nothing is at ${at}`)
  const one = (open: string, lowered: boolean): Promise<string> =>
    withHole(open, lowered, async () =>
      plain((await askOne({ ...ground, pool }, visitor, ask, aResult())) as Answered),
    )
  return { clean: await one('none', false), open: await one(hole, false), lowered: await one(hole, true) }
}

describe('a planted hole', () => {
  test.each(holes)('$hole is caught, and its absence is clean', { timeout: 300_000 }, async hole => {
    expect(await leaksOf({ ...hole, hole: 'none' }, false)).toEqual([])
    const alone = await leaksOf(hole, false)
    const found = alone.length > 0 ? alone : await leaksOf(hole, true)
    expect(found).not.toEqual([])
    caught.push({
      hole: hole.hole,
      by: found[0] ?? '',
      wall: alone.length > 0 ? 'does not see it' : 'stops it',
    })
  })

  test.each(byComparison)(
    '$hole is caught by comparing a town without and with what is not reached',
    { timeout: 300_000 },
    async ({ hole, who, at }) => {
      const before = differing.get(hole)
      const after = await answersOf(hole, who, at)
      expect(after.clean).toBe(before?.clean)
      expect(after.lowered).not.toBe(before?.lowered)
      caught.push({
        hole,
        by: `get ${at} is answered otherwise`,
        wall: after.open === before?.open ? 'stops it' : 'does not see it',
      })
    },
  )

  test('existence told by an error is caught by asking for what never was', {
    timeout: 300_000,
  }, async () => {
    const visitor = visitors.get('stranger') as Visitor
    const [ask] = asksAt(['/my/requests/'], 'get')
    if (!ask) throw new Error('no request is known')
    const other = { ...ask, path: ask.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, newId(db.clock.now())) }
    const one = (hole: string, of: Ask) =>
      withHole(hole, false, async () => (await askOne({ ...ground, pool }, visitor, of, aResult())).status)
    expect(await one('none', ask)).toBe(await one('none', other))
    expect(await one('existence', ask)).not.toBe(await one('existence', other))
    caught.push({
      hole: 'existence',
      by: 'get /my/requests/:id is answered otherwise than for an id that never was',
      wall: 'does not see it',
    })
    keepHoles(caught)
  })
})
