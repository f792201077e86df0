import { type Formatters, IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from './localized.ts'

export type TextValue = string | number

/** Texts of one part of the system in both languages; English has exactly the keys of Arabic. */
export type Texts<Key extends string> = { readonly [L in Locale]: Readonly<Record<Key, string>> }

const formatLocale: Record<Locale, string> = { ar: 'ar-PS-u-nu-latn', en: 'en-GB' }

/** Declares a dictionary; a key missing in one language, or one too many, does not compile. */
export function texts<const Arabic extends Readonly<Record<string, string>>>(dictionary: {
  readonly ar: Arabic
  readonly en: { readonly [Key in keyof Arabic]: string }
}): Texts<keyof Arabic & string> {
  return dictionary
}

type Compiled = Record<Locale, Map<string, IntlMessageFormat>>
/** Texts of our dictionaries are few, and kept for good. */
const ours: Compiled = { ar: new Map(), en: new Map() }
/** Those a town writes have no end. */
const theirs: Compiled = { ar: new Map(), en: new Map() }
const mostOfTheirs = 500

/** Words may ask for forms of numbers without end; ours ask for few. */
const mostShared = 200

/** What was made before for the same words, or new. */
function sharing<Args extends readonly unknown[], Made>(
  make: (...args: Args) => Made,
): (...args: Args) => Made {
  const made = new Map<string, Made>()
  return (...args) => {
    const key = JSON.stringify(args)
    const known = made.get(key) ?? make(...args)
    if (made.size >= mostShared) made.clear()
    made.set(key, known)
    return known
  }
}

/** Shared by all messages: left to itself each keeps rules of plurals and numbers of its own, which are large. */
const formatters: Formatters = {
  getNumberFormat: sharing(
    (...args) => new Intl.NumberFormat(...(args as ConstructorParameters<typeof Intl.NumberFormat>)),
  ),
  getDateTimeFormat: sharing((...args) => new Intl.DateTimeFormat(...args)),
  getPluralRules: sharing((...args) => new Intl.PluralRules(...args)),
}

function compile(compiled: Compiled, locale: Locale, message: string): IntlMessageFormat {
  const known = compiled[locale].get(message)
  if (known) return known
  const format = new IntlMessageFormat(message, formatLocale[locale], undefined, {
    ignoreTag: true,
    formatters,
  })
  if (compiled === theirs && theirs[locale].size >= mostOfTheirs) theirs[locale].clear()
  compiled[locale].set(message, format)
  return format
}

/** The words of an ICU message that stands outside a dictionary: a template of the town's own. */
export function formatMessage(
  message: string,
  locale: Locale,
  values: Readonly<Record<string, TextValue>> = {},
): string {
  if (!message.includes('{')) return message
  return String(compile(theirs, locale, message).format(values))
}

/** The text of a key with its values; a message without braces is given as it stands. */
export function translate<Key extends string>(
  strings: Texts<Key>,
  locale: Locale,
  key: Key,
  values?: Readonly<Record<string, TextValue>>,
): string {
  const message = strings[locale][key]
  if (!message.includes('{')) return message
  return String(compile(ours, locale, message).format(values))
}
