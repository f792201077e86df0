import type { Currency } from '../../../../lib/money.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Place } from '../../sentences/vocabulary.ts'
import type { PartKey } from '../strings.ts'

export type Choice = { value: string; label: string }

/** One thing of an item that can be changed, and how it is asked for. */
export type Control = {
  /** Name of its box in the form. */
  name: string
  /** Where it stands, from the item on. */
  at: EditPath
  label: PartKey
  hint?: PartKey | undefined
  /** Seldom needed: behind «more». */
  rare?: true | undefined
} & ControlKind

export type ControlKind =
  | { kind: 'text'; optional?: true; ltr?: true; long?: true }
  /** A text in both languages. */
  | { kind: 'words'; optional?: true; long?: true }
  /** A message or the text of a sheet, with names that are filled in; the `first` of them are offered at once. */
  | { kind: 'filled'; names: Choice[]; first: number; sms: boolean; examples: ReadonlyMap<string, string> }
  | { kind: 'number'; optional?: true; decimal?: true; unit?: PartKey }
  | { kind: 'amount'; currency: Currency }
  | { kind: 'day'; optional?: true }
  | { kind: 'one'; options: Choice[]; optional?: true; none?: PartKey }
  | { kind: 'many'; options: Choice[]; optional?: true }
  /** `always` writes false as well; otherwise the key is there or not. */
  | { kind: 'flag'; always?: true }
  /** Words parted by commas or lines. */
  | { kind: 'list' }
  /** Texts in both languages one under another. */
  | { kind: 'lines' }
  | { kind: 'options' }
  | { kind: 'join' }
  | { kind: 'condition'; place: Place; optional?: true }
  | { kind: 'fee'; currency: Currency; place: Place }

/** What was typed of a control: how it reads, or what is wrong with it. `undefined` takes the key away. */
export type ControlReading =
  | { ok: true; value: unknown }
  | { ok: false; code: string; field: string; why?: { ar: string; en: string } }
