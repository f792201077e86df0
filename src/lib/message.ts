import { IntlMessageFormat } from 'intl-messageformat'

export type TextValue = string | number
export type TextValues = Readonly<Record<string, TextValue>>

/** A message read once: what it says of values. */
export type Message = (values: TextValues) => string

/** A piece of a message; `count` is the number of the plural around it. */
type Piece = (values: TextValues, count: number | undefined) => string

/** What the reader of ICU messages makes of one; the kinds are its numbers. */
type Element =
  | { type: typeof kinds.literal; value: string }
  | { type: typeof kinds.argument; value: string }
  | { type: typeof kinds.number; value: string; style?: unknown }
  | { type: typeof kinds.select; value: string; options: Options }
  | {
      type: typeof kinds.plural
      value: string
      options: Options
      offset: number
      pluralType?: 'cardinal' | 'ordinal'
    }
  | { type: typeof kinds.pound }
type Options = Readonly<Record<string, { value: Element[] }>>

const kinds = { literal: 0, argument: 1, number: 2, select: 5, plural: 6, pound: 7 } as const

/**
 * Reads an ICU message and keeps what it says as functions: texts are what a page consists of, and the library walks its tree, makes a
 * list of parts and asks a memory for each rule every time. Kinds our texts do not use (dates, skeletons) are left to it.
 */
export function readMessage(message: string, locale: string): Message {
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  const all = pieces(format.getAst() as Element[], locale)
  return all ? values => all(values, undefined) : values => String(format.format(values))
}

function pieces(elements: readonly Element[], locale: string): Piece | undefined {
  const read = elements.map(element => piece(element, locale))
  const known = read.filter(each => each !== undefined)
  if (known.length < read.length) return undefined
  const [only] = known
  if (only && known.length === 1) return only
  return (values, count) => {
    let text = ''
    for (const each of known) text += each(values, count)
    return text
  }
}

function piece(element: Element, locale: string): Piece | undefined {
  switch (element.type) {
    case kinds.literal:
      return () => element.value
    case kinds.argument:
      return values => String(said(values, element.value))
    case kinds.number: {
      if (element.style !== undefined && element.style !== null) return undefined
      return values => numberText(said(values, element.value), locale)
    }
    case kinds.pound:
      return (_, count) => (count === undefined ? '' : numberText(count, locale))
    case kinds.select: {
      const options = optionsOf(element.options, locale)
      return (
        options && ((values, count) => chosen(options, String(said(values, element.value)))(values, count))
      )
    }
    case kinds.plural: {
      const options = optionsOf(element.options, locale)
      const rules = rulesOf(locale, element.pluralType ?? 'cardinal')
      if (!options) return undefined
      return values => {
        const value = Number(said(values, element.value))
        const count = value - element.offset
        const exact = options.get(`=${value}`)
        return (exact ?? chosen(options, rules.select(count)))(values, count)
      }
    }
    default:
      return undefined
  }
}

function said(values: TextValues, name: string): TextValue {
  if (!Object.hasOwn(values, name)) throw new RangeError(`The text has no value for ${name}`)
  return values[name] ?? ''
}

function chosen(options: ReadonlyMap<string, Piece>, name: string): Piece {
  const found = options.get(name) ?? options.get('other')
  if (!found) throw new RangeError(`The text has no words for ${name}`)
  return found
}

function optionsOf(options: Options, locale: string): ReadonlyMap<string, Piece> | undefined {
  const read = new Map<string, Piece>()
  for (const [name, { value }] of Object.entries(options)) {
    const all = pieces(value, locale)
    if (!all) return undefined
    read.set(name, all)
  }
  return read
}

const rules = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

function rulesOf(locale: string, type: 'cardinal' | 'ordinal'): Intl.PluralRules {
  const key = `${locale} ${type}`
  const found = rules.get(key) ?? new Intl.PluralRules(locale, { type })
  rules.set(key, found)
  return found
}

function numberText(value: TextValue, locale: string): string {
  // Small whole numbers look alike in both languages.
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000) return String(value)
  const format = numbers.get(locale) ?? new Intl.NumberFormat(locale)
  numbers.set(locale, format)
  return format.format(value as number)
}
