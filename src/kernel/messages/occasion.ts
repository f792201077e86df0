import { namesIn } from '../definition/checks/braces.ts'
import {
  canBeSent,
  isFitForMessages,
  knownAt,
  messageVariables,
  sampleValues,
} from '../definition/checks/variables.ts'
import type { Field, MessageEvent, ServiceDefinition } from '../definition/index.ts'
import { answerFields, officerFields } from '../definition/scope.ts'
import type { MessageKind } from './kinds.ts'
import type { NameRefusal, WordsTerms } from './words.ts'

/** A name a message may be filled with: of the occasion itself, an answer of the applicant, or what an officer found. */
export type OccasionName = { name: string; of: 'occasion' | 'applicant' | 'officer'; label?: Field['label'] }

/** Every occasion a service may speak on, in the order of its life. */
export const messageEvents = Object.keys(messageVariables) as MessageEvent[]

/** The occasions on which a service speaks and gets to. */
export const eventsOf = (definition: ServiceDefinition): MessageEvent[] =>
  messageEvents.filter(event => definition.messages[event] && canBeSent(definition, event))

/** What kind of message an event of a request is: from a refusal and a lapse terms run, so they are notices of law, wanted or not. */
export const kindOfEvent = (event: MessageEvent): MessageKind =>
  event === 'rejected' || event === 'lapsed' ? 'legal' : 'step'

/** Words that are of little use without what they are about. */
const wants: Partial<Record<MessageEvent, readonly string[]>> = {
  'fee-due': ['amount'],
  paid: ['amount'],
  'papers-missing': ['papers'],
  rejected: ['reason'],
  appointment: ['date', 'hour'],
  'deadline-moved': ['date'],
}

type Terms = Pick<WordsTerms, 'samples' | 'refused' | 'needs' | 'wants'>

/** What the words of a service for an event may name. An officer's own words, and whatever may be another's, are refused by name. */
export function termsOf(definition: ServiceDefinition, event: MessageEvent): Terms {
  const names = namesFor(definition, event)
  const samples = samplesOf(definition)
  const refused = new Map(
    [...answerFields(definition), ...officerFields(definition)].flatMap((field): [string, NameRefusal][] => {
      const why = whyNot(definition, event, field)
      return why ? [[field.id, why]] : []
    }),
  )
  const shown = names.map(({ name }): [string, string] => [name, samples[name] ?? ''])
  return { samples: [Object.fromEntries(shown)], refused, ...wishes(event) }
}

/** What words for an event of every service may name: the occasion itself, and no answer, which is another question in another service. */
export function termsOfEvery(definitions: readonly ServiceDefinition[], event: MessageEvent): Terms {
  const names = messageVariables[event]
  const samples = definitions.map(definition => {
    const all = samplesOf(definition)
    return Object.fromEntries(names.map((name): [string, string] => [name, all[name] ?? '']))
  })
  return { samples, refused: new Map(), ...wishes(event) }
}

const wishes = (event: MessageEvent) => ({ needs: [], wants: ['number', ...(wants[event] ?? [])] })

/** The names of a service's message on an event: those of the occasion first. */
export function namesFor(definition: ServiceDefinition, event: MessageEvent): OccasionName[] {
  const may = (field: Field) => whyNot(definition, event, field) === undefined
  const of = (fields: readonly Field[], of: OccasionName['of']) =>
    fields.filter(may).map(({ id, label }): OccasionName => ({ name: id, of, label }))
  return [
    ...messageVariables[event].map((name): OccasionName => ({ name, of: 'occasion' })),
    ...of(answerFields(definition), 'applicant'),
    ...of(officerFields(definition), 'officer'),
  ]
}

function whyNot(definition: ServiceDefinition, event: MessageEvent, field: Field): NameRefusal | undefined {
  if (messageVariables[event].includes(field.id)) return undefined
  if (!isFitForMessages(field)) return 'private'
  const isOfficers = officerFields(definition).some(({ id }) => id === field.id)
  // What the service itself tells people was written for them.
  if (isOfficers && field.kind === 'text' && !isTold(definition, field.id)) return 'staff-words'
  return knownAt(definition, event).has(field.id) ? undefined : 'early'
}

const isTold = ({ messages }: ServiceDefinition, name: string): boolean =>
  Object.values(messages).some(({ ar }) => namesIn(ar)?.has(name))

/** As long as real values get: a day is told as 30/11, a link is one of our own. */
function samplesOf(definition: ServiceDefinition): Record<string, string> {
  const fields = [...answerFields(definition), ...officerFields(definition)]
  return {
    ...sampleValues(definition, fields, 'ar'),
    date: '30/11',
    link: 'https://town.example/s/abcdefghjk',
  }
}
