/**
 * The life of a request, told in words.
 *
 * A request is the fold of its actions: `project(definition, actions)` gives its state, open tasks and clock; the stored row is a
 * projection written in the same transaction, and `shubbak verify` compares the two. What may happen next is one table,
 * `availableActs`, read by the page (which buttons) and by the server (409 when the request has moved on).
 *
 * submitted → (before-filing fee) → the steps in order, each opening one task at an office. A task may be taken, deferred, referred to
 * another office and come back; the request may wait for missing papers (its clock stops and it says which), for a fee (clock stops), and
 * ends done, rejected or withdrawn. Reopen puts an ended request back on the step that ended it.
 */

import type { ActName, Answers, FeePoint, MessageEvent } from '../definition/model.ts'

export type RequestState =
  | 'submitted'
  | 'awaiting-fee'
  | 'in-process'
  | 'awaiting-papers'
  | 'awaiting-outside'
  | 'in-review'
  | 'done'
  | 'rejected'
  | 'withdrawn'

/** One row of the append-only history. `at` is when it happened; `data` is what the act carried. */
export type Action = {
  seq: number
  name: 'file' | ActName
  at: Date
  actor: ActorRef
  /** The task acted on; absent for citizen acts and filing. */
  taskId?: string
  note?: string
  data: ActData
}

export type ActorRef = { kind: 'citizen' | 'staff' | 'partner' | 'system'; id: string; office?: string }

export type ActData = {
  /** ask-papers: what is missing, by paper id, and the words the citizen reads. */
  papers?: { id: string; words: string }[]
  /** supply-papers: papers that arrived. */
  supplied?: string[]
  /** refer: to which office (and person), to act or only for information. */
  to?: { office: string; staffId?: string; purpose: 'opinion' | 'information' }
  /** return: to which earlier step. */
  toStep?: string
  /** defer: until when. */
  until?: Date
  /** Officer's fields of the step. */
  fields?: Answers
  /** pay: the fee point settled, receipt numbers, or the named exception (استثناء مع بقاء الذمة). */
  feePoint?: FeePoint
  receipt?: string
  exception?: { by: string; reason: string }
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
  /** The promise to the citizen; moves on by paused time. */
  dueAt: Date | undefined
  pausedAt: Date | undefined
  pausedMs: number
  closedAt: Date | undefined
  lastSeq: number
}

/** What an accepted act asks the offices to do in the same transaction, besides appending the action. */
export type Consequence =
  | { kind: 'message'; event: MessageEvent; papers?: { id: string; words: string }[] }
  | { kind: 'raise-fees'; feePoint: FeePoint }
  | { kind: 'run-effect'; effect: string; step: string }
  | { kind: 'issue-output'; output: string; step: string }
