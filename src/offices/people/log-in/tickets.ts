import type { House } from '../../../platform/house.ts'

/** How long the steps of one log-in may take: from a right PIN to the code, from there to a PIN of one's own. */
export const ticketMinutes = 10

type Kept = { until: number }

/** What a browser carries from one step of a log-in to the next, in a cookie nobody can read or make. */
export function sealTicket(
  crypto: House['crypto'],
  town: string,
  purpose: string,
  what: object,
  now: Date,
): string {
  const kept = { ...what, until: now.getTime() + ticketMinutes * 60_000 }
  return crypto.seal(town, purpose, JSON.stringify(kept)).toString('base64url')
}

/** What a ticket carries; undefined when it is none, of another step, or too old. */
export function openTicket<T extends object>(
  crypto: House['crypto'],
  town: string,
  purpose: string,
  text: string,
  now: Date,
): T | undefined {
  try {
    const kept = JSON.parse(crypto.open(town, purpose, Buffer.from(text, 'base64url'))) as T & Kept
    return kept.until > now.getTime() ? kept : undefined
  } catch {
    return undefined
  }
}
