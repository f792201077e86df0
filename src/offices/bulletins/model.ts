import type { CalendarDate } from '../../lib/calendar.ts'
import type { Currency } from '../../lib/money.ts'
import type { TemplateUsed } from '../messaging/index.ts'

/** What is told to many: bills, reminders, what people should know, and what the law has the town tell. */
export const bulletinKinds = ['awareness', 'bill', 'reminder', 'legal'] as const
export type BulletinKind = (typeof bulletinKinds)[number]

/**
 * counting: whom it goes to is being gathered. counted: the writer sees how many and what it costs. review: a second person looks.
 * sending: let go; planned and handed over in slices. done, stopped: the report.
 */
export type BulletinState = 'counting' | 'counted' | 'review' | 'sending' | 'done' | 'stopped'

/** What the numbers of the file do: come to those of the rule, or the rule keeps only those, or leaves them out. */
export const numberUses = ['add', 'only', 'except'] as const
export type NumberUse = (typeof numberUses)[number]

/** Whom it is for. Within a list one is enough; what is given together must all hold. */
export type Audience = {
  /** Those who live in one of these quarters or hold a connection there. */
  quarters: string[]
  /** Those who hold a connection on one of these lines of the grid. */
  feeders: string[]
  /** Those who hold an open account of one of these kinds. */
  accountKinds: string[]
  /** Only numbers that were verified. */
  verified: boolean
  /** Those who owe more than this in this currency, of the kinds of account where some are given; overdue: only what is past its day. */
  debt?: { currency: Currency; minor: number; overdue: boolean } | undefined
  numbers?: NumberUse | undefined
}

/** Whether an audience names anybody by what the town knows of them. */
export const hasRule = (audience: Audience): boolean =>
  audience.quarters.length > 0 ||
  audience.feeders.length > 0 ||
  audience.accountKinds.length > 0 ||
  audience.verified ||
  audience.debt !== undefined

/** How far the gathering is: which part of it, and after which person or line it goes on. */
export type Gathered = { phase: 'clear' | 'file' | 'people' | 'numbers' | 'ready'; after: string }

/** What was found: people the rule holds of, numbers of the file, and why fewer messages leave than that. */
export type Counts = {
  people: number
  numbers: number
  badLines: number
  /** Numbers that stand in the file more than once. */
  doubledLines: number
  noPhone: number
  optedOut: number
  asleep: number
  /** Found under a telephone that is on the list already. */
  folded: number
  /** Told on the portal alone, as they wish. */
  portal: number
  recipients: number
}

export const noCounts: Counts = {
  people: 0,
  numbers: 0,
  badLines: 0,
  doubledLines: 0,
  noPhone: 0,
  optedOut: 0,
  asleep: 0,
  folded: 0,
  portal: 0,
  recipients: 0,
}

/** Messages by where they stand, and of those that failed by why; what they cost in thousandths of the minor unit. */
export type Progress = {
  states: Partial<Record<string, number>>
  failures: Partial<Record<string, number>>
  parts: number
  prices: { currency: Currency; milli: number }[]
}

export type Bulletin = {
  id: string
  title: string
  kind: BulletinKind
  body: string
  /** Whose words it carries, where they were taken over as they are. */
  template: TemplateUsed | undefined
  audience: Audience
  expiresDays: number
  dailyParts: number | undefined
  /** Everyone who wrote in it; none of them lets it go. */
  writers: string[]
  state: BulletinState
  file: { name: string; column: string | undefined; columns: string[]; sha256: Buffer } | undefined
  gathered: Gathered
  counts: Counts
  lastNo: number
  plannedNo: number
  sample: number[]
  /** Parts of a message, on the average of the sample. */
  partsEach: number | undefined
  progress: Progress
  progressAt: Date | undefined
  released: { on: CalendarDate | undefined; parts: number }
  paused: { by: string; at: Date } | undefined
  createdAt: Date
  asked: { by: string; at: Date } | undefined
  decided: { by: string; at: Date } | undefined
  returnedWhy: string | undefined
  ended: { by: string | undefined; at: Date } | undefined
}

/** How many recipients the second person looks at. */
export const sampleSize = 12
/** Lines of a file that are read at most, and bad ones that are kept to be shown. */
export const mostLines = 300_000
export const mostBadLines = 500
/** Megabytes of a file. */
export const mostFileMegabytes = 12
