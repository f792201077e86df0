import type { Feel, FeePoint, Field, Localized, Proof } from './model.ts'

export type StepKind =
  | 'review'
  | 'fee-assessment'
  | 'payment'
  | 'decision'
  | 'signature'
  | 'effect'
  | 'confirmation'
  | 'handover'
  | 'opinions'
  | 'outside'
  | 'site-visit'
  | 'committee'
  | 'parts'

/** What an officer may do on a step; which of them a step allows is its `acts`. */
export type ActName =
  | 'take'
  | 'approve'
  | 'return'
  | 'ask-papers'
  | 'refer'
  | 'refer-back'
  | 'recall'
  | 'defer'
  | 'reject'
  | 'withdraw'
  | 'reopen'
  | 'pay'
  | 'sign'
  | 'run-effect'
  | 'hand-over'
  | 'supply-papers'
  | 'answer'
  | 'lapse'
  | 'opine'
  | 'record'
  | 'appoint'
  | 'missed'
  | 'parts-ended'
  | 'effect-failed'
  | 'escalate'
  | 'move-deadline'

export type Step = {
  id: string
  name: Localized
  kind: StepKind
  office: string
  /** The office by what is known of the request; the first that holds, else `office`. */
  officeWhen?: { when: Feel; office: string }[]
  role: string
  /** Working hours of the town from the moment the step opens. */
  hours: number
  when?: Feel
  /** Where approve leads; default is the next step in the list. */
  next?: { when?: Feel; to: string }[]
  acts: ActName[]
  /** Safe to approve many at once from the inbox: a review that asks the officer for nothing. */
  bulk?: true
  /** What the promise does while the officer puts the task off; it runs on unless said. */
  deferral?: 'runs' | 'stands'
  /** payment: the fee point that must be settled. */
  feePoint?: FeePoint
  /** effect: a name an office has registered, e.g. `utilities.open-subscription`. */
  effect?: string
  /** What the officer fills in on this step (meter number, amperes …); on a confirmation, what the applicant is asked. */
  fields?: Field[]
  /** What must be shown of the work to finish the step: a photo, a report. */
  proofs?: Proof[]
  /** confirmation: opening days after which an answer is no longer waited for. */
  lapseDays?: number
  /** signature: the output that is signed. */
  output?: string
  /** Ids of the answers whoever does the step decides by: shown first. */
  reads?: string[]
  /** opinions, parts: when those asked or filed are enough to go on. */
  join?: Join
  /** opinions: what is asked side by side; the step's own office and role gather. */
  opinions?: Opinion[]
  /** outside: who attests; committee: which body decides. */
  body?: Localized
  /** outside: working days in which an answer is expected. */
  days?: number
  /** site-visit: whether somebody must be there, so that a time is agreed on; needed unless said. */
  presence?: 'needed' | 'not-needed'
  /** parts: the services filed together by this one application. */
  parts?: Part[]
  /** effect: run by the system at once. */
  auto?: boolean
  /** effect with `auto`: how often it is tried before people are asked; 3 unless said. */
  tries?: number
  /** Stands for the definition's ladder on this step. */
  ladder?: Rung[]
}

/** When side by side is enough: all of them, the first, or so many; more than there are counts as all. */
export type Join = 'all' | 'any' | { atLeast: number }

/** An opinion asked beside others: a task of its own at its office. */
export type Opinion = Pick<
  Step,
  'id' | 'name' | 'office' | 'officeWhen' | 'role' | 'hours' | 'when' | 'reads' | 'fields' | 'proofs'
>

/** A service filed as part of another: its answers come from `answers`, else from the field of the same id. */
export type Part = { id: string; service: string; when?: Feel; answers?: Record<string, Feel> }

/** One rung of a ladder: working hours of the town after a task was due, and who is then told. */
export type Rung = { afterHours: number; role: string; office?: string }
