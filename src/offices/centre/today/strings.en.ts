import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  title: 'Today',
  'sign-call':
    '{count, plural, one {One paper waits for your signature} other {# papers wait for your signature}}',
  'sign-oldest': 'The oldest since',
  'sign-start': 'Read and sign',
  'sign-none': 'Nothing waits for your signature',
  'late-title': 'Which department is late',
  'late-none': 'No department is late today.',
  'yesterday-title': 'Yesterday',
  'fig-received': 'Received',
  'fig-done': 'Done',
  'fig-open': 'Open now',
  'fig-late': 'Late now',
  'fig-rating': 'What people think',
  'fig-rating-value': '{average} of 5',
  'fig-median': 'Median to finish',
  'fig-days': '{count, plural, one {1 day} other {# days}}',
  none: 'Nothing yet',
  'complaints-call':
    '{count, plural, one {A complaint about a manager waits for you} other {# complaints about a manager wait for you}}',
  'complaints-open': 'Read',
  'more-outgoing': 'Register of outgoing papers',
  'more-feedback': 'What people think',
  'more-inbox': 'My tasks',
}
