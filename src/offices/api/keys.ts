import type { Doorkeeper, Visitor } from '../../web/actor.ts'

const freshMs = 3_000
const mostKept = 1_000

type Kept = { readAt: number; visitor: Promise<Visitor | undefined> }

/** A doorkeeper that knows a partner's key for a few seconds after it was last looked up: one withdrawn is refused that much later. */
export function rememberPartners(keeper: Doorkeeper): Doorkeeper {
  const known = new Map<string, Kept>()
  return {
    ...keeper,
    partnerOf(town, key) {
      const id = `${town} ${key}`
      const found = known.get(id)
      if (found && performance.now() - found.readAt < freshMs) return found.visitor
      const visitor = keeper.partnerOf(town, key)
      if (known.size >= mostKept) known.clear()
      known.set(id, { readAt: performance.now(), visitor })
      // A key nobody has is not kept: who tries many of them fills nothing, and one just made is let in.
      visitor.then(
        each => each ?? known.delete(id),
        () => known.delete(id),
      )
      return visitor
    },
  }
}
