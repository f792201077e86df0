import { stripControls } from './arabic.ts'
import type { Fault } from './errors.ts'

/** Words a town keeps ready and gives with one key. People read them; the code stands in records. */
export type Ready = { code: string; ar: string; en: string }

/** One a line as it is typed, `Arabic | English`. The code stays where the words do. */
export const readReady = (text: string, known: readonly Ready[]): Ready[] =>
  stripControls(text)
    .split('\n')
    .map(line => line.split('|').map(part => part.trim()))
    .filter(([ar = '']) => ar !== '')
    .map(([ar = '', en = ''], at) => ({
      ar,
      en: en || ar,
      code: known.find(each => each.ar === ar)?.code ?? `own-${at + 1}`,
    }))

/** The same, to be typed over. */
export const typedReady = (ready: readonly Ready[]): string =>
  ready.map(({ ar, en }) => `${ar} | ${en}`).join('\n')

/** Fewer letters than these say nothing. */
const fewestLetters = 10

/** What is wrong with words that must say why: nothing, or that they are too few. */
export const tooFewWords = (field: string, words: string): Fault[] =>
  (words.match(/\p{L}/gu) ?? []).length < fewestLetters
    ? [{ field, code: 'too-short', values: { min: fewestLetters } }]
    : []
