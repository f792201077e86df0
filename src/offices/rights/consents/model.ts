import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'

/** What a purpose is to the program. Two are kinds of message; what data go to another for has as many purposes as the town opens. */
export const purposeKinds = ['awareness', 'survey', 'hall-name', 'news-email', 'sharing'] as const
export type PurposeKind = (typeof purposeKinds)[number]

/** A text as it is put before people: dated, and never changed. */
export type ConsentText = {
  version: number
  ar: string
  en: string
  from: CalendarDate
  /** It says more than the one before, so that earlier answers do not hold for it. */
  asksAgain: boolean
}

export type Purpose = {
  code: string
  kind: PurposeKind
  name: Localized
  institution: string | undefined
  endedAt: Date | undefined
  endedWhy: string | undefined
  /** The latest first. */
  texts: ConsentText[]
}

export type Way = 'portal' | 'counter' | 'sms'

/** One answer, as the ledger has it. */
export type Entry = {
  id: string
  purpose: string
  version: number
  given: boolean
  at: Date
  way: Way
  by: { kind: string; id: string }
}

/** The text in force on a day: of those begun by then the last. */
export const textOn = ({ texts }: Pick<Purpose, 'texts'>, day: CalendarDate): ConsentText | undefined =>
  texts
    .filter(each => each.from <= day)
    .reduce<ConsentText | undefined>((a, b) => (a && a.version > b.version ? a : b), undefined)

/** From which version on an answer holds on a day. */
export const holdsFrom = ({ texts }: Pick<Purpose, 'texts'>, day: CalendarDate): number =>
  Math.max(1, ...texts.filter(each => each.asksAgain && each.from <= day).map(each => each.version))

/** Whether a purpose may be used by somebody's answers, the last of which counts. */
export function holds(purpose: Purpose, last: Entry | undefined, day: CalendarDate): boolean {
  if (purpose.endedAt || !textOn(purpose, day)) return false
  return last?.given === true && last.version >= holdsFrom(purpose, day)
}
