/** Where a message stands. */
export type MessageState =
  | 'waiting'
  | 'held'
  | 'planned'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'uncertain'
  | 'unaddressed'
  | 'opted-out'
  | 'expired'
  | 'cancelled'

/**
 * The whole life of a message. Before it leaves, its process writes down that it is handing it over; from there it goes back to being planned
 * only where it surely left with nobody. `uncertain` never goes back: evidence may settle it, and a person may plan another.
 */
const ways: Record<MessageState, readonly MessageState[]> = {
  waiting: ['planned', 'cancelled'],
  held: ['planned', 'cancelled'],
  planned: ['sent', 'delivered', 'failed', 'uncertain', 'unaddressed', 'opted-out', 'expired', 'cancelled'],
  sent: ['delivered', 'failed'],
  uncertain: ['sent', 'delivered', 'failed'],
  // A part that was said to have failed arrives after all.
  failed: ['sent', 'delivered', 'uncertain'],
  delivered: [],
  unaddressed: [],
  'opted-out': [],
  expired: [],
  // Taken back while it was being handed over: it went.
  cancelled: ['sent', 'delivered', 'uncertain'],
}

/** Whether a message may go from one state to another. */
export const mayBecome = (from: MessageState, to: MessageState): boolean => ways[from].includes(to)

/** What came of handing a message over, as carriers tell it. */
export type Outcome =
  | { outcome: 'accepted'; delivered?: boolean | undefined }
  | { outcome: 'refused'; failure: string; cause: 'message' | 'later' | 'carrier' | 'throttled' }
  | { outcome: 'uncertain'; failure: string }

export type Next =
  | { state: 'sent' | 'delivered' }
  | { state: 'failed' | 'uncertain'; failure: string }
  /** Surely with nobody: due again after so many milliseconds. */
  | { state: 'planned'; failure: string; afterMs: number }

const longestRestMs = 5_000
/** A letter box that is full or asks for patience is tried after a minute, then twice as long each time up to an hour, for two days. */
const laterMs = { first: 60_000, most: 3_600_000, end: 48 * 3_600_000 }
/** After at least so many such answers, however far apart: they take half a day. */
const laterTries = 16

/** How often whoever a message is for did not take it for now, this answer with them, and how long after the first of these this one is. */
export type Later = { tries: number; sinceMs: number }

/**
 * What becomes of a message that was handed over, the first try being 1. What no carrier took is due again, however often: it is not the
 * message's fault. What whoever it is for does not take for now is given up in the end; tries that came to nothing for other causes do not count.
 */
export function afterHandingOver(outcome: Outcome, attempts: number, later: Later): Next {
  if (outcome.outcome === 'accepted') return { state: outcome.delivered ? 'delivered' : 'sent' }
  if (outcome.outcome === 'uncertain') return { state: 'uncertain', failure: outcome.failure }
  if (outcome.cause === 'message') return { state: 'failed', failure: outcome.failure }
  const { failure, cause } = outcome
  if (cause !== 'later')
    return { state: 'planned', failure, afterMs: Math.min(longestRestMs, 1_000 * Math.max(1, attempts)) }
  const { tries, sinceMs } = later
  if (sinceMs >= laterMs.end && tries >= laterTries) return { state: 'failed', failure }
  const afterMs = Math.min(laterMs.most, laterMs.first * 2 ** Math.min(10, Math.max(0, tries - 1)))
  return { state: 'planned', failure, afterMs }
}

/** What becomes of a message whose process died while handing it over: still planned only where a repetition reaches nobody twice. */
export const afterDeath = (repeatable: boolean): 'planned' | 'uncertain' =>
  repeatable ? 'planned' : 'uncertain'

/** What is known of a part of a message that was handed over, from the least to the most. */
const knowledge = ['uncertain', 'submitted', 'failed', 'delivered'] as const
export type PartState = (typeof knowledge)[number]
export type Reported = 'accepted' | 'delivered' | 'failed'

const says: Record<Reported, PartState> = { accepted: 'submitted', failed: 'failed', delivered: 'delivered' }

/** A part after a report of it. Reports that come late, doubled or in another order lead to the same: the most that was ever said. */
export function afterReport(part: PartState, reported: Reported): PartState {
  const said = says[reported]
  return knowledge.indexOf(said) > knowledge.indexOf(part) ? said : part
}

/** Where a message stands whose parts stand so: delivered when all of it is, failed as soon as a part of it is. */
export function stateOfParts(
  parts: readonly PartState[],
): Extract<MessageState, 'sent' | 'delivered' | 'failed' | 'uncertain'> {
  if (parts.length === 0) return 'uncertain'
  if (parts.every(part => part === 'delivered')) return 'delivered'
  if (parts.includes('failed')) return 'failed'
  return parts.includes('uncertain') ? 'uncertain' : 'sent'
}
