/** Texts of one number that are heard within an hour and a day; those beyond are counted and dropped. */
export const mostTexts = { hour: 20, day: 60 } as const

/** Numbers asked for that are none of the sender's, after which no number is answered for a while. */
export const mostWrong = 3
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Guesses are forgotten a day after the last one, and how often somebody was locked out a month after. */
export const wrongForgottenMs = 24 * hourMs
export const locksForgottenMs = 30 * dayMs
/** One hour, four, sixteen … a week at most. */
export const lockMs = (locks: number): number => Math.min(hourMs * 4 ** locks, 7 * dayMs)

/** How the texts of one number stand against the limits, after `count` more came. */
export type Counted = { inHour: number; inDay: number }

/** How many of the `count` texts that came last are heard. */
export const heardOf = ({ inHour, inDay }: Counted, count: number): number => {
  const room = Math.min(mostTexts.hour - (inHour - count), mostTexts.day - (inDay - count))
  return Math.max(0, Math.min(count, room))
}
