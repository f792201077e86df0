import type { Route } from '../../src/web/route.ts'
import { editOf, nameOf, strayEdit, type Target, targetsOf } from './edits.ts'
import type { Base, Input } from './input.ts'
import type { Chance } from './words.ts'

/** How often every place is to be broken. */
export const wanted = 20

type Entry = { base: Base; target: Target | undefined; name: string }

/** Chooses what is broken next, so that every place is broken as often as every other, and counts it. */
export class Coverage {
  readonly counts = new Map<string, number>()
  readonly #entries: Entry[] = []
  readonly #routes: string[]
  readonly #ids: string[]

  constructor(routes: readonly Route[], bases: readonly Base[], columns: readonly string[]) {
    this.#routes = [
      ...new Set(
        routes
          .filter(({ method }) => method !== 'options')
          .map(each => `${each.method} ${each.address.pattern}`),
      ),
    ]
    this.#ids = [...columns]
    for (const base of bases) {
      const of = `${base.method} ${base.route}`
      const targets = targetsOf(base)
      this.#entries.push({ base, target: undefined, name: of })
      for (const target of targets)
        this.#entries.push({ base, target, name: `${of} ${nameOf(target, base)}` })
    }
    for (const { name } of this.#entries) this.counts.set(name, 0)
  }

  /** The least touched of some, broken in one place or a few. */
  next(chance: Chance): { input: Input; entry: Entry } {
    let entry = chance.pick(this.#entries)
    for (let turn = 0; turn < 11; turn++) {
      const other = chance.pick(this.#entries)
      if (this.#worth(other) < this.#worth(entry)) entry = other
    }
    const { base, target } = entry
    const edits = [target ? editOf(chance, target, this.#ids) : strayEdit(chance, base)]
    // An address that is broken as well is refused before anything else is read.
    const others = targetsOf(base).filter(({ at }) => at !== 'path')
    while (chance.next() < 0.25)
      edits.push(
        others.length > 0 && chance.next() < 0.8
          ? editOf(chance, chance.pick(others), this.#ids)
          : strayEdit(chance, base),
      )
    return { input: { ...base, edits }, entry }
  }

  /** Parts of addresses are read by few lines of code: they wait until the others have had their turns. */
  #worth({ name, target }: Entry): number {
    const count = this.counts.get(name) ?? 0
    return target?.at === 'path' && count >= wanted ? count * 4 : count
  }

  touched({ name }: Entry): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Names touched less often than that, and routes that nothing known leads to. */
  below(least: number): { places: string[]; routes: string[] } {
    const reached = new Set([...this.counts.keys()].map(name => name.split(' ').slice(0, 2).join(' ')))
    return {
      places: [...this.counts].filter(([, count]) => count < least).map(([name]) => name),
      routes: this.#routes.filter(each => !reached.has(each)),
    }
  }

  get places(): number {
    return this.counts.size
  }
  get routes(): { all: number; reached: number } {
    return { all: this.#routes.length, reached: this.#routes.length - this.below(0).routes.length }
  }

  told(): string {
    const { places } = this.below(wanted)
    return `${this.places - places.length} of ${this.places} places ${wanted} times or more`
  }
}
