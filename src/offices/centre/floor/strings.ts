import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const floorTexts = texts({ ar, en })
export type FloorKey = keyof typeof ar

export const floorText = (
  locale: Locale,
  key: FloorKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(floorTexts, locale, key, values)
