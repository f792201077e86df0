import type { Fault } from '../../../lib/errors.ts'
import type { Typed } from '../../../web/call.ts'
import type { EditConflict } from '../drafts/edit.ts'
import type { ReadDraft } from '../model.ts'
import type { Desk, Pane } from './panes/model.ts'

export const partNames = [
  'sheet',
  'path',
  'form',
  'papers',
  'fees',
  'messages',
  'output',
  'examples',
  'check',
] as const
export type PartName = (typeof partNames)[number]

/** Everything a page of a draft's part is drawn from. */
export type View = {
  part: PartName
  read: ReadDraft
  desk: Desk
  /** What is opened beside its list, and how an address names it. */
  open: string
  pane: Pane | undefined
  /** What came back: with faults, or with another shape. */
  typed?: Typed | undefined
  faults: Fault[]
  why: ReadonlyMap<string, string>
  /** What a colleague changed at the same places. */
  conflicts: EditConflict[]
  writable: boolean
  /** The newest published version, for the line under the title. */
  published?: { version: number; since: string } | undefined
}

/** The part of the pages where something is edited, by what it lies in. */
export function partOf(open: string): PartName {
  const [root = ''] = open.split('/')
  const parts: Record<string, PartName> = {
    form: 'form',
    papers: 'papers',
    known: 'papers',
    fees: 'fees',
    tariffs: 'fees',
    dues: 'fees',
    steps: 'path',
    outputs: 'output',
    messages: 'messages',
    grounds: 'messages',
    examples: 'examples',
    toConfirm: 'sheet',
  }
  return parts[root] ?? 'sheet'
}

export const isPart = (text: string): text is PartName => (partNames as readonly string[]).includes(text)
