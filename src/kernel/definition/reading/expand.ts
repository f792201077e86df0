import type { Finding, Path } from '../faults.ts'
import {
  type CommonPart,
  type Commons,
  faultyCommon,
  isMapping,
  parameterForm,
  readCommon,
  useForm,
} from './common.ts'
import {
  type At,
  count,
  type Inside,
  type Origin,
  originOf,
  Placed,
  type Run,
  Stop,
  sizeOf,
  stop,
} from './expansion.ts'
import { deepestNesting } from './yaml.ts'

export type { Origin } from './expansion.ts'

export type Expanded =
  | { ok: true; value: unknown; originOf(path: Path): Origin; uses: string[] }
  | { ok: false; finding: Finding }

const deepestUse = 8

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
    const walked = walk(run, root, { place: undefined }, 0)
    const [value, start] =
      walked instanceof Placed ? [walked.value, walked.origin] : [walked, { path: [] } as Origin]
    return { ok: true, value, uses: [...run.uses].sort(), originOf: path => trace(run, value, start, path) }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, finding: error.finding }
    throw error
  }
}

/** Inside a part nothing has a place of its own: it stands where the part is used. */
const below = (at: At, key: string | number): At => (at.inside ? at : { place: { up: at.place, key } })

function walk(run: Run, node: unknown, at: At, depth: number): unknown {
  count(run, at, 1)
  if (typeof node === 'string') return at.inside ? parameter(run, node, at, at.inside) : node
  if (typeof node !== 'object' || node === null) return node
  if (depth > deepestNesting) stop(at, 'too-deep')
  if (Array.isArray(node)) return walkList(run, node, at, depth)
  const mapping = node as Record<string, unknown>
  return typeof mapping.use === 'string' && useForm.test(mapping.use)
    ? put(run, mapping.use, mapping, at, depth)
    : walkMapping(run, mapping, at, depth)
}

/** A scalar that is exactly `$name` is what was given under that name. */
function parameter(run: Run, text: string, at: At, inside: Inside): unknown {
  if (!text.startsWith('$')) return text
  const name = parameterForm.exec(text)?.[1]
  if (name === undefined) return text
  const given = inside.given.get(name)
  if (!given) return stop(at, 'part-parameter', { name, part: inside.way.at(-1) ?? '' })
  run.named.add(given)
  if (typeof given.value === 'object' && given.value !== null) count(run, at, sizeOf(given.value, run))
  return given
}

function walkList(run: Run, list: readonly unknown[], at: At, depth: number): unknown {
  const items: unknown[] = []
  const origins = new Map<number, Origin>()
  let isSame = true
  for (const [i, node] of list.entries()) {
    const child = walk(run, node, below(at, i), depth + 1)
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
    if (items.length !== i && !at.inside) origins.set(items.length, originOf(below(at, i)))
    items.push(child)
  }
  if (isSame) return list
  if (origins.size > 0) run.origins.set(items, origins)
  return items
}

function walkMapping(run: Run, mapping: Record<string, unknown>, at: At, depth: number): unknown {
  let made: [string, unknown][] | undefined
  const origins = new Map<string, Origin>()
  const entries = Object.entries(mapping)
  for (const [i, entry] of entries.entries()) {
    const [key, node] = entry
    const child = walk(run, node, below(at, key), depth + 1)
    if (child === node) {
      made?.push(entry)
      continue
    }
    made ??= entries.slice(0, i)
    if (!(child instanceof Placed)) made.push([key, child])
    else if (!isTakenAway(child, node)) {
      origins.set(key, child.origin)
      made.push([key, child.value])
    }
  }
  if (!made) return mapping
  const result = Object.fromEntries(made)
  if (origins.size > 0) run.origins.set(result, origins)
  return result
}

/** A parameter given as null takes away whatever it would have filled. */
const isTakenAway = (child: Placed, node: unknown): boolean =>
  child.value === null && typeof node === 'string'

/** Puts a part in, with its parameters filled and other keys laid over it. */
function put(run: Run, name: string, mapping: Record<string, unknown>, at: At, depth: number): Placed {
  const { use: _, with: given, ...more } = mapping
  const way = at.inside?.way ?? []
  if (way.includes(name)) return stop(at, 'part-circle', { way: [...way, name].join(' ← ') })
  if (way.length >= deepestUse) return stop(at, 'part-depth', { part: name, most: deepestUse })
  const part = partNamed(run, name, at)
  const origin: Origin = { path: originOf(at).path, part: name }
  const own = parametersOf(run, given, name, at, depth)
  const inside = { origin, given: new Map([...(at.inside?.given ?? []), ...own]), way: [...way, name] }
  const walked = fill(run, part, { place: at.place, inside }, depth)
  for (const [key, value] of own) {
    if (!run.named.has(value)) return stop(at, 'part-parameter-unknown', { name: key, part: name })
  }
  const placed = walked instanceof Placed ? walked : new Placed(walked, origin)
  for (const key in more) if (key) return layOver(run, placed, more, name, at, depth)
  return new Placed(placed.value, placed.origin, Array.isArray(placed.value))
}

/** A plain part is put in as it is, whole: nothing that reads a definition changes it. */
function fill(run: Run, { value, size, isPlain }: CommonPart, at: At, depth: number): unknown {
  if (!isPlain) return walk(run, value, at, depth + 1)
  count(run, at, size)
  return value
}

function partNamed(run: Run, name: string, at: At): CommonPart {
  const [, file = '', id = ''] = useForm.exec(name) ?? []
  const read = readCommon(file, run.commons)
  if (!read) return stop(at, 'part-unknown', { part: name })
  if (!read.ok) throw new Stop({ ...faultyCommon(file, read), path: originOf(at).path })
  const part = read.parts.get(id)
  if (part === undefined) return stop(at, 'part-unknown', { part: name })
  run.uses.add(file)
  return part
}

function parametersOf(run: Run, given: unknown, name: string, at: At, depth: number): Map<string, Placed> {
  const parameters = new Map<string, Placed>()
  if (given === undefined) return parameters
  if (!isMapping(given)) return stop(at, 'part-parameter-form', { part: name })
  const around = below(at, 'with')
  for (const [key, node] of Object.entries(given)) {
    const here = below(around, key)
    const value = walk(run, node, here, depth + 2)
    parameters.set(
      key,
      value instanceof Placed ? new Placed(value.value, value.origin) : new Placed(value, originOf(here)),
    )
  }
  return parameters
}

/** Keys beside `use` stand for those of the part, shallowly; null takes one away. */
function layOver(
  run: Run,
  placed: Placed,
  more: Record<string, unknown>,
  name: string,
  at: At,
  depth: number,
): Placed {
  if (!isMapping(placed.value)) return stop(at, 'part-keys', { part: name, key: Object.keys(more)[0] ?? '' })
  const made = new Map(Object.entries(placed.value))
  const origins = new Map(run.origins.get(placed.value))
  for (const [key, node] of Object.entries(more)) {
    const here = below(at, key)
    const child = walk(run, node, here, depth + 1)
    const value = child instanceof Placed ? child.value : child
    if (value === null) made.delete(key)
    else made.set(key, value)
    origins.set(key, child instanceof Placed ? child.origin : originOf(here))
  }
  const result = Object.fromEntries(made)
  run.origins.set(result, origins)
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
