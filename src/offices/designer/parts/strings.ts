import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { wordNames } from '../../messaging/index.ts'
import { ar as labelsAr } from './labels.ar.ts'
import { en as labelsEn } from './labels.en.ts'
import { ar as namesAr } from './names.ar.ts'
import { en as namesEn } from './names.en.ts'
import { ar as pagesAr } from './pages.ar.ts'
import { en as pagesEn } from './pages.en.ts'

export const partTexts = texts({
  ar: { ...wordNames.ar, ...namesAr, ...labelsAr, ...pagesAr },
  en: { ...wordNames.en, ...namesEn, ...labelsEn, ...pagesEn },
})
export type PartKey = keyof typeof partTexts.ar & string

/** A text of the designer's pages outside a page's parts. */
export const partWord = (
  locale: Locale,
  key: PartKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(partTexts, locale, key, values)

/** The name of something in a closed list, or what it is called in the definition where the list has grown since. */
export function nameOf(locale: Locale, kind: string, value: string): string {
  const key = `${kind}-${value}`
  return key in partTexts.ar ? partWord(locale, key as PartKey) : value
}
