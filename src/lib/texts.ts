import type { Locale } from './localized.ts'
import { type Message, readMessage, type TextValue, type TextValues } from './message.ts'

export type { TextValue }

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

const kept: Record<Locale, Map<string, Message>> = { ar: new Map(), en: new Map() }

function messageOf(locale: Locale, text: string): Message {
  let message = kept[locale].get(text)
  if (!message) {
    message = readMessage(text, formatLocale[locale])
    kept[locale].set(text, message)
  }
  return message
}

/** The words of an ICU message that stands outside a dictionary: a template of the town's own. */
export function formatMessage(message: string, locale: Locale, values: TextValues = {}): string {
  if (!message.includes('{')) return message
  return messageOf(locale, message)(values)
}

/** The text of a key with its values; a message without braces is given as it stands. */
export function translate<Key extends string>(
  strings: Texts<Key>,
  locale: Locale,
  key: Key,
  values?: TextValues,
): string {
  return formatMessage(strings[locale][key], locale, values)
}
