import type { CalendarDate } from '../../../lib/calendar.ts'
import { compare, type Money } from '../../../lib/money.ts'

/** Kinds of documents an authority may name; `*` is any of them. */
export const documentKinds = ['certificate', 'contract', 'licence', 'letter', '*'] as const
export type DocumentKind = (typeof documentKinds)[number]

/**
 * Authority to sign (صلاحية التوقيع): which documents, up to which amount, by which decision, from when until when. A deputy's row names
 * the authority it stands in for and has dates of its own; what may be signed and up to how much is that authority's.
 */
export type Authority = {
  readonly id: string
  readonly staffId: string
  /** The role an output names as its signer. */
  readonly role: string
  readonly kind: DocumentKind
  /** At most one for a currency; none at all is without a ceiling. */
  readonly ceilings: readonly Money[]
  readonly decision: string
  readonly from: CalendarDate
  readonly until: CalendarDate | undefined
  readonly deputyFor: string | undefined
}

export type SigningQuestion = {
  readonly staffId: string
  /** The roles this person is appointed to today. */
  readonly roles: readonly string[]
  /** The role the output names. */
  readonly role: string
  readonly kind: string
  /** What the document comes to, a sum for each currency. */
  readonly amounts: readonly Money[]
  readonly today: CalendarDate
}

export type SigningRefusal =
  | 'no-authority-to-sign'
  | 'authority-ended'
  | 'authority-not-begun'
  | 'ceiling-exceeded'

export type SigningJudgement =
  /** `under` is the authority signed under: of the person, or of whom they stand in for. None where the town has written none. */
  | { readonly ok: true; readonly under: Authority | undefined; readonly deputy: boolean }
  | { readonly ok: false; readonly code: SigningRefusal; readonly on?: CalendarDate; readonly amount?: Money }

/** A right to sign that was given to somebody: the authority, and the days on which it holds for them. */
type Claim = { authority: Authority; deputy: boolean; from: CalendarDate; until: CalendarDate | undefined }

/**
 * Whether somebody may sign a document today. Where the town has written no authority for a role and a kind, the appointment to the role
 * is the authority. Once it has, only those named sign: each within their dates, a deputy also within those of whom they stand in for,
 * and no document above the ceiling. Amounts in a currency the ceilings do not name are above them.
 */
export function mayStandUnder(rows: readonly Authority[], asked: SigningQuestion): SigningJudgement {
  const written = rows.filter(row => row.deputyFor === undefined && covers(row, asked))
  const appointed = asked.roles.includes(asked.role)
  if (written.length === 0)
    return appointed ? { ok: true, under: undefined, deputy: false } : refused('no-authority-to-sign')
  const own = appointed ? written.filter(row => row.staffId === asked.staffId) : []
  const claims: Claim[] = [
    ...own.map(row => ({ authority: row, deputy: false, from: row.from, until: row.until })),
    ...rows.flatMap(row => standIn(row, written, asked.staffId)),
  ]
  if (claims.length === 0) return refused('no-authority-to-sign')
  const holding = claims.filter(claim => holdsOn(claim, asked.today))
  if (holding.length === 0) return outOfTerm(claims, asked.today)
  const within = holding.find(({ authority }) => exceeding(authority, asked.amounts) === undefined)
  if (within) return { ok: true, under: within.authority, deputy: within.deputy }
  const amount = exceeding(holding[0]?.authority, asked.amounts)
  return { ok: false, code: 'ceiling-exceeded', ...(amount && { amount }) }
}

const covers = (row: Authority, { role, kind }: SigningQuestion): boolean =>
  row.role === role && (row.kind === '*' || row.kind === kind)

/** A deputy's claim holds while both their own term and that of whom they stand in for do. */
function standIn(row: Authority, written: readonly Authority[], staffId: string): Claim[] {
  if (row.deputyFor === undefined || row.staffId !== staffId) return []
  const principal = written.find(({ id }) => id === row.deputyFor)
  if (!principal) return []
  const [from = row.from] = [row.from, principal.from].sort().reverse()
  return [{ authority: principal, deputy: true, from, until: earlier(row.until, principal.until) }]
}

const earlier = (one: CalendarDate | undefined, other: CalendarDate | undefined): CalendarDate | undefined =>
  one === undefined ? other : other === undefined || one < other ? one : other

const holdsOn = ({ from, until }: Pick<Claim, 'from' | 'until'>, day: CalendarDate): boolean =>
  from <= day && (until === undefined || day <= until)

/** It ended, unless one is still to begin. */
function outOfTerm(claims: readonly Claim[], today: CalendarDate): SigningJudgement {
  const ahead = claims
    .filter(claim => claim.from > today && (claim.until === undefined || claim.until >= claim.from))
    .map(({ from }) => from)
    .sort()
  const [next] = ahead
  if (next !== undefined) return { ok: false, code: 'authority-not-begun', on: next }
  const last = claims
    .map(({ until }) => until ?? '')
    .sort()
    .at(-1)
  return { ok: false, code: 'authority-ended', ...(last && { on: last }) }
}

/** The first amount that lies above the ceilings; undefined when none does. */
export function exceeding(authority: Authority | undefined, amounts: readonly Money[]): Money | undefined {
  const ceilings = authority?.ceilings ?? []
  if (ceilings.length === 0) return undefined
  return amounts.find(amount => {
    if (amount.minor === 0) return false
    const ceiling = ceilings.find(({ currency }) => currency === amount.currency)
    return !ceiling || compare(amount, ceiling) > 0
  })
}

const refused = (code: SigningRefusal): SigningJudgement => ({ ok: false, code })
