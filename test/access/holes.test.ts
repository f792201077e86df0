import { sql } from 'kysely'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '../../src/lib/ids.ts'
import { testDatabase } from '../database.ts'
import { causesFor } from './causes.ts'
import { aGround, foreigners } from './ground.ts'
import { answersOf, asksAt, type Field, leaksOf } from './hole-kit.ts'
import { byComparison, holes } from './hole-list.ts'
import { aResult, askOne } from './judge.ts'
import { aWord } from './marks.ts'
import { isOpen, planted, withHole } from './planted.ts'
import type { Ask } from './pool.ts'
import { type Caught, keepHoles } from './proof.ts'
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
  const everybody = ['list', 'file', 'relation', 'search', 'autocomplete']
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
vi.mock('../../src/offices/requests/citizen/mine/store.ts', async real => {
  const module = await real<typeof import('../../src/offices/requests/citizen/mine/store.ts')>()
  return {
    ...module,
    // Their own requests only, in an order that hangs on how many the town has besides.
    myRequests: async (...[tx, ...rest]: Parameters<typeof module.myRequests>) => {
      const lines = await module.myRequests(tx, ...rest)
      if (!isOpen('sort')) return lines
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from request where municipality_id = ${tx.town}`.execute(tx.q)
      return (rows[0]?.n ?? 0) > lines.length ? lines.reverse() : lines
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
let field: Field
const caught: Caught[] = []

const differing = new Map<string, Awaited<ReturnType<typeof answersOf>>>()

beforeAll(async () => {
  ground = await aGround(db)
  const there = await ground.c()
  others.town = ground.two.town.id
  others.partner = ground.partner.id
  const all = [...ground.visitors, ...(await foreigners(ground.two, there))]
  const visitors = new Map(all.map(each => [each.name, each]))
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
  const pool = ground.poolOf()
  field = { ...ground, pool, visitors }
  for (const word of [aWord('a name'), aWord('a name').slice(0, 3)])
    pool.ask(`/office/search?q=${encodeURIComponent(word)}`)
  ground.undoing.undo(true)
  for (const { hole, who, at } of byComparison) differing.set(hole, await answersOf(field, { hole, who, at }))
  ground.undoing.undo(false)
  await ground.b()
  ground.undoing.undo(true)
}, 600_000)

describe('a planted hole', () => {
  test.each(holes)('$hole is caught, and its absence is clean', { timeout: 300_000 }, async hole => {
    expect(await leaksOf(field, { ...hole, hole: 'none' }, false)).toEqual([])
    expect(await leaksOf(field, { ...hole, hole: 'none' }, true)).toEqual([])
    const alone = await leaksOf(field, hole, false)
    const found = alone.length > 0 ? alone : await leaksOf(field, hole, true)
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
      const after = await answersOf(field, { hole, who, at })
      expect(after.clean).toBe(before?.clean)
      expect(after.bare).toBe(before?.bare)
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
    const visitor = field.visitors.get('stranger') as Visitor
    const [ask] = asksAt(field, ['/my/requests/'], 'get')
    if (!ask) throw new Error('no request is known')
    const other = { ...ask, path: ask.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, newId(db.clock.now())) }
    const one = (hole: string, of: Ask) =>
      withHole(hole, false, async () => (await askOne(field, visitor, of, aResult())).status)
    expect(await one('none', ask)).toBe(await one('none', other))
    expect(await one('existence', ask)).not.toBe(await one('existence', other))
    caught.push({
      hole: 'existence',
      by: 'get /my/requests/:id is answered otherwise than for an id that never was',
      wall: 'does not see it',
    })
    keepHoles('shown', caught)
  })
})
