import type { Hole } from './hole-list.ts'
import { actOne, aResult, askOne, type Ground } from './judge.ts'
import { plain } from './plain.ts'
import { withHole } from './planted.ts'
import type { Ask } from './pool.ts'
import { told } from './proof.ts'
import type { Visitor } from './visitors.ts'

/** Where holes are planted: the ground, and its visitors by name. */
export type Field = Ground & { visitors: ReadonlyMap<string, Visitor> }

export const asksAt = ({ pool }: Field, at: readonly string[], method: 'get' | 'post'): Ask[] =>
  pool.asks.filter(({ route, path }) => route.method === method && at.some(each => path.startsWith(each)))

/** What the proof says of the addresses of a hole while it is open. */
export async function leaksOf(
  field: Field,
  { hole, who, at, find }: Hole,
  wallLowered: boolean,
): Promise<string[]> {
  const visitor = field.visitors.get(who)
  if (!visitor) throw new Error(`nobody is ${who}`)
  const result = aResult()
  for (const ask of asksAt(field, at, find === 'rows' ? 'post' : 'get'))
    await (find === 'rows' ? actOne : askOne)(field, visitor, ask, result, work =>
      withHole(hole, wallLowered, work),
    )
  return told(result.leaks)
}

/** What an address answers as things are, with only the wall lowered, with a hole open, and with both. */
export async function answersOf(field: Field, { hole, who, at }: { hole: string; who: string; at: string }) {
  const visitor = field.visitors.get(who) as Visitor
  const [ask] = asksAt(field, [at], 'get').filter(({ path }) => path === at)
  if (!ask) throw new Error(`nothing is at ${at}`)
  const one = (open: string, lowered: boolean): Promise<string> =>
    withHole(open, lowered, async () => plain(await askOne(field, visitor, ask, aResult())))
  return {
    clean: await one('none', false),
    bare: await one('none', true),
    open: await one(hole, false),
    lowered: await one(hole, true),
  }
}
