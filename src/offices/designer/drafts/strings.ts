import { texts } from '../../../lib/texts.ts'
import { ar, arParts } from './strings.ar.ts'
import { en, enParts } from './strings.en.ts'

/** The words of a draft's history. */
export const changeTexts = texts({ ar, en })
export const partNames = { ar: arParts, en: enParts } as const
