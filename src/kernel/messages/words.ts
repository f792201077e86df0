import { IntlMessageFormat } from 'intl-messageformat'
import { toWesternDigits } from '../../lib/arabic.ts'
import { parsePhone } from '../../lib/phone.ts'
import { smsParts } from '../../lib/sms/index.ts'
import { formatMessage, type TextValue } from '../../lib/texts.ts'

/** Why a name that exists must not stand in a message. */
export type NameRefusal = 'private' | 'staff-words' | 'early'

/** What words for an occasion may name and how long they may get. */
export type WordsTerms = {
  /** Names that may stand, with values as long as real ones; several sets where the words serve several services: all must fit. */
  samples: readonly Readonly<Record<string, TextValue>>[]
  /** Names that are known and may not stand. */
  refused: ReadonlyMap<string, NameRefusal>
  /** Names without which the message is of no use. */
  needs: readonly string[]
  /** Names whose lack is pointed out. */
  wants: readonly string[]
  /** Telephones of the town itself, which may be written out, E.164. */
  ownPhones: readonly string[]
  /** Hosts a link may lead to. */
  ownHosts: readonly string[]
}

export type WordsFaultCode =
  | 'words-empty'
  | 'words-syntax'
  | 'words-plural'
  | 'words-variable'
  | 'words-private'
  | 'words-staff-words'
  | 'words-early'
  | 'words-needs'
  | 'words-too-long'
  | 'words-number'
  | 'words-telephone'
  | 'words-identity'
  | 'words-account'
  | 'words-lacks'
  | 'words-link'
  | 'words-long-number'

/** `warning` is pointed out to whoever writes and whoever looks at it; a `fault` keeps the words from being sent. */
export type WordsFinding = {
  code: WordsFaultCode
  severity: 'fault' | 'warning'
  values: Readonly<Record<string, string | number>>
}

export const mostParts = 3

const fault = (code: WordsFaultCode, values: WordsFinding['values'] = {}): WordsFinding => ({
  code,
  values,
  severity: 'fault',
})
const warning = (code: WordsFaultCode, values: WordsFinding['values'] = {}): WordsFinding => ({
  code,
  values,
  severity: 'warning',
})

type Element = ReturnType<IntlMessageFormat['getAst']>[number]
/** Kinds of element as the parser of messages numbers them. */
const [literal, argument, plural, pound] = [0, 1, 6, 7]

/**
 * What is wrong with a town's words for an occasion: names that are not known there, another's data, words of the staff, anything that
 * belongs to one person written out, and more parts than are sent. Nothing that one citizen must not read of another gets past it by way
 * of a name; what is written out in letters, a second person reads.
 */
export function checkWords(body: string, terms: WordsTerms): WordsFinding[] {
  if (body.trim() === '') return [fault('words-empty')]
  const elements = astOf(body)
  if (!elements?.every(isPlain)) return [fault('words-syntax')]
  const names = namesOf(elements)
  const [known = {}] = terms.samples
  const findings = [
    ...[...names].flatMap(name => checkName(name, known, terms)),
    ...terms.needs.filter(name => !names.has(name)).map(name => fault('words-needs', { name })),
    ...checkLetters(textOf(elements), terms),
  ]
  const counted = [...pluralsOf(elements)].filter(name => name in known && typeof known[name] !== 'number')
  findings.push(...counted.map(name => fault('words-plural', { name })))
  if (findings.some(({ severity }) => severity === 'fault')) return findings
  const parts = partsOf(body, terms, pluralsOf(elements))
  if (parts > mostParts) findings.push(fault('words-too-long', { parts }))
  const lacking = terms.wants.filter(name => name in known && !names.has(name))
  return [...findings, ...lacking.map(name => warning('words-lacks', { name }))]
}

/** The most parts the words take, whatever they are filled with. */
export function partsOf(
  body: string,
  { samples }: Pick<WordsTerms, 'samples'>,
  counts: ReadonlySet<string>,
): number {
  const sets =
    counts.size === 0
      ? samples
      : samples.flatMap(values => [...everyCount].map(n => countedAs(values, counts, n)))
  return Math.max(...sets.map(values => smsParts(formatMessage(body, 'ar', values)).parts))
}

/** One of each form that Arabic counts in. */
const everyCount = [0, 1, 2, 5, 25, 100]
const countedAs = (values: Readonly<Record<string, TextValue>>, counts: ReadonlySet<string>, n: number) => ({
  ...values,
  ...Object.fromEntries([...counts].map(name => [name, n])),
})

function astOf(body: string): Element[] | undefined {
  try {
    return new IntlMessageFormat(body, 'ar', undefined, { ignoreTag: true }).getAst()
  } catch {
    return undefined
  }
}

/** Names as they are, and forms of a count; choices by a text would hide words from whoever looks. */
const isPlain = (element: Element): boolean => {
  if ('options' in element) {
    if (element.type !== plural) return false
    return Object.values(element.options).every(option =>
      (option as { value: Element[] }).value.every(isPlain),
    )
  }
  return element.type === literal || element.type === argument || element.type === pound
}

const inside = (element: Element): Element[] =>
  'options' in element
    ? Object.values(element.options).flatMap(option => (option as { value: Element[] }).value)
    : []

function namesOf(elements: readonly Element[]): Set<string> {
  return new Set(
    elements.flatMap(element => {
      const own =
        element.type === literal || element.type === pound ? [] : [(element as { value: string }).value]
      return [...own, ...namesOf(inside(element))]
    }),
  )
}

const pluralsOf = (elements: readonly Element[]): Set<string> =>
  new Set(
    elements.flatMap(element => [
      ...(element.type === plural ? [(element as { value: string }).value] : []),
      ...pluralsOf(inside(element)),
    ]),
  )

/** Everything that is written out, of every form of a count; a name stands as a mark that joins no digits. */
const textOf = (elements: readonly Element[]): string =>
  elements
    .map(element => {
      if (element.type === literal) return (element as { value: string }).value
      return element.type === plural
        ? ` ${inside(element)
            .map(each => textOf([each]))
            .join(' ')} `
        : '\ufffc'
    })
    .join('')

function checkName(
  name: string,
  known: Readonly<Record<string, TextValue>>,
  { refused }: WordsTerms,
): WordsFinding[] {
  const why = refused.get(name)
  if (why) return [fault(`words-${why}`, { name })]
  return Object.hasOwn(known, name) ? [] : [fault('words-variable', { name })]
}

const ofRequest = /(?<![\d/])\d{1,7}\s?\/\s?20\d\d(?!\d)/g
const ofAccount = /(?<!\d)\d{2}-\d{6,}-\d(?!\d)/g
const digitRuns = /(?<![\d-])\+?\d(?:[ -]?\d){6,}(?!\d)/g
const links = /(?:https?:\/\/|www\.)[^\s\ufffc]+/gi

/** What belongs to one person and stands in everybody's message: it was copied from a message of theirs. */
function checkLetters(text: string, { ownPhones, ownHosts }: WordsTerms): WordsFinding[] {
  const western = toWesternDigits(text)
  const findings: WordsFinding[] = []
  for (const [link] of western.matchAll(links)) {
    if (!ownHosts.includes(hostOf(link))) findings.push(warning('words-link', { link }))
  }
  const rest = western.replace(links, ' ')
  findings.push(...(rest.match(ofRequest) ?? []).map(number => fault('words-number', { number })))
  findings.push(...(rest.match(ofAccount) ?? []).map(number => fault('words-account', { number })))
  for (const [run] of rest.replace(ofAccount, ' ').matchAll(digitRuns))
    findings.push(...checkRun(run, ownPhones))
  return findings
}

function checkRun(run: string, ownPhones: readonly string[]): WordsFinding[] {
  const digits = run.replace(/\D/g, '')
  const phone = parsePhone(run)
  if (phone.ok && ownPhones.includes(phone.value.e164)) return []
  if (phone.ok && phone.value.kind === 'mobile') return [fault('words-telephone', { number: run })]
  if (phone.ok && phone.value.kind === 'fixed') return []
  if (digits.length === 9) return [fault('words-identity', { number: run })]
  return digits.length > 9 ? [warning('words-long-number', { number: run })] : []
}

function hostOf(link: string): string {
  try {
    return new URL(/^https?:/i.test(link) ? link : `https://${link}`).hostname.toLowerCase()
  } catch {
    return ''
  }
}
