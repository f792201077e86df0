import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

/** Word of a letter, as it goes to the telephone: what was written is read on the portal. */
export const letterWords = { ar: ar.sms, en: en.sms }
