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

const compiled: Record<Locale, Map<string, IntlMessageFormat>> = { ar: new Map(), en: new Map() }

/** What was made before for the same words, or new. */
function sharing<Args extends readonly unknown[], Made>(
  make: (...args: Args) => Made,
): (...args: Args) => Made {
  const made = new Map<string, Made>()
  return (...args) => {
    const key = JSON.stringify(args)
    const known = made.get(key) ?? make(...args)
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

function compile(locale: Locale, message: string): IntlMessageFormat {
  let format = compiled[locale].get(message)
  if (!format) {
    format = new IntlMessageFormat(message, formatLocale[locale], undefined, { ignoreTag: true, formatters })
    compiled[locale].set(message, format)
  }
  return format
}

/** The words of an ICU message that stands outside a dictionary: a template of the town's own. */
export function formatMessage(
  message: string,
  locale: Locale,
  values: Readonly<Record<string, TextValue>> = {},
): string {
  if (!message.includes('{')) return message
  return String(compile(locale, message).format(values))
}

/** The text of a key with its values; a message without braces is given as it stands. */
export function translate<Key extends string>(
  strings: Texts<Key>,
  locale: Locale,
  key: Key,
  values?: Readonly<Record<string, TextValue>>,
): string {
  return formatMessage(strings[locale][key], locale, values)
}
