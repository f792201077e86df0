/** What many things say alike, said once: each is of one kind, counted from 1, and each column has one value for a kind. */
export type Alike = { kinds: number[]; columns: unknown[][] }

/** Of a batch nearly all say the same, so that a column of kinds is short, and what is alike is neither sent nor read hundreds of times. */
export function alike<Thing>(things: readonly Thing[], say: (thing: Thing) => readonly unknown[]): Alike {
  const known: (readonly unknown[])[] = []
  const kinds = things.map(thing => {
    const said = say(thing)
    const found = known.findIndex(other => other.every((value, at) => same(value, said[at])))
    return found < 0 ? known.push(said) : found + 1
  })
  return { kinds, columns: (known[0] ?? []).map((_, at) => known.map(said => said[at])) }
}

const same = (one: unknown, other: unknown): boolean =>
  one === other || (one instanceof Date && other instanceof Date && one.getTime() === other.getTime())
