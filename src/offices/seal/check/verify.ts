import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Finding } from '../../treasury/index.ts'
import { type Kind, kinds, originOf } from '../model.ts'
import { knownKeys } from '../store.ts'
import { readVerifier, type Verifier, verifierOf } from '../tree/note.ts'
import { checkpointsOf, judgeKind, leavesOf, nodesOf, orphansOf } from './database.ts'
import { type Judged, join } from './judge.ts'
import { judgeTree, type OutsideCheckpoint } from './tree.ts'

/** Who is told what is found and how much was looked at, and what was kept outside. */
export type Telling = {
  found(finding: Finding): void
  counted(what: string, number: number): void
  outside: readonly OutsideCheckpoint[]
}

/** A town whose entries wait longer than this for their place has nobody who seals. */
const patienceMs = 60 * 60 * 1000

/**
 * Holds what is recorded against the town's sealed log: every row against its leaf, every leaf against the tiles and the signed checkpoints,
 * the checkpoints against those that were kept outside.
 */
export async function verifyRecord(
  house: Pick<House, 'database' | 'server' | 'crypto' | 'clock'>,
  town: { id: string; slug: string },
  { found, counted, outside }: Telling,
): Promise<void> {
  const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => house.database.read(town.id, work)
  const checkpoints = await read(checkpointsOf)
  const keys = house.crypto.signers(town.id).map(each => verifierOf(originOf(town.slug), each.publicKey))
  const tree = {
    slug: town.slug,
    checkpoints,
    outside,
    keys,
    earlierKeys: readKeys((await read(knownKeys)).map(each => each.verifier)),
    nodes: await read(nodesOf),
    leaves: leavesOf(house.database, town.id),
  }
  const { leaves } = await judgeTree(tree, found)
  const judged: Judged[] = []
  const orphans: Record<Kind, { id: string; place: number }[]> = {
    audit: [],
    document: [],
    certificate: [],
    receipt: [],
  }
  let placed = 0
  for (const kind of kinds) {
    const each = await judgeKind(house, town.id, kind, checkpoints)
    placed += each.entries - each.waiting
    judged.push(each)
    if (kind === 'audit') counted('audit entries', each.entries)
  }
  if (placed !== leaves) for (const kind of kinds) orphans[kind] = await read(tx => orphansOf(tx, kind))
  const all = join(judged)
  settle(all, orphans, house.clock.now(), found)
  const lawful = new Set([...all.erased, ...all.released.map(each => each.of)]).size
  if (lawful > 0) counted('lawfully erased', lawful)
  counted('sealed', leaves)
  counted('checkpoints', checkpoints.length)
}

export const readKeys = (texts: readonly string[]): Verifier[] =>
  texts.map(readVerifier).filter(key => key !== undefined)

/** What can be said only once every row was seen. */
export function settle(
  judged: Judged,
  orphans: Readonly<Record<Kind, readonly { id: string; place: number }[]>>,
  now: Date,
  found: (finding: Finding) => void,
): void {
  const erased = new Set(judged.erased)
  const released = new Map<string, Set<string>>()
  for (const { of, as } of judged.released) {
    const left = released.get(of) ?? new Set()
    released.set(of, as ? left.add(as) : left)
  }
  for (const finding of judged.findings)
    if (finding.code !== 'sealed-entry-changed' || !lawfullyEmptied(finding, released)) found(finding)
  for (const id of judged.emptied)
    if (!erased.has(id)) found({ code: 'audit-personal-missing', subject: id, details: {} })
  for (const kind of kinds)
    for (const { id, place } of orphans[kind])
      if (kind === 'audit' || !released.has(`${kind}/${id}`))
        found({ code: 'sealed-entry-deleted', subject: id, details: { kind, leaf: place } })
  const { oldestWaiting, waiting } = judged
  if (oldestWaiting && oldestWaiting.getTime() < now.getTime() - patienceMs)
    found({ code: 'seal-behind', subject: 'town', details: { waiting, oldest: oldestWaiting.toISOString() } })
}

/**
 * A row that was lawfully emptied is not what was sealed any more: it says so, a sealed act does, and it is what that act left of it. What the
 * audit itself says is never excused.
 */
function lawfullyEmptied({ subject, details }: Finding, released: ReadonlyMap<string, Set<string>>): boolean {
  const left = released.get(`${details.kind}/${subject}`)
  if (!left || details.kind === 'audit' || details.emptied !== true) return false
  return left.size === 0 || left.has(String(details.now))
}
