import type { WordsFinding } from '../../../kernel/messages/index.ts'
import { BadRequest, Conflict, Forbidden } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { forgetTownWords } from './kept.ts'
import { inForce, isOpen, type TownWords } from './model.ts'
import { addWords, changeWords, holdVersion, holdWords } from './store.ts'

/** Who acts: of the staff. */
export type By = AuditActor

type Of = { key: string; version: number; by: By }

/**
 * Writes words for an occasion as its next version; whatever was being written there is set aside. `ask` lays them before a second person
 * at once, `findings` is what the check found in them. Gives the version.
 * @throws Conflict `words-changed-since` where somebody wrote after `basedOn`; BadRequest `words-faulty` where they are asked for and cannot be
 *   sent, `words-same` where they are the words there are
 */
export async function writeWords(
  tx: Write,
  of: {
    key: string
    body: string
    note: string | undefined
    by: By
    ask: boolean
    findings: readonly WordsFinding[]
    /** The newest version the writer saw, 0 where there was none. */
    basedOn: number
  },
): Promise<number> {
  const { key, body, note, by, ask } = of
  const versions = await holdWords(tx, key)
  const [newest] = versions
  if ((newest?.version ?? 0) !== of.basedOn) throw new Conflict('words-changed-since')
  if (ask && isFaulty(of.findings)) throw new BadRequest('words-faulty')
  const open = versions.find(isOpen)
  if (open && open.body === body && open.note === note) {
    if (!ask || open.state !== 'draft') throw new BadRequest('words-same')
    await changeWords(tx, open, { state: 'in-review', askedAt: tx.now })
    await noteAct(tx, 'messaging.words-asked', { key, version: open.version, by })
    return open.version
  }
  if (!open && inForce(versions, tx.now)?.body === body) throw new BadRequest('words-same')
  if (open) await changeWords(tx, open, { state: 'set-aside' })
  const version = (newest?.version ?? 0) + 1
  await addWords(tx, { key, version, body, note, by: by.id, ask })
  await noteAct(tx, ask ? 'messaging.words-asked' : 'messaging.words-written', { key, version, by })
  return version
}

/** Takes words back from review, to write on. @throws Conflict `words-not-in-review` */
export async function takeWordsBack(tx: Write, of: Of): Promise<void> {
  const { words } = await holdVersion(tx, of.key, of.version)
  if (words.state !== 'in-review') throw new Conflict('words-not-in-review')
  await changeWords(tx, words, { state: 'draft', askedAt: null })
  await noteAct(tx, 'messaging.words-taken-back', of)
}

/** Lays words aside that nobody decided on. @throws Conflict `words-closed` */
export async function dropWords(tx: Write, of: Of): Promise<void> {
  const { words } = await holdVersion(tx, of.key, of.version)
  if (!isOpen(words)) throw new Conflict('words-closed')
  await changeWords(tx, words, { state: 'set-aside' })
  await noteAct(tx, 'messaging.words-dropped', of)
}

/** Whether this person is a second one: wrote none of the versions since the last that was approved. */
export function mayReviewWords(
  versions: readonly TownWords[],
  { version }: TownWords,
  staffId: string,
): boolean {
  const approved = Math.max(0, ...versions.filter(({ fromAt }) => fromAt).map(each => each.version))
  return !versions.some(
    each => each.version > approved && each.version <= version && each.writtenBy === staffId,
  )
}

/**
 * A second person's word: approved, they are sent from `from` on, or at once; returned, their writer writes others.
 * @throws Forbidden `review-own-words`; Conflict `words-not-in-review`, `words-before-others` (others begin later); BadRequest `words-faulty`
 */
export async function decideOnWords(
  tx: Write,
  house: Pick<House, 'database'>,
  of: Of & { note: string | undefined; findings: readonly WordsFinding[] } & (
      | { decision: 'approved'; from: Date }
      | { decision: 'returned' }
    ),
): Promise<void> {
  const { words, versions } = await holdVersion(tx, of.key, of.version)
  if (words.state !== 'in-review') throw new Conflict('words-not-in-review')
  if (!mayReviewWords(versions, words, of.by.id)) throw new Forbidden('review-own-words')
  const decided = { by: of.by.id, note: of.note }
  if (of.decision === 'returned') {
    await changeWords(tx, words, { state: 'returned', decided })
  } else {
    if (isFaulty(of.findings)) throw new BadRequest('words-faulty')
    const from = startingAt(of.from, tx.now)
    if (versions.some(({ fromAt, ended }) => fromAt && !ended && fromAt > from))
      throw new Conflict('words-before-others')
    await changeWords(tx, words, { state: 'approved', decided, fromAt: from })
    tx.afterCommit(() => forgetTownWords(house, tx.town))
  }
  await noteAct(tx, `messaging.words-${of.decision}`, of)
}

/** Ends approved words: the service's own, or the product's, are sent again. @throws Conflict `words-not-approved` */
export async function withdrawWords(
  tx: Write,
  house: Pick<House, 'database'>,
  of: Of & { why: string },
): Promise<void> {
  const { words } = await holdVersion(tx, of.key, of.version)
  if (words.state !== 'approved') throw new Conflict('words-not-approved')
  await changeWords(tx, words, { state: 'withdrawn', ended: { by: of.by.id, why: of.why } })
  tx.afterCommit(() => forgetTownWords(house, tx.town))
  await noteAct(tx, 'messaging.words-withdrawn', { ...of, cause: of.why })
}

const isFaulty = (findings: readonly WordsFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'fault')

const noteAct = (
  tx: Write,
  act: string,
  { key, version, by, cause }: Of & { cause?: string },
): Promise<unknown> =>
  record(tx, {
    actor: by,
    act,
    subjectKind: 'message-words',
    subjectId: `${key} ${version}`,
    ...(cause && { cause }),
  })

/** The later of both: words do not begin in the past. */
const startingAt = (asked: Date, now: Date): Date => (asked.getTime() > now.getTime() ? asked : now)
