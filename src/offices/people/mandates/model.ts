import { isMandateAct, type MandateAct } from '../../../kernel/access/index.ts'
import { isoDate } from '../../../kernel/form/index.ts'
import { addDays, type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'

/** What somebody lets another do in their place, and until when. */
export type MandateTerms = {
  acts: readonly MandateAct[]
  /** Codes of the services it is limited to; any where it is left out. */
  services: readonly string[] | undefined
  validFrom: CalendarDate
  /** Left out only of who represents an organisation. */
  validUntil: CalendarDate | undefined
}

/** The paper that proves a mandate made at the counter. */
export type MandateProof = { kind: string; number: string; issuer: string }

export type Mandate = MandateTerms & {
  id: string
  principal: { id: string; name: string; organisation: boolean }
  agent: { id: string; name: string }
  madeAt: Date
  madeHow: 'portal' | 'counter'
  acceptedAt: Date | undefined
  endedAt: Date | undefined
  /** When the agent last took the place. */
  usedAt: Date | undefined
}

/** `offered` waits for the agent; `to-come` begins on a later day; `over` has run out. */
export type MandateState = 'offered' | 'to-come' | 'in-force' | 'over' | 'ended'

export function stateOf(
  of: Pick<Mandate, 'acceptedAt' | 'endedAt' | 'validFrom' | 'validUntil'>,
  today: CalendarDate,
): MandateState {
  if (of.endedAt) return 'ended'
  if (of.validUntil !== undefined && of.validUntil < today) return 'over'
  if (!of.acceptedAt) return 'offered'
  return of.validFrom > today ? 'to-come' : 'in-force'
}

/** The longest a person lets another act for them at once: it is renewed, not forgotten. */
export const longestYears = 2

/**
 * Reads what a mandate is for and until when. Acts and a last day are asked for; it begins today unless said otherwise, and a person's ends
 * within two years.
 */
export function readMandateTerms(
  typed: { list: (name: string) => string[]; text: (name: string) => string },
  today: CalendarDate,
  { openEnded, services: known }: { openEnded: boolean; services: readonly string[] },
): { ok: true; value: MandateTerms } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const day = (name: string) => {
    const text = typed.text(name).trim()
    const date = text === '' ? undefined : isoDate(text)
    if (text === '' || (date !== undefined && isCalendarDate(date))) return date
    faults.push({ field: name, code: 'not-a-date' })
    return undefined
  }
  const acts = [...new Set(typed.list('acts').filter(isMandateAct))]
  if (acts.length === 0) faults.push({ field: 'acts', code: 'mandate-for-nothing' })
  const chosen = [...new Set(typed.list('services').filter(code => known.includes(code)))]
  const validFrom = day('validFrom') ?? today
  const validUntil = day('validUntil')
  const longest = addDays(today, longestYears * 366)
  if (validFrom < today) faults.push({ field: 'validFrom', code: 'date-in-past' })
  if (validUntil === undefined && !openEnded && !faults.some(({ field }) => field === 'validUntil'))
    faults.push({ field: 'validUntil', code: 'required' })
  if (validUntil !== undefined && validUntil < validFrom)
    faults.push({ field: 'validUntil', code: 'ends-before-it-begins' })
  if (validUntil !== undefined && validUntil > longest && !openEnded)
    faults.push({ field: 'validUntil', code: 'mandate-too-long' })
  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    value: { acts, services: chosen.length > 0 ? chosen : undefined, validFrom, validUntil },
  }
}
