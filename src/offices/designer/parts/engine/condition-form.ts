import { isoDate } from '../../../../kernel/form/index.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { isCalendarDate } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Typed } from '../../../../web/call.ts'
import {
  type Condition,
  type Group,
  type Join,
  type Row,
  readCondition,
  settled,
  type Test,
  type Value,
} from '../../sentences/condition.ts'
import { type Subject, testsOf } from '../../sentences/vocabulary.ts'
import { writeCondition } from '../../sentences/write.ts'
import { many, one, places } from './typed.ts'

/** A row as it is filled in; anything may still be missing. `other` names what it is compared with instead of a value. */
export type FormRow = { subject: string; test: string; values: string[]; other: string }
export type FormGroup = { not: boolean; rows: FormRow[] }
export type FormCondition = { join: Join; groups: FormGroup[] }

export const emptyRow: FormRow = { subject: '', test: '', values: [], other: '' }

/** The rows a rule makes; undefined where it is a formula of its own. */
export function rowsOf(source: string | undefined): FormCondition | undefined {
  if (source === undefined || source.trim() === '') return { join: 'and', groups: [] }
  const condition = readCondition(source)
  if (!condition) return undefined
  const groups = condition.groups.map(({ not, rows }) => ({ not: not === true, rows: rows.map(toFormRow) }))
  return { join: condition.join, groups }
}

function toFormRow({ subject, test, values }: Row): FormRow {
  const [first] = values
  const other = first?.kind === 'name' ? first.name : ''
  return { subject, test, values: other ? [] : values.map(toText), other }
}

function toText(value: Value): string {
  switch (value.kind) {
    case 'text':
    case 'number':
      return value.text
    case 'truth':
      return String(value.yes)
    case 'date':
      return shortDate(value.day, { locale: 'ar', timeZone: 'UTC' })
    case 'money':
      return value.amount
    case 'name':
      return value.name
  }
}

/** The rows as they were sent. */
export function typedRows(typed: Typed, name: string): FormCondition {
  const groups = places(typed, `${name}.`).map((g): FormGroup => {
    const rows = places(typed, `${name}.${g}.`).map((r): FormRow => {
      const at = `${name}.${g}.${r}`
      return {
        subject: one(typed, `${at}.subject`),
        test: one(typed, `${at}.test`),
        values: many(typed, `${at}.value`).map(value => value.trim()),
        other: one(typed, `${at}.other`),
      }
    })
    return { not: one(typed, `${name}.${g}.not`) === 'yes', rows }
  })
  return { join: one(typed, `${name}.join`) === 'or' ? 'or' : 'and', groups }
}

/** A change of the shape alone: one row more or less, another group. */
export function reshaped(form: FormCondition, order: string): FormCondition {
  const [what, place = ''] = order.split('|')
  const [g, r] = place.split('.').map(Number)
  if (what === 'group') return { ...form, groups: [...form.groups, { not: false, rows: [emptyRow] }] }
  const groups = form.groups.flatMap((group, at): FormGroup[] => {
    if (at !== g) return [group]
    if (what === 'row') return [{ ...group, rows: [...group.rows, emptyRow] }]
    if (what !== 'drop') return [group]
    const rows = group.rows.filter((_, row) => row !== r)
    return rows.length > 0 ? [{ ...group, rows }] : []
  })
  return { ...form, groups }
}

export type ConditionReading =
  | { ok: true; rule: string | undefined }
  | { ok: false; code: string; field: string }

/** The rule the rows stand for. Rows without a question are left aside; nothing left is no condition. */
export function readRows(form: FormCondition, name: string, subjects: readonly Subject[]): ConditionReading {
  const groups: Group[] = []
  for (const [g, { not, rows }] of form.groups.entries()) {
    const read: Row[] = []
    for (const [r, row] of rows.entries()) {
      if (row.subject === '') continue
      const field = `${name}.${g}.${r}`
      const result = readRow(row, subjects, field)
      if ('code' in result) return { ok: false, ...result }
      read.push(result)
    }
    if (read.length > 0) groups.push(not ? { not: true, rows: read } : { rows: read })
  }
  if (groups.length === 0) return { ok: true, rule: undefined }
  const condition: Condition = settled({ join: form.join, groups })
  return { ok: true, rule: writeCondition(condition) }
}

function readRow(
  row: FormRow,
  subjects: readonly Subject[],
  field: string,
): Row | { code: string; field: string } {
  const subject = subjects.find(each => each.name === row.subject)
  if (!subject) return { code: 'not-an-option', field: `${field}.subject` }
  const test = testsOf[subject.kind].find(each => each === row.test)
  if (!test) return { code: 'not-an-option', field: `${field}.test` }
  if (test === 'answered' || test === 'unanswered') return { subject: subject.name, test, values: [] }
  if (row.other !== '') return { subject: subject.name, test, values: [{ kind: 'name', name: row.other }] }
  const given = row.values.filter(value => value !== '')
  if (given.length === 0) return { code: 'required', field: `${field}.value` }
  const values = (isList(test) ? given : given.slice(-1)).map(value => toValue(value, subject))
  if (!values.every(value => value !== undefined))
    return { code: wrong[subject.kind] ?? 'not-an-option', field: `${field}.value` }
  const single = isList(test) && values.length === 1
  return { subject: subject.name, test: single ? (test === 'one-of' ? 'is' : 'is-not') : test, values }
}

export const isList = (test: string): test is Test => test === 'one-of' || test === 'none-of'

const wrong: Partial<Record<Subject['kind'], string>> = {
  number: 'not-a-number',
  date: 'not-a-date',
  money: 'amount-malformed',
}

function toValue(typed: string, subject: Subject): Value | undefined {
  const figures = toWesternDigits(typed).replace('٫', '.')
  switch (subject.kind) {
    case 'truth':
      return typed === 'true' || typed === 'false' ? { kind: 'truth', yes: typed === 'true' } : undefined
    case 'number':
      return /^\d{1,12}(\.\d{1,6})?$/.test(figures) ? { kind: 'number', text: figures } : undefined
    case 'money':
      return /^\d{1,9}(\.\d{1,3})?$/.test(figures)
        ? { kind: 'money', amount: figures, currency: subject.currency ?? 'ILS' }
        : undefined
    case 'date': {
      const day = isoDate(figures)
      return day && isCalendarDate(day) ? { kind: 'date', day } : undefined
    }
    case 'choice':
    case 'multiple':
      return subject.options?.some(option => option.value === typed)
        ? { kind: 'text', text: typed }
        : undefined
    default:
      return { kind: 'text', text: typed }
  }
}
