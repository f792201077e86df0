import { stringify } from 'yaml'

/** Writes values as the house's files are written: short mappings in one line, lists of items below each other. */

const widest = 150

/** Lists whose items take a line each, however short they are. */
const itemLists = new Set([
  'pages',
  'fields',
  'papers',
  'fees',
  'steps',
  'outputs',
  'proofs',
  'opinions',
  'parts',
  'examples',
  'acts-of-example',
])

/** The order in which the keys of a mapping are written; what it does not name stands last. */
const order = [
  'format',
  'code',
  'version',
  'group',
  'id',
  'service',
  'key',
  'from',
  'use',
  'with',
  'kind',
  'event',
  'name',
  'summary',
  'keywords',
  'title',
  'label',
  'words',
  'what',
  'intro',
  'hint',
  'guide',
  'office',
  'officeWhen',
  'role',
  'body',
  'time',
  'legalBasis',
  'procedure',
  'days',
  'hours',
  'at',
  'channels',
  'applicants',
  'form',
  'pages',
  'currency',
  'amount',
  'optional',
  'sensitive',
  'when',
  'next',
  'to',
  'join',
  'opinions',
  'parts',
  'acts',
  'presence',
  'auto',
  'tries',
  'effect',
  'feePoint',
  'output',
  'bulk',
  'deferral',
  'lapseDays',
  'ladder',
  'reads',
  'range',
  'min',
  'max',
  'accountKind',
  'billing',
  'prefill',
  'options',
  'papers',
  'accept',
  'validDays',
  'original',
  'known',
  'fees',
  'dueKind',
  'refundable',
  'tariffs',
  'dues',
  'steps',
  'fields',
  'proofs',
  'outputs',
  'template',
  'signer',
  'form',
  'rows',
  'grounds',
  'toConfirm',
  'messages',
  'examples',
  'note',
]
const places = new Map(order.map((key, at) => [key, at]))

/** Where a key stands among the keys of its mapping. */
export const placeOf = (key: string): number => places.get(key) ?? order.length

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One scalar as it stands inside brackets, which is good in every place. */
export function writeScalar(value: unknown): string {
  if (typeof value === 'string' && /[\n\r\t]/.test(value)) return JSON.stringify(value)
  const text = stringify([value ?? null], {
    collectionStyle: 'flow',
    lineWidth: 0,
    singleQuote: true,
    version: '1.2',
  })
  return text.trim().slice(1, -1).trim()
}

/** A value in one line. */
export function writeFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`
  if (!isMap(value)) return writeScalar(value)
  const pairs = entriesOf(value).map(([key, each]) => `${writeScalar(key)}: ${writeFlow(each)}`)
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

/** What is not there is not written; the keys in their order. */
const entriesOf = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => placeOf(one) - placeOf(other))

const isPlain = (value: unknown) => !isMap(value) && !Array.isArray(value)
const isLocalized = (value: unknown) =>
  isMap(value) && Object.keys(value).every(key => key === 'ar' || key === 'en')

/** Whether a value under a key is written in one line. */
function fitsLine(key: string, value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\n')
  if (isPlain(value)) return true
  if (hasBreaks(value)) return false
  const line = writeFlow(value)
  if (Array.isArray(value)) return value.length === 0 || (value.every(isPlain) && line.length <= widest)
  if (Object.keys(value as object).length === 0) return true
  if (isLocalized(value)) return line.length <= widest
  return (
    !itemLists.has(key) && line.length <= 110 && Object.values(value as object).every(each => isPlain(each))
  )
}

/** Whether an item of the list under a key is written in one line: `- { id: …, label: { … } }`. */
function fitsItemLine(listKey: string, item: unknown): boolean {
  if (isPlain(item)) return typeof item !== 'string' || !item.includes('\n')
  if (hasBreaks(item) || (isMap(item) && itemLists.has(listKey) && !('use' in item))) return false
  return writeFlow(item).length <= widest
}

const hasBreaks = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\n')
    : typeof value === 'object' && value !== null && Object.values(value).some(hasBreaks)

/** Text of several lines as a block that keeps them; undefined where such a block would not give the same text. */
function writeLines(value: unknown, indent: string): string | undefined {
  if (typeof value !== 'string' || !value.includes('\n')) return undefined
  const lines = value.replace(/\n$/, '').split('\n')
  if (/^\s/.test(value) || value.endsWith('\n\n') || lines.some(line => /[ \t]$/.test(line))) return undefined
  const mark = value.endsWith('\n') ? '|' : '|-'
  return `${mark}\n${lines.map(line => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`
}

/** What follows `key:`, with its leading space or line break; `indent` is the column of the key. */
export function writeAfterKey(key: string, value: unknown, indent: string): string {
  if (fitsLine(key, value)) return ` ${writeFlow(value)}`
  if (Array.isArray(value)) return `\n${value.map(item => writeItem(key, item, `${indent}  `)).join('\n')}`
  if (isMap(value)) return `\n${writeMap(value, `${indent}  `)}`
  return ` ${writeLines(value, indent) ?? writeScalar(value)}`
}

/** A mapping below each other, without a line break at its end. */
export function writeMap(value: Record<string, unknown>, indent: string): string {
  return entriesOf(value)
    .map(([key, each]) => `${indent}${writeScalar(key)}:${writeAfterKey(key, each, indent)}`)
    .join('\n')
}

/** An item of the list under `listKey`, from its dash on; `indent` is the column of the dash. */
export function writeItem(listKey: string, item: unknown, indent: string): string {
  if (isMap(item) && Object.keys(item).length > 0 && !fitsItemLine(listKey, item))
    return `${indent}- ${writeMap(item, `${indent}  `).trimStart()}`
  return `${indent}- ${(fitsItemLine(listKey, item) ? undefined : writeLines(item, indent)) ?? writeFlow(item)}`
}

/** Whether a list of such items is written below each other rather than in brackets. */
export const isTall = (listKey: string, items: readonly unknown[]): boolean => !fitsLine(listKey, items)
