import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  title: 'Lend work to a colleague',
  why: 'While you are here: one kind of work, for some days, and it ends by itself. No till, no settings and no signature is lent.',
  none: 'Nothing is lent.',
  'line-mine': '{act} to {name}, {office}, until {date}',
  'line-from': '{act} from {name}, {office}, until {date}',
  'line-both': '{act}: {name} to {deputy}, {office}, until {date}',
  end: 'Take back',
  'end-of': 'Take back {act} from {name}',
  act: 'Work',
  'act-tasks': 'doing tasks',
  'act-letters': 'reviewing letters',
  'act-reading': 'reading only',
  office: 'At the office',
  deputy: 'To',
  from: 'From',
  until: 'Until',
  reason: 'Reason',
  lend: 'Lend',
  open: 'Lend work',
  'all-title': 'Work that is lent',
}
