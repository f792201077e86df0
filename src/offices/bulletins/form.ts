import { toWesternDigits } from '../../lib/arabic.ts'
import type { Fault } from '../../lib/errors.ts'
import { parseAmount } from '../../lib/money.ts'
import { cleanSms, smsParts } from '../../lib/sms/index.ts'
import { type Call, typedList, typedText } from '../../web/call.ts'
import type { BulletinInput } from './acts.ts'
import { billNames } from './bill.ts'
import {
  type Audience,
  type Bulletin,
  type BulletinKind,
  bulletinKinds,
  hasRule,
  type NumberUse,
  numberUses,
} from './model.ts'
import { bulletinText } from './strings.ts'

/** Kinds of account that lists are made of; the town may have others beside them. */
export const accountKinds = [
  'electricity',
  'water',
  'sewage',
  'waste',
  'property',
  'rent',
  'licence',
  'fees',
] as const

/** Parts of a message beyond which it is refused: it costs each of many. */
const mostParts = 3
const longestBody = 700

/** What the form holds, as it was typed. */
export type TypedBulletin = {
  title: string
  kind: string
  body: string
  quarters: string[]
  feeders: string[]
  accountKinds: string[]
  debt: string
  overdue: boolean
  verified: boolean
  numbers: string
  dropFile: boolean
  expiresDays: string
  dailyParts: string
}

export function typedBulletin(call: Call): TypedBulletin {
  const text = (name: string) => typedText(call, name).trim()
  return {
    title: text('title'),
    kind: text('kind'),
    body: typedText(call, 'body'),
    quarters: typedList(call, 'quarters'),
    feeders: typedList(call, 'feeders'),
    accountKinds: typedList(call, 'accountKinds'),
    debt: text('debt'),
    overdue: text('overdue') === 'yes',
    verified: text('verified') === 'yes',
    numbers: text('numbers'),
    dropFile: text('dropFile') === 'yes',
    expiresDays: text('expiresDays'),
    dailyParts: text('dailyParts'),
  }
}

/** A bulletin as its form shows it. */
export function asTyped({ audience, ...bulletin }: Bulletin): TypedBulletin {
  return {
    title: bulletin.title,
    kind: bulletin.kind,
    body: inWords(bulletin.body),
    quarters: audience.quarters,
    feeders: audience.feeders,
    accountKinds: audience.accountKinds,
    debt: audience.debt ? (audience.debt.minor / 100).toFixed(2) : '',
    overdue: audience.debt?.overdue ?? false,
    verified: audience.verified,
    numbers: audience.numbers ?? 'add',
    dropFile: false,
    expiresDays: String(bulletin.expiresDays),
    dailyParts: String(bulletin.dailyParts ?? ''),
  }
}

/** The names of a bill as people write them: `{المبلغ}`. */
const namesInWords = billNames.map(name => [`{${name}}`, `{${bulletinText('ar', `name-${name}`)}}`] as const)
export const inWords = (body: string): string =>
  namesInWords.reduce((text, [name, words]) => text.replaceAll(name, words), body)
const inNames = (body: string): string =>
  namesInWords.reduce((text, [name, words]) => text.replaceAll(words, name), body)

type Asked = Omit<BulletinInput, 'template' | 'file'>

/** Reads the form; `hasFile` where numbers of a file come with it or are kept. */
export function readBulletin(
  typed: TypedBulletin,
  hasFile: boolean,
): { ok: true; value: Asked } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  if (typed.title === '') faults.push({ field: 'title', code: 'required' })
  else if (typed.title.length > 80) faults.push({ field: 'title', code: 'too-long', values: { max: 80 } })
  const kind = bulletinKinds.find(each => each === typed.kind)
  if (!kind) faults.push({ field: 'kind', code: 'not-an-option' })
  const body = inNames(cleanSms(typed.body)).trim()
  faults.push(...bodyFaults(body, kind))
  const expiresDays = wholeNumber(typed.expiresDays)
  if (expiresDays === undefined) faults.push({ field: 'expiresDays', code: 'not-a-number' })
  else if (expiresDays < 1) faults.push({ field: 'expiresDays', code: 'too-small', values: { min: 1 } })
  else if (expiresDays > 30) faults.push({ field: 'expiresDays', code: 'too-large', values: { max: 30 } })
  const dailyParts = typed.dailyParts === '' ? undefined : wholeNumber(typed.dailyParts)
  if (typed.dailyParts !== '' && (dailyParts === undefined || dailyParts < 1 || dailyParts > 10_000_000))
    faults.push({ field: 'dailyParts', code: 'not-a-number' })
  const audience = readAudience(typed, hasFile, faults)
  if (faults.length > 0 || !kind || expiresDays === undefined) return { ok: false, faults }
  return { ok: true, value: { title: typed.title, kind, body, expiresDays, dailyParts, audience } }
}

function bodyFaults(body: string, kind: BulletinKind | undefined): Fault[] {
  const fault = (code: string, values?: Fault['values']): Fault[] => [
    { field: 'body', code, ...(values && { values }) },
  ]
  if (body === '') return fault('required')
  if (body.length > longestBody) return fault('too-long', { max: longestBody })
  const names = [...body.matchAll(/\{([^{}]*)\}?/g)].map(([, name = '']) => name.trim())
  const known: readonly string[] = kind === 'bill' ? billNames : []
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) return fault('bulletin-name-unknown', { name: unknown })
  if (kind === 'bill' && !names.includes('amount')) return fault('bulletin-without-amount')
  return smsParts(body).parts > mostParts ? fault('bulletin-parts', { max: mostParts }) : []
}

function wholeNumber(text: string): number | undefined {
  const digits = toWesternDigits(text)
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

/** Longest list a form may choose; a town has no more quarters. */
const mostChosen = 200
const chosen = (list: readonly string[]) =>
  [...new Set(list.map(each => each.trim()).filter(each => each !== '' && each.length <= 120))].slice(
    0,
    mostChosen,
  )

function readAudience(typed: TypedBulletin, hasFile: boolean, faults: Fault[]): Audience {
  const amount = typed.debt === '' ? undefined : parseAmount(typed.debt, 'ILS')
  if (amount && !amount.ok) faults.push({ field: 'debt', code: amount.code })
  const use = numberUses.find(each => each === typed.numbers) ?? 'add'
  const audience: Audience = {
    quarters: chosen(typed.quarters),
    feeders: chosen(typed.feeders),
    accountKinds: accountKinds.filter(kind => typed.accountKinds.includes(kind)),
    verified: typed.verified,
    ...(amount?.ok && { debt: { currency: 'ILS', minor: amount.value.minor, overdue: typed.overdue } }),
    ...(hasFile && { numbers: use satisfies NumberUse }),
  }
  if (!hasRule(audience) && !hasFile) faults.push({ field: 'quarters', code: 'bulletin-for-nobody' })
  if (!hasRule(audience) && hasFile && use !== 'add')
    faults.push({ field: 'numbers', code: 'bulletin-for-nobody' })
  return audience
}
