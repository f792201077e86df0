/** What the driver and whoever started it say to each other. */

export const shapeNames = ['steady', 'lifecycle', 'bursts', 'morning', 'thousand', 'bill-day'] as const
export type ShapeName = (typeof shapeNames)[number]
/** Beside the shapes the driver lets everybody file once, before anything is measured. */
export type Job = ShapeName | 'everybody'

/** Somebody who lives in the town under load. `cookie` where they are logged in. */
export type Citizen = {
  personId: string
  documentId: string
  name: string
  /** Empty where the number is an account's too: it alone does not say who stands there. */
  idNumber: string
  cookie?: string
  /** A request of theirs that waits for its fee, where one was filed for them. */
  request?: string
}

/** What a shape is given to work with; each takes what it needs. */
export type Ground = {
  /** Of the server, on the loopback. */
  port: number
  /** What the town's addresses begin with: nothing where it is the only one. */
  prefix: string
  apiKey: string
  people: Citizen[]
  /** Cookies of the staff by post; a clerk also holds a till, and sits at the window of their place in the list. */
  clerks: string[]
  officers: string[]
  /** Names people are searched by, and numbers of requests that are there. */
  names: string[]
  numbers: string[]
  /** Requests the officers may open. */
  requests: string[]
  /** Short links of the bills, one for each of the people in their order. */
  bills: string[]
  /** Where the bank's pages stand. */
  bank: string
}

export type Size = {
  seconds: number
  /** Clients at once, people or clerks, as the shape counts them. */
  many: number
  /** Acts begun in a second, where the shape says so. */
  rate: number
  /** How long people think between two acts, in milliseconds on average. */
  think: number
}

export type Order = { shape: Job; seed: number; size: Size; ground: Ground }

/** What the server acknowledged to a client: from then on it must be there, once. */
export type Told =
  | { kind: 'request'; mark: string; id: string; number: string }
  | { kind: 'act'; request: string; name: string; times: number }
  | { kind: 'receipt'; id: string; request: string }

/** Latencies of one kind of act in milliseconds, each counted from when it should have begun. */
export type Summary = {
  count: number
  mean: number
  p50: number
  p90: number
  p95: number
  p99: number
  max: number
  /** How many took at most `upTo[i]` milliseconds, and longer than the step before. */
  latency: { upTo: number[]; counts: number[] }
}

/** One second of a run. */
export type Tick = {
  second: number
  /** Acts that should have begun, ended and failed in it. */
  due: number
  done: number
  failed: number
  /** Of those that ended in it; absent where none did. */
  p95?: number
}

export type Outcome = {
  shape: Job
  seconds: number
  acts: Record<string, Summary>
  /** What the shape is judged by, second by second: its whole acts where it has such, else each exchange. */
  timeline: Tick[]
  /** What was answered otherwise than it should have been, and how often; by act and reason. */
  failures: Record<string, number>
  /** The first few of them, as they came. */
  samples: string[]
  told: Told[]
  /** Marks of filings that were sent, whether or not an answer came. */
  begun: string[]
  /** What the shape itself counted. */
  facts: Record<string, number>
  /** CPU the driver used, in milliseconds. */
  driverCpuMs: number
}
