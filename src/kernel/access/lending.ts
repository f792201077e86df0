import type { AccessName } from './grants.ts'

/** One kind of act that somebody lends to a colleague while they are here themselves. */
export const lentActs = ['tasks', 'letters', 'reading'] as const
export type LentAct = (typeof lentActs)[number]
export const isLentAct = (text: string): text is LentAct => (lentActs as readonly string[]).includes(text)

/** The names each opens, at the tasks of the lender's office. Money, settings and signatures are not lent. */
export const lends: Record<LentAct, readonly AccessName[]> = {
  tasks: ['request.read', 'request.act', 'paper.read', 'person.read', 'certificate.read'],
  letters: ['request.read', 'paper.read', 'messages.read', 'letter.review'],
  reading: ['request.read', 'paper.read', 'messages.read'],
}
