import { DomainError } from '../../../lib/errors.ts'
import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar as refusalsAr } from './refusals.ar.ts'
import { en as refusalsEn } from './refusals.en.ts'
import { ar as wordsAr } from './strings.ar.ts'
import { en as wordsEn } from './strings.en.ts'

const ar = { ...wordsAr, ...refusalsAr } as const

export const tillTexts = texts({ ar, en: { ...wordsEn, ...refusalsEn } })
export type TillText = keyof typeof ar

/** Whether there are words under a key that was put together. */
export const isTillText = (key: string): key is TillText => Object.hasOwn(ar, key)

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
  if (!isTillText(key)) return undefined
  const values = Object.fromEntries(
    Object.entries(error.details ?? {}).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
  return tillText(locale, key, values)
}
