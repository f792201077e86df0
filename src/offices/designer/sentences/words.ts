import { shortDate } from '../../../lib/dates.ts'
import type { Locale } from '../../../lib/localized.ts'
import { currencyWord, isCurrency } from '../../../lib/money.ts'
import { type Condition, otherJoin, type Row, readCondition, type Value } from './condition.ts'
import { type Base, type FeeSentence, type Product, readFee } from './fee.ts'
import { type SentenceKey, sentenceWord } from './strings.ts'
import { type Subject, testKey } from './vocabulary.ts'

/** What words are made with: names of questions, names of tariffs, the language. */
export type Speech = { subjects: readonly Subject[]; tariffs?: ReadonlyMap<string, string>; locale: Locale }

/** A rule in words; «a formula of its own» where sentences have none. */
export function ruleInWords(source: string | undefined, speech: Speech): string {
  if (source === undefined || source.trim() === '') return sentenceWord(speech.locale, 'always')
  const condition = readCondition(source)
  return condition ? conditionInWords(condition, speech) : sentenceWord(speech.locale, 'special')
}

/** A condition as one reads it aloud. */
export function conditionInWords({ join, groups }: Condition, speech: Speech): string {
  const word = (key: SentenceKey, values = {}) => sentenceWord(speech.locale, key, values)
  const said = groups.map(({ not, rows }) => {
    const inside = rows.map(row => rowInWords(row, speech)).join(` ${word(otherJoin(join))} `)
    if (not) return word('say-not', { rows: inside })
    return rows.length > 1 && groups.length > 1 ? word('say-group', { rows: inside }) : inside
  })
  return said.join(` ${word(join)} `)
}

function rowInWords({ subject: name, test, values }: Row, speech: Speech): string {
  const word = (key: SentenceKey, given = {}) => sentenceWord(speech.locale, key, given)
  const subject = speech.subjects.find(each => each.name === name)
  const label = subject?.label ?? word('unknown', { name })
  const said = word(testKey(test, subject?.kind))
  if (values.length === 0) return word('say-answered', { subject: label, test: said })
  const listed = values.map(value => valueInWords(value, subject, speech)).join(word('value-between'))
  const [only] = values
  if (only?.kind === 'truth' && (test === 'is' || test === 'is-not')) {
    return word('say-truth', { subject: label, value: word(only.yes === (test === 'is') ? 'yes' : 'no') })
  }
  return word('say-value', { subject: label, test: said, values: listed })
}

function valueInWords(value: Value, subject: Subject | undefined, speech: Speech): string {
  const { locale, subjects } = speech
  switch (value.kind) {
    case 'text': {
      const option = subject?.options?.find(each => each.value === value.text)
      return option ? `«${option.label}»` : `«${value.text}»`
    }
    case 'number':
      return value.text
    case 'truth':
      return sentenceWord(locale, value.yes ? 'yes' : 'no')
    case 'date':
      return shortDate(value.day, { locale, timeZone: 'UTC' })
    case 'money':
      return amountInWords(value.amount, value.currency, locale)
    case 'name':
      return nameInWords(value.name, subjects, speech)
  }
}

const amountInWords = (amount: string, currency: string, locale: Locale): string =>
  `${amount} ${isCurrency(currency) ? currencyWord(currency, locale) : currency}`

function nameInWords(name: string, subjects: readonly Subject[], { tariffs, locale }: Speech): string {
  if (name.startsWith('tariff.')) return tariffs?.get(name.slice('tariff.'.length)) ?? name
  return subjects.find(each => each.name === name)?.label ?? sentenceWord(locale, 'unknown', { name })
}

/** An amount in words; «a formula of its own» where sentences have none. */
export function feeInWords(source: string, speech: Speech): string {
  const fee = readFee(source)
  return fee ? sentenceOfFee(fee, speech) : sentenceWord(speech.locale, 'special')
}

function sentenceOfFee({ free, tiers, otherwise, atLeast, atMost }: FeeSentence, speech: Speech): string {
  const word = (key: SentenceKey, values = {}) => sentenceWord(speech.locale, key, values)
  const rest = productsInWords(otherwise, speech)
  const parts = [
    ...(free ? [word('fee-free', { condition: conditionInWords(free, speech) })] : []),
    ...tiers.map(({ when, products }) =>
      word('fee-tier', {
        condition: conditionInWords(when, speech),
        amount: productsInWords(products, speech),
      }),
    ),
    tiers.length > 0 ? word('fee-otherwise', { amount: rest }) : rest,
    ...(atLeast ? [word('fee-least', { amount: baseInWords(atLeast, speech) })] : []),
    ...(atMost ? [word('fee-most', { amount: baseInWords(atMost, speech) })] : []),
  ]
  return parts.join(word('fee-between'))
}

const productsInWords = (products: readonly Product[], speech: Speech): string =>
  products.map(product => productInWords(product, speech)).join(sentenceWord(speech.locale, 'fee-plus'))

function productInWords({ base, times, each }: Product, speech: Speech): string {
  const word = (key: SentenceKey, values = {}) => sentenceWord(speech.locale, key, values)
  const factors = times.map(name =>
    word('fee-times', { factor: /^\d/.test(name) ? name : nameInWords(name, speech.subjects, speech) }),
  )
  const product = word('fee-product', { base: baseInWords(base, speech), times: factors.join('') })
  const group = speech.subjects.find(subject => subject.name === `count(${each})`)
  return each ? word('fee-each', { group: group?.label ?? each, product }) : product
}

const baseInWords = (base: Base, speech: Speech): string =>
  base.kind === 'name'
    ? nameInWords(base.name, speech.subjects, speech)
    : amountInWords(base.amount, base.currency, speech.locale)
