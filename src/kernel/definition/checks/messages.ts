import { smsCapacity, smsParts } from '../../../lib/sms/index.ts'
import type { Finding, Path } from '../faults.ts'
import type { Field, Localized, MessageEvent, ServiceDefinition } from '../model.ts'
import { answerFields, officerFields } from '../scope.ts'
import { fillIn, namesIn, sameNames } from './braces.ts'
import { canBeSent, isFitForMessages, knownAt, messageVariables, sampleValues } from './variables.ts'

const mostParts = 3
/** However a text of so many letters travels, it is not over three parts. */
const surelyFits = mostParts * smsCapacity['UCS-2'].joined

export function checkMessages(definition: ServiceDefinition): Finding[] {
  const given = Object.entries(definition.messages) as [MessageEvent, Localized][]
  const fields = [...answerFields(definition), ...officerFields(definition)]
  const samples = {
    ar: sampleValues(definition, fields, 'ar'),
    en: sampleValues(definition, fields, 'en'),
  }
  return [
    ...neededEvents(definition)
      .filter(event => !definition.messages[event])
      .map((event): Finding => ({ path: ['messages'], code: 'message-missing', values: { event } })),
    ...given.flatMap(([event, text]) => checkMessage(definition, fields, samples, event, text)),
  ]
}

/** Occasions that will come, and must not pass in silence. */
function neededEvents({ fees, papers, steps }: ServiceDefinition): MessageEvent[] {
  const asks = steps.some(({ kind }) => kind === 'confirmation')
  const leadsBack = steps.some(
    ({ kind, next = [] }, s) =>
      kind === 'confirmation' && next.some(({ to }) => steps.findIndex(({ id }) => id === to) < s),
  )
  const visits = steps.filter(({ kind, presence }) => kind === 'site-visit' && presence !== 'not-needed')
  const may = (event: MessageEvent, comes: boolean) => (comes ? [event] : [])
  return [
    'received',
    'rejected',
    'completed',
    ...may('fee-due', fees.length > 0),
    ...may('papers-missing', papers.length > 0),
    ...may('answer-asked', asks),
    ...may('lapsed', asks),
    ...may('reopened', leadsBack),
    ...may('appointment', visits.length > 0),
    ...may(
      'visit-missed',
      visits.some(({ acts }) => acts.includes('missed')),
    ),
    ...may(
      'sent-outside',
      steps.some(({ kind }) => kind === 'outside'),
    ),
  ]
}

function checkMessage(
  definition: ServiceDefinition,
  fields: readonly Field[],
  samples: Record<'ar' | 'en', Record<string, string>>,
  event: MessageEvent,
  text: Localized,
): Finding[] {
  const path: Path = ['messages', event]
  const names = { ar: namesIn(text.ar), en: namesIn(text.en) }
  const findings = (['ar', 'en'] as const).flatMap((locale): Finding[] => {
    const named = names[locale]
    const here = [...path, locale]
    if (!named) return [{ path: here, code: 'message-syntax' }]
    const strange = [...named].flatMap(name => checkName(definition, fields, event, name, here))
    if (strange.length > 0) return strange
    const filled = fillIn(text[locale], locale, samples[locale])
    if (filled.length <= surelyFits) return []
    const { parts } = smsParts(filled)
    return parts > mostParts ? [{ path: here, code: 'message-too-long', values: { parts } }] : []
  })
  if (!canBeSent(definition, event)) {
    findings.push({ path, code: 'message-never', values: { event }, severity: 'warning', onKey: true })
  }
  if (findings.length > 0 || sameNames(names.ar, names.en)) return findings
  return [{ path, code: 'message-variables-differ' }]
}

/** Besides what the occasion knows, a message may name an answer that is its reader's own and short. */
function checkName(
  definition: ServiceDefinition,
  fields: readonly Field[],
  event: MessageEvent,
  name: string,
  path: Path,
): Finding[] {
  if (messageVariables[event].includes(name)) return []
  const field = fields.find(({ id }) => id === name)
  if (!field) return [{ path, code: 'message-variable', values: { name, event } }]
  if (!isFitForMessages(field)) return [{ path, code: 'message-private', values: { name } }]
  return knownAt(definition, event).has(name)
    ? []
    : [{ path, code: 'message-early', values: { name, event } }]
}
