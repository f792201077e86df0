/** Which provider carries the next message, how fast, and how much of the work one gets that does badly. Instants are in milliseconds. */

/**
 * One of those who can take the message now, by weight: of 60 and 40 the first gets six of ten. A weight of 0 is a reserve, chosen where
 * nobody else can. `chance` is from 0 up to 1.
 */
export function chooseByWeight<Candidate extends { weight: number }>(
  candidates: readonly Candidate[],
  chance: number,
): Candidate | undefined {
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0)
  if (total <= 0) return candidates[Math.floor(chance * candidates.length)]
  let left = chance * total
  for (const candidate of candidates) {
    left -= candidate.weight
    if (left < 0) return candidate
  }
  return candidates.findLast(({ weight }) => weight > 0)
}

/** How many messages may go at once under a rate: a second's worth at most. */
export type Bucket = { readonly tokens: number; readonly at: number }

export const fullBucket = (rate: number, now: number): Bucket => ({ tokens: rate, at: now })

/** The bucket as it has filled by now; time that runs backwards fills nothing. */
export function filled(bucket: Bucket, rate: number, now: number): Bucket {
  const passed = Math.max(0, now - bucket.at)
  return { tokens: Math.min(rate, bucket.tokens + (passed * rate) / 1000), at: now }
}

/** What a provider carried of late: how many whose fate can be told, and how many of those took too long or failed without fault of the number. */
export type Record15 = { told: number; bad: number }

/** What is looked at: the last fifteen minutes, and five minutes are slow. */
export const healthWindowMs = 15 * 60_000
export const slowAfterMs = 5 * 60_000
const badShare = 0.15
const fewest = 10

/**
 * The weight a provider has for the next minute: half of what it had when 15 of 100 were slow or failed, a tenth of its own more when they
 * were not. It never falls to nothing: what is not sent there cannot show that it is well again.
 */
export function nextWeight(own: number, now: number, { told, bad }: Record15): number {
  if (own === 0) return 0
  const sick = told >= fewest && bad / told >= badShare
  if (sick) return Math.max(1, Math.floor(now / 2))
  return Math.min(own, now + Math.max(1, Math.ceil(own / 10)))
}

/** The last tenth of a day's budget is kept for codes and steps. */
const keptShare = 0.1

/** Parts that a day's budget still holds for a lane. */
export function budgetLeft(daily: number | undefined, used: number, bulk: boolean): number {
  if (daily === undefined) return Number.POSITIVE_INFINITY
  return Math.max(0, Math.floor(daily * (bulk ? 1 - keptShare : 1)) - used)
}
