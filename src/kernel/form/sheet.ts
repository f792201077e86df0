/** What the general sheet of an output says: its paragraphs with their names filled in, and the answers it shows as tables. */

import { shortDate } from '../../lib/dates.ts'
import type { CompiledService } from '../definition/compiled.ts'
import type { Answer, Answers, Field, Output } from '../definition/model.ts'
import { answerFields, officerFields } from '../definition/scope.ts'
import { isAnswered } from './inspect.ts'
import { answerInWords, type LandWords } from './render.ts'

/** Names only whoever sets the sheet can fill: of its holder, and of the sheet itself. */
export const sheetSlots = ['name', 'idNumber', 'number', 'day', 'until'] as const
export type SheetSlot = (typeof sheetSlots)[number]

export type SheetPiece = { text: string } | { slot: SheetSlot }
export type SheetRow = { label: string; value: string }
/** The rows of a list (مجموعة متكررة): a column a question. */
export type SheetTable = { label: string; columns: string[]; rows: string[][] }
export type Sheet = { paragraphs: SheetPiece[][]; rows: SheetRow[]; tables: SheetTable[] }

/** How a committee or the council decided, as it was recorded with the act. */
export type SheetSession = { number: string; date: string; decision: string }

export type SheetFacts = {
  answers: Answers
  stepFields: Answers
  sessions?: Readonly<Record<string, SheetSession>>
}

/** `decision.STEP`, `session.STEP`, `sessionDate.STEP`. */
const ofSession = /^(decision|session|sessionDate)\.([a-z][a-z0-9-]*)$/
const named = /\{([A-Za-z][\w.-]*)\}/

/** The names a sheet's paragraphs hold, in their order; each once. */
export const namesOfSheet = (body: string): string[] => [
  ...new Set([...body.matchAll(new RegExp(named, 'g'))].map(([, name = '']) => name)),
]

/**
 * The sheet of an output in Arabic, in which papers of record are written. A name that has no answer is left out; what was not asked is no
 * row of the table.
 */
export function sheetOf(
  { definition }: Pick<CompiledService, 'definition'>,
  output: Pick<Output, 'body' | 'rows'>,
  facts: SheetFacts,
  land: Partial<LandWords> = {},
): Sheet {
  const fields = new Map(
    [...answerFields(definition), ...officerFields(definition)].map(each => [each.id, each]),
  )
  const answerOf = (id: string): Answer | undefined => facts.answers[id] ?? facts.stepFields[id]
  const words = (field: Field, answer: Answer | undefined): string =>
    isAnswered(answer) ? answerInWords(field, answer, { locale: 'ar', land }) : ''
  const shown = (output.rows ?? []).flatMap(id => fields.get(id) ?? [])
  return {
    paragraphs: (output.body?.ar ?? '')
      .split(/\n\s*\n/)
      .map(paragraph => paragraph.replace(/\s+/g, ' ').trim())
      .filter(Boolean)
      .map(paragraph => piecesOf(paragraph, name => wordsOf(name))),
    rows: shown
      .filter(({ kind }) => kind !== 'group')
      .map(field => ({ label: field.label.ar, value: words(field, answerOf(field.id)) }))
      .filter(({ value }) => value !== ''),
    tables: shown
      .filter(({ kind }) => kind === 'group')
      .map(group => tableOf(group, answerOf(group.id)))
      .filter(({ rows }) => rows.length > 0),
  }

  function tableOf(group: Field, answer: Answer | undefined): SheetTable {
    const columns = group.fields ?? []
    const rows = Array.isArray(answer) ? (answer as Answers[]) : []
    return {
      label: group.label.ar,
      columns: columns.map(({ label }) => label.ar),
      rows: rows.map(row => columns.map(column => words(column, row[column.id]))),
    }
  }

  function wordsOf(name: string): string {
    const field = fields.get(name)
    if (field) return words(field, answerOf(name))
    if (name === 'place') {
      const place = [...fields.values()].find(
        ({ kind, id }) => kind === 'address' && isAnswered(answerOf(id)),
      )
      return place ? words(place, answerOf(place.id)) : ''
    }
    const [, what, step = ''] = ofSession.exec(name) ?? []
    const session = facts.sessions?.[step]
    if (!session) return ''
    if (what === 'sessionDate') return shortDate(session.date, { locale: 'ar', timeZone: 'UTC' })
    return what === 'session' ? session.number : session.decision
  }
}

const isSlot = (name: string): name is SheetSlot => (sheetSlots as readonly string[]).includes(name)

function piecesOf(paragraph: string, wordsOf: (name: string) => string): SheetPiece[] {
  const pieces: SheetPiece[] = []
  // Texts at even places, names between them.
  paragraph.split(named).forEach((part, i) => {
    if (i % 2 === 1 && isSlot(part)) pieces.push({ slot: part })
    else {
      const text = i % 2 === 1 ? wordsOf(part) : part
      if (text !== '') pieces.push({ text })
    }
  })
  return pieces
}
