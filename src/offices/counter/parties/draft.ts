import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Typed } from '../../../web/call.ts'
import { actsForAnother, type Draft, type NewParty, readTerms } from '../../requests/index.ts'

/** Under which name the boxes of the applicant's own term are kept with a draft, as they were typed. */
const kept = 'counter-terms'
export const ownPrefix = 'own.'

/** The boxes of the applicant's own term, as typed now or before. */
export function termsTyped(draft: Pick<Draft, 'typed'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(draft.typed[kept] ?? {}).map(([name, value]) => [name, [value].flat().at(-1) ?? '']),
  )
}

/** The draft's typed texts with those boxes renewed; a page that had none of them leaves what was kept. */
export function typedWithTerms(typed: Draft['typed'], posted: Typed): Draft['typed'] {
  const boxes = Object.entries(posted).filter(([name]) => name.startsWith(ownPrefix))
  if (boxes.length === 0) return typed
  return { ...typed, [kept]: { ...typed[kept], ...Object.fromEntries(boxes) } }
}

/** Everybody a filing names: the draft's parties, and the applicant with their own term. */
export function partiesInHand(
  draft: Pick<Draft, 'personId' | 'capacity' | 'parties' | 'typed'>,
  today: CalendarDate,
): { parties: NewParty[]; faults: Fault[] } {
  const typed = termsTyped(draft)
  const { terms, faults } = readTerms(draft.capacity, name => typed[name] ?? '', today, ownPrefix)
  const own = draft.capacity === 'principal' ? [] : [{ ...terms, personId: draft.personId }]
  const missing =
    actsForAnother(draft.capacity) && !draft.parties.some(({ capacity }) => capacity === 'principal')
  return {
    parties: [...draft.parties, ...own],
    faults: [...(missing ? [{ field: 'principal', code: 'principal-missing' }] : []), ...faults],
  }
}
