import { texts } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

/** Texts of the guide of services. */
export const guideTexts = texts({ ar, en })
