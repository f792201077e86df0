import type { Finding, Path } from '../faults.ts'
import { type Commons, faultyCommon, isMapping, readCommon } from './common.ts'
import { deepestNesting } from './yaml.ts'

/** Where a place of the expanded text was written: in the service itself, or in a part that is used there. */
export type Origin = { path: Path; part?: string }

export type Expanded =
  | { ok: true; value: unknown; originOf(path: Path): Origin; uses: string[] }
  | { ok: false; finding: Finding }

const deepestUse = 8
const mostNodes = 20_000

const useForm = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)$/
const parameterForm = /^\$([A-Za-z][A-Za-z0-9-]*)$/

/** Puts the parts of the common files where the text names them: a mapping `{ use: NAME.part-id, …more }` stands for that part. */
export function expand(root: unknown, commons: Commons): Expanded {
  const run: Run = {
    commons,
    nodes: 0,
    sizes: new WeakMap(),
    origins: new WeakMap(),
    uses: new Set(),
    named: new Set(),
  }
  try {
    const walked = walk(root, { run, place: undefined, inside: undefined, depth: 0 })
    const [value, start] =
      walked instanceof Placed ? [walked.value, walked.origin] : [walked, { path: [] } as Origin]
    return { ok: true, value, uses: [...run.uses].sort(), originOf: path => trace(run, value, start, path) }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, finding: error.finding }
    throw error
  }
}

type Run = {
  commons: Commons
  nodes: number
  /** Nodes of what was given as a parameter: it may be put in many places. */
  sizes: WeakMap<object, number>
  /** Where children were written that do not simply stand below their parent in the same text. */
  origins: WeakMap<object, Map<string | number, Origin>>
  uses: Set<string>
  /** What was given and is put in somewhere. */
  named: Set<Placed>
}

/** A place of the service's own text, from the inside out: paths are written only when somebody asks. */
type Place = { up: Place | undefined; key: string | number } | undefined

/** The part being put in: where it is used, what it was given, and the parts around it. */
type Inside = {
  origin: Origin
  /** What was given here, and to the parts around it. */
  given: ReadonlyMap<string, Placed>
  way: readonly string[]
}

type At = { run: Run; place: Place; inside: Inside | undefined; depth: number }

/** A value that was written elsewhere than its parent. */
class Placed {
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

class Stop extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}

function pathOf(place: Place): Path {
  const path: (string | number)[] = []
  for (let at = place; at; at = at.up) path.push(at.key)
  return path.reverse()
}

const originHere = (at: At): Origin => at.inside?.origin ?? { path: pathOf(at.place) }

function stop(at: At, code: Finding['code'], values?: Finding['values']): never {
  throw new Stop({ path: originHere(at).path, code, ...(values && { values }) })
}

function count(at: At, nodes: number): void {
  at.run.nodes += nodes
  if (at.run.nodes > mostNodes) stop(at, 'part-size', { most: mostNodes })
}

const below = (at: At, key: string | number): At => ({
  ...at,
  place: at.inside ? at.place : { up: at.place, key },
  depth: at.depth + 1,
})

function walk(node: unknown, at: At): unknown {
  count(at, 1)
  if (typeof node === 'string') return at.inside ? parameter(node, at, at.inside) : node
  if (typeof node !== 'object' || node === null) return node
  if (at.depth > deepestNesting) stop(at, 'too-deep')
  if (Array.isArray(node)) return walkList(node, at)
  const mapping = node as Record<string, unknown>
  return typeof mapping.use === 'string' && useForm.test(mapping.use)
    ? put(mapping.use, mapping, at)
    : walkMapping(mapping, at)
}

/** A scalar that is exactly `$name` is what was given under that name. */
function parameter(text: string, at: At, inside: Inside): unknown {
  const name = parameterForm.exec(text)?.[1]
  if (name === undefined) return text
  const given = inside.given.get(name)
  if (!given) return stop(at, 'part-parameter', { name, part: inside.way.at(-1) ?? '' })
  at.run.named.add(given)
  if (typeof given.value === 'object' && given.value !== null) count(at, sizeOf(given.value, at.run))
  return given
}

function sizeOf(value: unknown, run: Run): number {
  if (typeof value !== 'object' || value === null) return 1
  let size = run.sizes.get(value)
  if (size === undefined) {
    size = Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item, run), 1)
    run.sizes.set(value, size)
  }
  return size
}

function walkList(list: readonly unknown[], at: At): unknown {
  const items: unknown[] = []
  const origins = new Map<number, Origin>()
  let isSame = true
  for (const [i, node] of list.entries()) {
    const here = below(at, i)
    const child = walk(node, here)
    if (child instanceof Placed) {
      isSame = false
      if (isTakenAway(child, node)) continue
      for (const item of child.splice ? (child.value as unknown[]) : [child.value]) {
        origins.set(items.length, child.origin)
        items.push(item)
      }
      continue
    }
    if (child !== node) isSame = false
    if (items.length !== i && !at.inside) origins.set(items.length, { path: pathOf(here.place) })
    items.push(child)
  }
  if (isSame) return list
  if (origins.size > 0) at.run.origins.set(items, origins)
  return items
}

function walkMapping(mapping: Record<string, unknown>, at: At): unknown {
  const entries: [string, unknown][] = []
  const origins = new Map<string, Origin>()
  let isSame = true
  for (const [key, node] of Object.entries(mapping)) {
    const child = walk(node, below(at, key))
    if (child !== node) isSame = false
    if (child instanceof Placed) {
      if (isTakenAway(child, node)) continue
      origins.set(key, child.origin)
      entries.push([key, child.value])
    } else entries.push([key, child])
  }
  if (isSame) return mapping
  const made = Object.fromEntries(entries)
  if (origins.size > 0) at.run.origins.set(made, origins)
  return made
}

/** A parameter given as null takes away whatever it would have filled. */
const isTakenAway = (child: Placed, node: unknown): boolean =>
  child.value === null && typeof node === 'string'

/** Puts a part in, with its parameters filled and other keys laid over it. */
function put(name: string, mapping: Record<string, unknown>, at: At): Placed {
  const { use: _, with: given, ...more } = mapping
  const way = at.inside?.way ?? []
  if (way.includes(name)) return stop(at, 'part-circle', { way: [...way, name].join(' ← ') })
  if (way.length >= deepestUse) return stop(at, 'part-depth', { part: name, most: deepestUse })
  const part = partNamed(name, at)
  const own = parametersOf(given, name, at)
  const inside: Inside = {
    origin: { path: originHere(at).path, part: name },
    given: new Map([...(at.inside?.given ?? []), ...own]),
    way: [...way, name],
  }
  const walked = walk(part, { ...at, inside, depth: at.depth + 1 })
  for (const [key, value] of own) {
    if (!at.run.named.has(value)) return stop(at, 'part-parameter-unknown', { name: key, part: name })
  }
  const placed = walked instanceof Placed ? walked : new Placed(walked, inside.origin)
  if (Object.keys(more).length > 0) return layOver(placed, more, name, at)
  return new Placed(placed.value, placed.origin, Array.isArray(placed.value))
}

function partNamed(name: string, at: At): unknown {
  const [, file = '', id = ''] = useForm.exec(name) ?? []
  const text = at.run.commons.get(file)
  if (text === undefined) return stop(at, 'part-unknown', { part: name })
  const read = readCommon(file, text)
  if (!read.ok) throw new Stop({ ...faultyCommon(file, read), path: originHere(at).path })
  const part = read.parts.get(id)
  if (part === undefined) return stop(at, 'part-unknown', { part: name })
  at.run.uses.add(file)
  return part
}

function parametersOf(given: unknown, name: string, at: At): Map<string, Placed> {
  if (given === undefined) return new Map()
  if (!isMapping(given)) return stop(at, 'part-parameter-form', { part: name })
  const around = below(at, 'with')
  return new Map(
    Object.entries(given).map(([key, node]) => {
      const here = below(around, key)
      const value = walk(node, here)
      return [key, value instanceof Placed ? value : new Placed(value, originHere(here))]
    }),
  )
}

/** Keys beside `use` stand for those of the part, shallowly; null takes one away. */
function layOver(placed: Placed, more: Record<string, unknown>, name: string, at: At): Placed {
  if (!isMapping(placed.value)) return stop(at, 'part-keys', { part: name, key: Object.keys(more)[0] ?? '' })
  const made = new Map(Object.entries(placed.value))
  const origins = new Map(at.run.origins.get(placed.value))
  for (const [key, node] of Object.entries(more)) {
    const here = below(at, key)
    const child = walk(node, here)
    const value = child instanceof Placed ? child.value : child
    if (value === null) made.delete(key)
    else made.set(key, value)
    origins.set(key, child instanceof Placed ? child.origin : originHere(here))
  }
  const result = Object.fromEntries(made)
  at.run.origins.set(result, origins)
  return new Placed(result, placed.origin)
}

/** Follows a path of the expanded value back to where it was written; what a part brought along stands where the part is used. */
function trace(run: Run, root: unknown, start: Origin, path: Path): Origin {
  let origin = start
  let node = root
  for (const key of path) {
    const moved = typeof node === 'object' && node !== null ? run.origins.get(node)?.get(key) : undefined
    if (moved) origin = moved
    else if (origin.part === undefined) origin = { path: [...origin.path, key] }
    node =
      isMapping(node) || Array.isArray(node) ? (node as Record<string | number, unknown>)[key] : undefined
  }
  return origin
}
