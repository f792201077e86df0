/** What became of a message to a telephone: it arrived, the number takes none for good, or it takes none for now. */
export type PhoneOutcome = 'delivered' | 'hard' | 'soft'

/** How a telephone answers: the failures for good since it was last reached. */
export type PhoneHealth = {
  failures: number
  /** The first and the last of those failures. */
  failingSince: Date | undefined
  failedAt: Date | undefined
  reachedAt: Date | undefined
  /** Since when nothing is sent to it any more. */
  asleepAt: Date | undefined
}

/** After how many failures in a row, over how many days at least, a number goes to sleep. */
export type AgeingTerms = { failures: number; days: number }

export const defaultAgeing: AgeingTerms = { failures: 3, days: 7 }

export const unknownHealth: PhoneHealth = {
  failures: 0,
  failingSince: undefined,
  failedAt: undefined,
  reachedAt: undefined,
  asleepAt: undefined,
}

const dayMs = 86_400_000

/**
 * The health of a telephone after one more outcome. Reports come late and out of order: what failed before the number was last reached
 * counts for nothing, and what was reached in the middle of a run of failures breaks it. A failure told twice is one.
 */
export function aged(
  health: PhoneHealth,
  { outcome, at }: { outcome: PhoneOutcome; at: Date },
  terms: AgeingTerms,
): PhoneHealth {
  if (outcome === 'soft') return health
  return outcome === 'delivered' ? reached(health, at) : failed(health, at, terms)
}

function reached(health: PhoneHealth, at: Date): PhoneHealth {
  const { failingSince, failedAt } = health
  const reachedAt = latest(health.reachedAt, at)
  if (!failingSince || !failedAt || at < failingSince) return { ...health, reachedAt }
  if (at >= failedAt) return { ...unknownHealth, reachedAt }
  return { failures: 1, failingSince: failedAt, failedAt, reachedAt, asleepAt: undefined }
}

function failed(health: PhoneHealth, at: Date, terms: AgeingTerms): PhoneHealth {
  const known = [health.failingSince, health.failedAt].some(each => each?.getTime() === at.getTime())
  if (known || (health.reachedAt && at <= health.reachedAt)) return health
  const failures = health.failures + 1
  const failingSince = health.failingSince && health.failingSince < at ? health.failingSince : at
  const failedAt = latest(health.failedAt, at)
  const over = failedAt.getTime() - failingSince.getTime() >= terms.days * dayMs
  const asleepAt = health.asleepAt ?? (failures >= terms.failures && over ? failedAt : undefined)
  return { ...health, failures, failingSince, failedAt, asleepAt }
}

const latest = (one: Date | undefined, other: Date): Date => (one && one > other ? one : other)
