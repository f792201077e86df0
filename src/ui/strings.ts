import { texts } from '../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

/** The design system's own texts. */
export const strings = texts({ ar, en })
