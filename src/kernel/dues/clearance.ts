import type { Due, DuesException } from './index.ts'

/**
 * clear: nothing is owed in any kind · by-plan: what is owed is paid in instalments that are kept up · by-exception: a named officer
 * answers for it · uncertain: only balances of the program the town had before are open, and whoever keeps that program is to be asked ·
 * owing: the town's own books hold an open debt.
 */
export type ClearanceOutcome = 'clear' | 'by-plan' | 'by-exception' | 'uncertain' | 'owing'

export type Clearance<D extends Due = Due> = {
  outcome: ClearanceOutcome
  /** May the town say that this person owes it nothing that is due (براءة ذمة)? */
  mayIssue: boolean
  /** What stands in the way, or what the plan or the exception covers. */
  because: D[]
}

/** The rule of a clearance: over every kind of due and every account, never over one alone. */
export function judgeClearance<D extends Due>(
  dues: readonly D[],
  exceptions: readonly DuesException[] = [],
): Clearance<D> {
  const owed = dues.filter(due => due.amount.minor > 0)
  if (owed.length === 0) return { outcome: 'clear', mayIssue: true, because: [] }
  const own = owed.filter(due => due.source === 'own' && !due.planKept)
  const passed = exceptions.some(({ by, reason }) => by.trim() !== '' && reason.trim() !== '')
  if (own.length > 0)
    return passed
      ? { outcome: 'by-exception', mayIssue: true, because: own }
      : { outcome: 'owing', mayIssue: false, because: own }
  const imported = owed.filter(due => due.source === 'imported' && !due.planKept)
  if (imported.length > 0)
    return passed
      ? { outcome: 'by-exception', mayIssue: true, because: imported }
      : { outcome: 'uncertain', mayIssue: false, because: imported }
  return { outcome: 'by-plan', mayIssue: true, because: owed }
}
