import type { Write } from './database/index.ts'

/** Values that many ask for and that hold for a few seconds, each of a town and by a key, for each house of this process. */
export type Keeper<T> = {
  /** The kept value, or a new one where there is none or it no longer holds; who asks meanwhile waits for the same one. */
  of(house: object, town: string, key: string, make: () => Promise<T>): Promise<T>
  /** All of a house is made anew: for tests, whose clock stands still. */
  forget(house: object): void
}

type Kept<T> = { readAt: number; changes: number; value: Promise<T> }

/** How often what a town shares was changed by this process. */
const changes = new Map<string, number>()

/**
 * Says that this transaction changes what the people of its town share: a setting, an amount, a service. Whoever asks this process
 * afterwards gets nothing from before; other processes learn of it when what they keep is too old.
 */
export function changeShared(tx: Pick<Write, 'town' | 'afterCommit'>): void {
  tx.afterCommit(() => changes.set(tx.town, (changes.get(tx.town) ?? 0) + 1))
}

/**
 * Keeps values for so many milliseconds, `most` of them in a house, of those worth it: what is quickly made need not be old. Only for what does not depend on who asks: a value is given to everybody
 * who asks by its key. What must hold in every process at once is never kept.
 */
export function keepFor<T>(
  freshMs: number,
  { most = 500, worthKeeping = () => true }: { most?: number; worthKeeping?: (value: T) => boolean } = {},
): Keeper<T> {
  const houses = new WeakMap<object, Map<string, Kept<T>>>()
  return {
    of(house, town, key, make) {
      const all = houses.get(house) ?? new Map<string, Kept<T>>()
      houses.set(house, all)
      const whole = `${town} ${key}`
      const found = all.get(whole)
      const now = { readAt: performance.now(), changes: changes.get(town) ?? 0 }
      if (found && now.readAt - found.readAt < freshMs && found.changes === now.changes) return found.value
      if (all.size >= most) all.clear()
      const kept = { ...now, value: make() }
      all.set(whole, kept)
      const drop = () => void (all.get(whole) === kept && all.delete(whole))
      kept.value.then(value => worthKeeping(value) || drop(), drop)
      return kept.value
    },
    forget: house => void houses.delete(house),
  }
}
