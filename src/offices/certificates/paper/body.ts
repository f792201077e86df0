import type { Sheet } from '../../../kernel/form/index.ts'
import { isolate } from '../../../lib/arabic.ts'
import { shortDate } from '../../../lib/dates.ts'
import type { LevelNames } from '../../../web/town.ts'
import { ar } from '../strings.ar.ts'

/** What a request tells of itself when its document is made. */
export type Told = Readonly<Record<string, unknown>>

/** What one template asks for, ready to be set; kept with the certificate, so that it can be issued again as it was. */
export type Body = Readonly<Record<string, unknown>>

type Piece = { label: string; value: string; isNumber: boolean }
type BodyMaker = (told: Told, town: { levels: LevelNames; timeZone: string }) => Body

/** Only what stands on the paper is taken over: other answers (other people's numbers among them) stay with the request. */
const makers: Readonly<Record<string, BodyMaker>> = {
  'residence-certificate': (told, town) => ({
    addressedTo: prose(answer(told, 'addressedTo')),
    place: inProse(placeOf(answer(told, 'residence') ?? told.address, town.levels)),
    landmark: prose(record(answer(told, 'residence') ?? told.address).landmark),
    since: dateOf(answer(told, 'livingSince'), town.timeZone),
    purpose: prose(answer(told, 'purposeWords')) || wordsFor(told, 'purpose', ar['label-purpose']),
  }),
  'electricity-contract': (told, town) =>
    connection(told, town.levels, [fact('fact-amperes', text(step(told, 'amperes')), true)]),
  'water-contract': (told, town) =>
    connection(told, town.levels, [
      fact('fact-use', use(text(answer(told, 'use')))),
      fact('fact-pipe', pipe(text(step(told, 'pipeDiameter')))),
      fact('fact-pipe-metres', text(step(told, 'pipeMetres')), true),
    ]),
  clearance: told => ({
    addressedTo: prose(answer(told, 'addressedTo')),
    basis: text(step(told, 'basis')) || 'clear',
    basisWords: prose(step(told, 'basisWords')),
  }),
  // The general sheet: what the service's own words and tables come to.
  paper: told => {
    const sheet = told.sheet as Sheet | undefined
    return {
      paragraphs: (sheet?.paragraphs ?? []).map(pieces =>
        pieces.map(piece => ('text' in piece ? { text: proseOfPiece(piece.text) } : piece)),
      ),
      rows: (sheet?.rows ?? []).map(({ label, value }) => ({ label, value: prose(value) })),
      tables: (sheet?.tables ?? []).map(table => ({
        ...table,
        rows: table.rows.map(row => row.map(prose)),
      })),
    }
  },
  letter: told => ({
    addressedTo: prose(answer(told, 'addressedTo')),
    subject: prose(answer(told, 'subject')),
    about: answer(told, 'about') !== false,
    paragraphs: prose(step(told, 'body') ?? answer(told, 'body'))
      .split(/\n+/)
      .filter(line => line.trim() !== ''),
  }),
}

/** The body of a template out of what the request tells. A town's template of its own gets the plain answers. */
export function bodyFor(template: string, told: Told, town: { levels: LevelNames; timeZone: string }): Body {
  const make = makers[template] ?? makers.letter
  return make ? make(told, town) : {}
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** Numbers and codes inside what somebody wrote: several parts that an Arabic line would otherwise turn round. */
const island = /[A-Za-z0-9+*][A-Za-z0-9+*/.:@_-]*[A-Za-z0-9*]/g

/** What somebody wrote, its numbers kept left to right. */
const prose = (value: unknown): string => text(value).replace(island, found => isolate(found))

/** A piece of a paragraph keeps the spaces it ends with: another follows. */
const proseOfPiece = (value: string): string => value.replace(island, found => isolate(found))

/** An answer by its field; a caller without a form gives the fields themselves. */
const answer = (told: Told, field: string): unknown => record(told.answers)[field] ?? told[field]

/** What an office wrote at a step: by field, or by step and field. */
function step(told: Told, field: string): unknown {
  const fields = record(told.stepFields)
  if (fields[field] !== undefined) return fields[field]
  const nested = Object.values(fields).map(each => record(each)[field])
  return nested.find(each => each !== undefined) ?? told[field]
}

/** A choice in the words it was read in: by field where the caller names them, else by the question's label. */
function wordsFor(told: Told, field: string, label: string): string {
  const named = text(record(told.words)[field])
  if (named) return named
  const pages = Array.isArray(told.read)
    ? (told.read as { items?: { label: string; value: string }[] }[])
    : []
  const found = pages.flatMap(page => page.items ?? []).find(item => item.label === label)
  return found?.value ?? ''
}

function dateOf(value: unknown, timeZone: string): string {
  const day = text(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? shortDate(day, { locale: 'ar', timeZone }) : day
}

function fact(label: keyof typeof ar, value: string, isNumber = false): Piece {
  return { label: ar[label], value, isNumber: isNumber || isNumeric(value) }
}

const isNumeric = (value: string): boolean => /^[\d/.-]+$/.test(value)

function placeOf(value: unknown, levels: LevelNames): Piece[] {
  const place = record(value)
  const pieces: Piece[] = [
    { label: levels.quarter.ar, value: text(place.quarter), isNumber: false },
    { label: levels.block.ar, value: text(place.block), isNumber: false },
    { label: levels.parcel.ar, value: text(place.parcel), isNumber: false },
  ]
  return pieces
    .filter(piece => piece.value !== '')
    .map(piece => ({ ...piece, isNumber: isNumeric(piece.value) }))
}

/** «حوض رقم 12» in a sentence, where a table says «الحوض». */
const inProse = (pieces: Piece[]): Piece[] =>
  pieces.map(piece => ({ ...piece, label: piece.label.replace(/^ال/, '') }))

/** What a contract of connection says of the place and the meter. */
const connection = (told: Told, levels: LevelNames, own: Piece[]): Body => ({
  facts: [
    ...placeOf(answer(told, 'place'), levels),
    fact('place-landmark', prose(record(answer(told, 'place')).landmark)),
    fact('fact-unit', prose(answer(told, 'unit'))),
    ...own,
    fact('fact-billing', billing(text(answer(told, 'billing')))),
    fact('fact-meter', text(step(told, 'meterNumber')), true),
  ].filter(piece => piece.value !== ''),
})

const worded =
  (prefix: 'use' | 'pipe') =>
  (value: string): string => {
    const key = `${prefix}-${value}`
    return Object.hasOwn(ar, key) ? ar[key as keyof typeof ar] : ''
  }
const use = worded('use')
const pipe = worded('pipe')

const billing = (value: string): string =>
  value === 'prepaid' ? ar['billing-prepaid'] : value === 'billed' ? ar['billing-billed'] : ''
