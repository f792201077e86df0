import { stripControls } from '../../../lib/arabic.ts'

const longest = 100

/** A carrier's own reference as it is kept: without control characters and halves of signs, which no database takes, and short enough for an index. */
export const asRef = (told: string): string =>
  stripControls(told.slice(0, longest * 2))
    .trim()
    .slice(0, longest)
    .toWellFormed()
