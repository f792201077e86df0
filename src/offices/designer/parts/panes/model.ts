import type { Locale } from '../../../../lib/localized.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { DraftContent } from '../../model.ts'
import type { Choice, Control } from '../engine/control.ts'
import type { PartKey } from '../strings.ts'

/** What panes choose from besides the service itself. */
export type Desk = {
  locale: Locale
  content: DraftContent
  offices: Choice[]
  /** Names of the effects offices offer. */
  effects: Choice[]
  /** Other services of the town, by code. */
  services: Choice[]
  templates: Choice[]
}

/** A list inside an item: what stands in it, and what a new one begins with. */
export type SubList = {
  name: ListName
  title: PartKey
  items: { id: string | number; label: string; note?: string }[]
  /** Kinds a new one is chosen from; the first is taken where none is chosen. */
  kinds?: Choice[] | undefined
  /** What is asked of a new one: its words, or nothing. */
  asks: 'words' | 'nothing'
}

export type ListName =
  | 'pages'
  | 'fields'
  | 'papers'
  | 'known'
  | 'fees'
  | 'tariffs'
  | 'steps'
  | 'opinions'
  | 'next'
  | 'officeWhen'
  | 'proofs'
  | 'ladder'
  | 'parts'
  | 'outputs'
  | 'grounds'
  | 'toConfirm'

/** Everything that can be changed of one item. */
export type Pane = {
  path: EditPath
  title: string
  /** What it is, above its title. */
  sort: PartKey
  item: unknown
  controls: Control[]
  lists: SubList[]
  /** Its place among its like; none for what there is one of. */
  order?: { list: EditPath; ids: (string | number)[]; labels: string[] } | undefined
  removable: boolean
}

type LooseText = { ar?: string; en?: string } | undefined

/** A text as far as it is written. */
export const said = (text: LooseText, locale: Locale, otherwise = ''): string =>
  text?.[locale] || text?.ar || text?.en || otherwise
