import type { Read } from '../../../platform/database/index.ts'

/** First names of those whose turn may stand in the hall with it, by visit. */
type HallNames = (tx: Read, visitIds: readonly string[]) => Promise<ReadonlyMap<string, string>>

let find: HallNames = async () => new Map()

/** Lent at start by the office that knows who agreed to it; without it the hall shows numbers alone. */
export function lendHallNames(finder: HallNames): void {
  find = finder
}

export const hallNames: HallNames = (tx, visitIds) =>
  visitIds.length === 0 ? Promise.resolve(new Map()) : find(tx, visitIds)
