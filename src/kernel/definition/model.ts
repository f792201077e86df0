/**
 * What a service is, as data. One YAML file in `catalogue/` compiles to one `ServiceDefinition`; everything a citizen, a clerk or an
 * officer sees of a service comes from it. Headings of `guide` are those printed in Palestinian service guides
 * (الوثائق المطلوبة · الوقت اللازم · الرسوم · السند القانوني · إجراءات التنفيذ · الجهة المنفذة · مسار الخدمة).
 */

import type { Currency } from '../../lib/money.ts'
import type { Example } from './example.ts'
import type { Rung, Step } from './step.ts'

export type { ActName, Join, Opinion, Part, Rung, Step, StepKind } from './step.ts'

export type Localized = { ar: string; en: string }

/** FEEL source text; compiled when the definition is. */
export type Feel = string

export type Channel = 'web' | 'counter' | 'api'

/** صفة: in which capacity a party acts. */
export type Capacity = 'principal' | 'agent' | 'guardian' | 'heir' | 'partner' | 'tenant' | 'representative'

export type ServiceDefinition = {
  code: string
  /** Rises with each published change; a running request keeps the version it was filed under. */
  version: number
  group: string
  name: Localized
  summary: Localized
  /** Words people search by, besides the name. */
  keywords: string[]
  guide: {
    office: string
    /** `budget`: not boxed in time; it is done when the budget allows, and no day is promised. */
    time: { value: number; unit: 'minutes' | 'hours' | 'workingDays'; confirmed: boolean; budget?: true }
    legalBasis: Localized
    procedure: Localized[]
  }
  channels: Channel[]
  applicants: Capacity[]
  form: { pages: FormPage[] }
  papers: Paper[]
  /** What the town issues or knows itself, shown with «لا تُحضره», never asked. */
  known: { id: string; name: Localized; source: Localized }[]
  fees: Fee[]
  /** What the amounts start from until the town writes its own dated series; `confirmed: false` asks it to. */
  tariffs: Tariff[]
  dues: DuesRule
  steps: Step[]
  outputs: Output[]
  /** Whom to tell when a task stays undone past its day; a step's own ladder stands for it. */
  ladder?: Rung[]
  /** Facts nobody verified, besides tariffs and times with `confirmed: false`: the town's admin is asked to confirm them. */
  toConfirm?: { id: string; what: Localized }[]
  /** Why a request may be refused: decided beforehand, one of them chosen with each refusal. Without them the officer writes the reason. */
  grounds?: Ground[]
  messages: Partial<Record<MessageEvent, Localized>>
  /** Cases that show what it does, run as tests; together they take every branch of every condition. */
  examples?: Example[]
}

export type FormPage = { id: string; title: Localized; intro?: Localized; when?: Feel; fields: Field[] }

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'whole-number'
  | 'decimal'
  | 'money'
  | 'date'
  | 'choice'
  | 'multiple'
  | 'yes-no'
  | 'national-id'
  | 'phone'
  | 'address'
  | 'map-point'
  | 'account'
  | 'person'
  | 'file'
  | 'group'

export type Field = {
  id: string
  kind: FieldKind
  label: Localized
  hint?: Localized
  optional?: boolean
  /** Stands masked on the pages of the staff until it is asked for with a reason: health, courts. */
  sensitive?: boolean
  when?: Feel
  /** Bounds by kind: characters for text, value for numbers and money (major units), rows for a group. */
  min?: number
  max?: number
  /** date only: 'past' refuses days after the day of filing, 'future' days before it. */
  range?: 'past' | 'future'
  /** choice and multiple. */
  options?: { id: string; label: Localized; hint?: Localized }[]
  currency?: Currency
  /** account only: which kinds of account may be named, e.g. electricity subscriptions of the applicant. */
  accountKind?: string
  /** account only: refuses accounts that are charged the other way. */
  billing?: 'prepaid' | 'billed'
  /** group only: the fields of one row. */
  fields?: Field[]
  /** Offered from what the town knows already, with its source. */
  prefill?: 'address' | 'phone' | 'last-answer'
}

/** Answers by field id. A group's answer is a list of such records. Absent means unanswered. */
export type Answer =
  | string
  | number
  | boolean
  | string[]
  | AddressAnswer
  | MapPointAnswer
  | PersonAnswer
  | { minor: number; currency: Currency }
  | Answers[]
export type Answers = { [field: string]: Answer | undefined }
export type AddressAnswer = { block: string; quarter: string; parcel: string; landmark: string }
export type MapPointAnswer = { lat: number; lon: number }
/** الاسم الأول، اسم الأب، اسم الجد، العائلة. A person may lack a number: then it is ''. */
export type PersonAnswer = {
  first: string
  father: string
  grandfather: string
  family: string
  nationalId: string
}

export type Paper = {
  id: string
  name: Localized
  hint?: Localized
  when?: Feel
  optional?: boolean
  /** The archive's kind of document; a valid one already there is offered instead of asking. */
  kind: string
  accept: ('pdf' | 'jpeg' | 'png' | 'heic' | 'tiff')[]
  /** Refused when issued earlier than this many days before filing. */
  validDays?: number
  /** True when the paper itself must be shown at the counter before handover. */
  original?: boolean
}

/** رسم دراسة before the study of a request, and so on to what is due before something is handed over. */
export type FeePoint =
  | 'before-filing'
  | 'before-study'
  | 'after-decision'
  | 'before-execution'
  | 'before-handover'

export type Fee = {
  id: string
  name: Localized
  at: FeePoint
  currency: Currency
  /** FEEL of type money; may name answers and `tariff.KEY`. */
  amount: Feel
  when?: Feel
  /** Kind of due the charge is posted to. */
  dueKind: string
  /** A deposit (تأمين): returned later, not income. */
  refundable?: boolean
}

/** One row of a dated series: what `tariff.KEY` is from a day on, in major units as written ('170', '12.500'). */
export type Tariff = {
  key: string
  from: string
  /** The last day it holds; without it until the next row of the key begins. */
  until?: string
  amount: string
  currency: Currency
  confirmed: boolean
  note?: string
}

export type DuesRule = {
  /** Never-held services (birth, complaint, water cut for a debt of another …) may only show or warn. */
  neverHeld: boolean
  rule: 'show' | 'warn' | 'hold'
  /** Hold only for these kinds of due; empty means all. */
  kinds: string[]
  /** Hold only above this sum in each currency (minor units). */
  above: { currency: Currency; minor: number }[]
}

/** A paper that whoever does a step attaches to show what was done. */
export type Proof = Pick<Paper, 'id' | 'name' | 'hint' | 'when' | 'optional' | 'accept'>

/** A reason decided beforehand; `inWords` also asks for the officer's own. */
export type Ground = { id: string; words: Localized; inWords?: boolean }

export type Output = {
  id: string
  kind: 'certificate' | 'contract' | 'licence' | 'letter'
  name: Localized
  /** The sheet it is printed on; `paper`, the general one, unless said. */
  template: string
  /** What the general sheet says: paragraphs parted by blank lines, with `{…}` names. */
  body?: Localized
  /** Answers the general sheet shows as a table. */
  rows?: string[]
  /** Who may sign: a role; authority to sign is a dated appointment. */
  signer: string
  /** Days the output is valid; absent is without term. */
  validDays?: number
  /** How it is signed: by hand and scanned back, by the town's seal on the printed sheet, or as it is (which is meant when absent). */
  form?: 'wet' | 'sealed' | 'electronic'
}

/** Occasions on which the citizen is told something. */
export type MessageEvent =
  | 'received'
  | 'fee-due'
  | 'paid'
  | 'papers-missing'
  | 'papers-arrived'
  | 'approved'
  | 'rejected'
  | 'ready'
  | 'completed'
  | 'withdrawn'
  | 'reopened'
  | 'answer-asked'
  | 'lapsed'
  | 'appointment'
  | 'visit-missed'
  | 'sent-outside'
  | 'deadline-moved'
