import type { Answers, Capacity, Channel, FeePoint } from '../../kernel/definition/index.ts'
import type { ReadPage } from '../../kernel/form/index.ts'
import type { Projection, RequestState } from '../../kernel/workflow/index.ts'

/** Questions and answers as they were read on submission, in each language of the service. */
export type Frozen = { ar: ReadPage[]; en: ReadPage[] }

/** A request as stored: what was filed, and the projection of its actions. */
export type Request = {
  id: string
  year: number
  number: number
  serviceCode: string
  serviceVersion: number
  channel: Channel
  capacity: Capacity
  applicantId: string
  filedBy: { kind: string; id: string }
  answers: Answers
  frozen: Frozen
  filedAt: Date
  projection: Projection
  /** The application it was filed as a part of. */
  partOf?: { requestId: string; step: string; part: string }
  /** Tasks that somebody they lie with has opened. */
  seenTasks?: readonly string[]
  /** Which side has a letter it has not read. */
  unread?: { town: boolean; citizen: boolean }
}

/** What people read: 4178/2026. */
export const requestNumber = (request: { number: number; year: number }): string =>
  `${request.number}/${request.year}`

/** Reads 4178/2026, also with other dashes and digits already western; undefined when it is none. */
export function readRequestNumber(text: string): { number: number; year: number } | undefined {
  const match = /^\s*(\d{1,9})\s*[/\\\-.]\s*(\d{4})\s*$/.exec(text)
  return match ? { number: Number(match[1]), year: Number(match[2]) } : undefined
}

export const endedStates: readonly RequestState[] = ['done', 'rejected', 'withdrawn']

export type RequestPaper = {
  paperId: string
  documentId: string
  state: 'supplied' | 'offered' | 'accepted' | 'refused'
  at: Date
}

export type FeePointCharge = { feePoint: FeePoint; open: boolean }

/** What other offices are told of an act. */
export type RequestActed = { requestId: string; act: string; state: RequestState; offices: string[] }

declare module '../../platform/events.ts' {
  interface EventPayloads {
    /** One side of a request has written to the other. */
    'requests.written': { requestId: string; offices: string[] }
    /** After each act, in its transaction. A filing that nobody hears inside it is one statement: who needs only the end hears `requests.done`. */
    'requests.acted': RequestActed
    /** What was asked for is given, in the transaction of the act that did it. */
    'requests.done': { requestId: string }
  }
}
