import { texts } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

/** Texts of the citizen's pages. */
export const citizenTexts = texts({ ar, en })

export type CitizenText = keyof typeof ar
