import type { Answers, Capacity, Channel } from '../../../kernel/definition/index.ts'
import type { RequestState, Who } from '../../../kernel/workflow/index.ts'
import type { NewParty } from '../parties/model.ts'

export type FilingPaper = { paperId: string; documentId: string; state: 'supplied' | 'offered' }

/** A request about to be filed. */
export type Filing = {
  serviceCode: string
  serviceVersion: number
  channel: Channel
  capacity: Capacity
  applicantId: string
  /** Other parties, and the applicant's own term where they have one. */
  parties?: readonly NewParty[] | undefined
  answers: Answers
  papers: FilingPaper[]
  by: Who
  /** The draft it comes from: an exception granted there counts. */
  draftId?: string | undefined
  /** False where the fee is settled in the act of filing, and nobody is to be asked for it. */
  tellsFee?: boolean | undefined
  /** The application it is a part of: it comes as it is, papers that were not shared are asked for by whoever takes it up. */
  partOf?: { requestId: string; step: string; part: string } | undefined
}

export type Filed = {
  requestId: string
  number: number
  year: number
  trackingToken: string
  state: RequestState
  dueAt: Date | undefined
  repeated: boolean
}

/** Where the same filing sent again is recognised; absent when the caller keeps that itself. */
export type FilingKey = {
  actor: string
  key: string
  route: string
  bodyHash: Buffer
  location: (requestId: string) => string
  /** What is kept beside the id for answering the same again. */
  answer: (filed: Pick<Filed, 'state' | 'dueAt'>) => Record<string, unknown>
}
