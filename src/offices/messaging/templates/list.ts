import { eventsOf, messageEvents, messageKinds } from '../../../kernel/messages/index.ts'
import { searchTokens } from '../../../lib/arabic.ts'
import type { Localized } from '../../../lib/localized.ts'
import { smsParts } from '../../../lib/sms/index.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import { joinPieces, piecesOf } from './labels.ts'
import { inForce, isOpen, serviceKey, type TownWords, type WordsFrom } from './model.ts'
import { registeredWords } from './registry.ts'
import { everyService, ofOffice, type Place, type Subject, subjectIn, subjectOfKey } from './subject.ts'

/** An occasion as a line of a list: the text that is sent there now, and what is being written. */
export type WordsLine = {
  subject: Subject
  /** The words that are sent; none where each service has its own. */
  body: string | undefined
  /** As they read with samples; where each service has its own, the words most have. */
  text: string
  parts: number
  from: WordsFrom | 'each'
  version: number | undefined
  open: TownWords | undefined
  coming: TownWords | undefined
}

/** A service as a line: how many messages it has, and how many of them are in the town's words. */
export type ServiceLine = { code: string; name: Localized; messages: number; own: number; open: number }

/** Words of the town by their occasion. */
export type ByKey = ReadonlyMap<string, readonly TownWords[]>

export const byKey = (words: readonly TownWords[]): ByKey => Map.groupBy(words, ({ key }) => key)

/** The line of one occasion at an instant. */
export function lineOf(subject: Subject, words: ByKey, at: Date): WordsLine {
  const versions = words.get(subject.key) ?? []
  const own = inForce(versions, at)
  const every = subject.service && inForce(words.get(everyKeyOf(subject)) ?? [], at)
  const said = own ?? every ?? subject.given
  const text = joinPieces(piecesOf(said?.body ?? subject.suggested, subject))
  return {
    subject,
    body: said?.body,
    text,
    parts: smsParts(text).parts,
    version: said?.version,
    from: own ? 'town' : every ? 'every' : subject.given ? 'given' : 'each',
    open: versions.find(isOpen),
    coming: versions.find(({ fromAt, ended }) => fromAt && !ended && fromAt > at),
  }
}

const everyKeyOf = ({ event }: Subject): string => `*/${event}`

/** The events of every service. */
export const everyLines = (catalogue: Catalogue, place: Place, words: ByKey, at: Date): WordsLine[] =>
  messageEvents.flatMap(event => {
    const subject = subjectIn(catalogue, place, everyService, event)
    return subject ? [lineOf(subject, words, at)] : []
  })

/** The events of one service. */
export function linesOfService(
  catalogue: Catalogue,
  place: Place,
  code: string,
  words: ByKey,
  at: Date,
): WordsLine[] {
  const definition = catalogue.find(code)?.service.definition
  if (!definition) return []
  return eventsOf(definition).flatMap(event => {
    const subject = subjectIn(catalogue, place, code, event)
    return subject ? [lineOf(subject, words, at)] : []
  })
}

const placeOf = ({ subject: { kind } }: WordsLine): number => messageKinds.indexOf(kind)

/** The occasions of offices, those of a kind together. */
export const officeLines = (catalogue: Catalogue, place: Place, words: ByKey, at: Date): WordsLine[] =>
  [...registeredWords().keys()]
    .sort()
    .flatMap(key => {
      const subject = subjectIn(catalogue, place, ofOffice, key)
      return subject ? [lineOf(subject, words, at)] : []
    })
    .sort((a, b) => placeOf(a) - placeOf(b))

/** What is being written, wherever: with the text in hand, not the one that is sent. */
export const openLines = (catalogue: Catalogue, place: Place, words: ByKey, at: Date): WordsLine[] =>
  [...words].flatMap(([key, versions]) => {
    const open = versions.find(isOpen)
    const subject = open && subjectOfKey(catalogue, place, key)
    if (!subject) return []
    const text = joinPieces(piecesOf(open.body, subject))
    return [{ ...lineOf(subject, words, at), body: open.body, text, parts: smsParts(text).parts }]
  })

/** The services whose name or code holds each word asked for. */
export function serviceLines({ offered }: Catalogue, words: ByKey, asked: string, at: Date): ServiceLine[] {
  const tokens = searchTokens(asked)
  return offered.flatMap(({ code, service: { definition } }) => {
    const own = searchTokens(`${code} ${definition.name.ar} ${definition.name.en}`)
    const known = own.flatMap(word =>
      word.startsWith('ال') && word.length > 4 ? [word, word.slice(2)] : [word],
    )
    if (!tokens.every(token => known.some(word => word.startsWith(token)))) return []
    const keys = eventsOf(definition).map(event => serviceKey(code, event))
    const of = keys.map(key => words.get(key) ?? [])
    return [
      {
        code,
        name: definition.name,
        messages: keys.length,
        own: of.filter(versions => inForce(versions, at)).length,
        open: of.filter(versions => versions.some(isOpen)).length,
      },
    ]
  })
}
