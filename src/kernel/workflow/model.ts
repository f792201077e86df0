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
 * awaiting-outside waits for others to attest: the clock stands then too. It ends done, rejected or withdrawn, with no task open; reopen puts it back on the step that ended it.
 *
 * A task is open; deferred (put off by its officer, the promise runs on); referred (an opinion was asked, it returns when every opinion
 * has; or it gathers opinions asked side by side, or waits for the requests filed as its parts); waiting (for papers: it returns to the
 * same officer; for the applicant's answer, for others outside, for the system to run an effect); closed.
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

/** Hours somebody of the town comes to see a place. */
export type Appointment = { from: Date; to: Date }

/** A session of a committee or the council, with what it decided. */
export type Session = { number: string; date: CalendarDate; decision: string }

/** What became of a request filed as a part of another. */
export type PartOutcome = {
  id: string
  requestId: string
  state: 'running' | 'done' | 'rejected' | 'withdrawn'
}

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
  /** assign by the system: whose it is no more, since they hold no post there; the office's line has it again. */
  cameBackFrom?: string
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
  /** pay: the fee point settled; by which receipt, its number or the decision that took its place; or the named exception (استثناء مع بقاء الذمة). */
  feePoint?: FeePoint
  receiptId?: string
  receipt?: string
  exception?: { by: string; reason: string }
  /** Fee points with something unpaid when the act was decided: what the ledger said is part of the history. */
  feesDue?: FeePoint[]
  /** appoint: when somebody comes. */
  appointment?: Appointment
  /** approve, reject of a committee: the session that decided. */
  session?: Session
  /** parts-ended: what became of each part. */
  parts?: PartOutcome[]
  /** escalate: which rung of the ladder, from 1. */
  level?: number
  /** move-deadline: the new promise, and the new deadlines of tasks. */
  deadlines?: { promise?: Date; tasks: { id: string; until: Date }[] }
  /** move-deadline: why, in the words of who closed the offices. */
  reason?: string
  /** move-deadline: the instant the change of the calendar was announced; a request moves once for each. */
  change?: string
  /** In whose place the actor acted, for the time of an absence. */
  deputyOf?: string
  /** Ids of tasks this act opens, chosen by the application so that folding is deterministic. */
  opens?: string[]
}

export type TaskState = 'open' | 'deferred' | 'referred' | 'waiting' | 'closed'

export type Task = {
  id: string
  step: string
  /** 'step' is the main path; 'branch' an opinion asked there beside others; 'opinion' and 'information' come from a referral. */
  purpose: 'step' | 'branch' | 'opinion' | 'information'
  /** branch: which of the step's opinions. */
  branch?: string
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
  /** site-visit: when somebody comes. */
  appointment?: Appointment
  /** How many rungs of the ladder were told that it is late. */
  level?: number
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
  /** What committees decided, by step. */
  sessions: Record<string, Session>
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
  | {
      kind: 'message'
      event: MessageEvent
      papers?: { id: string; words: string }[]
      /** appointment, visit-missed: the hours it is about. */
      at?: Appointment
    }
  | { kind: 'raise-fees'; feePoint: FeePoint }
  /** What was raised at this point and not paid is no longer asked: the request ended or went back. */
  | { kind: 'cancel-fees'; feePoint: FeePoint }
  | { kind: 'run-effect'; effect: string; step: string }
  | { kind: 'issue-output'; output: string; step: string }
  /** The system is to run this step's effect, and tell if it cannot. */
  | { kind: 'auto-effect'; step: string; taskId: string }
  /** A request of another service is to be filed as a part of this one. */
  | { kind: 'file-part'; step: string; part: string }
