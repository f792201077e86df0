import { texts } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export type ProofKey = keyof typeof ar
export const proofTexts = texts({ ar, en })
