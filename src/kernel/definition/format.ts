import type { Finding } from './faults.ts'

/** The format of definitions this version writes, and the newest it reads. */
export const DEFINITION_FORMAT = 1

/**
 * Which edition of the language this version knows; it rises when keys are added. A text that says it `needs` a newer one is refused with
 * that one line, not with one for each key that means nothing yet.
 */
const DEFINITION_EDITION = 2

/** Whether a text was written for this version of the product, by its first lines. */
export function checkFormat(text: { format?: unknown; needs?: unknown }): Finding | undefined {
  const { format, needs } = text
  if (format === undefined) return { path: [], code: 'format-missing' }
  if (format !== DEFINITION_FORMAT) {
    const values = { format: String(format).slice(0, 20), known: DEFINITION_FORMAT }
    return { path: ['format'], code: 'format-unknown', values }
  }
  if (needs === undefined) return undefined
  if (!Number.isSafeInteger(needs) || Number(needs) < 1) return { path: ['needs'], code: 'bad-form' }
  if (Number(needs) <= DEFINITION_EDITION) return undefined
  return { path: ['needs'], code: 'needs-newer', values: { needs: String(needs), known: DEFINITION_EDITION } }
}
