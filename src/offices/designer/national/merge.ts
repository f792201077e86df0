import {
  applyEdits,
  type Difference,
  type EditPath,
  editsBetween,
  itemId,
  type MergeConflict,
  mergeServices,
  parseService,
  type ServiceDefinition,
} from '../../../kernel/definition/index.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { textOfVersion, type VersionText, versionsOf } from '../../catalogue/index.ts'
import { nationalVersion, newestNational } from '../drafts/national.ts'
import { getWholeDraft, openDraftOf } from '../drafts/store.ts'
import type { Draft, NationalBase } from '../model.ts'
import { differencesOf } from '../service/differences.tsx'

/** What changed on both sides: which place, and what choosing theirs would change of ours, in words. */
export type Choice = { id: string; conflict: MergeConflict; words: Difference[] }

/** A newer text held against ours. */
export type Update = {
  code: string
  ours: { version: number; definition: ServiceDefinition }
  /** What is taken from: the national version, or the one published since a draft was begun. */
  theirs: { version: number; definition: ServiceDefinition }
  from: number
  merged: ServiceDefinition
  /** What is taken by itself, in words. */
  taken: Difference[]
  choices: Choice[]
  /** The draft that is brought up to it; none where a draft is made. */
  draft: Draft | undefined
  /** The national text the result is a town's version of. */
  national: NationalBase | undefined
}

/**
 * The newest national version of a service, and what taking it would change of the town's.
 * @throws NotFound `no-national-update`; Conflict `draft-unreadable` where one of the texts does not read
 */
export async function nationalUpdate(tx: Read, code: string): Promise<Update> {
  const [newest] = await versionsOf(tx, code)
  const national = (await newestNational(tx)).get(code)
  if (!newest || !national) throw new NotFound('no-national-update', { code })
  const text = await textOfVersion(tx, code, newest.version)
  const base = text.base ?? (await nationalVersion(tx, code, newest.version))
  if (!base || national.version <= base.version) throw new NotFound('no-national-update', { code })
  return hold(tx, {
    code,
    base: read(base),
    from: base.version,
    draft: await openDraftOf(tx, code),
    national,
    ours: { version: newest.version, definition: read(text) },
    theirs: { version: national.version, definition: read(national) },
  })
}

/**
 * The version published since a draft was begun, and what taking it would change of the draft.
 * @throws NotFound `no-newer-version`
 */
export async function newerVersion(tx: Read, draftId: string): Promise<Update> {
  const whole = await getWholeDraft(tx, draftId)
  const { draft } = whole
  const [newest] = await versionsOf(tx, draft.code)
  const basedOn = draft.basedOn
  if (!newest || basedOn === undefined || newest.version <= basedOn) throw new NotFound('no-newer-version')
  const definition = read(whole)
  const text = await textOfVersion(tx, draft.code, newest.version)
  const national = text.base ?? (await nationalVersion(tx, draft.code, newest.version))
  return hold(tx, {
    code: draft.code,
    from: basedOn,
    draft,
    national,
    base: read(await textOfVersion(tx, draft.code, basedOn)),
    ours: { version: definition.version, definition },
    theirs: {
      version: newest.version,
      definition: read(text),
    },
  })
}

type Held = Pick<Update, 'code' | 'ours' | 'theirs' | 'from' | 'draft' | 'national'> & {
  base: ServiceDefinition
}

async function hold(tx: Read, { base, ...held }: Held): Promise<Update> {
  const { ours, theirs } = held
  const { merged, conflicts } = mergeServices({
    base,
    national: theirs.definition,
    town: ours.definition,
  })
  const choices: Choice[] = []
  for (const conflict of conflicts) {
    const chosen = choose(ours.definition, conflict)
    const words = await differencesOf(tx, ours.definition, chosen)
    choices.push({ id: conflict.path.join('/'), conflict, words })
  }
  return { ...held, merged, taken: await differencesOf(tx, ours.definition, merged), choices }
}

function read({ source, commons }: VersionText): ServiceDefinition {
  const parsed = parseService(source, commons)
  if (!parsed.ok) throw new Conflict('draft-unreadable')
  return parsed.definition
}

/** The definition with the other side's word at a place both changed. */
export function choose(
  definition: ServiceDefinition,
  { path, national, order }: MergeConflict,
): ServiceDefinition {
  if (order && Array.isArray(national)) return inOrder(definition, path, national as string[])
  const edit = national === undefined ? { path, removed: true as const } : { path, value: national }
  return applyEdits(definition, [edit])
}

function inOrder(definition: ServiceDefinition, path: EditPath, ids: readonly string[]): ServiceDefinition {
  const sorted = structuredClone(definition)
  let list: unknown = sorted
  for (const part of path)
    list = Array.isArray(list)
      ? list.find(item => itemId(item) === part)
      : (list as Record<string, unknown>)[part]
  if (!Array.isArray(list)) return definition
  const place = (item: unknown) => {
    const at = ids.indexOf(itemId(item) ?? '')
    return at < 0 ? ids.length : at
  }
  list.sort((one, other) => place(one) - place(other))
  return applyEdits(definition, editsBetween(definition, sorted))
}
