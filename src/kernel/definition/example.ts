import type { ActName, Answers, Capacity, Channel, Localized } from './model.ts'

/** A case that shows what the service does: who files what, what is done, and what comes of it. Cases run as tests. */
export type Example = {
  id: string
  name: Localized
  /** The day of filing, at eight in the morning of the town; a Sunday unless said. */
  today?: string
  /** The first of `applicants` unless said. */
  capacity?: Capacity
  /** The first of `channels` unless said. */
  channel?: Channel
  answers: Answers
  /** What is done, in order. A text is the step in hand, done by the act that completes it, or the name of an act. */
  acts: (string | ExampleAct)[]
  expect: ExampleOutcome
}

/** One act; without `act` it is the one that completes the step in hand (of an opinion, `opine`). */
export type ExampleAct = {
  /** The step in hand: said so that a case reads by itself, and is held to. */
  step?: string
  act?: ActName
  /** Which of the step's opinions. */
  opinion?: string
  /** What is filled in. */
  fields?: Answers
  /** ask-papers, supply-papers: ids; all that are missing arrive unless said. */
  papers?: string[]
  /** reject: which of the grounds. */
  ground?: string
  note?: string
  /** return: which step; refer: which office. */
  to?: string
  /** refer: what is wanted; an opinion unless said. */
  purpose?: 'opinion' | 'information'
  /** defer: until the opening of this day. */
  until?: string
  /** approve, reject of a committee; one of that day unless said. */
  session?: { number: string; date: string; decision: string }
  /** appoint: from and until when, on the town's clock ('2026-02-03T09:00'); the next morning unless said. */
  appointment?: { from: string; to: string }
  /** parts-ended: what became of each part; done unless said. */
  parts?: { [part: string]: 'running' | 'done' | 'rejected' | 'withdrawn' }
  /** Hours by the wall clock that pass before the act. */
  wait?: number
}

/** What came of a case. All of it is compared, exactly. */
export type ExampleOutcome = {
  /** Papers asked for on filing, in the order of the definition. */
  papers: string[]
  /** Every fee raised over the whole life, by id: '10 ILS', '12.500 JOD'. */
  fees: { [fee: string]: string }
  /** Steps opened, in order; a step come back to stands again. */
  way: string[]
  /** Occasions on which the service told the applicant something, in order. */
  messages: string[]
  state: string
  /** The day promised at the end; 'none' where nothing was promised yet. */
  due: string
}
