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
  releases: 'Files of many',
  'releases-sub':
    'A file of many people’s data is asked for by one and released by another, and taken once within an hour.',
  'releases-none': 'No file was asked for',
  'releases-none-text': 'A file is asked for on its own page, and stands here until another releases it.',
  'release-title': 'A file of many people’s data',
  'release-two': 'This file holds the data of many people: another person must release it.',
  'release-two-of':
    'This file holds the data of {count, plural, one {# person} other {# people}}: another person must release it.',
  'release-why': 'What do you need it for?',
  'release-why-hint':
    'Ten letters at least. Whoever releases it reads them, and they are kept in the record.',
  'release-ask': 'Ask for its release',
  'release-asked': 'Somebody else decides on it. The link stands here once it is released.',
  'release-decide': 'Decision on the file',
  'release-note': 'Note',
  'release-grant': 'Release it',
  'release-refuse': 'Do not release it',
  'release-granted': 'Released: it may be taken once within an hour.',
  'release-refused': 'Not released',
  'release-people': '{count, plural, one {# person} other {# people}}',
  'release-waits': 'Waits for a second person',
  'release-open': 'Released',
  'release-over': 'The hour is over, and it was not taken',
  'release-taken': 'Taken',
  'release-take': 'Take the file',
}
