import type { MessageEvent } from '../../../../kernel/definition/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Place } from '../../sentences/vocabulary.ts'
import { valueAt } from '../engine/edits.ts'
import { fieldPane, pagePane } from './form.ts'
import { messagePane } from './messages.ts'
import { type Desk, type Pane, said } from './model.ts'
import { duesPane, feePane, tariffPane } from './money.ts'
import { knownPane, paperPane, proofPane } from './papers.ts'
import { confirmPane, groundPane, outputPane, sheetPane } from './rest.ts'
import { opinionPane, partPane, rungPane, wayPane } from './step-lists.ts'
import { stepPane } from './steps.ts'

type Loose = { [key: string]: unknown }
type Builder = (desk: Desk, path: EditPath, item: Loose) => Pane

const field =
  (place: (path: EditPath) => Place): Builder =>
  (desk, path, item) =>
    fieldPane(desk, path, item, place(path))
const ofForm = field(path => ({ in: 'form', before: String(path[4] ?? '') }))
const ofWork = field(() => ({ in: 'work' }))

/** What stands at a path, by the lists it goes through; `*` is any item. */
const builders: Record<string, Builder> = {
  'form/pages/*': pagePane,
  'form/pages/*/fields/*': ofForm,
  'form/pages/*/fields/*/fields/*': ofForm,
  'papers/*': paperPane,
  'known/*': knownPane,
  'fees/*': feePane,
  'tariffs/*': tariffPane,
  'steps/*': stepPane,
  'steps/*/fields/*': ofWork,
  'steps/*/fields/*/fields/*': ofWork,
  'steps/*/proofs/*': proofPane,
  'steps/*/opinions/*': opinionPane,
  'steps/*/opinions/*/fields/*': ofWork,
  'steps/*/opinions/*/proofs/*': proofPane,
  'steps/*/next/*': (desk, path, item) => wayPane(desk, path, item, 'next'),
  'steps/*/officeWhen/*': (desk, path, item) => wayPane(desk, path, item, 'officeWhen'),
  'steps/*/ladder/*': rungPane,
  'steps/*/parts/*': partPane,
  'outputs/*': outputPane,
  'grounds/*': groundPane,
  'toConfirm/*': confirmPane,
}

/** Lists whose items have no id: they are counted. */
const counted = new Set(['next', 'officeWhen', 'ladder', 'tariffs', 'procedure'])

/** The path an address names; items of lists without ids by their number. */
export function pathOf(open: string): EditPath {
  const parts = open.split('/').filter(Boolean)
  return parts.map((part, at) =>
    counted.has(parts[at - 1] ?? '') && /^\d+$/.test(part) ? Number(part) : part,
  )
}

/** How a path stands in an address. */
export const openOf = (path: EditPath): string => path.join('/')

/** Whether a list of that name can stand at a path: what is added goes nowhere else. */
export const isListAt = (path: EditPath, name: string): boolean =>
  path.at(-1) === name && Object.hasOwn(builders, patternOf([...path, 'new']))

/** The pane of what an address names; undefined where nothing stands there. */
export function paneOf(desk: Desk, open: string): Pane | undefined {
  const { content } = desk
  if (open === 'sheet') return sheetPane(desk)
  if (open === 'dues') return duesPane(desk, (content.dues ?? {}) as Loose)
  const path = pathOf(open)
  if (path[0] === 'messages' && path.length === 2) {
    return messagePane(desk, path[1] as MessageEvent, (content.messages ?? {}) as Loose)
  }
  const pattern = patternOf(path)
  const build = Object.hasOwn(builders, pattern) ? builders[pattern] : undefined
  const item = valueAt(content, path)
  if (!build || typeof item !== 'object' || item === null) return undefined
  const pane = build(desk, path, item as Loose)
  const list = path.slice(0, -1)
  const siblings = (valueAt(content, list) ?? []) as Loose[]
  const ids = siblings.map((sibling, at) =>
    counted.has(String(list.at(-1))) ? at : String(sibling.id ?? at),
  )
  const labels = siblings.map(sibling => labelOf(desk, sibling))
  return { ...pane, order: { list, ids, labels } }
}

const labelOf = ({ locale }: Desk, item: Loose): string =>
  said((item.label ?? item.name ?? item.title ?? item.words ?? item.what) as { ar?: string }, locale, '')

/** The shape of a path: items of lists become `*`. */
function patternOf(path: EditPath): string {
  const inForm = path[0] === 'form'
  return path
    .map((part, at) => ((inForm ? at - 1 : at) % 2 === 1 && !(inForm && at === 0) ? '*' : part))
    .join('/')
}
