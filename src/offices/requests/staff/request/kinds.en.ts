import type { ar } from './kinds.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'purpose-branch': 'Opinion asked',
  'done-opine': 'opinion given',
  'done-record': 'answer of the others recorded',
  'done-appoint': 'visit appointed',
  'done-missed': 'nobody was there for the visit',
  'done-parts-ended': 'the requests within it ended',
  'done-effect-failed': 'could not be done by itself',
  'done-escalate': 'raised because it is late',
  'done-move-deadline': 'moved for a closure that was announced',
  'did-opine': 'Your opinion on {number} is kept.',
  'did-record': 'The answer is kept with {number}.',
  'did-appoint': 'The visit for {number} is appointed and told.',
  'did-missed': 'Kept with {number} that nobody was there; the applicant is told.',
  'did-parts-ended': '{number} goes on.',
  'did-effect-failed': '{number} is back with the staff.',
  'did-escalate': '{number} raised.',
  'did-move-deadline': 'The day of {number} is moved.',
}
