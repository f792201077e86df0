import { texts } from '../../../lib/texts.ts'
import { ar as actsAr } from './acts.ar.ts'
import { en as actsEn } from './acts.en.ts'
import { ar as filingAr } from './filing.ar.ts'
import { en as filingEn } from './filing.en.ts'
import { ar as kindsAr } from './kinds.ar.ts'
import { en as kindsEn } from './kinds.en.ts'
import { ar as pagesAr } from './strings.ar.ts'
import { en as pagesEn } from './strings.en.ts'

const ar = { ...pagesAr, ...filingAr, ...actsAr, ...kindsAr }
const en = { ...pagesEn, ...filingEn, ...actsEn, ...kindsEn }

/** Texts of the citizen's pages. */
export const citizenTexts = texts({ ar, en })

export type CitizenText = keyof typeof ar
