/** The languages a page can be read in; Arabic is the first and the fallback. */
export type Locale = 'ar' | 'en'

/** A text of the town's data in both languages. */
export type Localized = { readonly ar: string; readonly en: string }

/** The text in a language; Arabic stands in where the other was left empty. */
export function inLocale(text: Localized, locale: Locale): string {
  return text[locale] === '' ? text.ar : text[locale]
}
