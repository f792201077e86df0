import type { Fault } from '../../lib/errors.ts'
import type { RuleValues } from '../definition/compiled.ts'
import type { Answers } from '../definition/model.ts'

/** What a form's rules look at besides the answers. */
export type FormValues = Omit<RuleValues, 'answers' | 'stepFields'>

/**
 * What can be wrong with an answer. Worded once by `ui`; the values a wording may use stand in braces.
 * Those of telephones, identity numbers and amounts come from `lib` as they are.
 */
export const faultCodes = [
  /** The question must be answered. */
  'required',
  /** More than {max} characters; {length} were typed. */
  'too-long',
  /** Fewer than {min} characters. */
  'too-short',
  /** Emoji, signs or figures where a person's name stands. */
  'not-a-name',
  /** Control characters or emoji in a line of text; {found} is the first. */
  'unfit-characters',
  /** Figures only; {found} is the first other sign. */
  'digits-only',
  /** Not a number. */
  'not-a-number',
  /** A number with a fraction where a whole one is asked. */
  'not-whole',
  /** More than {places} decimal places. */
  'too-precise',
  /** Below {min}. */
  'too-small',
  /** Above {max}. */
  'too-large',
  /** Not a day of the calendar; written as day/month/year. */
  'not-a-date',
  /** A day after {today}. */
  'date-in-future',
  /** A day before {today}. */
  'date-in-past',
  /** Not one of the choices. */
  'not-an-option',
  /** Fewer than {min} rows or choices. */
  'too-few',
  /** More than {max} rows or choices. */
  'too-many',
  /** Neither a parcel (block and number) nor a landmark. */
  'address-incomplete',
  /** Not a place on the map. */
  'not-a-place',
  /** A place far outside the country. */
  'place-outside',
  /** Not the name of an account or a file of the house. */
  'not-a-reference',
  /** The answer has another form than its question. */
  'wrong-kind',
  'phone-missing',
  'phone-malformed',
  'national-id-missing',
  'national-id-malformed',
  'national-id-too-long',
  'national-id-too-short',
  'amount-missing',
  'amount-negative',
  'amount-malformed',
  'amount-too-precise',
  'amount-too-large',
  /** Warning: the check digit does not agree; a clerk may keep the number. */
  'national-id-check-digit',
  /** Paper: {type} is not accepted; {accept} are. */
  'file-type',
  /** Paper: over {max} megabytes. */
  'file-too-large',
  /** Paper: nothing in it. */
  'file-empty',
  /** Paper: issued more than {days} days ago. */
  'paper-too-old',
  /** Paper: issued after {today}. */
  'paper-from-future',
  /** Paper: says no day of issue, and its age matters. */
  'paper-without-date',
] as const

export type FaultCode = (typeof faultCodes)[number]

/** A fault of a form; `field` is the form's own name of it: `owner`, `owner.family`, `rooms.0.area`. */
export type FormFault = Fault & { readonly code: FaultCode }

/** What was posted. */
export type RawForm = Readonly<Record<string, string | readonly string[] | undefined>>

export type ReadContext = FormValues & {
  /** Answers of the form so far, which conditions look at. */
  existing: Answers
  stepFields?: Answers
}

export type Reading = {
  /** What could be read; a field with a fault or without an answer is absent. */
  answers: Answers
  faults: FormFault[]
  /** To be looked at, never in the way. */
  warnings: FormFault[]
  /** What was typed, as it was typed, for showing the form again. */
  typed: Record<string, string | string[]>
}

export type SimulatedPage = { id: string; reachable: boolean; complete: boolean; faults: FormFault[] }

export type Simulation = {
  pages: SimulatedPage[]
  /** Ids of the pages this person sees, in order. */
  reachable: string[]
  /** The page after, or undefined at the end (and for a page that is not reachable). */
  next(pageId: string): string | undefined
  back(pageId: string): string | undefined
  /** The first page with something wrong or missing. */
  firstIncomplete: string | undefined
  /** The answers without those of pages and questions that are not asked. */
  pruned: Answers
  /** Every fault of every reachable page, in reading order. */
  missing: FormFault[]
}

/** Questions and answers as read; frozen when the request is filed. */
export type ReadPage = { page: string; items: { label: string; value: string }[] }
