import { texts } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

/** Sample texts of the sheet of parts. */
export const kitStrings = texts({ ar, en })
