import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'

type Sql = RawBuilder<unknown>

/** What a list of a kind is made for. */
export type Question = {
  town: string
  now: Date
  today: CalendarDate
  scope: string
  /** Parts with rules of their own. */
  except: readonly string[]
}

/**
 * A kind as a query: `id, at, label, bytes, why` of what may go. `at` is when its time began to run; `why` is null for what nothing
 * stands against. A label tells things apart by numbers and never names anybody.
 */
export type KindQuery = (question: Question) => Sql

/** Whether something is held back under this id. */
export const held = ({ town, today }: Question, id: Sql): Sql => sql`exists (
  select from legal_hold h where h.municipality_id = ${town} and h.subject_id = ${id} and h.ended_at is null
     and (h.until is null or h.until >= ${today}::date))`

/** Whether a person is, under any record of theirs. */
export const heldPerson = ({ town, today }: Question, id: Sql): Sql => sql`exists (
  select from legal_hold h where h.municipality_id = ${town} and h.subject_id = any (same_person(${id})) and h.ended_at is null
     and (h.until is null or h.until >= ${today}::date))`

/** Whether a text column is of a scope; that of a service is its code, or its group before the dash. */
export function within(column: Sql, scope: string, grouped = false): Sql {
  if (scope === '') return sql`true`
  return grouped
    ? sql`(${column} = ${scope} or starts_with(${column}, ${`${scope}-`}))`
    : sql`${column} = ${scope}`
}

/** Whether it is of a part that has a rule of its own. */
export const ownRule = (column: Sql, except: readonly string[], grouped = false): Sql =>
  except.length === 0
    ? sql`false`
    : sql`(${sql.join(
        except.map(scope => within(column, scope, grouped)),
        sql` or `,
      )})`

/** The first reason that holds. */
export const firstWhy = (reasons: readonly (readonly [string, Sql])[]): Sql =>
  sql`case ${sql.join(
    reasons.map(([code, holds]) => sql`when ${holds} then ${sql.lit(code)}`),
    sql` `,
  )} end`
