import type { MessageEvent, ServiceDefinition } from '../../../kernel/definition/index.ts'
import {
  eventsOf,
  kindOfEvent,
  kinds,
  type MessageKind,
  messageEvents,
  namesFor,
  termsOf,
  termsOfEvery,
  type WordsTerms,
} from '../../../kernel/messages/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { TextValue } from '../../../lib/texts.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { type Catalogue, catalogueOf } from '../../catalogue/index.ts'
import { everyKey, serviceKey } from './model.ts'
import { wordNames } from './names.ts'
import { type OfficeWords, registeredWords } from './registry.ts'
import { type FilledBy, type VariableName, vocabulary } from './vocabulary.ts'

/** A place words are written for: an event of a service, of every service, or an occasion of an office. */
export type SubjectName = { name: string; label: Localized; by: FilledBy; sample: TextValue }

export type Subject = {
  key: string
  /** As its address names it: a service's code, `all`, or `office`. */
  of: string
  event: string
  kind: MessageKind
  name: Localized
  /** Absent for what is no service's. */
  service: { code: string; name: Localized; version: number } | undefined
  /** The words that are sent where the town has none; each service has its own for what is every service's. */
  given: { body: string; version: number } | undefined
  /** What writing begins with where nothing is sent in these words yet: the words most services have. */
  suggested: string
  names: SubjectName[]
  terms: WordsTerms
}

export const everyService = 'all'
export const ofOffice = 'office'

/** The house and the town; a `Call` is one. */
export type Place = { house: Pick<House, 'config'>; town: Pick<Town, 'hosts' | 'profile'> }

/**
 * What words of an occasion are about, by its address.
 * @throws NotFound `no-such-occasion`
 */
export async function subjectOf(tx: Read, place: Place, of: string, event: string): Promise<Subject> {
  const subject = subjectIn(await catalogueOf(tx), place, of, event)
  if (!subject) throw new NotFound('no-such-occasion')
  return subject
}

/** The same of a catalogue that was read; undefined where there is no such occasion. */
export function subjectIn(
  catalogue: Catalogue,
  place: Place,
  of: string,
  event: string,
): Subject | undefined {
  if (of === ofOffice) return officeSubject(place, event)
  if (!isEvent(event)) return undefined
  if (of === everyService) {
    const definitions = catalogue.offered.map(({ service }) => service.definition)
    return everySubject(place, definitions, event)
  }
  const found = catalogue.find(of)
  if (!found || !eventsOf(found.service.definition).includes(event)) return undefined
  return serviceSubject(place, found.service.definition, event)
}

/** The occasion a key of words is about, where it still is one. */
export function subjectOfKey(catalogue: Catalogue, place: Place, key: string): Subject | undefined {
  const [of = '', event = ''] = key.includes('/') ? key.split('/') : [ofOffice, key]
  return subjectIn(catalogue, place, of === '*' ? everyService : of, event)
}

const isEvent = (event: string): event is MessageEvent => (messageEvents as string[]).includes(event)

/** What an occasion of a service is called. */
export const eventName = (event: MessageEvent): Localized => ({
  ar: wordNames.ar[`event-${event}`],
  en: wordNames.en[`event-${event}`],
})

function serviceSubject(place: Place, definition: ServiceDefinition, event: MessageEvent): Subject {
  const { code, name, version } = definition
  const terms = termsOf(definition, event)
  const [samples = {}] = terms.samples
  const by = { occasion: undefined, applicant: 'applicant', officer: 'staff' } as const
  return {
    key: serviceKey(code, event),
    of: code,
    event,
    kind: kindOfEvent(event),
    name: eventName(event),
    service: { code, name, version },
    given: { body: definition.messages[event]?.ar ?? '', version },
    suggested: definition.messages[event]?.ar ?? '',
    names: namesFor(definition, event).map(({ name, of, label }) => ({
      name,
      sample: samples[name] ?? '',
      label: label ?? variableLabel(name),
      by: by[of] ?? filledBy(name),
    })),
    terms: { ...terms, ...ownOf(place) },
  }
}

function everySubject(
  place: Place,
  all: readonly ServiceDefinition[],
  event: MessageEvent,
): Subject | undefined {
  const definitions = all.filter(definition => eventsOf(definition).includes(event))
  if (definitions.length === 0) return undefined
  const terms = termsOfEvery(definitions, event)
  const [samples = {}] = terms.samples
  return {
    key: everyKey(event),
    of: everyService,
    event,
    kind: kindOfEvent(event),
    name: eventName(event),
    service: undefined,
    given: undefined,
    suggested: mostCommon(definitions.flatMap(({ messages }) => messages[event]?.ar ?? [])),
    names: Object.entries(samples).map(([name, sample]) => ({
      name,
      sample,
      label: variableLabel(name),
      by: filledBy(name),
    })),
    terms: { ...terms, ...ownOf(place) },
  }
}

function officeSubject(place: Place, key: string): Subject | undefined {
  const words = registeredWords().get(key)
  if (!words) return undefined
  const names = words.variables.map(name => ({
    name,
    label: variableLabel(name),
    ...vocabulary[name],
  }))
  const samples = Object.fromEntries(names.map(({ name, sample }): [string, TextValue] => [name, sample]))
  return {
    key,
    of: ofOffice,
    event: key,
    kind: words.kind,
    name: words.name,
    service: undefined,
    given: { body: words.body, version: 1 },
    suggested: words.body,
    names,
    terms: {
      samples: [samples],
      refused: new Map(),
      needs: words.needs,
      wants: wantsOf(words),
      ...ownOf(place),
    },
  }
}

const mostCommon = (texts: readonly string[]): string => {
  const counts = Map.groupBy(texts, text => text)
  const [[text] = ['']] = [...counts].sort(([, a], [, b]) => b.length - a.length)
  return text
}

/** A code says nothing of a request; the rest of what names a number is of little use without it. */
const wantsOf = ({ variables, needs }: OfficeWords): string[] =>
  variables.includes('number') && !needs.includes('number') ? ['number'] : []

function ownOf({ house, town }: Place): Pick<WordsTerms, 'ownPhones' | 'ownHosts'> {
  const phone = parsePhone(town.profile.phone)
  const { publicUrl } = house.config
  return {
    ownPhones: phone.ok ? [phone.value.e164] : [],
    ownHosts: [...town.hosts, ...(publicUrl ? [new URL(publicUrl).hostname] : [])],
  }
}

const isVariable = (name: string): name is VariableName => Object.hasOwn(vocabulary, name)
const filledBy = (name: string): FilledBy => (isVariable(name) ? vocabulary[name].by : 'town')
const variableLabel = (name: string): Localized =>
  isVariable(name)
    ? { ar: wordNames.ar[`var-${name}`], en: wordNames.en[`var-${name}`] }
    : { ar: name, en: name }

/** Whether whoever wants no such messages gets none: said beside the words. */
export const mayBeDeclined = (kind: MessageKind): boolean => kinds[kind].optOut
