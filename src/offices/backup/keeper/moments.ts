import { Temporal } from 'temporal-polyfill'

/** The last time it was this time of day (`HH:MM`) in a time zone. */
export function lastMoment(now: Date, at: string, timeZone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const today = here.withPlainTime(at)
  const last =
    Temporal.ZonedDateTime.compare(today, here) <= 0 ? today : here.subtract({ days: 1 }).withPlainTime(at)
  return new Date(last.epochMilliseconds)
}

export type Tried = { beganAt: Date; good: boolean | undefined }

const hour = 3_600_000

/**
 * Whether nightly work is due: nothing good has begun since it was last time for it, and what was tried since has had an hour. `undefined`:
 * nothing was ever tried.
 */
export function isDue(now: Date, moment: Date, tried: Tried | undefined): boolean {
  if (!tried || tried.beganAt < moment) return true
  return tried.good !== true && now.getTime() - tried.beganAt.getTime() >= hour
}
