/** How often a key may ask: so many in a minute, of which all may come in one breath. */
export type Policy = { name: string; perMinute: number }

export const policies = {
  /** As much as one machine of a town can do: a key shares it, and cannot drown it. */
  usual: { name: 'usual', perMinute: 120_000 },
  /** Asking for people by name or number: enough for a desk, too few to go through the register. */
  people: { name: 'people', perMinute: 120 },
} as const satisfies Record<string, Policy>

/** `told`: that it is used up was said, since it was last whole. */
type Bucket = { tokens: number; at: number; told?: boolean }

export type Turn = {
  allowed: boolean
  /** The first refusal since it was whole. */
  usedUp: boolean
  headers: Record<string, string>
}

const minuteMs = 60_000

/**
 * Token buckets by key and policy, in this process. Answers carry the headers of draft-ietf-httpapi-ratelimit-headers: what the policy is,
 * what is left of it, and in how many seconds it is whole again.
 */
export function openLimits(now: () => number): (keyId: string, policy: Policy) => Turn {
  const buckets = new Map<string, Bucket>()

  return (keyId, { name, perMinute }) => {
    const id = `${name} ${keyId}`
    const at = now()
    const bucket: Bucket = buckets.get(id) ?? { tokens: perMinute, at }
    const perMs = perMinute / minuteMs
    bucket.tokens = Math.min(perMinute, bucket.tokens + (at - bucket.at) * perMs)
    bucket.at = at
    buckets.set(id, bucket)
    const allowed = bucket.tokens >= 1
    if (bucket.tokens >= perMinute) bucket.told = false
    const usedUp = !allowed && !bucket.told
    if (usedUp) bucket.told = true
    if (allowed) bucket.tokens -= 1
    const whole = Math.ceil((perMinute - bucket.tokens) / perMs / 1000)
    return {
      allowed,
      usedUp,
      headers: {
        'ratelimit-policy': `"${name}";q=${perMinute};w=60`,
        ratelimit: `"${name}";r=${Math.floor(bucket.tokens)};t=${whole}`,
        ...(!allowed && {
          'retry-after': String(Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000))),
        }),
      },
    }
  }
}
