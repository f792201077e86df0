import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'why-title': 'Why do you open this file?',
  'why-body':
    'Your office has no task for this person, and they have no visit at your window. Say why, and the file opens for {minutes} minutes. The person and the supervisor are told at once who opened it and why.',
  'why-part':
    'This part stands masked. Say why you need it, and it opens for {minutes} minutes. That it was shown is written down by itself.',
  'why-ready': 'Choose the reason',
  'why-own': 'Another reason, in your words',
  'why-own-hint': 'Ten letters at least; the person reads them.',
  'why-open': 'Open the file',
  'why-back': 'Back',
  'why-kept': 'What you wrote is kept; you come back to it once you have said why.',
  'opened-until': 'The file is open until {time}, because: {reason}',
}
