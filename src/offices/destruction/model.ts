import { addDays, type CalendarDate } from '../../lib/calendar.ts'

/** Kinds of record that have a time of their own. */
export const kinds = [
  'request',
  'paper',
  'message',
  'draft',
  'visit',
  'look',
  'log-in',
  'import',
  'complaint',
  'receipt',
  'person',
] as const
export type Kind =
  | 'request'
  | 'paper'
  | 'message'
  | 'draft'
  | 'visit'
  | 'look'
  | 'log-in'
  | 'import'
  | 'complaint'
  | 'receipt'
  | 'person'
export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)

/** What happens to a kind once its time has passed: registers keep the row and lose what is personal, the rest goes whole. */
export const fates: Readonly<Record<Kind, 'erase' | 'delete'>> = {
  request: 'erase',
  paper: 'erase',
  message: 'erase',
  draft: 'delete',
  visit: 'erase',
  look: 'delete',
  'log-in': 'delete',
  import: 'delete',
  complaint: 'erase',
  receipt: 'erase',
  person: 'erase',
}

/** Kinds of which a rule may name a part: a service or a group of services, a kind of paper, a kind of message. */
export const scoped: readonly Kind[] = ['request', 'paper', 'message']

export type Term = { for: number; unit: 'day' | 'year' }

/** How long a kind of record is kept. */
export type Rule = {
  id: string
  kind: Kind
  /** `''` is all of its kind. */
  scope: string
  action: 'keep' | 'erase' | 'delete'
  term: Term | undefined
  source: string
  /** Whether the source was shown; nothing goes by a rule whose source was not. */
  confirmed: boolean
  from: CalendarDate
  writtenBy: string
  writtenAt: Date
  reviewedBy: string | undefined
  accepted: boolean | undefined
  note: string | undefined
}

/** The latest day before which records began whose time has passed by `today`; nothing where the rule keeps for ever. A day that a year lacks is the next one. */
export function passedBy(term: Term | undefined, today: CalendarDate): CalendarDate | undefined {
  if (!term) return undefined
  if (term.unit === 'day') return addDays(today, -term.for)
  const year = Number(today.slice(0, 4)) - term.for
  const date = `${String(year).padStart(4, '0')}${today.slice(4)}`
  // 29 February has no anniversary in other years: a day later is a day more kept.
  return date.endsWith('-02-29') && !isLeap(year) ? `${date.slice(0, 4)}-02-28` : date
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Whether one rule is about a part of what another is about. */
export function isWithin(part: Pick<Rule, 'kind' | 'scope'>, whole: Pick<Rule, 'kind' | 'scope'>): boolean {
  if (part.kind !== whole.kind || part.scope === whole.scope) return false
  return whole.scope === '' || (part.kind === 'request' && part.scope.startsWith(`${whole.scope}-`))
}

/** The rules in force on a day: adopted, begun, and of each kind and scope the latest. */
export function inForce(rules: readonly Rule[], today: CalendarDate): Rule[] {
  const latest = new Map<string, Rule>()
  for (const rule of rules) {
    if (!rule.accepted || rule.from > today) continue
    const key = `${rule.kind} ${rule.scope}`
    const other = latest.get(key)
    if (!other || other.from < rule.from || (other.from === rule.from && other.writtenAt < rule.writtenAt))
      latest.set(key, rule)
  }
  return [...latest.values()]
}

/** Parts a rule leaves alone, because they have rules of their own, shown or not. */
export const ownRules = (rule: Rule, all: readonly Rule[]): string[] =>
  all.filter(each => isWithin(each, rule)).map(each => each.scope)

export const states = [
  'counting',
  'proposed',
  'resting',
  'acting',
  'done',
  'refused',
  'stopped',
  'withdrawn',
] as const
export type ActState =
  | 'counting'
  | 'proposed'
  | 'resting'
  | 'acting'
  | 'done'
  | 'refused'
  | 'stopped'
  | 'withdrawn'

/** Why a thing stays, as shown; words by `why-CODE`. */
export const whys = [
  'open',
  'own-rule',
  'held',
  'debt',
  'certificate',
  'original',
  'payment',
  'complaint',
  'correction',
  'valid',
  'in-use',
  'asked',
  'cheque',
  'mandate',
  'has-requests',
  'has-account',
  'has-papers',
  'has-receipts',
  'has-others',
  'uses-log-in',
  'gone',
  'too-young',
] as const
export type Why = string

/** What an act comes to. Bytes are those of contents. */
export type Counts = {
  listed: number
  excluded: number
  bytes: number
  oldest?: string | undefined
  newest?: string | undefined
  why: Record<string, number>
}
export const noCounts: Counts = { listed: 0, excluded: 0, bytes: 0, why: {} }

export type Progress = { done: number; dropped: number; files: number; bytes: number }
export const noProgress: Progress = { done: 0, dropped: 0, files: 0, bytes: 0 }

export type Member = {
  staffId: string
  decidedAt: Date | undefined
  approved: boolean | undefined
  note: string | undefined
}

export type Act = {
  id: string
  year: number
  number: number
  ruleId: string
  kind: Kind
  scope: string
  until: CalendarDate
  reason: string
  proposedBy: string
  proposedAt: Date
  state: ActState
  countedTo: string | undefined
  counts: Counts
  countedAt: Date | undefined
  minutes: { number: string; date: CalendarDate; documentId: string } | undefined
  actsAt: Date | undefined
  /** By nobody where the rule was gone when its time came. */
  ended: { by: string | undefined; at: Date; why: string } | undefined
  progress: Progress
  doneAt: Date | undefined
  certificateId: string | undefined
  members: Member[]
}

export const actNumber = (act: Pick<Act, 'number' | 'year'>): string => `${act.number}/${act.year}`

/** The committee's terms; the town's dated setting `destruction.rules`. */
export type CommitteeRules = { roles: readonly string[]; members: number; restDays: number }
export const fewestMembers = 3
