import type { ServiceDefinition } from '../../../kernel/definition/index.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { replaceText } from '../drafts/acts.ts'
import { beginNextVersion } from '../drafts/begin.ts'
import type { EditPath } from '../drafts/edit.ts'
import { getWholeDraft, rebaseDraft } from '../drafts/store.ts'
import { applyEdits } from '../drafts/text/apply.ts'
import { editsBetween } from '../drafts/text/difference.ts'
import type { By } from '../model.ts'
import { choose, nationalUpdate, newerVersion, type Update } from './merge.ts'

/**
 * Makes a draft of the town's version with what the national one brings; `theirs` are the places where its word is chosen over ours.
 * @returns the draft
 * @throws NotFound `no-national-update`; Conflict `draft-open-already`
 */
export async function takeNational(
  tx: Write,
  of: { code: string; theirs: readonly string[]; by: By },
): Promise<string> {
  const update = await nationalUpdate(tx, of.code)
  if (update.draft) throw new Conflict('draft-open-already', { draftId: update.draft.id })
  const draftId = await beginNextVersion(tx, of.code, of.by)
  const { version } = update.theirs
  const changed = { ar: `أُخذ الإصدار الوطني ${version}`, en: `National version ${version} taken` }
  await write(tx, { draftId, update, ...of, changed, next: update.ours.version + 1 })
  await rebaseDraft(tx, draftId, { basedOn: update.ours.version, base: update.national })
  return draftId
}

/**
 * Brings a draft up to the version published since it was begun.
 * @throws NotFound `no-newer-version`; Conflict `draft-not-writable`
 */
export async function takeNewer(
  tx: Write,
  of: { draftId: string; theirs: readonly string[]; by: By },
): Promise<void> {
  const update = await newerVersion(tx, of.draftId)
  const { version } = update.theirs
  const changed = { ar: `أُخذ ما في الإصدار ${version}`, en: `What is in version ${version} taken` }
  await write(tx, { ...of, update, changed, next: version + 1 })
  await rebaseDraft(tx, of.draftId, { basedOn: version, base: update.national })
}

type Work = {
  draftId: string
  update: Update
  theirs: readonly string[]
  by: By
  changed: { ar: string; en: string }
  next: number
}

/** Only what differs is written: comments and common parts of the town's text stay. */
async function write(tx: Write, { draftId, update, theirs, by, changed, next }: Work): Promise<void> {
  const { draft, source, commons } = await getWholeDraft(tx, draftId)
  const chosen = update.choices
    .filter(({ id }) => theirs.includes(id))
    .reduce<ServiceDefinition>((now, { conflict }) => choose(now, conflict), update.merged)
  const edits = editsBetween(plain(update.ours.definition), plain(chosen)) ?? []
  const isVersion = (path: EditPath) => path.length === 1 && path[0] === 'version'
  const text = applyEdits(
    source,
    [...edits.filter(({ path }) => !isVersion(path)), { op: 'set', path: ['version'], value: next }],
    commons,
  )
  await replaceText(tx, { draftId, revision: draft.revision, source: text, changed, by })
}

const plain = (definition: ServiceDefinition): Record<string, unknown> =>
  JSON.parse(JSON.stringify(definition))
