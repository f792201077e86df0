import type { ar } from './strings.ar.ts'

/** Words of the sealed log. */
export const en: Record<keyof typeof ar, string> = {
  title: 'The sealed log',
  intro:
    'Every act the municipality records, and every document, certificate and receipt, takes a place in one log that is never put in another order. The log is sealed every minute; whoever keeps a seal can prove years later that nothing before it was changed.',
  none: 'Nothing is sealed yet. The first entry is sealed within a minute of being recorded.',

  now: 'The seal now',
  size: 'Entries',
  entries: '{count, plural, one {one entry} other {# entries}}',
  'sealed-at': 'Sealed',
  groups: 'Print of the log',
  'groups-hint':
    'Six groups of five digits, read from the left. Whoever has a seal on paper compares it with this.',
  root: 'The whole print',

  days: 'Seals of the days',
  'days-intro': 'The last seal of each day. Its sheet hangs on the council’s wall.',
  day: 'Day',
  sheet: 'Sheet',

  check: 'Check it yourself',
  'check-keep': 'Keep the file of the seal, or photograph its sheet on the council’s wall.',
  'check-compare': 'Some time later open the sheet of that same day here: the print must be the same.',
  'check-program':
    'Any program that reads transparency logs (C2SP tlog) can compare your file with the log, without seeing anybody’s data.',
  'file-checkpoint': 'The signed seal as a file',
  'file-key': 'The public key',
  hashes: 'Only prints are published here. No name, number or content can be known from them.',
  'key-name': 'Name of the key',

  'sheet-title': 'Seal of the log of {date}',
  'sheet-until': 'Until {time}',
  'sheet-print': 'Print the sheet',
  'sheet-back': 'The sealed log',
  'sheet-line': '{date}, {entries}, print {groups}',
  'sheet-foot':
    'Compare this print with what Shubbak publishes for the same day. If they differ, the log was rewritten: tell the council.',
  'sheet-link': 'The page of this day’s seal',

  audit: 'Audit',
  'audit-sub':
    'Every act and every look as it was written down, and its place in the sealed log. Nobody’s data are shown here.',
  'audit-from': 'From day',
  'audit-to': 'To day',
  'audit-place': 'Entry number',
  'audit-show': 'Show',
  'audit-none': 'No entries on these days. Widen the time.',
  'audit-filtered': 'Shown is what concerns: {what}',
  'audit-all': 'All entries',
  'col-place': 'Entry',
  'col-at': 'When',
  'col-who': 'Who',
  'col-act': 'Act',
  'col-on': 'On what',
  'col-cause': 'Cause',
  'who-staff': 'Staff',
  'who-citizen': 'Citizen',
  'who-partner': 'Institution',
  'who-system': 'The system',
  'who-anonymous': 'Visitor',
  'who-other': 'Other',
  waiting: 'waits for its seal',
  'filter-who': 'this person',
  'filter-request': 'this request',
  'entry-title': 'Entry {place}',
  'entry-title-waiting': 'An entry that waits for its seal',
  'entry-proved': 'What was sealed',
  'entry-proved-sub':
    'The text the print was made of. Personal fields stand in it as salted prints, and are erased by a decision without breaking the log.',
  'entry-leaf': 'Print of the entry',
  'entry-proof': 'Proof as a file',
  'entry-whole': 'The entry is as it was sealed',
  'entry-broken': 'The entry is not as it was sealed. Run shubbak verify and tell the council',
  'entry-waits': 'It has no place yet. It is sealed within a minute.',
}
