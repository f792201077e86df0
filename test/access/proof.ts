import { mkdirSync, writeFileSync } from 'node:fs'
import type { TestDatabase } from '../database.ts'
import { causesFor } from './causes.ts'
import { aGround, foreigners } from './ground.ts'
import { aResult, type Result } from './judge.ts'
import { actAll, askAll } from './matrix.ts'
import type { Pool } from './pool.ts'
import type { Relation } from './reference.ts'
import { tableOf } from './table.ts'
import type { Visitor } from './visitors.ts'

export type Proof = {
  result: Result
  pool: Pool
  ground: Awaited<ReturnType<typeof aGround>>
  visitors: Visitor[]
}

/** Asks every route as each of these visitors: what is shown first, then what is done. */
export async function prove(
  db: TestDatabase,
  name: string,
  who: (visitor: Visitor) => boolean,
  onWay: (result: Result) => void = () => {},
): Promise<Proof> {
  const ground = await aGround(db)
  await ground.b()
  const there = await ground.c()
  const visitors = [...ground.visitors, ...(await foreigners(ground.two, there))].filter(who)
  causesFor(visitors, ground.ledger.units)
  ground.undoing.undo(true)
  const pool = ground.poolOf()
  const result = aResult()
  const telling = setInterval(() => onWay(result), 5_000)
  await askAll({ ...ground, pool }, visitors, result)
  await actAll({ ...ground, pool }, visitors, result)
  clearInterval(telling)
  onWay(result)
  ground.undoing.undo(false)
  await ground.undoing.close()
  const { asked, checks, leaks, cells } = result
  keep(name, {
    asked,
    checks,
    visitors: visitors.length,
    leaks: told(leaks),
    fails: result.fails,
    met: [...result.met].sort(),
    table: tableOf(ground.door.routes),
    cells: [...cells],
  })
  return { result, pool, ground, visitors }
}

/** How often something of a relation was shown to visitors of a heading. */
export const shownTo = ({ result }: Proof, group: string, relation: Relation): number =>
  result.cells.get(`${group}|${relation}`)?.shown ?? 0

/** Each leak once, with everybody it opened to. */
export function told(leaks: Result['leaks']): string[] {
  const by = new Map<string, Set<string>>()
  for (const { visitor, method, route, unit, kind, detail } of leaks) {
    const key = `${method} ${route}: ${kind === 'row' ? detail : kind} of ${unit}`
    by.set(key, (by.get(key) ?? new Set()).add(visitor))
  }
  return [...by].map(([key, who]) => `${key} → ${[...who].join('; ')}`).sort()
}

/** What one file of the proof leaves for whoever publishes it. */
export type Kept = {
  asked: number
  checks: number
  compared: number
  visitors: number
  leaks: string[]
  /** What answered a failure of ours. */
  fails: string[]
  /** The kinds of marks that somebody met. */
  met: string[]
  /** Every route of the program. */
  table: string[]
  cells: [string, { asked: number; shown: number }][]
}

/** Kept where `test/access/publish.ts` says; a run of the tests alone writes nothing. */
export function keep(name: string, part: Partial<Kept>): void {
  const folder = process.env.ACCESS_PROOF
  if (folder === undefined) return
  const whole: Kept = {
    asked: 0,
    checks: 0,
    compared: 0,
    visitors: 0,
    leaks: [],
    fails: [],
    met: [],
    table: [],
    cells: [],
    ...part,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${name}.json`, JSON.stringify(whole))
}

export type Caught = { hole: string; by: string; wall: 'stops it' | 'does not see it' }

/** The holes that were planted and by what each was caught, kept in the same way. */
export function keepHoles(name: string, holes: readonly Caught[]): void {
  const folder = process.env.ACCESS_PROOF
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/holes-${name}.json`, JSON.stringify(holes))
}
