import type { DomainError } from '../../../lib/errors.ts'
import type { VisitText } from '../strings.ts'

const words: Record<string, VisitText> = {
  'visit-open': 'refused-visit-open',
  'no-window': 'refused-no-window',
  'window-taken': 'refused-window-taken',
  'window-closed': 'refused-window-closed',
  'turn-gone': 'refused-turn-gone',
  'grace-over': 'refused-grace-over',
  'nobody-here': 'refused-nobody-here',
  'centre-closed': 'refused-centre-closed',
  'purpose-closed': 'refused-purpose-closed',
  'too-many-turns': 'refused-too-many-turns',
}

/** What a refusal of the queue is called on a page. */
export const refusalOf = (error: DomainError): VisitText => words[error.code] ?? 'refused'
