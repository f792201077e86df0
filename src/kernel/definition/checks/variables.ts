import type { Field, FieldKind, MessageEvent, ServiceDefinition, StepKind } from '../model.ts'
import { answerFields } from '../scope.ts'
import { fieldsOf, stepsBefore } from './way.ts'

/** What a message of each occasion may name; `date` is the day promised. Every occasion knows the number, the service and a link. */
export const messageVariables: Record<MessageEvent, readonly string[]> = {
  received: ['number', 'service', 'link', 'date'],
  'fee-due': ['number', 'service', 'link', 'amount'],
  paid: ['number', 'service', 'link', 'amount'],
  'papers-missing': ['number', 'service', 'link', 'papers'],
  'papers-arrived': ['number', 'service', 'link', 'date'],
  approved: ['number', 'service', 'link', 'date'],
  rejected: ['number', 'service', 'link', 'reason'],
  ready: ['number', 'service', 'link'],
  completed: ['number', 'service', 'link'],
  withdrawn: ['number', 'service', 'link', 'reason'],
  reopened: ['number', 'service', 'link', 'reason', 'date'],
  // Here `date` is the day until which an answer is waited for.
  'answer-asked': ['number', 'service', 'link', 'date'],
  lapsed: ['number', 'service', 'link'],
  appointment: ['number', 'service', 'link', 'date', 'hour'],
  'visit-missed': ['number', 'service', 'link', 'date'],
  // Here `date` is the day by which the others are expected to answer.
  'sent-outside': ['number', 'service', 'link', 'body', 'date'],
  'deadline-moved': ['number', 'service', 'link', 'date', 'reason'],
}

/** Kinds of field whose answer may be another party's, or is too long: a telephone is read by whoever holds it. */
const unfit: readonly FieldKind[] = [
  'person',
  'national-id',
  'phone',
  'file',
  'long-text',
  'account',
  'address',
  'map-point',
  'group',
]
export const isFitForMessages = ({ kind }: Field): boolean => !unfit.includes(kind)

/** The kinds of step that send a message, where only some do. */
const senders: Partial<Record<MessageEvent, readonly StepKind[]>> = {
  'answer-asked': ['confirmation'],
  lapsed: ['confirmation'],
  appointment: ['site-visit'],
  'visit-missed': ['site-visit'],
  'sent-outside': ['outside'],
  approved: ['decision', 'committee'],
}

/** Whether anything in the service leads to an occasion. */
export function canBeSent({ fees, papers, steps }: ServiceDefinition, event: MessageEvent): boolean {
  if (event === 'fee-due' || event === 'paid') return fees.length > 0
  if (event === 'papers-missing' || event === 'papers-arrived') return papers.length > 0
  // An approval is told at the end of reviews too, by whoever words it so.
  const kinds = event === 'approved' ? undefined : senders[event]
  return !kinds || steps.some(({ kind }) => kinds.includes(kind))
}

/** The fields that may have been filled in when a message is sent. */
export function knownAt(definition: ServiceDefinition, event: MessageEvent): Set<string> {
  const { steps } = definition
  const before = stepsBefore(steps)
  const kinds = senders[event]
  const sending = steps.flatMap((step, s) => (kinds?.includes(step.kind) ? [s] : []))
  const own = event === 'approved' || event === 'lapsed' ? sending : []
  const done =
    event === 'received'
      ? new Set<number>()
      : kinds && sending.length > 0
        ? new Set([...sending.flatMap(s => [...(before[s] ?? [])]), ...own])
        : new Set(steps.keys())
  const officers = steps.flatMap((step, s) => (done.has(s) ? fieldsOf(step) : []))
  return new Set([...answerFields(definition), ...officers].map(({ id }) => id))
}

type Locale = 'ar' | 'en'

const longestOf = (texts: readonly string[], otherwise = ''): string =>
  texts.reduce((a, b) => (b.length > a.length ? b : a), otherwise)

/** As long as such values really get: the service's own name, its two longest papers, its longest ground. */
export function sampleValues(
  { name, papers, steps, grounds = [] }: ServiceDefinition,
  fields: readonly Field[],
  locale: Locale,
): Record<string, string> {
  const longest = papers.map(paper => paper.name[locale]).sort((a, b) => b.length - a.length)
  const own = Object.fromEntries(fields.map(field => [field.id, sampleOf(field, locale)]))
  return {
    ...own,
    number: '12345/2026',
    service: name[locale],
    papers: longest.slice(0, 2).join(locale === 'ar' ? '، ' : ', '),
    amount: locale === 'ar' ? '1,170.00 شيكل' : '1,170.00 shekels',
    date: locale === 'ar' ? 'الأربعاء، 30 تشرين الثاني 2026' : 'Wednesday, 30 September 2026',
    hour: '10:30–12:00',
    body: longestOf(steps.flatMap(({ body }) => body?.[locale] ?? [])),
    link: 'https://town.example/s/abcdefghjk',
    reason: longestOf(
      grounds.map(({ words }) => words[locale]),
      locale === 'ar' ? 'لا يتبع الموقع حدود المدينة' : 'outside the town limits',
    ),
  }
}

function sampleOf(field: Field, locale: Locale): string {
  const labels = (field.options ?? []).map(({ label }) => label[locale])
  switch (field.kind) {
    case 'choice':
      return longestOf(labels)
    case 'multiple':
      return labels.slice(0, field.max ?? labels.length).join(locale === 'ar' ? '، ' : ', ')
    case 'text':
      return (locale === 'ar' ? 'س' : 'x').repeat(Math.min(field.max ?? 40, 60))
    case 'money':
      return locale === 'ar' ? '1,170.00 شيكل' : '1,170.00 shekels'
    case 'date':
      return locale === 'ar' ? '30 تشرين الثاني 2026' : '30 September 2026'
    case 'yes-no':
      return locale === 'ar' ? 'نعم' : 'Yes'
    default:
      return '12345'
  }
}
