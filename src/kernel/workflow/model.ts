/**
 * The life of a request, told in words.
 *
 * A request is the fold of its actions: `project(service, actions, ctx)` gives its state, open tasks and clock; the stored row is a
 * projection written in the same transaction, and `shubbak verify` compares the two. What may happen next is one table,
 * `availableActs`, read by the page (which buttons) and by the server (409 when the request has moved on).
 *
 * filed → (awaiting-fee, before filing) → accepted: the promise to the citizen begins → the steps in order, each one task at an office.
 * submitted: accepted, nobody has touched it. in-process: somebody has. in-review: it lies with whoever decides or signs.
 * awaiting-papers, awaiting-fee and awaiting-answer wait for the citizen: the clock stands, the request says what it waits for.
 * awaiting-outside is kept for attestation by others. It ends done, rejected or withdrawn, with no task open; reopen puts it back on the step that ended it.
 *
 * A task is open; deferred (put off by its officer, the promise runs on); referred (an opinion was asked; it returns when every opinion
 * has); waiting (for papers; it returns to the same officer. Or for the applicant's answer); closed.
 */

import type { CalendarDate } from '../../lib/calendar.ts'
import type { ActName, Answers, FeePoint, MessageEvent } from '../definition/model.ts'

export type RequestState =
  | 'submitted'
  | 'awaiting-fee'
  | 'in-process'
  | 'awaiting-papers'
  | 'awaiting-outside'
  | 'awaiting-answer'
  | 'in-review'
  | 'done'
  | 'rejected'
  | 'withdrawn'

/** One row of the append-only history. `at` is when it happened; `data` is what the act carried. */
export type Action = {
  seq: number
  name: 'file' | 'assign' | ActName
  at: Date
  actor: ActorRef
  /** The task acted on; absent for citizen acts and filing. */
  taskId?: string
  note?: string
  data: ActData
}

export type ActorRef = { kind: 'citizen' | 'staff' | 'partner' | 'system'; id: string; office?: string }

export type ActData = {
  /** assign: whose task it becomes. */
  assignee?: string
  /** ask-papers: what is missing, by paper id, and the words the citizen reads. */
  papers?: { id: string; words: string }[]
  /** supply-papers: papers that arrived. */
  supplied?: string[]
  /** refer: to which office (and person), to act or only for information. */
  to?: {
    office: string
    staffId?: string
    purpose: 'opinion' | 'information'
    /** By when an answer is wanted: the closing of that day; without it, in the hours of the step. */
    by?: CalendarDate
  }
  /** refer: copies for information (نسخة للاطلاع) that go out with it. */
  copies?: { office: string; staffId?: string }[]
  /** return: to which earlier step. */
  toStep?: string
  /** defer: until when. */
  until?: Date
  /** Officer's fields of the step; the applicant's answer to a confirmation. */
  fields?: Answers
  /** What was attached to show what was done, by the id of the step's proof. */
  proofs?: { id: string; documentId: string }[]
  /** reject: which of the service's grounds. */
  ground?: string
  /** pay: the fee point settled, receipt numbers, or the named exception (استثناء مع بقاء الذمة). */
  feePoint?: FeePoint
  receipt?: string
  exception?: { by: string; reason: string }
  /** Fee points with something unpaid when the act was decided: what the ledger said is part of the history. */
  feesDue?: FeePoint[]
  /** In whose place the actor acted, for the time of an absence. */
  deputyOf?: string
  /** Ids of tasks this act opens, chosen by the application so that folding is deterministic. */
  opens?: string[]
}

export type TaskState = 'open' | 'deferred' | 'referred' | 'waiting' | 'closed'

export type Task = {
  id: string
  step: string
  /** 'step' is the main path; 'opinion' and 'information' come from a referral. */
  purpose: 'step' | 'opinion' | 'information'
  office: string
  role: string
  assignee?: string
  state: TaskState
  openedAt: Date
  dueAt?: Date
  deferredUntil?: Date
  closedAt?: Date
  /** The task it was referred from: the answer goes back there. */
  parent?: string
  /** Who forwarded it (forwarded by me) and with which note. */
  from?: ActorRef
  note?: string
}

export type Projection = {
  state: RequestState
  step: string | undefined
  tasks: Task[]
  missingPapers: { id: string; words: string; askedAt: Date }[]
  /** Officer answers of all steps so far. */
  stepFields: Answers
  settledFeePoints: FeePoint[]
  /** Steps whose effect has been run or whose output has been signed: it cannot be withdrawn any more, no effect runs twice. */
  executedSteps: string[]
  /** The promise to the citizen; moves on by paused time. */
  dueAt: Date | undefined
  pausedAt: Date | undefined
  /** Time by the wall clock it has waited for the citizen so far; the promise moved on by the opening hours within it. */
  pausedMs: number
  closedAt: Date | undefined
  lastSeq: number
}

/** What an accepted act asks the offices to do in the same transaction, besides appending the action. */
export type Consequence =
  | { kind: 'message'; event: MessageEvent; papers?: { id: string; words: string }[] }
  | { kind: 'raise-fees'; feePoint: FeePoint }
  /** What was raised at this point and not paid is no longer asked: the request ended or went back. */
  | { kind: 'cancel-fees'; feePoint: FeePoint }
  | { kind: 'run-effect'; effect: string; step: string }
  | { kind: 'issue-output'; output: string; step: string }
