import { IntlMessageFormat } from 'intl-messageformat'
import { smsParts } from '../../../lib/sms.ts'
import { formatMessage } from '../../../lib/texts.ts'
import type { Finding, Path } from '../faults.ts'
import type { Localized, MessageEvent, ServiceDefinition } from '../model.ts'

/** What a message of each occasion may name; `date` is the day promised. Every occasion knows the number, the service and a link. */
const messageVariables: Record<MessageEvent, readonly string[]> = {
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

const mostParts = 3

export function checkMessages(definition: ServiceDefinition): Finding[] {
  const given = Object.entries(definition.messages) as [MessageEvent, Localized][]
  return [
    ...neededEvents(definition)
      .filter(event => !definition.messages[event])
      .map((event): Finding => ({ path: ['messages'], code: 'message-missing', values: { event } })),
    ...given.flatMap(([event, text]) => checkMessage(definition, event, text)),
  ]
}

/** Occasions that will come, and must not pass in silence. */
function neededEvents({ fees, papers, steps }: ServiceDefinition): MessageEvent[] {
  const asks = steps.some(({ kind }) => kind === 'confirmation')
  const leadsBack = steps.some(
    ({ kind, next = [] }, s) =>
      kind === 'confirmation' && next.some(({ to }) => steps.findIndex(({ id }) => id === to) < s),
  )
  return [
    'received',
    'rejected',
    'completed',
    ...(fees.length > 0 ? (['fee-due'] as const) : []),
    ...(papers.length > 0 ? (['papers-missing'] as const) : []),
    ...(asks ? (['answer-asked', 'lapsed'] as const) : []),
    ...(leadsBack ? (['reopened'] as const) : []),
  ]
}

function checkMessage(definition: ServiceDefinition, event: MessageEvent, text: Localized): Finding[] {
  const path: Path = ['messages', event]
  const names = { ar: namesIn(text.ar), en: namesIn(text.en) }
  const findings = (['ar', 'en'] as const).flatMap((locale): Finding[] => {
    const named = names[locale]
    if (!named) return [{ path: [...path, locale], code: 'message-syntax' }]
    const strange = [...named].filter(name => !messageVariables[event].includes(name))
    if (strange.length > 0) {
      return strange.map(name => ({
        path: [...path, locale],
        code: 'message-variable',
        values: { name, event },
      }))
    }
    const { parts } = smsParts(formatMessage(text[locale], locale, sampleValues(definition, locale)))
    return parts > mostParts ? [{ path: [...path, locale], code: 'message-too-long', values: { parts } }] : []
  })
  if (findings.length > 0 || !names.ar || !names.en) return findings
  const english = names.en
  const same = names.ar.size === english.size && [...names.ar].every(name => english.has(name))
  return same ? [] : [{ path, code: 'message-variables-differ' }]
}

/** As long as such values really get: the service's own name, its two longest papers, its longest ground. */
function sampleValues(
  { name, papers, grounds = [] }: ServiceDefinition,
  locale: 'ar' | 'en',
): Record<string, string> {
  const longest = papers.map(paper => paper.name[locale]).sort((a, b) => b.length - a.length)
  return {
    number: '12345/2026',
    service: name[locale],
    papers: longest.slice(0, 2).join(locale === 'ar' ? '، ' : ', '),
    amount: locale === 'ar' ? '1,170.00 شيكل' : '1,170.00 shekels',
    date: locale === 'ar' ? 'الأربعاء، 30 تشرين الثاني 2026' : 'Wednesday, 30 September 2026',
    link: 'https://town.example/r/12345',
    reason: grounds
      .map(({ words }) => words[locale])
      .reduce(
        (a, b) => (a.length > b.length ? a : b),
        locale === 'ar' ? 'لا يتبع الموقع حدود المدينة' : 'outside the town limits',
      ),
  }
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** The variables of an ICU message; undefined when its braces do not match. */
function namesIn(message: string): Set<string> | undefined {
  try {
    return collect(new IntlMessageFormat(message, 'ar', undefined, { ignoreTag: true }).getAst(), new Set())
  } catch {
    return undefined
  }
}

function collect(elements: readonly Element[], names: Set<string>): Set<string> {
  for (const element of elements) {
    // 0 is plain text and 7 the `#` of a plural; every other element names a variable.
    if (element.type !== 0 && element.type !== 7) names.add(element.value)
    if ('options' in element) {
      for (const option of Object.values(element.options))
        collect((option as { value: Element[] }).value, names)
    }
  }
  return names
}
