import type { Field } from '../../../kernel/definition/index.ts'
import type { Locale } from '../../../lib/localized.ts'
import type { Currency } from '../../../lib/money.ts'
import type { DraftContent } from '../model.ts'
import type { Test } from './condition.ts'
import { type SentenceKey, sentenceWord } from './strings.ts'

export type SubjectKind = 'choice' | 'multiple' | 'truth' | 'number' | 'date' | 'money' | 'text' | 'other'

/** Something a sentence may ask about. */
export type Subject = {
  name: string
  label: string
  kind: SubjectKind
  options?: { value: string; label: string }[]
  currency?: Currency
  /** The group it is a column of: it is named only for each of its rows. */
  column?: string
}

type LooseField = NonNullable<DraftContentField>
type DraftContentField = NonNullable<NonNullable<DraftContent['form']>['pages']>[number] extends infer Page
  ? Page extends { fields?: (infer F)[] }
    ? F
    : never
  : never

/** What may be asked about where a rule stands: `before` a question, on `filing`, or in the `work` of the offices. */
export type Place = { in: 'form'; before?: string; page?: string } | { in: 'filing' } | { in: 'work' }

const capacities = ['principal', 'agent', 'guardian', 'heir', 'partner', 'tenant', 'representative'] as const
const channels = ['web', 'counter', 'api'] as const

/** Everything a rule at a place may ask about, in the order of the form. */
export function vocabularyOf(content: DraftContent, place: Place, locale: Locale): Subject[] {
  const fields = place.in === 'work' ? [...asked(content), ...filledIn(content)] : asked(content, place)
  return [...fields.flatMap(field => subjectsOf(field, locale)), ...common(content, locale)]
}

/** Questions of the form; only those before a question or page where one is named. */
function asked(content: DraftContent, place?: Place): LooseField[] {
  const found: LooseField[] = []
  for (const page of content.form?.pages ?? []) {
    if (place?.in === 'form' && place.page !== undefined && page.id === place.page) return found
    for (const field of page.fields ?? []) {
      if (place?.in === 'form' && place.before !== undefined && field.id === place.before) return found
      found.push(field)
    }
  }
  return found
}

/** What officers fill in, opinions too. */
function filledIn(content: DraftContent): LooseField[] {
  return (content.steps ?? []).flatMap(step => [
    ...(step.fields ?? []),
    ...(step.opinions ?? []).flatMap(opinion => opinion.fields ?? []),
  ])
}

const kinds: Partial<Record<Field['kind'], SubjectKind>> = {
  choice: 'choice',
  multiple: 'multiple',
  'yes-no': 'truth',
  'whole-number': 'number',
  decimal: 'number',
  money: 'money',
  date: 'date',
  text: 'text',
  'long-text': 'text',
}

const labelOf = (field: LooseField, locale: Locale): string =>
  field.label?.[locale] || field.label?.ar || (field.id ?? '')

function subjectsOf(field: LooseField, locale: Locale): Subject[] {
  const { id: name, kind } = field
  if (!name || !kind) return []
  const label = labelOf(field, locale)
  if (kind === 'group') return groupSubjects(field, label, locale)
  if (kind === 'address') {
    const parts = (['block', 'quarter', 'parcel', 'landmark'] as const).map((part): Subject => {
      return { name: `${name}.${part}`, label: sentenceWord(locale, `part-${part}`, { label }), kind: 'text' }
    })
    return [...parts]
  }
  const subject: Subject = { name, label, kind: kinds[kind] ?? 'other' }
  if (kind === 'money') subject.currency = field.currency ?? 'ILS'
  if (field.options) {
    subject.options = field.options.flatMap(option =>
      option.id ? [{ value: option.id, label: option.label?.[locale] || option.label?.ar || option.id }] : [],
    )
  }
  return [subject]
}

function groupSubjects(field: LooseField, label: string, locale: Locale): Subject[] {
  const columns = (field.fields ?? []) as LooseField[]
  const numbers = columns.filter(column => column.kind === 'whole-number' || column.kind === 'decimal')
  return [
    { name: `count(${field.id})`, label: sentenceWord(locale, 'count-of', { label }), kind: 'number' },
    ...numbers.map((column): Subject => {
      const said = sentenceWord(locale, 'sum-of', { column: labelOf(column, locale), label })
      return { name: `sum(${field.id}.${column.id})`, label: said, kind: 'number' }
    }),
    ...columns
      .flatMap(column => subjectsOf(column, locale))
      .map((subject): Subject => ({ ...subject, name: `row.${subject.name}`, column: field.id ?? '' })),
  ]
}

function common(content: DraftContent, locale: Locale): Subject[] {
  const word = (key: SentenceKey) => sentenceWord(locale, key)
  const allowed = content.applicants?.length ? content.applicants : capacities
  const ways = content.channels?.length ? content.channels : channels
  return [
    {
      name: 'capacity',
      label: word('capacity'),
      kind: 'choice',
      options: allowed.map(value => ({ value, label: word(`capacity-${value}`) })),
    },
    {
      name: 'channel',
      label: word('channel'),
      kind: 'choice',
      options: ways.map(value => ({ value, label: word(`channel-${value}`) })),
    },
    { name: 'today', label: word('today'), kind: 'date' },
  ]
}

const known: readonly Test[] = ['answered', 'unanswered']
const ordered: readonly Test[] = ['is', 'is-not', 'less', 'at-most', 'more', 'at-least']

/** What can be asked of a kind, the likeliest first. */
export const testsOf: Record<SubjectKind, readonly Test[]> = {
  choice: ['is', 'is-not', 'one-of', 'none-of', ...known],
  multiple: ['holds', 'lacks', ...known],
  truth: ['is', 'is-not', ...known],
  number: [...ordered, ...known],
  date: [...ordered, ...known],
  money: [...ordered, ...known],
  text: ['is', 'is-not', 'contains', 'starts', ...known],
  other: known,
}

const dated: Partial<Record<Test, SentenceKey>> = {
  less: 'test-before',
  'at-most': 'test-until',
  more: 'test-after',
  'at-least': 'test-since',
}

/** How a test is said of a kind: a day is before another, a number is less. */
export const testKey = (test: Test, kind: SubjectKind | undefined): SentenceKey =>
  (kind === 'date' && dated[test]) || `test-${test}`
