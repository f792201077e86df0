import type { Door } from '../../src/web/door.ts'
import { keptAside, opened } from './exceptions.ts'
import { type Answered, knock } from './knock.ts'
import { type Kind, type Mark, Scanner } from './marks.ts'
import type { Ask, Pool } from './pool.ts'
import {
  isOneself,
  opensActs,
  opensByAddress,
  permits,
  permitsAct,
  type Relation,
  relationOf,
} from './reference.ts'
import type { Undoing } from './undo.ts'
import type { Visitor } from './visitors.ts'
import type { Ledger, Unit } from './worlds.ts'

export type Leak = {
  visitor: string
  method: string
  route: string
  path: string
  unit: string
  kind: Kind | 'row'
  detail: string
}
export type Result = {
  asked: number
  leaks: Leak[]
  fails: string[]
  /** How often each route was asked, and which routes anybody was shown. */
  routes: Map<string, number>
  shown: Set<string>
  /** By heading and relation: how often something of a unit was asked for, and how often shown. */
  cells: Map<string, { asked: number; shown: number }>
  /** The kinds of marks that anybody met. */
  met: Set<Kind>
  /** Questions by the units each might have told of, and rows an act changed by the units they are of. */
  checks: number
}

export const aResult = (): Result => ({
  asked: 0,
  leaks: [],
  fails: [],
  routes: new Map(),
  shown: new Set(),
  cells: new Map(),
  met: new Set(),
  checks: 0,
})

export type Ground = { door: Door; undoing: Undoing; ledger: Ledger; pool: Pool }

/** Which unit an address is about: the first of the town's ids in it, or in what is sent with it. */
export const aboutOf = (ask: Ask, ledger: Ledger): string | undefined => {
  const text = ask.path + JSON.stringify(ask.fields ?? [])
  for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g)) {
    const found = ledger.ids.get(id)
    if (found) return found.unit
  }
  for (const [secret, unit] of ledger.secrets) if (text.includes(secret)) return unit
  return undefined
}

/** Judges an answer: every mark in it must be one the reference lets this visitor meet here. */
export function judge(
  result: Result,
  { ledger }: Ground,
  scanner: Scanner,
  answered: Omit<Answered, 'marks'>,
): Answered {
  const { ask, visitor, said } = answered
  const { route } = ask
  const asked = decodeSafe(ask.path) + JSON.stringify(ask.fields ?? [])
  const marks = scanner.find(`${answered.head}\n${answered.body}`, asked)
  const units = new Map(ledger.units.map(unit => [unit.name, unit]))
  const name = `${route.method} ${route.address.pattern}`
  result.asked += 1
  result.checks += ledger.units.length
  result.routes.set(name, (result.routes.get(name) ?? 0) + 1)
  if (said === 'shows') result.shown.add(name)
  if (said === 'fails') result.fails.push(`${visitor.name}: ${name} ${ask.path} ${answered.status}`)
  const target = aboutOf(ask, ledger)
  for (const mark of marks) {
    result.met.add(mark.kind)
    const unit = units.get(mark.unit)
    if (!unit) continue
    if (permits(visitor, route, unit, mark.kind)) continue
    if (target !== undefined && units.get(target)?.world === unit.world && opensByAddress(route, mark.kind))
      continue
    result.leaks.push({
      visitor: visitor.name,
      method: route.method,
      route: route.address.pattern,
      path: ask.path,
      unit: unit.name,
      kind: mark.kind,
      detail: mark.text,
    })
  }
  if (
    marks.length > 0 &&
    route.access.who !== 'everyone' &&
    /^cache-control:.*public|^cache-control:(?!.*(no-store|private))/m.test(answered.head)
  )
    result.leaks.push({
      visitor: visitor.name,
      method: route.method,
      route: route.address.pattern,
      path: ask.path,
      unit: marks[0]?.unit ?? '',
      kind: 'row',
      detail: 'kept for others by caches, an answer',
    })
  const unit = target === undefined ? undefined : units.get(target)
  // What a code in the address opens says nothing of who asks.
  if (unit && !(route.address.pattern in opened))
    count(result, visitor, relationOf(visitor, unit), unit, marks)
  return { ...answered, marks }
}

function count(
  result: Result,
  visitor: Visitor,
  relation: Relation,
  unit: Unit,
  marks: readonly Mark[],
): void {
  const key = `${visitor.group}|${relation}`
  const cell = result.cells.get(key) ?? { asked: 0, shown: 0 }
  cell.asked += 1
  if (marks.some(mark => mark.unit === unit.name)) cell.shown += 1
  result.cells.set(key, cell)
}

const decodeSafe = (text: string): string => {
  try {
    return `${text} ${decodeURIComponent(text)}`
  } catch {
    return text
  }
}

type Around = <T>(work: () => Promise<T>) => Promise<T>
const plainly: Around = work => work()

/** One asking by one visitor; `around` runs the knock, so that what is judged after it is judged by modules as they are. */
export async function askOne(
  ground: Ground,
  visitor: Visitor,
  ask: Ask,
  result: Result,
  around = plainly,
): Promise<Answered> {
  return judge(result, ground, scannerOf(ground.ledger), await around(() => knock(ground.door, visitor, ask)))
}

/** One act by one visitor, and a look at each row it would have changed. */
export async function actOne(
  ground: Ground,
  visitor: Visitor,
  ask: Ask,
  result: Result,
  around = plainly,
): Promise<void> {
  const { ledger, undoing } = ground
  const units = new Map(ledger.units.map(unit => [unit.name, unit]))
  const { result: answered, changes } = await undoing.watch(() =>
    around(() => knock(ground.door, visitor, ask)),
  )
  judge(result, ground, scannerOf(ledger), answered)
  for (const { table, op, row } of changes) {
    const touched = [...unitsIn(row, ledger)].flatMap(name => units.get(name) ?? [])
    result.checks += touched.length
    // What was typed waits as it was typed, with whatever it names.
    const typed = op === 'INSERT' ? unitsIn(ask.path + JSON.stringify(ask.fields ?? []), ledger) : undefined
    if (keptAside.includes(table) && touched.every(unit => isOneself(visitor, unit) || typed?.has(unit.name)))
      continue
    if (opensActs(visitor, ask.route, touched)) continue
    // A row of a request names whose it is: who may act on the request touches nothing else of theirs by that.
    const reached = touched.filter(unit => permitsAct(visitor, ask.route, unit))
    for (const unit of touched) {
      if (reached.some(each => each === unit || (each.world === unit.world && unit.kind === 'person')))
        continue
      const { method, address } = ask.route
      result.leaks.push({
        visitor: visitor.name,
        method,
        route: address.pattern,
        path: ask.path,
        unit: unit.name,
        kind: 'row',
        detail: `${op} ${table}`,
      })
    }
  }
}

const scanners = new WeakMap<Ledger, { of: number; scanner: Scanner }>()
function scannerOf(ledger: Ledger): Scanner {
  const kept = scanners.get(ledger)
  if (kept?.of === ledger.marks.length) return kept.scanner
  const scanner = new Scanner(ledger.marks)
  scanners.set(ledger, { of: ledger.marks.length, scanner })
  return scanner
}

const unitsIn = (row: string, { ids }: Ledger): Set<string> =>
  new Set(
    [...row.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)].flatMap(
      ([id]) => ids.get(id)?.unit ?? [],
    ),
  )
