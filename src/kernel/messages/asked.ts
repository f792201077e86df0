import { stripControls, toWesternDigits, wordsOf } from '../../lib/arabic.ts'
import { longestSms } from '../../lib/sms/index.ts'
import {
  accountWords,
  balanceWords,
  countedThings,
  everythingWords,
  figures,
  helpWords,
  kindWords,
  messageWords,
  muchWords,
  noWords,
  owedWords,
  requestWords,
  startWords,
  starWords,
  stopWords,
  yesWords,
} from './asked-words.ts'
import type { MessageKind } from './kinds.ts'

/** What somebody texts the town for. */
export type Asked =
  /** 4178/2026, in whichever digits and with whichever words around it. */
  | { is: 'request'; number: number; year: number }
  /** A number alone: a request of a year not said, an account, a subscription. Its digits, joined. */
  | { is: 'number'; digits: string }
  /** «رصيد», with the number of an account where one is named. */
  | { is: 'balance'; account: string | undefined }
  /** An answer to what was asked: one to five, or yes and no (1 is yes, 2 is no), and what was written behind it. */
  | { is: 'answer'; figure: 1 | 2 | 3 | 4 | 5 | undefined; yes: boolean | undefined; rest: string }
  /** Which kinds: `all`, those named, or undefined where nothing was said of it. */
  | { is: 'stop' | 'start'; kinds: 'all' | readonly MessageKind[] | undefined }
  | { is: 'help' }
  /** Nothing to be read: empty, or signs alone. */
  | { is: 'nothing' }
  /** Anything else, for a person to read; the request it names, where it names one plainly. */
  | { is: 'words'; request: { number: number; year: number } | undefined }

const isFigures = (word: string): boolean => /^\d+$/.test(word)
const isYear = (word: string): boolean => /^20\d\d$/.test(word)
const isPhone = (digits: string): boolean => /^(0?5\d{8}|(00)?97[02]5\d{8})$/.test(digits)
const longestRequest = 9
const longestNumber = 15

/** Reads what people text: folded spelling, digits of any script, no punctuation, no emoji, no direction marks. Never fails. */
export function readAsked(text: string): Asked {
  const plain = plainOf(text)
  const words = wordsOf(plain)
  const [first] = words
  if (first === undefined) return /[?؟]/.test(plain) ? { is: 'help' } : { is: 'nothing' }
  return (
    readSwitch(first, words.slice(1)) ??
    readRequest(words) ??
    readBalance(words) ??
    readAnswer(plain, words) ??
    (words.every(word => helpWords.has(word)) ? { is: 'help' } : undefined) ?? {
      is: 'words',
      request: namedRequest(plain),
    }
  )
}

/** Letters and figures parted, digits western, within what is read. */
const plainOf = (text: string): string =>
  toWesternDigits(stripControls(text.slice(0, longestSms * 2)).normalize('NFKC'))
    .replace(/(\p{L}\p{M}*)(?=\d)/gu, '$1 ')
    .replace(/(\d)(?=\p{L})/gu, '$1 ')
    .slice(0, longestSms)

/** «إيقاف», alone or with what is to stop. «وقف العداد عن العمل» is no such thing: every word has to be about messages. */
function readSwitch(first: string, rest: readonly string[]): Asked | undefined {
  const is = stopWords.has(first) ? 'stop' : startWords.has(first) ? 'start' : undefined
  if (!is) return undefined
  const known = (word: string) => kindWords.has(word) || everythingWords.has(word) || messageWords.has(word)
  if (!rest.every(known)) return undefined
  if (rest.some(word => everythingWords.has(word))) return { is, kinds: 'all' }
  const kinds = [...new Set(rest.flatMap(word => kindWords.get(word) ?? []))]
  return { is, kinds: kinds.length > 0 ? kinds : undefined }
}

function readRequest(words: readonly string[]): Asked | undefined {
  const numbers = words.filter(isFigures)
  if (numbers.length === 0 || numbers.length > 3) return undefined
  if (!words.every(word => isFigures(word) || requestWords.has(word))) return undefined
  const digits = numbers.join('')
  if (isPhone(digits)) return undefined
  const request = numbers.length === 2 ? requestOf(numbers[0] ?? '', numbers[1] ?? '') : undefined
  if (request) return { is: 'request', ...request }
  // A figure alone answers a question, and so does 4/5; with «طلب» before it, it is a number.
  if (words.length === numbers.length && /^[1-5]5?$/.test(digits) && (numbers[0] ?? '').length === 1)
    return undefined
  return digits.length <= longestNumber ? { is: 'number', digits } : undefined
}

/** Number and year in either order: some telephones turn them round. */
function requestOf(one: string, other: string): { number: number; year: number } | undefined {
  const [number, year] = isYear(other) ? [one, other] : isYear(one) ? [other, one] : []
  if (number === undefined || number.length > longestRequest || Number(number) === 0) return undefined
  return { number: Number(number), year: Number(year) }
}

function readBalance(words: readonly string[]): Asked | undefined {
  const others = words.filter(word => !isFigures(word))
  const asks = others.some(word => balanceWords.has(word))
  const owed = others.some(word => owedWords.has(word)) && others.some(word => muchWords.has(word))
  const around = (word: string) =>
    balanceWords.has(word) || accountWords.has(word) || owedWords.has(word) || muchWords.has(word)
  if (!(asks || owed) || !others.every(around)) return undefined
  const digits = words.filter(isFigures).join('')
  if (digits.length > longestNumber) return undefined
  return { is: 'balance', account: digits === '' ? undefined : digits }
}

function readAnswer(plain: string, words: readonly string[]): Asked | undefined {
  const [first = '', second] = words
  const answer = (figure: 1 | 2 | 3 | 4 | 5 | undefined, yes: boolean | undefined, rest: string): Asked => ({
    is: 'answer',
    figure,
    yes,
    rest: rest.trim(),
  })
  if (/^[1-5]$/.test(first)) {
    if (second !== undefined && countedThings.has(second)) return undefined
    const behind = plain.slice(plain.indexOf(first) + 1).replace(outOfFive, '')
    const figure = Number(first) as 1 | 2 | 3 | 4 | 5
    return answer(figure, yesOf(figure), behind.replace(/^[^\p{L}\p{N}]+/u, ''))
  }
  const figure = figures.get(first)
  if (figure && words.length <= 2 && (second === undefined || starWords.has(second))) {
    return answer(figure, yesOf(figure), '')
  }
  const yes = yesWords.has(first) ? true : noWords.has(first) ? false : undefined
  return yes === undefined ? undefined : answer(undefined, yes, plain.trim().replace(/^\S+\s*/, ''))
}

const yesOf = (figure: number): boolean | undefined => (figure > 2 ? undefined : figure === 1)
/** «5/5»، «4 من 5»، «3 نجوم»: how many there are says nothing. */
const outOfFive = /^\s*(?:(?:\/|من)\s*(?:5|خمسة|خمس)|نجوم|نجمات)/

/** The number a longer text names, written as numbers of requests are. */
function namedRequest(plain: string): { number: number; year: number } | undefined {
  const match = /(?<![\d/\\\-–.])(\d{1,9})\s*[/\\\-–]\s*(\d{1,9})(?!\d|\s*[/\\\-–]\s*\d)/.exec(plain)
  return match ? requestOf(match[1] ?? '', match[2] ?? '') : undefined
}
