import { texts } from '../../../../lib/texts.ts'
import { ar } from './for-whom.ar.ts'
import { en } from './for-whom.en.ts'

export const forWhomTexts = texts({ ar, en })
