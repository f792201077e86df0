import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const payTexts = texts({ ar, en })

/** A text of this page, outside its parts. */
export const payText = (key: keyof typeof ar, values: Record<string, string> = {}) => ({
  ar: translate(payTexts, 'ar', key, values),
  en: translate(payTexts, 'en', key, values),
})
