/** What putting parts into a text keeps track of: how much there is, and where each value was written. */

import type { Finding, Path } from '../faults.ts'
import type { Commons } from './common.ts'

/** Where a place of the expanded text was written: in the service itself, or in a part that is used there. */
export type Origin = { path: Path; part?: string }

export type Run = {
  commons: Commons
  nodes: number
  /** Nodes of what was given as a parameter: it may be put in many places. */
  sizes: WeakMap<object, number>
  /** Where children were written that do not simply stand below their parent in the same text. */
  origins: WeakMap<object, Map<string | number, Origin>>
  /** Names of the common files used. */
  uses: Set<string>
  /** What was given and is put in somewhere. */
  named: Set<Placed>
}

/** A place of the service's own text, from the inside out: paths are written only when somebody asks. */
export type Place = { up: Place; key: string | number } | undefined

/** The part being put in: where it is used, what was given to it and to those around it, and their names. */
export type Inside = { origin: Origin; given: ReadonlyMap<string, Placed>; way: readonly string[] }

/** Where the walk is: in the service's own text, or in a part. */
export type At = { place: Place; inside?: undefined } | { place: Place; inside: Inside }

/** A value that was written elsewhere than its parent. */
export class Placed {
  readonly value: unknown
  readonly origin: Origin
  /** A list put in the place of one item of a list becomes items of it. */
  readonly splice: boolean

  constructor(value: unknown, origin: Origin, splice = false) {
    this.value = value
    this.origin = origin
    this.splice = splice
  }
}

/** Ends the expansion with a fault. */
export class Stop extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}

export function pathOf(place: Place): Path {
  const path: (string | number)[] = []
  for (let at = place; at; at = at.up) path.push(at.key)
  return path.reverse()
}

export const originOf = ({ place, inside }: At): Origin => inside?.origin ?? { path: pathOf(place) }

export function stop(at: At, code: Finding['code'], values?: Finding['values']): never {
  throw new Stop({ path: originOf(at).path, code, ...(values && { values }) })
}

const mostNodes = 20_000

/** A service with its parts has a bound. */
export function count(run: Run, at: At, nodes: number): void {
  run.nodes += nodes
  if (run.nodes > mostNodes) stop(at, 'part-size', { most: mostNodes })
}

export function sizeOf(value: unknown, run: Run): number {
  if (typeof value !== 'object' || value === null) return 1
  let size = run.sizes.get(value)
  if (size === undefined) {
    size = Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item, run), 1)
    run.sizes.set(value, size)
  }
  return size
}
