import { texts } from '../../../lib/texts.ts'
import { ar } from './names.ar.ts'
import { en } from './names.en.ts'

/** What occasions (`event-NAME`) and the places filled in a text (`var-NAME`) are called, wherever a message is written. */
export const wordNames = texts({ ar, en })
