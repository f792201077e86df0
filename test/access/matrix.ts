import { may } from '../../src/kernel/access/index.ts'
import type { Route } from '../../src/web/route.ts'
import { actOne, askOne, type Ground, type Result } from './judge.ts'
import type { Answered } from './knock.ts'
import { formsOf, linksOf } from './pages.ts'
import type { Ask, Pool } from './pool.ts'
import type { Visitor } from './visitors.ts'

/** Runs what is to be asked a few at a time. */
export async function inTurns<T>(all: readonly T[], work: (each: T) => Promise<void>, at = 6): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: at }, async () => {
      while (next < all.length) {
        const each = all[next]
        next += 1
        if (each !== undefined) await work(each)
      }
    }),
  )
}

/** Asks every known address as every visitor, and goes on to whatever pages lead to, until nothing new is found. */
export async function askAll(
  ground: Ground,
  visitors: readonly Visitor[],
  result: Result,
  onAnswer?: (answered: Answered) => void,
): Promise<void> {
  const { pool } = ground
  const seen = new Map<string, number>()
  let from = 0
  while (from < pool.asks.length) {
    const until = pool.asks.length
    const asks = pool.asks.slice(from, until).filter(({ route }) => ['get', 'head'].includes(route.method))
    const pairs = asks.flatMap(ask =>
      visitors.filter(visitor => isWorthAsking(seen, visitor, ask)).map(visitor => ({ ask, visitor })),
    )
    await inTurns(pairs, async ({ ask, visitor }) => {
      const answered = await askOne(ground, visitor, ask, result)
      if (answered.said === 'shows' || answered.said === 'refuses') harvest(pool, answered)
      onAnswer?.(answered)
    })
    from = until
  }
}

/** Whom the door turns away whatever stands in the address is turned away twice, not for every id: no id is read before that. */
export function isWorthAsking(seen: Map<string, number>, visitor: Visitor, { route }: Ask): boolean {
  if (comesIn(visitor, route)) return true
  const key = `${visitor.name} ${route.method} ${route.address.pattern}`
  const times = seen.get(key) ?? 0
  seen.set(key, times + 1)
  return times < 2
}

/** Whether the door lets somebody in at a route at all, whatever the address names. */
export function comesIn({ actor }: Visitor, { access }: Route): boolean {
  if (access.who === 'everyone') return true
  if (access.who === 'partner') return actor.kind === 'partner' && actor.scopes.includes(access.scope)
  if (access.who === 'citizen') return actor.kind === 'citizen'
  return (
    (actor.kind === 'staff' || (access.who === 'citizen-or-staff' && actor.kind === 'citizen')) &&
    may(actor, access.may)
  )
}

function harvest(pool: Pool, { body, ask }: Answered): void {
  if (!body.startsWith('<!doctype html>')) return
  for (const href of linksOf(body)) pool.link(href)
  for (const form of formsOf(body, ask.path)) pool.form(form)
}

/** Sends every known form and act as every visitor, the fields as a page gave them, and looks at each row it would have changed. */
export async function actAll(ground: Ground, visitors: readonly Visitor[], result: Result): Promise<void> {
  const seen = new Map<string, number>()
  const asks = ground.pool.asks.filter(({ route }) => !['get', 'head', 'options'].includes(route.method))
  const pairs = asks.flatMap(ask =>
    visitors.filter(visitor => isWorthAsking(seen, visitor, ask)).map(visitor => ({ ask, visitor })),
  )
  await inTurns(pairs, ({ ask, visitor }) => actOne(ground, visitor, ask, result))
}
