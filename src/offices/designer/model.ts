import type { Commons, DefinitionFault, ServiceDefinition } from '../../kernel/definition/index.ts'
import type { ExamplesRun } from '../../kernel/examples/index.ts'
import type { Localized } from '../../lib/localized.ts'

/** Who writes, reviews or publishes. */
export type By = { kind: string; id: string }

export const draftStates = ['draft', 'in-review', 'returned', 'approved', 'published', 'dropped'] as const
export type DraftState = (typeof draftStates)[number]

/** Whether it may still become a version. */
export const isOpen = (state: DraftState): boolean => state !== 'published' && state !== 'dropped'
/** Whether it may be written in; what lies before a reviewer stays as it is. */
export const isWritable = (state: DraftState): boolean => state === 'draft' || state === 'returned'

/** A service while it is being written. */
export type Draft = {
  id: string
  code: string
  name: Localized
  /** The published version it was begun from; none for one begun empty or from a file. */
  basedOn: number | undefined
  state: DraftState
  /** The number of its newest revision; an edit says which it was made on. */
  revision: number
  authorId: string
  startedAt: Date
  changedAt: Date
  /** Who asked for its review. */
  askedBy: string | undefined
  publishedVersion: number | undefined
}

/** The national text a draft or version is a town's version of. */
export type NationalBase = { version: number; source: string; commons: Commons }

/** A step back or forth in a draft: what it undoes or does again, and whose it was. */
export type HistoryStep = { changed: Localized; by: string; at: Date }

/** All a page needs of a draft. */
export type ReadDraft = {
  draft: Draft
  /** The text as it is exported. */
  source: string
  commons: Commons
  /**
   * What the text says, common parts written out, whether or not it reads as a service. Lists and texts may be missing: a page that
   * shows it asks for each.
   */
  content: DraftContent
  /** The service, when the text reads as one; it may still have faults. */
  definition: ServiceDefinition | undefined
  /** What became of its examples, when there are any and its rules compile. */
  run: ExamplesRun | undefined
  /** What keeps it from being published, by line. */
  faults: DefinitionFault[]
  /** What should be looked at and keeps it from nothing. */
  warnings: DefinitionFault[]
  /** Undefined: nothing to undo, or the last change is somebody else's (`undoOf` says whose). */
  undo: HistoryStep | undefined
  redo: HistoryStep | undefined
}

type Loose<T> = T extends readonly (infer Item)[]
  ? Loose<Item>[]
  : T extends object
    ? { [Key in keyof T]?: Loose<T[Key]> }
    : T

/** A definition of which anything may be missing. */
export type DraftContent = Loose<ServiceDefinition>
