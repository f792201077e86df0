import type { Locale } from '../../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../../lib/texts.ts'
import { ar as effectsAr } from './effects.ar.ts'
import { en as effectsEn } from './effects.en.ts'
import { ar as kindsAr } from './kinds.ar.ts'
import { en as kindsEn } from './kinds.en.ts'
import { ar as actsAr } from './strings.ar.ts'
import { en as actsEn } from './strings.en.ts'

const ar = { ...actsAr, ...kindsAr, ...effectsAr }
const en = { ...actsEn, ...kindsEn, ...effectsEn }

export const actTexts = texts({ ar, en })

export type ActKey = keyof typeof ar

export const isActKey = (key: string): key is ActKey => Object.hasOwn(ar, key)

/** A text of the request's page outside its parts. */
export const actText = (locale: Locale, key: ActKey, values?: Record<string, TextValue>): string =>
  translate(actTexts, locale, key, values)

const phrases = ['place', 'technical', 'legal', 'dues', 'read'] as const

/** What is most often asked of another office, ready to be sent. */
export const readyPhrases = (locale: Locale): { id: string; text: string }[] =>
  phrases.map(id => ({ id, text: actText(locale, `phrase-${id}`) }))
