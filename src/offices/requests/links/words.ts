import { texts } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const shortTexts = texts({ ar, en })

/** What a message names where a link would stand and the town has no address to be reached at. */
export const noLink = { ar: ar.portal, en: en.portal }
