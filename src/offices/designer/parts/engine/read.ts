import { compileFeel, FeelError, type FeelScope, moneyType, unify } from '../../../../kernel/feel/index.ts'
import { isoDate } from '../../../../kernel/form/index.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { isCalendarDate } from '../../../../lib/calendar.ts'
import type { Currency } from '../../../../lib/money.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Subject } from '../../sentences/vocabulary.ts'
import { readRows, typedRows } from './condition-form.ts'
import type { Control, ControlReading } from './control.ts'
import { readFeeRows, typedFee } from './fee-form.ts'
import { many, one, places } from './typed.ts'

/** What reading a pane needs besides what was typed. */
export type ReadingContext = {
  typed: Typed
  /** What a rule of this control may ask about. */
  subjects: (control: Control) => readonly Subject[]
  /** The names a formula may use. */
  scope: FeelScope
  /** What stood there before, so that ids inside stay. */
  before: (control: Control) => unknown
}

const good = (value: unknown): ControlReading => ({ ok: true, value })
const bad = (code: string, field: string): ControlReading => ({ ok: false, code, field })

/** Reads what was typed of a control. */
export function readControl(control: Control, context: ReadingContext): ControlReading {
  const { name } = control
  const text = one(context.typed, name)
  const optional = 'optional' in control && control.optional === true
  switch (control.kind) {
    case 'text':
      return text === '' ? (optional ? good(undefined) : bad('required', name)) : good(text)
    case 'words':
    case 'filled':
      return readWords(name, context.typed, optional || control.kind === 'filled')
    case 'number':
      return readNumber(text, name, optional, control.decimal === true)
    case 'amount':
      return /^\d{1,9}(\.\d{1,3})?$/.test(figuresOf(text))
        ? good(figuresOf(text))
        : bad('amount-malformed', name)
    case 'day': {
      if (text === '') return optional ? good(undefined) : bad('required', name)
      const day = isoDate(text)
      return day && isCalendarDate(day) ? good(day) : bad('not-a-date', name)
    }
    case 'one':
      if (text === '') return optional ? good(undefined) : bad('required', name)
      return control.options.some(option => option.value === text) ? good(text) : bad('not-an-option', name)
    case 'many': {
      const chosen = many(context.typed, name)
      const kept = control.options.flatMap(({ value }) => (chosen.includes(value) ? [value] : []))
      return good(optional && kept.length === 0 ? undefined : kept)
    }
    case 'flag':
      return good(text === 'yes' ? true : control.always ? false : undefined)
    case 'list':
      return good(
        text
          .split(/[،,\n]/)
          .map(word => word.trim())
          .filter(Boolean),
      )
    case 'lines':
      return good(readLines(name, context.typed))
    case 'options':
      return readOptions(name, context)
    case 'join':
      return readJoin(name, context.typed)
    case 'condition':
      return readCondition(control, context)
    case 'fee':
      return readFee(control, context)
  }
}

const figuresOf = (text: string): string => toWesternDigits(text).replace('٫', '.').replaceAll(',', '')

function readWords(name: string, typed: Typed, optional: boolean): ControlReading {
  const ar = one(typed, `${name}.ar`)
  const en = one(typed, `${name}.en`)
  if (ar === '' && en === '') return optional ? good(undefined) : bad('required', `${name}.ar`)
  // Until somebody writes the English, the Arabic stands there: the service still reads, and the check asks for it.
  return ar === '' ? bad('required', `${name}.ar`) : good({ ar, en: en || ar })
}

function readNumber(text: string, name: string, optional: boolean, decimal: boolean): ControlReading {
  if (text === '') return optional ? good(undefined) : bad('required', name)
  const number = Number(figuresOf(text))
  if (!Number.isFinite(number) || number < 0) return bad('not-a-number', name)
  return decimal || Number.isInteger(number) ? good(number) : bad('not-whole', name)
}

function readLines(name: string, typed: Typed): unknown[] {
  return places(typed, `${name}.`).flatMap(at => {
    const [ar, en] = [one(typed, `${name}.${at}.ar`), one(typed, `${name}.${at}.en`)]
    return ar === '' && en === '' ? [] : [{ ar: ar || en, en: en || ar }]
  })
}

/** Options keep their ids and hints; a new one is named after its English word. */
function readOptions(name: string, { typed, before }: ReadingContext): ControlReading {
  const known = (before({ name, at: ['options'], label: 'options', kind: 'options' }) ?? []) as {
    id?: string
    hint?: unknown
  }[]
  const taken = new Set(known.flatMap(option => option.id ?? []))
  const options = places(typed, `${name}.`).flatMap(at => {
    const [ar, en] = [one(typed, `${name}.${at}.ar`), one(typed, `${name}.${at}.en`)]
    if (ar === '') return []
    const old = known.find(option => option.id !== undefined && option.id === one(typed, `${name}.${at}.id`))
    const id = old?.id ?? freshSlug(en, 'option', taken)
    taken.add(id)
    return [{ id, label: { ar, en: en || ar }, ...(old?.hint !== undefined && { hint: old.hint }) }]
  })
  return options.length === 0 ? good(undefined) : good(options)
}

/** A name for something new: its English words, or its kind, with a number where that is taken. */
export function freshSlug(english: string, kind: string, taken: ReadonlySet<string>): string {
  const words =
    english
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.slice(0, 4) ?? []
  const start = words.findIndex(word => /^[a-z]/.test(word))
  const base = start < 0 ? kind : words.slice(start).join('-').slice(0, 40)
  for (let number = 1; ; number += 1) {
    const slug = number === 1 && start >= 0 ? base : `${base}-${number}`
    if (!taken.has(slug)) return slug
  }
}

/** A name that rules can use: `stallArea`. */
export function freshName(english: string, kind: string, taken: ReadonlySet<string>): string {
  const toName = (slug: string) => slug.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  for (const used = new Set<string>(); ; ) {
    const slug = freshSlug(english, kind, used)
    if (!taken.has(toName(slug))) return toName(slug)
    used.add(slug)
  }
}

function readJoin(name: string, typed: Typed): ControlReading {
  const chosen = one(typed, name)
  if (chosen === 'all' || chosen === 'any') return good(chosen)
  const least = Number(figuresOf(one(typed, `${name}.least`)))
  return chosen === 'least' && Number.isInteger(least) && least > 0
    ? good({ atLeast: least })
    : bad('not-a-number', `${name}.least`)
}

function readCondition(control: Control & { kind: 'condition' }, context: ReadingContext): ControlReading {
  const { name } = control
  const written = formulaOf(name, context)
  if (written !== undefined) {
    if (written === '') return control.optional ? good(undefined) : bad('required', `${name}.0.0.subject`)
    return checked(written, `${name}.formula`, context.scope)
  }
  const read = readRows(typedRows(context.typed, name), name, context.subjects(control))
  if (!read.ok) return read
  if (read.rule === undefined && !control.optional) return bad('required', `${name}.0.0.subject`)
  return good(read.rule)
}

/** The formula, where it was changed by hand or has no sentences; the sentences hold otherwise. */
function formulaOf(name: string, { typed }: ReadingContext): string | undefined {
  const formula = one(typed, `${name}.formula`)
  return one(typed, `${name}.special`) === 'yes' || formula !== one(typed, `${name}.was`)
    ? formula
    : undefined
}

function readFee(control: Control & { kind: 'fee' }, context: ReadingContext): ControlReading {
  const { name, currency } = control
  const written = formulaOf(name, context)
  if (written !== undefined) return checked(written, `${name}.formula`, context.scope, currency)
  const read = readFeeRows(typedFee(context.typed, name), name, currency, context.subjects(control))
  return read.ok ? good(read.amount) : read
}

/** A formula typed by hand: it must compile, and give yes or no, or money of the fee. */
function checked(formula: string, field: string, scope: FeelScope, currency?: Currency): ControlReading {
  const why = whyNot(formula, scope, currency)
  return why ? { ok: false, code: 'formula', field, why } : good(formula)
}

/** What is wrong with a formula, in words; undefined where nothing is. */
export function whyNot(
  formula: string,
  scope: FeelScope,
  currency?: Currency,
): { ar: string; en: string } | undefined {
  try {
    const { type } = compileFeel(formula, scope)
    const wanted = currency ? moneyType(currency) : ({ kind: 'boolean' } as const)
    if (type.kind !== 'null' && unify(wanted, type)) return undefined
    return FeelError.ofType(formula, wanted, type).fault.message
  } catch (error) {
    if (error instanceof FeelError) return error.fault.message
    throw error
  }
}
