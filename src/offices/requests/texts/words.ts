import { texts, translate } from '../../../lib/texts.ts'
import { registerWords } from '../../messaging/index.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

const textTexts = texts({ ar, en })
export type TextText = keyof typeof ar

/** What a telephone is answered, in Arabic as all messages are. */
export const textWord = (key: TextText, values?: Record<string, string>): string =>
  translate(textTexts, 'ar', key, values)

const named = (key: TextText) => ({ ar: ar[key], en: en[key] })

/** What is answered in a town's own words, where it has some. */
export const told = {
  whatRemains: registerWords('texts.what-remains', 'reply', {
    name: named('what-remains-name'),
    variables: ['number'],
    body: ar['what-remains'],
  }),
  answerThere: registerWords('texts.answer-there', 'reply', {
    name: named('answer-there-name'),
    variables: ['number'],
    body: ar['answer-there'],
  }),
  came: registerWords('texts.came', 'reply', {
    name: named('came-name'),
    variables: ['number'],
    body: ar.came,
  }),
}
