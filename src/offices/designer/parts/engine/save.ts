import type { FeelScope } from '../../../../kernel/feel/index.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Locale } from '../../../../lib/localized.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Edit } from '../../drafts/edit.ts'
import type { Subject } from '../../sentences/vocabulary.ts'
import type { Pane } from '../panes/model.ts'
import type { Control } from './control.ts'
import { editOf, valueAt } from './edits.ts'
import { withNames } from './filled.ts'
import { readControl } from './read.ts'
import { one } from './typed.ts'

export type PaneReading =
  | { ok: true; edits: Edit[]; values: ReadonlyMap<string, unknown> }
  | { ok: false; faults: Fault[]; why: Map<string, string> }

/** Reads all that was typed of a pane; what has to be written, or everything that is wrong. */
export function readPane(
  pane: Pane,
  typed: Typed,
  {
    subjects,
    scope,
    locale,
  }: { subjects: (control: Control) => readonly Subject[]; scope: FeelScope; locale: Locale },
): PaneReading {
  const faults: Fault[] = []
  const why = new Map<string, string>()
  const edits: Edit[] = []
  const values = new Map<string, unknown>()
  const before = (control: Control) => valueAt(pane.item, control.at)
  for (const control of pane.controls) {
    const read = readControl(control, { typed: named(control, typed), subjects, scope, before })
    if (!read.ok) {
      faults.push({ field: read.field, code: read.code })
      if (read.why) why.set(read.field, read.why[locale])
      continue
    }
    values.set(control.name, read.value)
    edits.push(...editOf(pane.path, control, pane.item, read.value))
  }
  return faults.length > 0
    ? { ok: false, faults, why }
    : { ok: true, edits: [...edits, ...moveOf(pane, typed)], values }
}

/** Texts with names are edited in words, and kept with names. */
function named(control: Control, typed: Typed): Typed {
  if (control.kind !== 'filled') return typed
  const key = `${control.name}.ar`
  return { ...typed, [key]: withNames(one(typed, key), control.names) }
}

/** Another place among its like: «first», or after one of them. */
function moveOf({ order, path }: Pane, typed: Typed): Edit[] {
  const chosen = one(typed, 'place')
  if (!order || order.ids.length < 2 || chosen === '') return []
  const at = order.ids.indexOf(path.at(-1) ?? '')
  const before = at === 0 ? '^' : String(order.ids[at - 1])
  if (chosen === before) return []
  const [first] = order.ids
  if (chosen === '^') return first === undefined ? [] : [{ op: 'move', path, before: first }]
  const after = order.ids.find(id => String(id) === chosen)
  return after === undefined || after === path.at(-1) ? [] : [{ op: 'move', path, after }]
}
