import { canonicalText, erasedAct, saltedHash } from '../../audit/index.ts'
import type { Finding } from '../../treasury/index.ts'
import { type Kind, type Row, releasedAct, releasedAs } from '../model.ts'
import { bytesOf } from '../store.ts'
import { leafHash, leafHexOf } from '../tree/merkle.ts'

/** A row of a register with its place in the log and the hash that stands there, where it has one. */
export type PlacedRow = Row & { entry_id: string; place: number | null; sealed: Buffer | null }

/** When the log came to which size, in order. */
export type Sealing = { size: number; at: Date }

/** What came of judging rows; those of several readers are joined. */
export type Judged = {
  entries: number
  waiting: number
  oldestWaiting: Date | undefined
  findings: Finding[]
  /** Audit rows that lack personal fields they were written with, and those an act says were lawfully emptied. */
  emptied: string[]
  erased: string[]
  /** What a sealed act says was lawfully taken away: `KIND/ID`, and the hash of what was left of it where the act says that. */
  released: { of: string; as: string | undefined }[]
}

export const nothingJudged = (): Judged => ({
  entries: 0,
  waiting: 0,
  oldestWaiting: undefined,
  findings: [],
  emptied: [],
  erased: [],
  released: [],
})

export function join(all: readonly Judged[]): Judged {
  const joined = nothingJudged()
  for (const each of all) {
    joined.entries += each.entries
    joined.waiting += each.waiting
    joined.oldestWaiting = earlier(joined.oldestWaiting, each.oldestWaiting)
    for (const list of ['findings', 'emptied', 'erased', 'released'] as const)
      for (const one of each[list]) (joined[list] as unknown[]).push(one)
  }
  return joined
}

const earlier = (a: Date | undefined, b: Date | undefined) => (a && (!b || a <= b) ? a : b)

/** An act may be under way for so long before it is done and sealed; what claims to be older than that came in afterwards. */
const slackMs = 60 * 60 * 1000

type Salted = Record<string, { value: string; salt: string }>

/** Judges rows of one kind, one after the other: whether each is what was sealed, and whether it stands where its time says. */
export function judgeRows(
  town: string,
  kind: Kind,
  sealings: readonly Sealing[],
  rows: readonly PlacedRow[],
  judged: Judged,
): void {
  for (const row of rows) {
    judged.entries += 1
    if (kind === 'audit') judgeAudit(town, row, judged)
    const { place } = row
    const said = tell(kind, row)
    if (place === null) {
      judged.waiting += 1
      judged.oldestWaiting = earlier(judged.oldestWaiting, said.at)
    } else {
      const hash = hashOf(kind, town, row)
      if (!hash || !row.sealed?.equals(hash))
        report(judged, 'sealed-entry-changed', row, {
          ...said,
          leaf: place,
          emptied: kind !== 'audit' && Boolean(row.destroyed_at),
          ...(hash && { now: hash.toString('hex') }),
        })
    }
    if (said.at) judgeTime(sealings, row.entry_id, { ...said, at: said.at, leaf: place }, judged)
  }
}

/** The hash of a row as it is now; nothing where it holds what no sealed row can, such as a time at infinity. */
function hashOf(kind: Kind, town: string, row: Row): Buffer | undefined {
  try {
    return leafHash(bytesOf(kind, town, row))
  } catch {
    return undefined
  }
}

/**
 * Whether an entry stands where its time says. Where the next seal is of an earlier time than the one before it, the clock was put back between
 * them: the log says so itself, and an entry is held to the earlier of the two.
 */
function judgeTime(
  sealings: readonly Sealing[],
  id: string,
  said: Told & { at: Date; leaf: number | null },
  judged: Judged,
): void {
  const [before, after] = sealingsAround(sealings, said.leaf ?? Number.POSITIVE_INFINITY)
  if (!before) return
  const until = Math.min(before.at.getTime(), after?.at.getTime() ?? Number.POSITIVE_INFINITY)
  if (said.at.getTime() < until - slackMs)
    judged.findings.push({
      code: 'entry-inserted',
      subject: id,
      details: { ...said, sealedUntil: before.at.toISOString() },
    })
}

/**
 * An audit row as it is read first: without its proof, which the database has held against the leaf (`proofHolds`). The database could as well
 * hand out a proof it does not have, so nothing is believed by this that was not before.
 */
export type BriefRow = Row & {
  entry_id: string
  place: number | null
  /** In hexadecimal. */
  sealed: string | null
  proofHolds: boolean | null
  at_ms: number
}

/** Judges an audit row from its columns alone, and says whether that was enough: they come to the very leaf. Else it is read whole. */
export function judgeBriefly(
  town: string,
  sealings: readonly Sealing[],
  row: BriefRow,
  judged: Judged,
): boolean {
  if (row.place === null || row.sealed === null || !row.proofHolds) return false
  const at = new Date(Math.round(row.at_ms))
  let text: string
  try {
    text = canonicalText({ auditId: row.entry_id, town, at }, entryOf(row), saltedHashes(row))
  } catch {
    // What cannot even be written out is named once it is read whole.
    return false
  }
  if (leafHexOf(text) !== row.sealed) return false
  judged.entries += 1
  noteActs(row, judged)
  const said = {
    kind: 'audit' as const,
    act: String(row.act),
    of: String(row.subject_id),
    at,
    leaf: row.place,
  }
  judgeTime(sealings, row.entry_id, said, judged)
  return true
}

function noteActs(row: Row & { place: number | null }, judged: Judged): void {
  if (row.act === erasedAct) judged.erased.push(String(row.subject_id))
  // Only what has its own place in the log excuses what has lost its.
  if (row.act === releasedAct && row.place !== null)
    judged.released.push({ of: `${row.subject_kind}/${row.subject_id}`, as: releasedAs(row.cause) })
}

function saltedHashes(row: Row): Record<string, string> {
  if (row.personal === null) return {}
  if (typeof row.personal !== 'object' || Array.isArray(row.personal)) throw new Error('no fields at all')
  const named = Object.entries((row.personal ?? {}) as Salted)
  // Whatever the fields are called: `__proto__` too would be one that was added.
  return Object.fromEntries(named.map(([name, { salt, value }]) => [name, saltedHash(salt, value)]))
}

function report(judged: Judged, code: string, row: PlacedRow, details: Record<string, unknown>): void {
  judged.findings.push({ code, subject: row.entry_id, details })
}

type Told = { kind: Kind; act?: string; of?: string; at?: Date }

/** What helps to find a row again. Only an audit row's time says when it came in. */
const tell = (kind: Kind, row: PlacedRow): Told =>
  kind === 'audit' ? { kind, act: String(row.act), of: String(row.subject_id), ...timeOf(row) } : { kind }

/** An audit row's time; one at infinity is none. */
function timeOf(row: Row): { at?: Date } {
  const at = new Date(row.at as Date | string)
  return Number.isFinite(at.getTime()) ? { at } : {}
}

/** The last time the log was signed before it had this place, and the first time after. */
function sealingsAround(
  sealings: readonly Sealing[],
  place: number,
): [before: Sealing | undefined, after: Sealing | undefined] {
  let low = 0
  let high = sealings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sealings[middle]?.size ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return [sealings[low - 1], sealings[low]]
}

/** Writes an entry's proof again from its columns. Personal fields that were emptied keep the hash that stood for them. */
function judgeAudit(town: string, row: PlacedRow, judged: Judged): void {
  noteActs(row, judged)
  const canonical = (row.canonical as Buffer).toString('utf8')
  const at = new Date(row.at as Date | string)
  try {
    const shown = saltedHashes(row)
    const again = (hashes: Record<string, string>) =>
      canonicalText({ auditId: row.entry_id, town, at }, entryOf(row), hashes)
    if (again(shown) === canonical) return
    const written = (JSON.parse(canonical) as { personal: Record<string, string> }).personal
    if (again({ ...written, ...shown }) === canonical) {
      judged.emptied.push(row.entry_id)
      return
    }
  } catch {
    // No proof at all is a changed one.
  }
  const said = Number.isFinite(at.getTime()) ? at.toISOString() : String(row.at)
  const details = { act: row.act, at: said, of: row.subject_id }
  judged.findings.push({ code: 'audit-entry-changed', subject: row.entry_id, details })
}

const text = (value: unknown): string | undefined => (value === null ? undefined : (value as string))

const entryOf = (row: Row) => ({
  actor: { kind: row.actor_kind as string, id: row.actor_id as string, office: text(row.actor_office) },
  act: row.act as string,
  subjectKind: row.subject_kind as string,
  subjectId: row.subject_id as string,
  personId: text(row.person_id),
  requestId: text(row.request_id),
  cause: text(row.cause),
})
