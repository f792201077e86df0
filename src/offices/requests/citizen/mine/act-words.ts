import type { Locale } from '../../../../lib/localized.ts'
import { translate } from '../../../../lib/texts.ts'
import { useTexts } from '../../../../ui/index.ts'
import { ar } from '../acts.ar.ts'
import { type CitizenText, citizenTexts } from '../strings.ts'

const keyOf = (act: string): CitizenText => {
  const key = `act-${act}`
  return Object.hasOwn(ar, key) ? (key as CitizenText) : 'act-other'
}

/** What somebody did on a person's file, in words; an act nobody worded is work on the file. */
export function useActWords(): (act: string) => string {
  const t = useTexts(citizenTexts)
  return act => t(keyOf(act))
}

/** The same outside a page. */
export const actWord = (locale: Locale, act: string): string => translate(citizenTexts, locale, keyOf(act))
