import type { Localized } from '../../../lib/localized.ts'
import type { Section } from './registry/index.ts'
import { columnsAr } from './words/columns.ar.ts'
import { sectionsAr, tablesAr } from './words/tables.ar.ts'
import { valuesAr } from './words/values.ar.ts'
import { whoAr } from './words/who.ar.ts'

/** Whom a row names: the person, or nobody by name. */
export const who = {
  self: { ar: whoAr.self, en: 'you' },
  other: { ar: whoAr.other, en: 'another person' },
  staff: { ar: whoAr.staff, en: 'somebody of the staff' },
  system: { ar: whoAr.system, en: 'the system' },
  yes: { ar: whoAr.yes, en: 'yes' },
  no: { ar: whoAr.no, en: 'no' },
} as const satisfies Record<string, Localized>

/** What a table, or a part of it, holds. */
export const tableWord = (as: string): Localized => ({ ar: tablesAr[as] ?? as, en: plainly(as) })
/** The heading of a section. */
export const sectionWord = (section: Section): Localized => ({
  ar: sectionsAr[section],
  en: plainly(section),
})
/** What a column says; those of the JSON alone are named in English by what they are called. */
export const columnWord = (as: string, column: string): Localized => {
  const en = plainly(column)
  return { ar: columnsAr[`${as}.${column}`] ?? columnsAr[column] ?? en, en }
}
/** A coded value in words. */
export const valueWord = (column: string, value: string): string =>
  valuesAr[`${column}.${value}`] ?? valuesAr[value] ?? value

/** Whether a reader finds a word for it. */
export const isWorded = { table: (as: string) => as in tablesAr, column: (name: string) => name in columnsAr }

const plainly = (name: string) => name.replace(/_(sealed|minor|ar|id)$/, '').replace(/[_-]/g, ' ')
