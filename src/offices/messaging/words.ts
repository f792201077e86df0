import { texts, translate } from '../../lib/texts.ts'
import type { Call } from '../../web/call.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const messagingTexts = texts({ ar, en })
export type MessagingText = keyof typeof ar

/** The office's words in the language of the page. */
export const wording =
  (call: Pick<Call, 'locale'>) =>
  (key: MessagingText, values?: Record<string, string | number>): string =>
    translate(messagingTexts, call.locale, key, values)
