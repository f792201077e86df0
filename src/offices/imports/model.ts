import type { CalendarDate } from '../../lib/calendar.ts'
import type { Currency } from '../../lib/money.ts'
import type { Delimiter, Encoding } from '../../platform/text-tables/index.ts'

export const sourceKinds = ['file', 'postgresql', 'sql-server'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** In which order the figures of a date stand: 3/11/1988 is the third of November or the eleventh of March. */
export const dateOrders = ['dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]

/** The sign before the decimals. */
export type DecimalSign = '.' | ','

/** What a column can be. `balance` is of the kind that the row or the source says; the others name their kind. */
export const fields = [
  'name',
  'first',
  'father',
  'grandfather',
  'family',
  'person-code',
  'id',
  'mother',
  'birth',
  'sex',
  'phone',
  'block',
  'quarter',
  'parcel',
  'landmark',
  'subscription',
  'utility',
  'meter',
  'billing',
  'amperes',
  'account',
  'kind',
  'currency',
  'balance',
  'debit',
  'credit',
  'balance:electricity',
  'balance:water',
  'balance:sewage',
  'balance:waste',
  'balance:property',
  'balance:licence',
  'balance:rent',
  'balance:fine',
] as const
export type Field =
  | 'name'
  | 'first'
  | 'father'
  | 'grandfather'
  | 'family'
  | 'person-code'
  | 'id'
  | 'mother'
  | 'birth'
  | 'sex'
  | 'phone'
  | 'block'
  | 'quarter'
  | 'parcel'
  | 'landmark'
  | 'subscription'
  | 'utility'
  | 'meter'
  | 'billing'
  | 'amperes'
  | 'account'
  | 'kind'
  | 'currency'
  | 'balance'
  | 'debit'
  | 'credit'
  | `balance:${DueKind}`

export const dueKinds = [
  'electricity',
  'water',
  'sewage',
  'waste',
  'property',
  'licence',
  'rent',
  'fine',
] as const
export type DueKind = (typeof dueKinds)[number]

export type Utility = 'electricity' | 'water'
export type Billing = 'prepaid' | 'billed'

/** How a source is read: confirmed once by somebody, and asked again when a file does not look like it. */
export type Reading = {
  encoding: Encoding
  delimiter: Delimiter
  /** What each heading is; headings that are left out are not read. */
  columns: Readonly<Record<string, Field>>
  /** What tells one row from another. */
  keys: readonly Field[]
  dates: DateOrder
  decimal: DecimalSign
  currency: Currency
  /** Of a balance whose row does not say its kind. */
  dueKind: DueKind
  utility: Utility
  billing: Billing
  /** Somebody has looked at it and said that it is so. */
  confirmed: boolean
}

export type Source = {
  id: string
  code: string
  name: string
  kind: SourceKind
  reading: Reading
  daily: boolean
  hasLink: boolean
}

export type RunState = 'waiting' | 'checking' | 'checked' | 'applying' | 'applied' | 'failed' | 'dropped'

/** Rows by verdict, and by the reason why they do not fit or what should be known of them. */
export type Counts = {
  verdicts: Partial<Record<Verdict, number>>
  reasons: Record<string, number>
  notes: Record<string, number>
  /** Rows of an earlier time that are not there any more. */
  gone: number
}

export type Run = {
  id: string
  sourceId: string
  asOf: Date
  startedAt: Date
  startedByKind: string
  startedBy: string
  fileName: string
  sha256: Buffer
  reading: Reading
  state: RunState
  done: number
  total: number
  counts: Counts | undefined
  failure: string | undefined
  checkedAt: Date | undefined
  appliedAt: Date | undefined
}

export const verdicts = ['new', 'changed', 'same', 'undecided', 'refused', 'skipped'] as const
export type Verdict = (typeof verdicts)[number]

/** Whoever a row is about, as the source has them. */
export type ReadPerson = {
  first: string
  father: string
  grandfather: string
  family: string
  organisation?: true
  mother?: string
  birth?: CalendarDate
  sex?: 'female' | 'male'
  idKind?: 'palestinian-id' | 'passport'
  id?: string
  phone?: string
  block?: string
  quarter?: string
  parcel?: string
  landmark?: string
}

export type ReadSubscription = {
  utility: Utility
  number: string
  meter: string
  billing: Billing
  amperes?: number
}

/** What is owed (positive) or stands to the holder's credit (negative), in minor units. */
export type ReadBalance = { kind: DueKind; currency: Currency; minor: number }

/** What a row says, in our words. */
export type Content = {
  person?: ReadPerson
  subscription?: ReadSubscription
  /** The number of the account in the present program. */
  account?: string
  balances: ReadBalance[]
}

/** A row as it was read. */
export type ReadRow = {
  rowNo: number
  content: Content
  key: string
  /** Who it is about: the same text is the same person to the source. */
  ident: string
  notes: string[]
}

/** What a row was before and is now, by field; empty where it had nothing. */
export type Change = { field: string; before: string; now: string }

/** A balance as it was written last: what the source said, and the vouchers it stands in. */
export type WrittenBalance = ReadBalance & {
  accountId: string
  /** One as a rule; more where something had been paid here when the source changed it. */
  parts: { voucherId: string; minor: number }[]
}

/** What is kept of a row besides its verdict: what it said, what it said before, and its cells where it does not fit. */
export type RowContent = { content?: Content; before?: Content; cells?: readonly string[] }

export type Candidate = { reason: string; name: string; personId?: string; ident?: string }

/** What somebody must decide, with what the source says of it. */
export type Question = {
  id: string
  kind: 'person' | 'paid-here'
  reason: string
  candidates: Candidate[]
  told: Told
  choice: Choice | undefined
  decidedAt: Date | undefined
}

/** What the source says of somebody, for who decides. */
export type Told = {
  rowNo: number
  name: string
  mother?: string | undefined
  birth?: string | undefined
  id?: string | undefined
  phone?: string | undefined
  /** Of a balance: what it was, what it is now, and what was paid here meanwhile, as figures with their currency. */
  money?: { before: string; now: string; used: string } | undefined
}

export const choices = ['person', 'new', 'leave', 'includes', 'excludes'] as const
export type Choice = (typeof choices)[number]

/** Who must decide what does not fit: whoever keeps the present program, the people's register, or the money. */
export type Decider = 'program' | 'register' | 'treasurer'

const deciders: Readonly<Record<string, Decider>> = {
  'same-id-other-name': 'register',
  'same-name-mother-birth': 'register',
  'same-phone': 'register',
  'paid-here': 'treasurer',
  'account-kept-here': 'treasurer',
  'subscription-kept-here': 'treasurer',
  'left-by-decision': 'register',
}

export const deciderOf = (reason: string): Decider => deciders[reason] ?? 'program'

/** What people, accounts and messages that came from a source say of where they came from. */
export const sourceName = (code: string): string => `import:${code}`
