import { DomainError } from '../../../lib/errors.ts'
import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const tillTexts = texts({ ar, en })
export type TillText = keyof typeof ar

/** A text of the tills outside a page's parts. */
export const tillText = (
  locale: Locale,
  key: TillText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(tillTexts, locale, key, values)

/** Why the till refused, in words that say what to do; undefined where it is not for the till to explain. */
export function tillRefusal(locale: Locale, error: unknown): string | undefined {
  if (!(error instanceof DomainError)) return undefined
  const key = `refused-${error.code}`
  if (!Object.hasOwn(ar, key)) return undefined
  const values = Object.fromEntries(
    Object.entries(error.details ?? {}).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
  return tillText(locale, key as TillText, values)
}
